import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CARRIERS } from '../../src/core/media/carrier.js';
import { WHOLE } from '../support/whole.js';
import { Copies, guideOf, stepsOf } from './followed.js';

const TABLE = 'src/core/readers/container-reach.ts';
const WALK = 'src/core/readers/carriers/image-header.ts';
const FIXTURE = 'fixtures/build/sets/desk-formats.js';
const steps = stepsOf(guideOf('adding-a-container.md'));
const inSources = steps.filter(({ file }) => file !== FIXTURE);
const without = (file: string) => inSources.filter((one) => one.file !== file);

/** The step of the fixture and the commands behind the list are not followed here. */
describe('docs/adding-a-container.md', () => {
  const copies = new Copies();
  afterAll(() => copies.remove());

  it('names four files, and with those of the sources all compiles', () => {
    expect(steps.map(({ file }) => file)).toEqual(['src/core/media/read-types.ts', TABLE, WALK, FIXTURE]);
    copies.add('all', inSources);
    expect(copies.touched('all')).toEqual(inSources.map(({ file }) => file).sort());
    expect(copies.faults([WHOLE ? 'all/src' : 'all/src/core/pipeline'])).toEqual([]);
  });

  it('gives a container that is read', () => {
    const file = join(copies.folder, 'picture.ktx');
    const bytes = Buffer.alloc(84);
    bytes.write('\xabKTX 11\xbb\r\n\x1a\n', 'latin1');
    bytes.writeUInt32BE(0x04030201, 12);
    bytes.writeUInt32BE(20, 60);
    bytes.writeUInt32BE(16, 64);
    bytes.write('KTXwriter\0assay', 68);
    writeFileSync(file, bytes);
    writeFileSync(`${file}.cut`, bytes.subarray(0, 80));
    const seen = copies.ask(
      'all',
      `import { Asset } from './core/media/asset.js';
       import { listFormats } from './core/readers/report-formats.js';
       import { readAll } from './core/readers/read-all.js';
       const file = ${JSON.stringify(file)};
       const [asset, cut] = [await Asset.open(file), await Asset.open(file + '.cut')];
       const { imageHeader, ...others } = await readAll(asset, { engine: 'wasm' });
       console.log(JSON.stringify({
         type: asset.mediaType.format,
         imageHeader,
         codes: [...new Set(Object.values(others).map((read) => 'code' in read ? read.code : read.status))],
         cut: (await readAll(cut, { engine: 'wasm' })).imageHeader.status,
         listed: listFormats().find(({ format }) => format === 'KTX'),
       }));
       await asset.close();
       await cut.close();`,
    );
    expect(seen).toEqual({
      type: 'KTX',
      imageHeader: {
        status: 'found',
        value: [{ system: 'KTX', key: 'KTXwriter', value: 'assay', offset: 68 }],
      },
      codes: ['carrier.none', 'carrier.notRead'],
      cut: 'malformed',
      listed: {
        mediaType: 'image/ktx',
        format: 'KTX',
        kind: 'image',
        endings: ['ktx'],
        read: true,
        contentCredentials: false,
      },
    });
  });

  it('is right that a container without a row does not compile, nor a row that leaves a reader out', () => {
    const shorter = {
      file: TABLE,
      edit: (before: string) => before.replace(/(png: .*)streams: R, /, '$1'),
    };
    copies.again('all', 'no-row', without(TABLE));
    const noRow = copies.faults([`no-row/${TABLE}`]);
    copies.again('no-row', 'no-reader', [shorter]);
    const noReader = copies.faults([`no-reader/${TABLE}`]);
    expect(new Set(noRow.map(({ file }) => file))).toEqual(new Set([`no-row/${TABLE}`]));
    expect(new Set(noReader.map(({ file }) => file))).toEqual(new Set([`no-reader/${TABLE}`]));
    expect(noRow.map(({ says }) => says).join()).toMatch(/Property 'ktx' is missing/);
    expect(noReader.map(({ says }) => says).join()).toMatch(/Property 'streams' is missing/);
  });

  it('is right that a reader that says it reads and has no walk does not compile', () => {
    // Each of these keeps a table of walks; `c2pa`, `id3` and others walk all their containers alike.
    const walking = {
      comment: 'carriers/comment.ts',
      documentProperties: 'carriers/document-properties.ts',
      imageHeader: 'carriers/image-header.ts',
      parts: 'carriers/parts.ts',
      privateChunk: 'carriers/private-chunk.ts',
      sei: 'carriers/sei.ts',
      xmp: 'blocks/metadata-blocks.ts',
    };
    const row = `  ktx: { ...OTHER_FORMATS, ${CARRIERS.map((one) => `${one}: ${one in walking ? 'R' : 'N'}`).join(', ')} },\n`;
    const claimed = {
      file: TABLE,
      edit: (before: string) => before.replace('export const CONTAINER_REACH = {\n', `$&${row}`),
    };
    copies.again('no-reader', 'claimed', [...without(WALK).filter(({ file }) => file !== TABLE), claimed]);
    const files = Object.values(walking).map((file) => `claimed/src/core/readers/${file}`);
    const faults = copies.faults(files);
    expect(faults.map(({ file }) => file).sort()).toEqual([...files].sort());
    for (const { says } of faults) expect(says).toContain("Property 'ktx' is missing");
  });
});
