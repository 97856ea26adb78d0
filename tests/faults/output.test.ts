import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay, finished, fixture, start } from '../cli/spawn-assay.js';
import { temporaryDirectory } from '../http/posting.js';
import { ASSAY } from '../support/program.js';

const PICTURE = fixture('plain/plain.jpg');
const SETTINGS = { ASSAY_SANDBOX: 'off' };

describe('an answer that cannot be written where it is to go', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-output-'));
  const results = join(folder, 'r.ndjson');
  beforeAll(async () => {
    expect(await assay(['scan', PICTURE, '--out', results], SETTINGS)).toMatchObject({ code: 0 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['inspect', () => ['inspect', PICTURE]],
    ['inspect --json', () => ['inspect', '--json', PICTURE]],
    ['scan', () => ['scan', PICTURE]],
    ['report --format html', () => ['report', results, '--format', 'html']],
    ['report --format csv', () => ['report', results, '--format', 'csv']],
    ['rulebooks', () => ['rulebooks']],
    ['doctor', () => ['doctor']],
  ])('of %s is an error, and never a success', async (_name, args) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [ASSAY, ...args()], {
      env: { PATH: process.env['PATH'] ?? '', ...SETTINGS },
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    const { code, stderr } = await finished(child);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^assay: ENOSPC: no space left on device, write$/m);
  });
});

describe('a name that is no file', () => {
  it('is written to by a report, and stays what it is', async () => {
    const folder = temporaryDirectory();
    const results = join(folder, 'r.ndjson');
    await assay(['scan', PICTURE, '--out', results], SETTINGS);
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    const read = finished(reader);
    const ran = await finished(start(['report', results, '--format', 'csv', '--out', pipe], SETTINGS));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect((await read).stdout).toContain('plain.jpg');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it('takes no results of a scan', async () => {
    const folder = temporaryDirectory();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const ran = await assay(['scan', PICTURE, '--overwrite', '--out', pipe], SETTINGS);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('is not a file: without --out the records go to stdout');
    expect(readdirSync(folder)).toEqual(['pipe']);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});

describe('a disk with less room than a report needs', () => {
  it('leaves neither half a file nor a trace of one', async () => {
    const folder = temporaryDirectory();
    const results = join(folder, 'r.ndjson');
    await assay(['scan', PICTURE, '--out', results], SETTINGS);
    // The system's own file size limit: it writes what fits, and then returns EFBIG.
    const child = spawn(
      'prlimit',
      [
        '--fsize=1000',
        process.execPath,
        ASSAY,
        'report',
        results,
        '--format',
        'html',
        '--out',
        join(folder, 'a.html'),
      ],
      { env: { PATH: process.env['PATH'] ?? '' } },
    );
    const ran = await finished(child);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/^assay: EFBIG/);
    expect(readdirSync(folder).filter((name) => name.startsWith('a.html'))).toEqual([]);
  });
});
