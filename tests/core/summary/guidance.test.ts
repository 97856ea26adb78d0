import { describe, expect, it } from 'vitest';
import type { ContentCredentials, Declared, StoredReport } from '../../../src/core/report/report.js';
import { buildGuidance } from '../../../src/core/summary/guidance.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { type Message, message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { reportOf } from '../renderers/report-literal.js';

/** Guidance on a file: what may be said of it, what may not, what to do next, and what to ask the publisher. */

type Facts = NonNullable<StoredReport['summary']['facts']>;

const OPENAI: ContentCredentials = {
  presence: 'present',
  integrity: 'intact',
  signer: { name: 'OpenAI', trust: 'interim' },
  time: {
    proven: '2026-05-03T10:00:00Z',
    authorityTrust: 'official',
    validity: 'inside',
    revocation: 'not-revoked',
  },
};

interface Given {
  headline: Message;
  credentials?: ContentCredentials;
  who?: Facts['who']['code'];
  changed?: Facts['changed']['code'];
  name?: string;
}

function report({
  headline,
  credentials,
  who = 'listed',
  changed = 'no',
  name = 'a.png',
}: Given): StoredReport {
  const text = message('fact.who.nobody');
  const whole = reportOf({});
  return {
    ...whole,
    asset: { ...whole.asset, name },
    signals: [],
    notChecked: [],
    contentCredentials: credentials ?? { presence: 'absent' },
    summary: {
      origin: 'none',
      messages: { sentence: [] },
      coverage: { state: 'complete', unread: [] },
      headline,
      facts: {
        who: { code: who, messages: { text } },
        changed: { code: changed, messages: { text } },
        ai: { code: 'stated-signed', messages: { text } },
        when: { code: 'not-known', messages: { text } },
      },
    },
  };
}

function texts(given: Given, language: (typeof LANGUAGES)[number] = 'en') {
  const speech = translatorFor(language);
  const { say, avoid, next, question } = buildGuidance(report(given));
  return {
    say: say.map((one) => speech.translate(one)),
    avoid: avoid.map((one) => speech.translate(one)),
    next: next.map(({ code, address }) => (address === undefined ? code : `${code} ${address}`)),
    question: question && speech.translate(question),
  };
}

const TOOL = { by: 'tool', tool: message('text.quoted', { text: 'GPT-4o' }) } as const;
const GENERATED = message('headline.generated', { what: 'this', ...TOOL });

