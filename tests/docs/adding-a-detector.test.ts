import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WHOLE } from '../support/whole.js';
import { Copies, guideOf, type Step, stepsOf } from './followed.js';

const DETECTORS = join(import.meta.dirname, '../../src/core/detectors');
const steps = stepsOf(guideOf('adding-a-detector.md'));

/** The detector of the guide with one change, in an otherwise unchanged copy. */
const changed = (from: string, to: string): Step[] =>
  steps.slice(0, 1).map(({ file, edit }) => ({ file, edit: (before) => edit(before).replace(from, to) }));

describe('docs/adding-a-detector.md', () => {
  const copies = new Copies();
  afterAll(() => copies.remove());

  it('names all that is touched: one file and its line', () => {
    copies.add('all', steps);
    expect(copies.touched('all')).toEqual([
      'src/core/detectors/index.ts',
      'src/core/detectors/png-unset-clock.ts',
    ]);
    expect(steps.map(({ file }) => file).sort()).toEqual(copies.touched('all'));
    expect(copies.faults([WHOLE ? 'all/src' : 'all/src/core/pipeline'])).toEqual([]);
  });

  it('is right about what does not compile', () => {
    const file = 'src/core/detectors/png-unset-clock.ts';
    const faults = (name: string) => copies.faults([`${name}/${file}`]).map((one) => one.file);
    copies.add('no-need', changed("needs: ['pngText']", "needs: ['exif']"));
    expect(new Set(faults('no-need'))).toEqual(new Set([`no-need/${file}`]));
    copies.again(
      'no-need',
      'no-row',
      changed("raises: ['file.dates.unsetClock']", "raises: ['file.dates.unknown']"),
    );
    expect(new Set(faults('no-row'))).toEqual(new Set([`no-row/${file}`]));
  });

  it('gives a detector that detects', () => {
    const seen = copies.ask(
      'all',
      `import { detectAll } from './core/detectors/detector.js';
       import { DETECTORS } from './core/detectors/index.js';
       import { CARRIERS } from './core/media/carrier.js';
       import { MEDIA_TYPES } from './core/media/media-types.js';
       const text = { chunk: 'tEXt', keyword: 'Creation Time', text: '1970-01-01', offset: 33, afterImageData: false };
       const nothing = Object.fromEntries(CARRIERS.map((one) => [one, { status: 'absent' }]));
       const evidence = { ...nothing, pngText: { status: 'found', value: [text] } };
       const facts = { bytes: 100, sha256: '0'.repeat(64), mediaType: MEDIA_TYPES.png };
       console.log(JSON.stringify(detectAll(DETECTORS, evidence as never, facts).signals));`,
    );
    expect(seen).toEqual([
      {
        id: 'file.dates.unsetClock',
        backing: 'inferred',
        value: '1970-01-01',
        basis: [{ carrier: 'pngText', locator: 'tEXt Creation Time', offset: 33 }],
      },
    ]);
  });

  it('is right that each detector stands in the list', () => {
    const list = readFileSync(join(DETECTORS, 'index.ts'), 'utf8');
    const defined = readdirSync(DETECTORS, { withFileTypes: true })
      .filter((one) => one.isFile() && one.name.endsWith('.ts'))
      .flatMap(({ name }) => {
        const text = readFileSync(join(DETECTORS, name), 'utf8');
        return [...text.matchAll(/^export const (\w+)[^=]*= defineDetector\(/gm)].map(([, one = '']) => one);
      });
    expect(defined.length).toBeGreaterThan(25);
    expect(defined.filter((one) => !list.includes(`\n  ${one},\n`))).toEqual([]);
  });
});
