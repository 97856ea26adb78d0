import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launched, stopped } from '../../cli/launched.js';
import { finished, fixture, start } from '../../cli/spawn-assay.js';
import { multipart, onePart, temporaryDirectory } from '../../http/harness.js';
import { fetched } from '../../support/fetched.js';
import { ASSAY } from '../../support/program.js';

/** Runs the command with umask 0, under which new files would be open to everybody. */
const OPEN = ['sh', '-c', 'umask 0; exec "$@"', 'sh'] as const;
const QUIET = { ASSAY_SELF_TEST: 'skip', ASSAY_LOG_LEVEL: 'silent', ASSAY_PREVIEWS: 'off' };

/** Returns the file modes by path below the folder. */
function modes(folder: string): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(folder, path), (statSync(path).mode & 0o777).toString(8)];
  });
  return Object.fromEntries(found);
}

function openly(args: string[], env: Record<string, string>) {
  const [sh, ...rest] = OPEN;
  const child = spawn(sh, [...rest, process.execPath, ASSAY, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return finished(child);
}

describe('under a umask of 0, in a folder that is open to all', () => {
  it('nobody else reads what a server keeps, nor its backup', async () => {
    const folder = temporaryDirectory();
    const data = join(folder, 'data');
    mkdirSync(data);
    chmodSync(data, 0o777);
    const env = { ...QUIET, ASSAY_DATA_DIR: data, ASSAY_EMBEDDED_WORKER: '0' };
    const server = await launched('serve', env, { under: OPEN });
    expect(server.messages()).toContain(`other users of this machine may look into ${data} (mode 777)`);
    const { payload, headers } = multipart([onePart()]);
    const sent = await fetched(`${server.url}/v1/inspections`, {
      method: 'POST',
      body: new Uint8Array(payload),
      headers: { ...headers, prefer: 'respond-async' },
    });
    const id = sent.headers.get('location')?.split('/').at(-1);
    const begun = await fetched(`${server.url}/v1/uploads`, {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '9' },
    });
    const upload = begun.headers.get('location')?.split('/').at(-1);
    const kept = modes(data);
    expect(kept).toMatchObject({
      'assay.sqlite': '600',
      'assay.sqlite-wal': '600',
      'assay.sqlite-shm': '600',
      'serve.lock': '600',
      'secret.key': '600',
      uploads: '700',
      [`uploads/${id}`]: '600',
      incoming: '700',
      [`incoming/${upload}`]: '600',
    });
    expect(Object.entries(kept).filter(([, mode]) => mode !== '600' && mode !== '700')).toEqual([]);

    const copy = join(folder, 'copy');
    expect((await openly(['backup', '--with-keys', copy], env)).code).toBe(0);
    await stopped(server);
    const copied = modes(copy);
    expect(copied).toMatchObject({ 'assay.sqlite': '600', 'secret.key': '600', 'assay-backup.json': '600' });
    expect(Object.entries(copied).filter(([, mode]) => mode !== '600' && mode !== '700')).toEqual([]);
    expect(statSync(copy).mode & 0o777).toBe(0o700);
  });

  it('a database that an earlier version left open is closed when it is opened', async () => {
    const data = join(temporaryDirectory(), 'data');
    const env = { ASSAY_DATA_DIR: data };
    expect((await openly(['keys', 'create', 'desk'], env)).code).toBe(0);
    expect(modes(data)['assay.sqlite']).toBe('600');
    chmodSync(join(data, 'assay.sqlite'), 0o644);
    expect((await finished(start(['keys', 'list'], env))).code).toBe(0);
    expect(modes(data)['assay.sqlite']).toBe('600');
  });

  it('nobody else reads the index of a scan', async () => {
    const folder = temporaryDirectory();
    const files = join(folder, 'files');
    mkdirSync(files);
    cpSync(fixture('plain/not-media.txt'), join(files, 'not-media.txt'));
    const out = join(folder, 'results.ndjson');
    const { code, stderr } = await openly(['scan', files, '--out', out], {});
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(modes(dirname(out))['results.ndjson.state']).toBe('600');
  });
});
