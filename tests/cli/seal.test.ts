import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.js';
import { inEnglish } from '../i18n/english.js';
import { describeWith } from '../support/system-parts.js';
import { assayHere } from './run-here.js';
import { assay, fixture } from './spawn-assay.js';

const PICTURE = fixture('c2pa/jpeg-c2pa-trained.jpg');

describeWith('openssl', 'assay seal and assay verify', (openssl) => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-seal-'));
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const names = ['-subj', '/CN=A desk', '-keyout', at('key.pem'), '-out', at('cert.pem')];
    execFileSync(openssl, [...args, ...names], { stdio: 'pipe' });
    execFileSync(openssl, ['genpkey', '-algorithm', 'ed25519', '-out', at('ed.pem')], { stdio: 'pipe' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const key = () => ['--key', at('key.pem'), '--cert', at('cert.pem')];

  it('seal a file with what was found, and find it whole', async () => {
    const made = await assay(['seal', PICTURE, '--kind', 'full', ...key(), '--out', at('full')]);
    expect([made.code, made.stdout]).toEqual([0, '']);
    expect(made.stderr).toContain('no time-stamping authority was asked');
    expect(readFileSync(at('full/data/file.jpg')).equals(readFileSync(PICTURE))).toBe(true);
    const report = JSON.parse(readFileSync(at('full/data/report.json'), 'utf8'));
    expect(report).toMatchObject({ summary: { origin: 'ai-generated' } });
    const hash = createHash('sha256').update(readFileSync(PICTURE)).digest('hex');
    expect(report.asset.sha256).toBe(hash);
    for (const name of ['finding', 'dossier']) {
      expect(readFileSync(at(`full/data/${name}.html`), 'utf8')).toContain('Assay Test Studio');
      expect(readFileSync(at(`full/data/${name}.pdf`)).toString('latin1', 0, 5)).toBe('%PDF-');
    }
    expect(JSON.parse(readFileSync(at('full/data/versions.json'), 'utf8'))).toMatchObject({ tool: '0.2.0' });

    const good = await assay(['verify', at('full'), '--key', at('cert.pem'), '--json']);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({
      ...{ schema: 'assay.verify/1', holds: true, kind: 'full', sha256: hash },
      signer: { kind: 'cms', name: 'A desk' },
    });
    writeFileSync(at('full/data/note.txt'), 'x');
    const bad = await assay(['verify', at('full'), '--lang', 'en']);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(
      /^The bundle is not as it was sealed: one check failed\.\n- Added since it was sealed: data\/note\.txt\n/,
    );
  });

  it('tell the shell apart what does not hold, what is damaged and what cannot be read', async () => {
    const out = at('codes.zip');
    const args = ['seal', PICTURE, '--kind', 'shareable', '--key', at('ed.pem')];
    expect((await assayHere([...args, '--out', out])).code).toBe(0);
    const zip = readFileSync(out);
    const verified = async (name: string, bytes: Uint8Array) => {
      writeFileSync(at(name), bytes);
      const { code, stdout, stderr } = await assayHere(['verify', at(name)]);
      return [code, `${stdout}${stderr}`.split('\n')[0]?.replace(at(name), name)];
    };
    const report = zip.indexOf('"schema"');
    const changed = 'The bundle is not as it was sealed: one check failed.';
    expect(await verified('whole.zip', zip)).toEqual([0, inEnglish('seal.holds')]);
    expect(await verified('byte.zip', withByte(zip, report, 0x21))).toEqual([1, changed]);
    expect(await verified('cut.zip', zip.subarray(0, zip.length / 2))).toEqual([
      1,
      'assay: damaged: the ZIP was cut off or changed, and nothing of it can be checked: cut.zip',
    ]);
    expect(await verified('no.zip', Buffer.from('no ZIP'))).toEqual([
      1,
      'assay: not a sealed bundle: no.zip',
    ]);
    expect(
      await verified('comment.zip', Buffer.concat([withByte(zip, zip.length - 2, 2), Buffer.from('hi')])),
    ).toEqual([1, changed]);
    const unread = await assayHere(['verify', at('n'.repeat(300))]);
    expect([unread.code, unread.stdout]).toEqual([3, '']);
    expect((await assayHere(['verify', at('nothing.zip')])).code).toBe(3);
    expect((await assayHere(['verify', out, '--nonsense'])).code).toBe(2);
  });

  it('end where they are told to, also while an authority does not answer, and leave nothing', async () => {
    const interrupt = new AbortController();
    // The authority never answers; the user interrupts the command.
    const authority = createServer(() => interrupt.abort());
    authority.listen(0, '127.0.0.1');
    await once(authority, 'listening');
    onTestFinished(() => {
      authority.closeAllConnections();
      authority.close();
    });
    const { port } = authority.address() as AddressInfo;
    const out = mkdtempSync(join(folder, 'out-'));
    const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() });
    const { PATH } = process.env;
    const io = {
      stdout: silent(),
      stderr: silent(),
      env: { PATH },
      isTTY: false,
      interrupted: interrupt.signal,
    };
    const args = ['seal', PICTURE, '--kind', 'shareable', ...key(), '--tsa', `http://127.0.0.1:${port}/`];
    expect(await run([...args, '--out', join(out, 'bag.zip')], io)).toBe(130);
    expect(readdirSync(out)).toEqual([]);
  });

  it('leave the file out of what is to be passed on, and say what goes with what', async () => {
    const out = at('shareable.zip');
    const args = ['seal', PICTURE, '--kind', 'shareable', '--key', at('ed.pem'), '--lang', 'zh-Hans'];
    expect((await assay([...args, '--out', out])).code).toBe(0);
    const whole = await assayHere(['verify', out]);
    expect(whole.code).toBe(0);
    expect(whole.stdout).toContain(inEnglish('seal.kind.shareable'));
    expect((await assayHere(['verify', out, '--key', at('cert.pem')])).code).toBe(1);
    // An existing file is not overwritten.
    const again = await assay([...args, '--out', out]);
    expect([again.code, (await assayHere(['verify', out])).code]).toEqual([2, 0]);
    for (const [code, ...more] of [
      [2, '--reveal', 'location'],
      [2, '--cert', at('cert.pem')],
      [2, '--at', 'yesterday'],
      [2, '--at', '2026-11-29T10:00:00'],
      [2, '--sidecar', PICTURE],
      [2, '--file', PICTURE],
      [3, '--out', at('n'.repeat(300))],
    ] as const)
      expect([more, (await assayHere([...args, '--out', at('none.zip'), ...more])).code]).toEqual([
        more,
        code,
      ]);
    // If the database does not answer, the exit code is not that of a usage error.
    const kept = ['seal', randomUUID(), '--kind', 'shareable', '--key', at('ed.pem'), '--out', at('kept')];
    const away = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect((await assay(kept, away)).code).toBe(3);
    const nobody = ['--tsa', 'http://127.0.0.1:1/'];
    const unstamped = await assay([...args, '--out', at('none.zip'), ...nobody]);
    expect([unstamped.code, unstamped.stderr]).toEqual([3, expect.stringContaining('127.0.0.1:1')]);
    const none = [
      'seal',
      at('nothing.jpg'),
      '--kind',
      'full',
      '--key',
      at('ed.pem'),
      '--out',
      at('none.zip'),
    ];
    expect((await assay(none)).code).toBe(3);
    expect((await assayHere(['verify', at('none.zip')])).code).toBe(3);
    expect((await assayHere(['verify', out, '--key', at('none.pem')])).code).toBe(2);
  });
});

function withByte(bytes: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = byte;
  return changed;
}
