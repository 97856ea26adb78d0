import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { build, isStale } from '../../scripts/build.js';
// @ts-expect-error: a script without types
import { builtCatalogue } from '../../scripts/built-catalogue.js';
import { LANGUAGES } from '../../src/i18n/languages.js';
import { createMessageFormat, isPlainText } from '../../src/i18n/placeholders.js';

const home = fileURLToPath(new URL('../../', import.meta.url));
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-build-'));
  mkdirSync(join(root, 'src/rules'), { recursive: true });
  symlinkSync(join(home, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(root, 'tsconfig.json'),
    '{"compilerOptions":{"rootDir":"src","outDir":"dist","module":"NodeNext","strict":true,"types":[]},"include":["src"]}',
  );
  writeFileSync(join(root, 'src/index.ts'), 'export const a: number = 1;\n');
  writeFileSync(join(root, 'src/rules/law.json'), '{}');
  writeFileSync(join(root, 'src/rules/page.css'), 'p {}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const later = (path: string) => {
  const time = new Date(Date.now() + 5_000);
  utimesSync(join(root, path), time, time);
};
const BUILT = /\ba = 1;/;
const dists = () => readdirSync(root).filter((name) => name.startsWith('dist'));

describe('the build', () => {
  it('compiles, carries the other files along and leaves one folder', async () => {
    expect(isStale(root)).toBe(true);
    await build(root);
    expect(readFileSync(join(root, 'dist/index.js'), 'utf8')).toMatch(BUILT);
    expect(existsSync(join(root, 'dist/rules/law.json'))).toBe(true);
    expect(existsSync(join(root, 'dist/rules/page.css'))).toBe(true);
    expect(dists()).toEqual(['dist']);
    expect(isStale(root)).toBe(false);
  });

  it('carries of a catalogue the texts, and as parsed those that choose or count', async () => {
    mkdirSync(join(root, 'src/i18n/catalogues'), { recursive: true });
    const counted = '{n, plural, one {a file} other {# files}}';
    const entry = (text: string) => ({
      defaultMessage: text,
      description: 'What it is.',
      example: { n: '2' },
    });
    const english = { 'a.file': entry('The file {n}'), 'a.files': entry(counted) };
    writeFileSync(join(root, 'src/i18n/catalogues/en.json'), JSON.stringify(english));
    writeFileSync(join(root, 'src/i18n/catalogues/zh-Hans.json'), '{"a.files":"{n} 个文件"}');
    await build(root);
    const carried = (language: string) =>
      JSON.parse(readFileSync(join(root, `dist/i18n/catalogues/${language}.json`), 'utf8'));
    expect(carried('en')).toEqual({
      texts: { 'a.file': 'The file {n}', 'a.files': counted },
      parsed: { 'a.files': JSON.stringify(createMessageFormat(counted, 'en').getAst()) },
    });
    expect(carried('zh-Hans')).toEqual({ texts: { 'a.files': '{n} 个文件' }, parsed: {} });
  });

  it('leaves nothing of our catalogues to be parsed when it is said', async () => {
    for (const language of LANGUAGES) {
      const { texts, parsed } = JSON.parse(
        builtCatalogue(readFileSync(join(home, `src/i18n/catalogues/${language}.json`), 'utf8')),
      );
      const left = Object.keys(texts).filter((id) => !isPlainText(texts[id]) && !(id in parsed));
      expect(Object.keys(parsed).length).toBeGreaterThan(50);
      expect(left, language).toEqual([]);
    }
  });

  it.each(['src/index.ts', 'src/rules/law.json', 'src/rules', 'tsconfig.json', 'package.json'])(
    'is stale once %s is newer',
    async (path) => {
      await build(root);
      later(path);
      expect(isStale(root)).toBe(true);
    },
  );

  it('forgets what is no longer in src', async () => {
    await build(root);
    rmSync(join(root, 'src/rules/law.json'));
    await build(root);
    expect(existsSync(join(root, 'dist/rules/law.json'))).toBe(false);
  });

  it('keeps the last good dist and gives the compiler’s words when there are errors', async () => {
    await build(root);
    writeFileSync(join(root, 'src/index.ts'), 'export const a = ;\n');
    await expect(build(root)).rejects.toThrow('src/index.ts:1:17: ERROR: Unexpected ";"');
    writeFileSync(join(root, 'src/index.ts'), 'export const a: number = "one";\n');
    await expect(build(root, { types: true })).rejects.toMatchObject({
      output: expect.stringContaining('TS2322'),
    });
    expect(readFileSync(join(root, 'dist/index.js'), 'utf8')).toMatch(BUILT);
    expect(dists()).toEqual(['dist']);
  });

  it('runs what has a wrong type, for types are checked apart', async () => {
    writeFileSync(join(root, 'src/index.ts'), 'export const a: string = 1;\n');
    await build(root);
    expect(readFileSync(join(root, 'dist/index.js'), 'utf8')).toMatch(BUILT);
  });

  it('ends well when several run at once', async () => {
    const script = `import { build } from ${JSON.stringify(join(home, 'scripts/build.js'))}; await build(process.argv[1]);`;
    const one = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, root]);
    await Promise.all([one(), one(), one(), one()]);
    expect(readFileSync(join(root, 'dist/index.js'), 'utf8')).toMatch(BUILT);
    expect(dists()).toEqual(['dist']);
    expect(isStale(root)).toBe(false);
  });
});
