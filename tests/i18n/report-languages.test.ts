import { afterAll, describe, expect, it } from 'vitest';
import { AS_OF, fixtureFiles } from '../../fixtures/build/expected.js';
import { toStoredReport } from '../../src/core/law/localize.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { LANGUAGES } from '../../src/i18n/languages.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { told } from '../support/localized.js';
import { share } from '../support/whole.js';

/** Every fixture, including hostile ones: no sentence of ours is left in English on a Report in another language. */
const inspector = createInspector({ jobs: 2 });
afterAll(() => inspector.close());

/** Text that is not from our catalogues: the file's own words, engine output, names of formats and programs. */
const RUN = /[A-Za-z][\w’'-]*(?:[ ,]+[A-Za-z][\w’'-]*){2,}/g;

/** Returns the localized texts with their paths. */
function toldTexts(value: unknown, kept: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return value === kept ? [] : [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  const other = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  return Object.entries(value).flatMap(([name, one]) => toldTexts(one, other[name], `${path}.${name}`));
}

/** Returns every string parameter, and every string of the file. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

function leftIn(report: StoredReport, language: (typeof LANGUAGES)[number]): string[] {
  const kept = toStoredReport(told(report));
  const own = strings(kept).join('\n');
  const english = new Map(toldTexts(told(report), kept));
  return toldTexts(told(report, language), kept).flatMap(([path, text]) => {
    const sentence = english.get(path) ?? '';
    // A run of words that the English has too, and that neither the file nor a parameter contains, is an untranslated
    // sentence.
    const runs = text.match(RUN) ?? [];
    return runs
      .filter(
        (run) => sentence.includes(run) && !own.includes(run) && !NAMES.some((one) => run.includes(one)),
      )
      .map((run) => `${path}: ${run}`);
  });
}

/** Proper names that are the same in every language. */
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
        // Localizing is idempotent.
        expect(told(toStoredReport(told(report, language)))).toEqual(told(report));
        expect(told(toStoredReport(told(report)), language)).toEqual(told(report, language));
      }
    },
  );
});
