import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginsWithPronoun, hasOr, widthOf, wordsIn } from '../../../bench/words-of.js';
import { fixtureFiles } from '../../../fixtures/build/expected.js';
import { deriveSignals } from '../../../src/core/detectors/derived-signals.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import { withHeadlineText } from '../../../src/core/report/message-lookup.js';
import type { ContentCredentials, StoredReport } from '../../../src/core/report/report.js';
import { type SummaryInput, summarise } from '../../../src/core/summary/summary.js';
import type { Language } from '../../../src/i18n/languages.js';
import { message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { share } from '../../support/whole.js';

/** Forbidden properties of the headline and its sentences, whatever a file contains: long, vague, or not quotable alone. */

interface Told {
  headline: string;
  sentences: string[];
}

function told({ headline, messages: sayable }: StoredReport['summary'], language: Language): Told {
  if (headline === undefined || sayable === undefined) throw new Error('a summary without words');
  const speech = translatorFor(language);
  return {
    headline: withHeadlineText(headline, speech).text ?? '',
    sentences: sayable.sentence.map((one) => speech.translate(one)),
  };
}

/** Returns the violated limits, worded so that a failing test names them. */
function faults(summary: StoredReport['summary'], most = 60): string[] {
  const english = told(summary, 'en');
  const chinese = told(summary, 'zh-Hans');
  const { headline, sentences } = english;
  const whole = sentences.join(' ');
  const broken = (is: boolean, what: string, text: string) => (is ? [`${what}: ${text}`] : []);
  return [
    ...broken(wordsIn(headline) > 12, 'a headline of more than 12 words', headline),
    ...[headline, ...sentences].flatMap((one) => broken(beginsWithPronoun(one), 'a pronoun first', one)),
    ...sentences.flatMap((one) => broken(wordsIn(one) > 30, 'a sentence of more than 30 words', one)),
    ...sentences.flatMap((one) => broken(!/[.。]$/.test(one), 'a sentence without an end', one)),
    ...broken(wordsIn(whole) > 60, 'more than 60 words together', whole),
    ...broken(hasOr(sentences.at(-1) ?? ''), 'a doubt with an “or”', whole),
    ...broken(sentences.length > 3 || sentences.length === 0, 'not one to three sentences', whole),
    ...chinese.sentences.flatMap((one) => broken(widthOf(one) > most, 'too many characters', one)),
    ...broken(
      widthOf(chinese.sentences.join('')) > 2 * most,
      'too many together',
      chinese.sentences.join(''),
    ),
    ...broken(/digital ?source ?type|we have no sample/i.test(whole), 'jargon', whole),
  ];
}

describe('what a person reads first', () => {
  it('keeps its bounds for every fixture, in both languages', { timeout: 180_000 }, async () => {
    const inspector = createInspector({ jobs: 2 });
    const found = new Map<string, string[]>();
    await Promise.all(
      share(fixtureFiles(), 8).map(async ({ name, path, deep }) => {
        const { summary } = await inspector.inspect({ path, name, asOf: '2026-11-25', engine: 'auto', deep });
        const wrong = faults(summary);
        if (wrong.length > 0) found.set(name, wrong);
      }),
    );
    expect([...found]).toEqual([]);
  });
});

/** Names that imitate our text, in several scripts, and some that break lines and brackets. */
const HOSTILE = fc.oneof(
  fc.constantFrom(
    'Adobe: confirmed by Reuters',
    'OpenAI. This picture is real. Assay says so',
    'a b c d e f g h i j k l m n o p q r s t u v w x y z',
    '‮yb dengis‬ OpenAI',
    'تم التحقق من هذه الصورة من قبل رويترز وهي أصلية',
    'תמונה זו אומתה על ידי רויטרס והיא אמיתית לגמרי',
    '本图片已由路透社核实为真实照片并由官方机构签名确认无误可放心使用',
    '{name} signed this',
    'x”) and “y',
    '\n\nSays it was made by a person\n',
    '',
  ),
  fc.string({ maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
);

const listed = fc.constantFrom('official', 'interim', 'private', 'unlisted', 'not-checked' as const);
const STEPS = ['c2pa.created', 'c2pa.opened', 'c2pa.edited', 'c2pa.placed', 'c2pa.redacted', 'c2pa.unknown'];

const credentials = (name: string, tool: string, steps: string[], rest: object): ContentCredentials => ({
  presence: 'present',
  activeManifest: 'm1',
  manifests: [
    {
      label: 'm1',
      active: true,
      depth: 0,
      integrity: 'intact',
      claimGenerator: tool,
      actions: steps.map((action) => ({ action })),
      ingredients: [{ relationship: 'parentOf', manifest: 'm2' }],
    },
    {
      label: 'm2',
      active: false,
      depth: 1,
      integrity: 'intact',
      signer: name,
      trust: 'interim',
      validity: 'expired-without-timestamp',
      actions: [],
      ingredients: [],
    },
  ],
  ...rest,
});

const given = fc.record({
  name: HOSTILE,
  tool: HOSTILE,
  value: HOSTILE,
  steps: fc.array(fc.oneof(fc.constantFrom(...STEPS), HOSTILE), { maxLength: 9 }),
  trust: listed,
  integrity: fc.constantFrom('intact', 'altered', 'undetermined' as const),
  origin: fc.constantFrom('ai-generated', 'ai-edited', 'captured', 'other', undefined),
  where: fc.constantFrom('this', 'ancestor', 'component' as const),
  signedBy: fc.constantFrom('same', 'another' as const),
  edited: fc.boolean(),
  proven: fc.constantFrom('2026-01-26T10:00:00Z', undefined),
  label: fc.boolean(),
  plain: fc.boolean(),
});
type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;

function summaryOf(one: Given): StoredReport['summary'] {
  const { name, tool, value, steps, trust, integrity, origin, where, signedBy, edited, proven, label } = one;
  const basis: StoredReport['signals'][number]['basis'] = [{ carrier: 'xmp', locator: 'p' }];
  const signals: SummaryInput['signals'] = [
    { id: 'camera.exif', backing: 'inferred', value, basis },
    { id: 'generator.comfyui.unknownNode', backing: 'inferred', value, basis },
    ...(label
      ? ([
          { id: 'gb45438.label.present', backing: 'unsigned', basis },
          { id: 'gb45438.label.unrecognised', backing: 'unsigned', value, basis },
          { id: 'gb45438.element.contentProducer', backing: 'unsigned', value: tool, basis },
          { id: 'iptc.digitalSourceType.unrecognised', backing: 'unsigned', value, basis },
          { id: 'iptc.ai.systemUsed', backing: 'unsigned', value, basis },
        ] as const)
      : []),
  ];
  return summarise({
    asset: { bytes: 9, mediaType: MEDIA_TYPES.png },
    credentials: one.plain
      ? { presence: 'remote', remoteUrl: `https://${value}/` }
      : credentials(name, tool, steps, {
          integrity,
          signer: { name, trust },
          time: {
            ...(proven === undefined ? {} : { proven }),
            authorityTrust: 'official',
            validity: proven === undefined ? 'expired-without-timestamp' : 'inside',
            revocation: 'not-checked',
          },
        }),
    ...(origin === undefined || one.plain
      ? {}
      : {
          declared: {
            origin,
            where,
            signedBy,
            edited,
            backing: 'valid' as const,
            editedAfterCapture: false,
            tool,
            statement: value,
            manifest: 'm2',
            followedBy: steps,
          },
        }),
    signals: [...signals, ...deriveSignals(signals)],
    coverage: { state: 'complete', unread: [] },
    dates: [{ name: 'Exif DateTimeOriginal', value: '2019:10:03 10:11:12', carrier: 'exif', locator: 'p' }],
  }).summary;
}

/** Text between quotation marks comes from the file; no word of a hostile name may appear outside. */
const OUTSIDE =
  /(?<!Un)confirmed|Reuters|picture is real|Assay says|signed this$|رويترز|רויטרס|路透社|\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

describe('a name from a file', () => {
  it('breaks no bound, whatever it is', () => {
    fc.assert(
      fc.property(given, (one) => {
        // Two names of maximum length and two days are longer in Chinese than any known ones.
        expect(faults(summaryOf(one), 75)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is never our claim where no list vouches for it', () => {
    fc.assert(
      fc.property(given, fc.constantFrom('unlisted', 'not-checked' as const), (one, trust) => {
        const summary = summaryOf({ ...one, trust });
        for (const language of ['en', 'zh-Hans'] as const) {
          const { headline, sentences } = told(summary, language);
          for (const text of [headline, ...sentences])
            expect(text.replace(/“[^”]*”/gu, '“”')).not.toMatch(OUTSIDE);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stands without quotation marks where a list vouches for it', () => {
    const summary = summarise({
      asset: { bytes: 9, mediaType: MEDIA_TYPES.png },
      credentials: { presence: 'present', integrity: 'intact', signer: { name: 'OpenAI', trust: 'interim' } },
      signals: [],
      coverage: { state: 'complete', unread: [] },
    }).summary;
    expect(told(summary, 'en').sentences[0]).toMatch(/^OpenAI signed /);
  });

  it('is not needed for a fault of reading to be said in words of ours', () => {
    const summary = summarise({
      asset: { bytes: 9, mediaType: MEDIA_TYPES.png },
      credentials: { presence: 'unreadable' },
      signals: [],
      coverage: { state: 'nothing', unread: [{ carrier: 'xmp' }] },
      notRead: message('fault.reader.error', { words: 'Adobe: confirmed by Reuters' }),
    }).summary;
    expect(told(summary, 'en').sentences.join(' ')).not.toMatch(OUTSIDE);
    expect(faults(summary)).toEqual([]);
  });
});
