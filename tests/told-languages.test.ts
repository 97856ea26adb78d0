import { afterAll, describe, expect, it } from 'vitest';
import { AS_OF, fixtureFiles } from '../fixtures/build/expected.js';
import { untold } from '../src/core/law/tell.js';
import type { Report } from '../src/core/report/report.js';
import { createInspector } from '../src/isolation/pool.js';
import { LANGUAGES } from '../src/say/languages.js';
import { told } from './told.js';
import { share } from './whole.js';

/** Every fixture, hostile ones too: no sentence of ours is left in English on a Report in another language. */
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

/** What is no sentence of ours: the file's own words, what engines say, names of formats and of programs. */
const RUN = /[A-Za-z][\w’'-]*(?:[ ,]+[A-Za-z][\w’'-]*){2,}/g;

/** Texts that were told, with the path to each. */
function toldTexts(value: unknown, kept: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return value === kept ? [] : [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  const other = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  return Object.entries(value).flatMap(([name, one]) => toldTexts(one, other[name], `${path}.${name}`));
}

/** Every string that goes into a text, and every one of the file. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

function leftIn(report: Report, language: (typeof LANGUAGES)[number]): string[] {
  const kept = untold(report);
  const own = strings(kept).join('\n');
  const english = new Map(toldTexts(told(report), kept));
  return toldTexts(told(report, language), kept).flatMap(([path, text]) => {
    const sentence = english.get(path) ?? '';
    // A run that the English says too, and that neither the file nor a param says, is a sentence that was left.
    const runs = text.match(RUN) ?? [];
    return runs
      .filter(
        (run) => sentence.includes(run) && !own.includes(run) && !NAMES.some((one) => run.includes(one)),
      )
      .map((run) => `${path}: ${run}`);
  });
}

/** Proper names that every language writes alike. */
const NAMES = [
  'assay trust',
  'Raw profile type',
  'Black Forest Labs',
  'Stable Diffusion',
  'C2PA TSA Trust List',
  'Content Seal',
  'Stable Signature',
  'VideoSeal',
  'Adobe Content Authenticity',
  'search for possible matches',
  'Stack Overflow',
  'Hugging Face',
  'SynthID Detector',
  'Fish & Richardson',
  'Watermark Anything',
  'Microsoft InvisMark',
];

describe('a Report in another language', () => {
  const others = LANGUAGES.filter((language) => language !== 'en');
  it.each(share(fixtureFiles(), 8).map((file) => [`${file.folder}/${file.name}`, file] as const))(
    'leaves no English of ours: %s',
    async (_title, { name, path, deep }) => {
      const report = await inspector.inspect({ path, name, asOf: AS_OF, engine: 'auto', deep });
      for (const language of others) {
        expect(leftIn(report, language)).toEqual([]);
        // As often as anybody likes, and the same each time.
        expect(told(told(report, language))).toEqual(told(report));
        expect(told(told(report), language)).toEqual(told(report, language));
      }
    },
  );
});
