import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/base/version.js';
import { inEnglish } from '../i18n/english.js';
import { assay, fixture } from './spawn-assay.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-mistakes-'));
  mkdirSync(join(folder, 'tree'));
  copyFileSync(fixture('c2pa/png-c2pa-intact.png'), join(folder, 'tree', 'a.png'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => assay(args, { ASSAY_DATA_DIR: join(folder, 'data') }, folder);

describe('what is said to whoever mistypes', () => {
  for (const { of, args, code, says } of [
    {
      of: 'a folder to inspect',
      args: ['inspect', 'tree'],
      code: 3,
      says: 'tree: it is a folder; `assay scan` reads folders',
    },
    {
      of: 'results in no folder',
      args: ['scan', 'tree', '--out', 'none/o.ndjson'],
      code: 2,
      says: 'none/o.ndjson cannot be written: there is no folder none',
    },
    {
      of: 'a table in no folder',
      args: ['scan', 'tree', '--out', 'none/o.csv', '--format', 'csv'],
      code: 2,
      says: 'none/o.csv cannot be written: there is no folder none',
    },
    {
      of: 'a list that is not there',
      args: ['scan', '--files-from', 'none.txt'],
      code: 2,
      says: `--files-from none.txt: ${inEnglish('error.not-found')}`,
    },
    {
      of: 'a folder as a list',
      args: ['scan', '--files-from', 'tree'],
      code: 2,
      says: '--files-from tree: it is a folder; name a folder to scan without --files-from',
    },
    {
      of: 'a recheck of a scan in the database',
      args: ['scan', 'tree', '--store', '--recheck', 'trust'],
      code: 2,
      says: '--recheck is for records in a file (--out): in the database --scan ID goes on with a scan, and without it a new one begins',
    },
    {
      of: 'a command that rulebooks does not have',
      args: ['rulebooks', 'eu'],
      code: 2,
      says: 'rulebooks has no command eu; assay rulebooks show ID shows one rulebook',
    },
  ])
    it(of, async () => {
      const ran = await run(...args);
      expect(ran).toEqual({ code, stdout: '', stderr: `assay: ${says}\n` });
    });

  it('counts one file as one', async () => {
    expect((await run('scan', 'tree', '--dry-run')).stderr).toContain('assay: 1 file, ');
  });
});

describe('what a mistake must not cost', () => {
  it('writes no page over the records it shows, whatever name they go by', async () => {
    const results = join(folder, 'kept.ndjson');
    await run('scan', 'tree', '--out', results);
    const before = readFileSync(results, 'utf8');
    symlinkSync('kept.ndjson', join(folder, 'link.ndjson'));
    for (const out of ['kept.ndjson', 'link.ndjson']) {
      const { code, stderr } = await run('report', results, '--out', out);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining('give another name, or the records are lost'),
      ]);
    }
    expect(readFileSync(results, 'utf8')).toBe(before);
    expect((await run('report', results, '--out', 'none/page.html')).stderr).toContain(
      'there is no folder none',
    );
  });

  it('leaves nothing beside a picture that is named as results', async () => {
    const tree = join(folder, 'tree');
    const { code, stderr } = await run('scan', 'tree', '--out', join(tree, 'a.png'), '--resume');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('a.png does not begin as the results of a scan'),
    ]);
    expect(readdirSync(tree)).toEqual(['a.png']);
  });
});

it('says its version without loading what other commands stand on', async () => {
  const loaded = join(folder, 'loaded');
  expect(await assay(['--version'], { NODE_V8_COVERAGE: loaded })).toEqual({
    code: 0,
    stdout: `${VERSION}\n`,
    stderr: '',
  });
  const scripts = readdirSync(loaded).map((name) => readFileSync(join(loaded, name), 'utf8'));
  expect(scripts.join()).toContain('/dist/inspect/main.js');
  expect(scripts.join()).not.toContain('/dist/commands/main.');
});
