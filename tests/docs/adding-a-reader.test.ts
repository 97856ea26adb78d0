import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { crc32 } from '../../fixtures/build/formats/crc32.js';
import { WHOLE } from '../support/whole.js';
import { Copies, guideOf, stepsOf } from './followed.js';

const steps = stepsOf(guideOf('adding-a-reader.md'));
const without = (file: string) => steps.filter((one) => one.file !== file);
/** Offset after the signature and the header chunk. */
const BEHIND_IHDR = 8 + 25;
const MADE = 'src/i18n/catalogues/messages.ts';

describe('docs/adding-a-reader.md', () => {
  const copies = new Copies();
  afterAll(() => copies.remove());

  /** Returns the files of a copy with compiler errors, among these and their imports, after generating the catalogues. */
  function faultsIn(name: string, ...files: string[]): string[] {
    expect(copies.catalogues(name).status, name).toBe(0);
    const faults = copies.faults(files.map((file) => `${name}/src/${file}`));
    return [...new Set(faults.map(({ file }) => file.slice(name.length + 1)))];
  }

  it('names all that is touched', () => {
    copies.add('all', steps);
    expect(copies.catalogues('all')).toMatchObject({ status: 0, stderr: '' });
    expect(copies.touched('all')).toEqual([...steps.map(({ file }) => file), MADE].sort());
    // Three of these are the reader, its line and where it reads; the others name the unknown carrier.
    expect(steps.map(({ file }) => file)).toEqual([
      'src/core/readers/carriers/png-time.ts',
      'src/core/readers/index.ts',
      'src/core/readers/container-reach.ts',
      'src/core/media/carrier.ts',
      'src/core/evidence/evidence.ts',
      'src/i18n/catalogues/en.json',
      'src/i18n/catalogues/zh-Hans.json',
    ]);
    expect(copies.faults([WHOLE ? 'all/src' : 'all/src/core'])).toEqual([]);
  });

  it('is right that a reader, its place in the table, a type or words left out do not compile', () => {
    const left = without('src/i18n/catalogues/en.json').filter((one) => !one.file.endsWith('.json'));
    const found = [
      faultsIn(copies.add('no-line', without('src/core/readers/index.ts')), 'core/readers/index.ts'),
      faultsIn(
        copies.again('no-line', 'no-type', without('src/core/evidence/evidence.ts')),
        'core/evidence/evidence.ts',
      ),
      faultsIn(
        copies.again('no-type', 'no-place', without('src/core/readers/container-reach.ts')),
        'core/readers/container-reach.ts',
      ),
      faultsIn(copies.again('no-place', 'no-words', left), 'core/readers/index.ts', 'core/summary/terms.ts'),
    ];
    expect(found).toEqual([
      expect.arrayContaining(['src/core/readers/index.ts']),
      expect.arrayContaining(['src/core/evidence/evidence.ts']),
      ['src/core/readers/container-reach.ts'],
      ['src/core/summary/terms.ts'],
    ]);
  });

  it('is told by the catalogues which language lacks the words', () => {
    copies.again('no-words', 'no-chinese', without('src/i18n/catalogues/zh-Hans.json'));
    expect(copies.catalogues('no-chinese')).toMatchObject({
      status: 1,
      stderr: 'zh-Hans.json: carrier.pngTime: is missing\n',
    });
  });

  it('gives a reader that reads', () => {
    const plain = readFileSync(join(import.meta.dirname, '../../fixtures/plain/plain.png'));
    const chunk = Buffer.from([
      0,
      0,
      0,
      7,
      ...Buffer.from('tIME'),
      0x07,
      0xea,
      11,
      28,
      17,
      30,
      5,
      0,
      0,
      0,
      0,
    ]);
    chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
    const png = Buffer.concat([plain.subarray(0, BEHIND_IHDR), chunk, plain.subarray(BEHIND_IHDR)]);
    const file = join(copies.folder, 'timed.png');
    writeFileSync(file, png);
    const seen = copies.ask(
      'all',
      `import { Asset } from './core/media/asset.js';
       import { readAll } from './core/readers/read-all.js';
       const asset = await Asset.open(${JSON.stringify(file)});
       console.log(JSON.stringify((await readAll(asset, { engine: 'wasm' })).pngTime));
       await asset.close();`,
    );
    expect(seen).toEqual({
      status: 'found',
      value: [{ locator: 'tIME', offset: BEHIND_IHDR, text: '2026 11 28 17 30 5' }],
    });
  });
});
