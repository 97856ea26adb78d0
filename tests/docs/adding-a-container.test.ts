import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CARRIERS } from '../../src/core/media/carrier.js';
import { WHOLE } from '../support/whole.js';
import { Copies, guideOf, type Step, stepsOf } from './followed.js';

const ROOT = join(import.meta.dirname, '../..');
const steps = stepsOf(guideOf('adding-a-container.md'));

const READERS = 'src/core/readers/carriers';
const rows = readdirSync(join(ROOT, READERS))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `${READERS}/${name}`)
  .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('defineReach({'));

/** Every reader answers that the container has nothing for it. */
const answers: Step[] = rows.map((file) => ({
  file,
  edit: (before) =>
    /\bnone:\s/.test(before)
      ? before.replace(/\bnone:\s+'/, '$&flif ')
      : before.replace(/defineReach\(\{/, "$& none: 'flif',"),
}));

describe('docs/adding-a-container.md', () => {
  const copies = new Copies();
  afterAll(() => copies.remove());

  it('names one file, and then no reader compiles that has not thought of it', () => {
    copies.add('unthought', steps);
    expect(steps.map(({ file }) => file)).toEqual(['src/core/media/read-types.ts']);
    expect(copies.touched('unthought')).toEqual(['src/core/media/read-types.ts']);
    const faults = copies.faults([WHOLE ? 'unthought/src' : 'unthought/src/core/readers']);
    expect(rows.length).toBe(CARRIERS.length);
    expect(faults.map(({ file }) => file).sort()).toEqual(rows.map((file) => `unthought/${file}`).sort());
    for (const { says } of faults) expect(says).toContain('leftOut');
  });

  it('is right that a reader that says it reads and has no walk does not compile', () => {
    const walking = rows.filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('WalkPerContainer<'),
    );
    expect(walking.map((file) => file.slice(READERS.length))).toEqual([
      '/comment.ts',
      '/document-properties.ts',
      '/image-header.ts',
      '/parts.ts',
      '/sei.ts',
    ]);
    const claims = walking.map((file) => ({
      file,
      edit: (before: string) => before.replace(/\bconst READ =\s+'/, '$&flif '),
    }));
    copies.again('unthought', 'claimed', [...steps, ...claims]);
    const faults = copies.faults(walking.map((file) => `claimed/${file}`));
    expect(faults.map(({ file }) => file)).toEqual(walking.map((file) => `claimed/${file}`));
    for (const { says } of faults) expect(says).toContain("Property 'flif' is missing");
  });

  it('is done when each has answered', () => {
    copies.again('claimed', 'all', [...steps, ...answers]);
    expect(copies.faults([WHOLE ? 'all/src' : 'all/src/core/pipeline'])).toEqual([]);
    const file = join(copies.folder, 'picture.flif');
    writeFileSync(file, Buffer.from('FLIF1\0\0\0'.padEnd(64, '\0'), 'latin1'));
    const seen = copies.ask(
      'all',
      `import { Asset } from './core/media/asset.js';
       import { listFormats } from './core/readers/report-formats.js';
       import { readAll } from './core/readers/read-all.js';
       const asset = await Asset.open(${JSON.stringify(file)});
       const reads = Object.values(await readAll(asset, { engine: 'wasm' }));
       console.log(JSON.stringify({
         type: asset.mediaType.format,
         codes: [...new Set(reads.map((read) => 'code' in read ? read.code : read.status))],
         listed: listFormats().find(({ format }) => format === 'FLIF'),
       }));
       await asset.close();`,
    );
    expect(seen).toEqual({
      type: 'FLIF',
      codes: ['carrier.none'],
      listed: {
        mediaType: 'image/flif',
        format: 'FLIF',
        kind: 'image',
        endings: ['flif'],
        read: true,
        contentCredentials: false,
      },
    });
  });
});
