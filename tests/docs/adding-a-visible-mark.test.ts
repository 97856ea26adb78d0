import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { VISIBLE_MARKS } from '../../src/core/signatures/visible-marks/index.js';
import { WHOLE } from '../support/whole.js';
import { Copies, guideOf, stepsOf } from './followed.js';

const MARKS = join(import.meta.dirname, '../../src/core/signatures/visible-marks');
const steps = stepsOf(guideOf('adding-a-visible-mark.md'));

describe('docs/adding-a-visible-mark.md', () => {
  const copies = new Copies();
  afterAll(() => copies.remove());

  it('names all that is touched: one file and its line', () => {
    copies.add('all', steps);
    expect(copies.touched('all')).toEqual([
      'src/core/signatures/visible-marks/french-words.ts',
      'src/core/signatures/visible-marks/index.ts',
    ]);
    expect(steps.map(({ file }) => file).sort()).toEqual(copies.touched('all'));
    expect(copies.faults([WHOLE ? 'all/src' : 'all/src/core/pipeline'])).toEqual([]);
  });

  it('gives a mark that is told, with the words as read', () => {
    const seen = copies.ask(
      'all',
      `import { findNotice } from './core/readers/pictures/visible-words.js';
       const word = (text: string) => ({ text, confidence: 90, left: 40, top: 0, width: 90, height: 20 });
       const read = (...texts: string[]) => findNotice(texts.map(word), 'lowerRight') ?? null;
       console.log(JSON.stringify([read('Généré', 'par', 'l’lA')?.row, read('L’IA', 'a', 'généré')]));`,
    );
    expect(seen).toEqual(['visible-french-words', null]);
  });

  it('is right that each mark stands in the list, and that shapes were seen', () => {
    const list = readFileSync(join(MARKS, 'index.ts'), 'utf8');
    const defined = readdirSync(MARKS).flatMap((name) => {
      const text = readFileSync(join(MARKS, name), 'utf8');
      return [...text.matchAll(/^export const (\w+) = \{$/gm)].map(([, one = '']) => one);
    });
    expect(defined.length).toBe(VISIBLE_MARKS.length);
    expect(defined.filter((one) => !list.includes(`\n  ${one},\n`))).toEqual([]);
    const guessed = VISIBLE_MARKS.filter(({ look, grade }) => look.kind === 'shape' && grade !== 'S');
    expect(guessed.map(({ id }) => id)).toEqual([]);
    expect(new Set(VISIBLE_MARKS.map(({ id }) => id)).size).toBe(VISIBLE_MARKS.length);
  });
});