describe('the guidance', () => {
  it('says who signed a statement of AI, and since when nothing changed', () => {
    expect(texts({ headline: GENERATED, credentials: OPENAI })).toMatchObject({
      say: [
        inEnglish('guide.say.stated', {
          what: 'generated',
          by: 'known',
          signer: message('text.asWritten', { text: 'OpenAI' }),
        }),
        inEnglish('guide.say.unchangedSince', {
          by: 'other',
          day: message('date.day', { day: '3', month: '5', year: '2026' }),
        }),
      ],
      avoid: [inEnglish('guide.avoid.shown', { kind: 'image' })],
      next: ['vendor-checker https://openai.com/verify', expect.stringContaining('older-copies'), 'ask'],
    });
  });

  it('does not call a name in a certificate the signer', () => {
    const credentials = { ...OPENAI, signer: { name: 'OpenAI', trust: 'unlisted' } } as const;
    const { say, avoid } = texts({ headline: GENERATED, credentials, who: 'unlisted' });
    expect(say[0]).toBe(
      inEnglish('guide.say.stated', {
        what: 'generated',
        by: 'named',
        signer: message('text.quoted', { text: 'OpenAI' }),
      }),
    );
    expect(say[1]).toBe(
      inEnglish('guide.say.unchangedSince', {
        by: 'named',
        day: message('date.day', { day: '3', month: '5', year: '2026' }),
      }),
    );
    expect(avoid[0]).toBe(
      inEnglish('guide.avoid.unconfirmed', {
        signer: message('text.quoted', { text: 'OpenAI' }),
        lists: 'asked',
        day: message('text.asWritten', { text: '' }),
      }),
    );
  });

  it('ends with one full stop where the signer’s name ends with one', () => {
    const credentials = { ...OPENAI, signer: { name: 'Adobe Inc.', trust: 'official' } } as const;
    const { say } = texts({ headline: message('headline.credentials'), credentials });
    expect(say[0]).toMatch(/[^.]Adobe Inc\.$/);
  });

  it('offers a maker’s checker for confirmed signers only', () => {
    const codes = (credentials: ContentCredentials) =>
      buildGuidance(report({ headline: GENERATED, credentials })).next.map(({ code }) => code);
    expect(codes(OPENAI)).toContain('vendor-checker');
    const others: Partial<ContentCredentials>[] = [
      { signer: { name: 'OpenAI', trust: 'unlisted' } },
      { integrity: 'altered', integrityCauses: ['assertion.dataHash.mismatch'] },
      { time: { authorityTrust: 'official', validity: 'outside', revocation: 'not-revoked' } },
    ];
    for (const over of others) expect(codes({ ...OPENAI, ...over })).not.toContain('vendor-checker');
  });

  it.each([
    ['2026-08-05', undefined, '2027-02-01', 'asked'],
    ['2026-08-05', undefined, '2027-02-02', 'old'],
    ['2026-08-05', '2026-09-05T00:00:00Z', '2026-09-05', 'asked'],
    ['2026-08-05', '2026-09-05T00:00:00Z', '2026-09-06', 'old'],
  ] as const)('tells a list of %s (next: %s) with its date on %s or not', (date, nextUpdate, asOf, lists) => {
    const credentials = { ...OPENAI, signer: { name: 'OpenAI', trust: 'unlisted' } } as const;
    const whole = report({ headline: GENERATED, credentials, who: 'unlisted' });
    const installed = {
      messages: { name: message('place.list.c2pa') },
      date,
      ...(nextUpdate && { nextUpdate }),
    };
    const { avoid, next } = buildGuidance({ ...whole, tool: { ...whole.tool, asOf, lists: [installed] } });
    expect(avoid[0]?.params).toMatchObject({ lists });
    expect(next.some(({ code }) => code === 'lists')).toBe(lists === 'old');
  });

  it('repeats both of two statements that cannot both hold', () => {
    const basis = [{ carrier: 'xmp', locator: 'p' } as const];
    const between = [
      { id: 'camera.exif', backing: 'inferred', basis },
      { id: 'iptc.digitalSourceType.trainedAlgorithmicMedia', backing: 'unsigned', basis },
    ] satisfies StoredReport['contradictions'][number]['between'];
    const statement = message('contradiction.captureAndGeneration', {
      capture: message('contradiction.first.exif'),
      generation: message('contradiction.by.iptc'),
    });
    const headline = message('headline.contradictory', { ai: 'label', kind: 'image' });
    const whole = { ...report({ headline }), contradictions: [{ between, messages: { statement } }] };
    expect(buildGuidance(whole).say.map(({ id }) => id)).toEqual([
      'guide.say.contradictory',
      'sentence.conflict.excludes',
    ]);
  });

  it('says who signed the statement, where the file is signed by somebody else', () => {
    const published: ContentCredentials = {
      ...OPENAI,
      signer: { name: 'Example Broadcaster', trust: 'interim' },
      activeManifest: 'm2',
      manifests: [
        { label: 'm2', active: true, integrity: 'intact', actions: [], ingredients: [] },
        {
          ...{ label: 'm1', active: false, integrity: 'intact', actions: [], ingredients: [] },
          ...{ signer: 'Adobe: confirmed by Reuters', trust: 'unlisted' },
        },
      ],
    };
    const whole = report({ headline: GENERATED, credentials: published });
    const declared: Declared = {
      origin: 'ai-generated',
      backing: 'valid',
      where: 'ancestor',
      manifest: 'm1',
      editedAfterCapture: false,
    };
    const { say, avoid } = buildGuidance({ ...whole, summary: { ...whole.summary, declared } });
    const texts = [say[0], avoid[0]].map((one) => one && translatorFor('en').translate(one));
    expect(texts).toEqual([
      inEnglish('guide.say.stated', {
        what: 'generated',
        by: 'named',
        signer: message('text.quoted', { text: 'Adobe: confirmed by Reuters' }),
      }),
      inEnglish('guide.avoid.unconfirmed', {
        signer: message('text.quoted', { text: 'Adobe: confirmed by Reuters' }),
        lists: 'asked',
        day: message('text.asWritten', { text: '' }),
      }),
    ]);
  });

  it.each([
    ['revoked', { ...OPENAI, time: { ...OPENAI.time, revocation: 'revoked' } } as ContentCredentials],
    ['out-of-term', { ...OPENAI, time: { ...OPENAI.time, validity: 'outside' } } as ContentCredentials],
  ] as const)('calls nobody the signer whose certificate did not hold then: %s', (who, credentials) => {
    expect(texts({ headline: GENERATED, credentials, who })).toMatchObject({
      say: [
        expect.stringContaining(
          inEnglish('guide.say.stated', {
            what: 'generated',
            by: 'named',
            signer: message('text.quoted', { text: 'OpenAI' }),
          }),
        ),
        expect.anything(),
      ],
      avoid: [inEnglish('guide.avoid.signedBy', { signer: message('text.quoted', { text: 'OpenAI' }) })],
    });
  });

  it('does not say of a signed file that nobody signed its label, nor that the signer says it', () => {
    const headline = message('headline.label', { work: 'made', ...TOOL });
    expect(texts({ headline, credentials: OPENAI }).avoid[0]).toBe(
      inEnglish('guide.avoid.labelAuthor', { signed: 'beside' }),
    );
    expect(texts({ headline, who: 'nobody' }).avoid[0]).toBe(
      inEnglish('guide.avoid.labelAuthor', { signed: 'other' }),
    );
  });

  it('quotes text that says AI, and what a file names as its camera, as nobody’s word', () => {
    const words = { id: 'text.quoted' as const, params: { text: 'AI-generated' } };
    expect(texts({ headline: message('headline.text', { words }) })).toMatchObject({
      say: [inEnglish('guide.say.text', { words: message('text.quoted', { text: 'AI-generated' }) })],
      avoid: [inEnglish('guide.avoid.textAuthor')],
    });
    const name = { id: 'text.quoted' as const, params: { text: 'Canon EOS R5' } };
    expect(texts({ headline: message('headline.camera', { kind: 'image', name }) })).toMatchObject({
      say: [inEnglish('guide.say.camera', { device: message('text.quoted', { text: 'Canon EOS R5' }) })],
      avoid: [inEnglish('guide.avoid.recorded', { kind: 'image' })],
    });
  });

  it('sends nobody to a maker’s checker for files that do not name the maker', () => {
    expect(texts({ headline: message('headline.nothing') }).next).toEqual([
      expect.stringContaining('older-copies'),
      'ask',
    ]);
  });

  it('tells an altered file from a signature that never fitted', () => {
    const altered = { ...OPENAI, integrity: 'altered' } as const;
    const of = (headline: Message) => texts({ headline, credentials: altered, changed: 'yes' });
    const signer = message('text.quoted', { text: 'OpenAI' });
    expect(of(message('headline.alteredSince', { what: 'data', signer })).say[0]).toContain(
      'was changed after it was signed',
    );
    expect(of(message('headline.signatureBrokenOf', { signer })).say).toEqual([
      inEnglish('guide.say.signatureBroken'),
    ]);
    expect(of(message('headline.signatureBrokenOf', { signer })).question).not.toContain('was changed');
  });

  it('asks for a whole copy where the end of a signed file is missing', () => {
    const credentials = { ...OPENAI, integrity: 'altered' } as const;
    const { say, avoid, question } = texts({
      headline: message('headline.cutOffEnd'),
      credentials,
      changed: 'cannot-tell',
    });
    expect(say).toEqual([inEnglish('guide.say.end')]);
    expect(avoid).toEqual([
      inEnglish('guide.avoid.approvedBy', { signer: message('text.quoted', { text: 'OpenAI' }) }),
    ]);
    expect(question).toMatch(/Part of this copy is missing\. Can you send us a whole copy\?$/);
  });

  it('shows the host of credentials that are kept elsewhere as a quotation, and no address to follow', () => {
    const credentials: ContentCredentials = {
      presence: 'remote',
      remoteUrl: 'https://evil.example/\u202ea?x',
    };
    const { next } = buildGuidance(report({ headline: message('headline.remote'), credentials }));
    const [first] = next;
    expect([first?.code, first?.address, first && translatorFor('en').translate(first.userMessage)]).toEqual([
      'fetch-elsewhere',
      undefined,
      inEnglish('guide.next.fetchElsewhere', { host: 'evil.example' }),
    ]);
  });

  it('asks nobody about what was not read', () => {
    for (const id of ['headline.unreadFile', 'headline.emptyFile', 'headline.unrecognised'] as const)
      expect(texts({ headline: message(id) })).toMatchObject({
        question: undefined,
        next: expect.not.arrayContaining(['ask']),
      });
  });

  it('asks for the picture or document that is meant instead of a file of another kind', () => {
    for (const headline of [
      message('headline.unrecognised'),
      message('headline.plainText'),
      message('headline.notLookedInto', { format: '7z' }),
    ])
      expect(texts({ headline })).toMatchObject({
        next: expect.arrayContaining(['media-file']),
        question: undefined,
      });
  });

  it('does not call a file without a byte unreadable', () => {
    expect(texts({ headline: message('headline.emptyFile') })).toMatchObject({
      say: [inEnglish('guide.say.empty')],
      avoid: [inEnglish('guide.avoid.emptyCopy')],
    });
  });

  it('keeps a hostile name within its quotation marks, in each language', () => {
    const name = 'x” is confirmed by Reuters. “\u202e\n';
    for (const language of LANGUAGES) {
      const { question = '' } = texts({ headline: GENERATED, credentials: OPENAI, name }, language);
      expect(question.match(/[“”]/g)).toHaveLength(2);
      expect(question).not.toMatch(/[\u202e\n]/);
    }
  });

  it('tells a statement of a capture that was edited from others', () => {
    const headline = message('headline.capturedThenEdited', {
      by: 'other',
      tool: message('text.asWritten', { text: '' }),
    });
    expect(texts({ headline, credentials: OPENAI }).say[0]).toBe(
      inEnglish('guide.say.stated', {
        what: 'capturedEdited',
        by: 'known',
        signer: message('text.asWritten', { text: 'OpenAI' }),
      }),
    );
  });
});
