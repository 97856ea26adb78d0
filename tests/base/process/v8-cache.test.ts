import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CODE_CACHE_FOLDER,
  type CodeCacheState,
  codeCachePath,
  codeCacheState,
  prepareCodeCacheFolder,
} from '../../../src/base/process/v8-cache.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { diagnostics } from '../../../src/inspect/protocol/diagnostics.js';
import { DIST } from '../../support/program.js';
import { itWhere } from '../../support/system-parts.js';

const run = promisify(execFile);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-code-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = join(import.meta.dirname, '../../../fixtures/plain/plain.jpg');

describe('what the build left of compiled code', () => {
  it.each([
    ['a small file', false],
    ['pixels, with more memory', true],
  ])('is taken by a reading process for %s', async (_, deep) => {
    const states: (CodeCacheState | undefined)[] = [];
    const deaf = diagnostics.processStarted.subscribe(({ code }) => states.push(code));
    const inspector = createInspector({ jobs: 1, begin: !deep });
    try {
      await inspector.inspect({ path, name: 'plain.jpg', asOf: '2026-06-01', engine: 'native', deep });
    } finally {
      deaf();
      await inspector.close();
    }
    expect(states).toEqual(['taken']);
  });

  const stateWith = async (...options: string[]) => stateOf('inspect', options);
  const stateOf = async (folder: string, options: string[] = [], name = 'main') => {
    const entry = join(DIST, folder, `${name}.js`);
    const text = `process.on('exit', () => console.log(assayCode)); require(${JSON.stringify(entry)});`;
    return (await run(process.execPath, [...options, '-e', text, '--', 'assay', '--version'])).stdout;
  };

  it('is taken by the command, whatever memory it is given', async () => {
    expect(await stateWith()).toMatch(/^\d+\.\d+\.\d+\ntaken\n$/);
    expect(await stateWith('--max-old-space-size=300')).toMatch(/\ntaken\n$/);
  });

  it('is taken by what starts from dist/commands', async () => {
    expect(await stateOf('commands')).toMatch(/^\d+\.\d+\.\d+\ntaken\n$/);
  });

  it.each(['scan', 'serve', 'worker'])('is taken by `assay %s`, which has its own', async (name) => {
    expect(await stateOf('commands', [], name)).toMatch(/^\d+\.\d+\.\d+\ntaken\n$/);
  });

  it('is refused where V8 has other options, and all works', async () => {
    expect(await stateWith('--no-opt')).toMatch(/^\d+\.\d+\.\d+\nrefused\n$/);
  });

  it('is of texts that are read alike by byte and by character', () => {
    const texts = ['reading', 'inspect', 'commands'].flatMap((name) =>
      readdirSync(join(DIST, name))
        .filter((file) => file.includes('.code-'))
        .map((file) => readFileSync(join(DIST, name, file))),
    );
    expect(texts.map((text) => text.findIndex((byte) => byte > 0x7f))).toEqual([-1, -1, -1, -1, -1]);
    // Patterns with non-ASCII characters are present nevertheless, as escapes.
    expect(texts.some((text) => text.includes('\\u817e\\u8baf'))).toBe(true);
  });

  it('is for whoever runs the program to read, and for nobody else to write', () => {
    const of = join(DIST, 'code', CODE_CACHE_FOLDER);
    const names = readdirSync(of);
    expect(names.map((name) => name.replace(/-[0-9a-f]{16}/, '')).sort()).toEqual([
      'early-start.code.js.bin',
      'made',
      'main.code.js.bin',
      'main.code.js.bin',
      'main.code.js.scan.bin',
      'main.code.js.serve.bin',
      'main.code.js.worker.bin',
      'reader-child.code.js.bin',
      'reader-child.code.js.one.bin',
    ]);
    for (const name of names) expect(statSync(join(of, name)).mode & 0o777, name).toBe(0o644);
    expect(statSync(of).mode & 0o777).toBe(0o755);
  });
});

describe('compiled code', () => {
  it('that is cut off or is none is refused', () => {
    mkdirSync(join(folder, 'dist', 'reading'), { recursive: true });
    mkdirSync(join(folder, 'dist', 'code', CODE_CACHE_FOLDER), { recursive: true });
    // Each call uses a text of its own, because V8 reads no file for code that it has already compiled in this process.
    const stateOf = (number: number, left: (whole: Buffer) => Buffer | string | undefined) => {
      const file = join(folder, 'dist', 'reading', `own-${number}.js`);
      writeFileSync(file, `(function () { return ${number}; })`);
      const whole = new Script(`(function () { return ${number + 5}; })`, { filename: file });
      const bytes = left(whole.createCachedData());
      if (bytes !== undefined) writeFileSync(codeCachePath(file), bytes);
      return codeCacheState(file);
    };
    expect(stateOf(0, () => undefined)).toBe('none');
    // V8 only compares the length of the text, which is why the file name contains the digest.
    expect(stateOf(1, (whole) => whole)).toBe('taken');
    expect(stateOf(2, (whole) => whole.subarray(0, whole.length / 2))).toBe('refused');
    expect(stateOf(3, () => 'words')).toBe('refused');
    expect(stateOf(4, () => '')).toBe('refused');
  });

  // Only Node 20 gets a budget (inspect/protocol/reader-flags.ts). V8 prints one line per optimized function.
  itWhere(process.versions.v8.startsWith('11.'), 'Node 20')(
    'runs with the options asked for before its first file',
    async () => {
      const file = join(folder, 'dist', 'reading', 'hot.js');
      mkdirSync(join(folder, 'dist', 'reading'), { recursive: true });
      writeFileSync(
        file,
        '(function () { return function hot(i) { let s = 0; for (let k = 0; k < 9; k++) s += k * i; return s; }; })',
      );
      const text = `
      const { runCached } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/base/process/v8-cache.ts'))});
      const hot = runCached(${JSON.stringify(file)});
      process.nextTick(() => { for (let i = 0; i < 100_000; i += 1) hot(i); });`;
      const optimised = async (budget: number) => {
        const options = [
          `--interrupt-budget=${budget}`,
          '--trace-opt',
          '--no-use-osr',
          '--input-type=module',
        ];
        const { stdout } = await run(process.execPath, [...options, '--import', 'tsx/esm', '-e', text], {
          cwd: join(import.meta.dirname, '../../..'),
        });
        return stdout.split('\n').filter((line) => /^\[marking .*<JSFunction hot /.test(line)).length;
      };
      expect(await optimised(1_000)).toBe(1);
      expect(await optimised(1_000_000_000)).toBe(0);
    },
  );

  it('is left nowhere that others may write to', () => {
    const dist = join(folder, 'open');
    mkdirSync(dist);
    chmodSync(dist, 0o777);
    expect(prepareCodeCacheFolder(dist)).toBeUndefined();
    chmodSync(dist, 0o755);
    expect(prepareCodeCacheFolder(dist)).toBe(join(dist, 'code', CODE_CACHE_FOLDER));
    chmodSync(join(dist, 'code', CODE_CACHE_FOLDER), 0o777);
    // The folder belongs to the program, so write access for others is removed.
    expect(prepareCodeCacheFolder(dist)).toBe(join(dist, 'code', CODE_CACHE_FOLDER));
    expect(statSync(join(dist, 'code', CODE_CACHE_FOLDER)).mode & 0o777).toBe(0o755);
  });
});
