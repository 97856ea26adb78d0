import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogKey } from '../../src/base/secrets/log-key.js';
import { readConfig } from '../../src/config/settings.js';
import { HeadsFile } from '../../src/storage/log/log-heads-file.js';
import { openStores } from '../../src/storage/stores.js';
import { inEnglish } from '../i18n/english.js';
import { assayHere } from './run-here.js';
import { assay } from './spawn-assay.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({ ASSAY_DATA_DIR: folder, ASSAY_LOG_ORIGIN: 'desk.example' });
const audit = (...args: string[]) => assayHere(['audit', ...args], environment());

/** Writes this many entries as a server does; its heads are in `heads`. */
async function noted(count: number): Promise<void> {
  const { log: settings } = readConfig(environment());
  const stores = await openStores({ dataDir: folder });
  const file = await HeadsFile.open(stores.database.query, join(folder, 'heads'));
  await stores.log.start({
    alone: true,
    signer: { privateKey: openLogKey(settings), host: 'x', origin: 'desk.example' },
    afterHeads: () => file.add(),
  });
  for (let turn = 0; turn < count; turn += 1)
    stores.log.queueEvent({
      ...{ tenant: 'local', at: '2026-11-29T10:00:00.000Z', action: 'listKeys', operation: 'listKeys' },
      ...{ status: 200, requestId: `r${turn}`, who: 'Anna' },
    });
  await stores.close();
}

async function meddle(statement: string): Promise<void> {
  const { default: Sqlite } = await import('libsql');
  const database = new Sqlite(join(folder, 'assay.sqlite'));
  database.exec(statement);
  database.close();
}

describe('assay audit', () => {
  it('holds, prints its head, and says which leaf was changed', async () => {
    expect(await audit('verify')).toMatchObject({ code: 1, stdout: `${inEnglish('audit.none')}\n` });
    await noted(30);
    const heads = join(folder, 'heads');
    const good = await audit('verify', '--heads', heads);
    expect(good).toEqual({
      code: 0,
      stdout: 'local: the check passed. 30 leaves, compared with 2 signed heads\n',
      stderr: '',
    });
    const head = await assay(['audit', 'head'], environment());
    expect(head.code).toBe(0);
    expect(head.stdout).toMatch(
      /^desk\.example\/local\n30\n[A-Za-z0-9+/]{43}=\n\n— desk\.example\/local \S+\n$/,
    );
    expect(readFileSync(heads, 'utf8')).toBe(`\n${head.stdout}`);
    const key = head.stderr.trim();
    expect((await audit('verify', '--heads', heads, '--key', key)).code).toBe(0);
    expect((await audit('verify', '--key', 'nonsense')).code).toBe(2);
    expect((await audit('verify', '--heads', join(folder, 'none'))).code).toBe(2);

    await meddle(`update log_leaves set leaf = replace(leaf, 'listKeys', 'getKey') where at_index = 7`);
    const bad = await audit('verify', '--heads', heads);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('- leaf 7 was changed\n');
    const json = JSON.parse((await audit('verify', '--heads', heads, '--json')).stdout);
    expect(json).toMatchObject({
      ...{ schema: 'assay.audit/1', holds: false, signatures: 'checked' },
      logs: [{ tenant: 'local', size: 30, problems: [{ code: 'changed', index: 7 }] }],
    });
  });

  it('misses a log of which nothing is left but its heads', async () => {
    await noted(3);
    const heads = join(folder, 'heads');
    for (const table of ['log_trees', 'log_leaves', 'log_heads', 'log_persons'])
      await meddle(`delete from ${table}`);
    const gone = await audit('verify', '--heads', heads);
    expect(gone).toMatchObject({ code: 1, stdout: expect.stringContaining('once had 3 leaves') });
    writeFileSync(heads, 'nothing\n');
    const nothing = await audit('verify', '--heads', heads);
    expect([nothing.code, nothing.stdout]).toEqual([
      1,
      expect.stringContaining('what begins at line 1 of the file is not a head'),
    ]);
  });

  it('says that nothing was proved where there was no head to hold it against', async () => {
    await noted(3);
    const heads = join(folder, 'heads');
    const [whole, other] = [readFileSync(heads, 'utf8'), join(folder, 'other')];
    for (const none of ['', '\n\n']) {
      writeFileSync(heads, none);
      const empty = await audit('verify', '--heads', heads);
      expect([empty.code, empty.stdout]).toEqual([
        1,
        expect.stringContaining('- the file of heads holds no head of this log'),
      ]);
      const json = JSON.parse((await audit('verify', '--heads', heads, '--json')).stdout);
      expect(json).toMatchObject({ holds: false, unread: [{ code: 'noHeads', from: 'file' }] });
    }
    writeFileSync(heads, whole);
    // Heads of another log prove nothing about this one.
    writeFileSync(other, whole.replaceAll('desk.example/local', 'desk.example/magazine'));
    expect((await audit('verify', '--tenant', 'local', '--heads', other)).code).toBe(1);
    expect((await audit('verify', '--tenant', 'mistyped')).code).toBe(1);
    expect((await audit('verify', '--heads', heads)).code).toBe(0);
    await meddle('delete from log_heads');
    const unsigned = await audit('verify');
    expect([unsigned.code, unsigned.stdout]).toEqual([1, expect.stringContaining('there is no signed head')]);
    expect((await audit('verify', '--heads', heads)).code).toBe(0);
  });
});
