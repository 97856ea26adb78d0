import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deriveSignals } from '../../../src/core/detectors/derived-signals.js';
import { SIGNAL_ORIGINS } from '../../../src/core/detectors/signal-origins.js';
import { MEDIA_TYPES, TEXT_MEDIA_TYPE, UNKNOWN_MEDIA_TYPE } from '../../../src/core/media/media-types.js';
import type { ContentCredentials, Declared, StoredReport } from '../../../src/core/report/report.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import type { Backing } from '../../../src/core/signals/backing.js';
import { buildCaption } from '../../../src/core/summary/caption.js';
import { HEADLINES } from '../../../src/core/summary/headline.js';
import { countInside } from '../../../src/core/summary/inside-counts.js';
import type { Facts } from '../../../src/core/summary/sentence/facts.js';
import { type SummaryInput, summarise } from '../../../src/core/summary/summary.js';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.js';
import { type Message, message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { spell } from '../../i18n/spelled.js';

/** The headline, and the four facts next to it. */

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
const STUDIO: ContentCredentials = {
  presence: 'present',
  integrity: 'intact',
  signer: { name: 'Example Studio', trust: 'unlisted' },
};
const TIME = {
  ...OPENAI.time,
  authorityTrust: 'official',
  validity: 'inside',
  revocation: 'not-revoked',
} as const;
const { proven: _, ...LATER } = TIME;
/** A known signer's certificate attached to an invalid signature. */
const FORGED: ContentCredentials = {
  ...OPENAI,
  integrity: 'altered',
  integrityCauses: ['claimSignature.mismatch'],
};
const DATA = ['assertion.dataHash.mismatch'];
const ACTIVE: NonNullable<ContentCredentials['manifests']>[number] = {
  label: 'm',
  active: true,
  depth: 0,
  integrity: 'intact',
  actions: [{ action: 'c2pa.created', when: '2026-13-45 Adobe: confirmed by Reuters' }],
  ingredients: [],
};
const declared = (over: Partial<Declared> = {}): Declared => ({
  origin: 'ai-generated',
  backing: 'trusted',
  where: 'this',
  editedAfterCapture: false,
  ...over,
});
const signal = (id: SignalId, backing: Backing, more: Partial<Signal> = {}): Signal => ({
  id,
  backing,
  basis: [{ carrier: 'xmp', locator: 'p' }],
  ...more,
});

const basisOf = (row: string): Signal['basis'] => [{ carrier: 'bmffMeta', locator: 'p', row }];

type Given = Partial<SummaryInput>;

function summaryOf({ signals = [], ...given }: Given): StoredReport['summary'] {
  return summarise({
    asset: { bytes: 9, mediaType: MEDIA_TYPES.png },
    credentials: { presence: 'absent' },
    coverage: { state: 'complete', unread: [] },
    ...given,
    signals: [...signals, ...deriveSignals(signals)],
  }).summary;
}

function headlineOf(given: Given): Message {
  const { headline: made } = summaryOf(given);
  if (made === undefined) throw new Error('no headline');
  return made as Message;
}

const headline = (given: Given, language: Language = 'en'): string =>
  translatorFor(language).translate(headlineOf(given));

function factsOf(given: Given): Message[] {
  const { facts: four } = summaryOf(given);
  if (four === undefined) throw new Error('no facts');
  return [four.who, four.changed, four.ai, four.when].flatMap((one) => (one.messages?.text ?? []) as Message);
}

const HOSTILE = 'Adobe: confirmed by Reuters';

const CASES: [string, Given, string][] = [
  [
    'made with AI, tool known',
    { credentials: OPENAI, declared: declared({ tool: 'GPT-4o' }) },
    'headline.generated(by: tool, tool: text.toolBy(maker: OpenAI, tool: text.asWritten(text: GPT-4o)), what: this)',
  ],
  [
    'no tool named: who signed',
    { credentials: OPENAI, declared: declared() },
    'headline.generated(by: tool, tool: text.asWritten(text: OpenAI), what: this)',
  ],
  [
    'no tool named, and nobody vouches for the signer',
    { credentials: STUDIO, declared: declared({ backing: 'valid' }) },
    'headline.generated(by: unconfirmed, tool: text.quoted(text: Example Studio), what: this)',
  ],
  [
    'an earlier version',
    { credentials: OPENAI, declared: declared({ where: 'ancestor', edited: true, signedBy: 'same' }) },
    'headline.generated(by: tool, tool: text.asWritten(text: OpenAI), what: earlier)',
  ],
  [
    'edited',
    { credentials: OPENAI, declared: declared({ origin: 'ai-edited', tool: 'GPT-4o' }) },
    'headline.edited(by: tool, tool: text.toolBy(maker: OpenAI, tool: text.asWritten(text: GPT-4o)), what: this)',
  ],
  [
    'a part',
    { credentials: OPENAI, declared: declared({ origin: 'ai-edited', where: 'component', tool: 'GPT-4o' }) },
    'headline.partGenerated(by: tool, tool: text.toolBy(maker: OpenAI, tool: text.asWritten(text: GPT-4o)))',
  ],
  [
    'captured',
    { credentials: OPENAI, declared: declared({ origin: 'captured', agent: 'Pixel Camera' }) },
    'headline.captured(by: tool, kind: image, tool: text.quoted(text: Pixel Camera))',
  ],
  [
    'captured, then edited',
    { credentials: OPENAI, declared: declared({ origin: 'other', editedAfterCapture: true }) },
    'headline.capturedThenEdited(by: other, tool: text.asWritten(text: ))',
  ],
  [
    'another source type',
    { credentials: OPENAI, declared: declared({ origin: 'other', term: 'digitalArt' }) },
    'headline.term(kind: image, signer: text.asWritten(text: ), term: digitalArt, who: other)',
  ],
  [
    'a source type of nobody’s',
    { credentials: OPENAI, declared: declared({ origin: 'other', term: HOSTILE }) },
    'headline.term(kind: image, signer: text.asWritten(text: ), term: other, who: other)',
  ],
  [
    'altered, signer listed',
    { credentials: { ...OPENAI, integrity: 'altered', integrityCauses: DATA } },
    'headline.alteredSince(signer: text.asWritten(text: OpenAI), what: other)',
  ],
  [
    'altered, signer on no list',
    { credentials: { ...STUDIO, integrity: 'altered', integrityCauses: DATA } },
    'headline.alteredSince(signer: text.quoted(text: Example Studio), what: other)',
  ],
  [
    'altered, no signer',
    { credentials: { presence: 'present', integrity: 'altered', integrityCauses: DATA } },
    'headline.altered(what: other)',
  ],
  [
    'altered in the credentials alone',
    { credentials: { ...STUDIO, integrity: 'altered', integrityCauses: ['claim.missing'] } },
    'headline.alteredSince(signer: text.quoted(text: Example Studio), what: credentials)',
  ],
  [
    'a signature that does not hold, of a listed name',
    { credentials: FORGED },
    'headline.signatureBrokenOf(signer: text.quoted(text: OpenAI))',
  ],
  [
    'statements that could not be read',
    { credentials: { ...OPENAI, bytesFaultMissing: ['statements'] } },
    'headline.statementsUnreadOf(signer: text.asWritten(text: OpenAI), standing: listed)',
  ],
  [
    'AI spoken of beside',
    { credentials: OPENAI, signals: [signal('c2pa.declaration.aiDisclosure', 'trusted')] },
    'headline.speaksOfAi',
  ],
  [
    'signed, and nothing said',
    { credentials: STUDIO },
    'headline.signed(signer: text.quoted(text: Example Studio), standing: unlisted)',
  ],
  ['credentials kept elsewhere', { credentials: { presence: 'remote' } }, 'headline.remote'],
  [
    'credentials damaged',
    { credentials: { presence: 'unreadable' }, signals: [signal('c2pa.unreadable', 'invalid')] },
    'headline.unreadable',
  ],
  [
    'credentials of before the standard',
    {
      credentials: { presence: 'unreadable' },
      signals: [signal('c2pa.unreadable', 'invalid', { value: 'c2pa.PrereleaseError' })],
    },
    'headline.oldForm',
  ],
  [
    'a segment without its init file',
    { coverage: { state: 'partial', unread: [{ carrier: 'c2pa', code: 'segment.needsInit' }] } },
    'headline.segmentAlone',
  ],
  [
    'a watermark is no edit',
    {
      credentials: {
        ...STUDIO,
        activeManifest: 'm',
        manifests: [
          {
            ...ACTIVE,
            claimGenerator: 'Example Editor/1.0',
            actions: [
              { action: 'c2pa.created' },
              { action: 'c2pa.watermarked.bound' },
              { action: 'c2pa.edited', description: 'Image watermarked' },
            ],
          },
        ],
      },
    },
    'headline.signed(signer: text.quoted(text: Example Studio), standing: unlisted)',
  ],
  [
    'a sound has no canvas',
    {
      asset: { bytes: 9, mediaType: MEDIA_TYPES.mp3 },
      credentials: OPENAI,
      declared: declared({ origin: 'other', term: 'empty' }),
    },
    'headline.term(kind: other, signer: text.asWritten(text: ), term: empty, who: other)',
  ],
  [
    'a picture has one',
    { credentials: OPENAI, declared: declared({ origin: 'other', term: 'empty' }) },
    'headline.term(kind: image, signer: text.asWritten(text: ), term: empty, who: other)',
  ],
  [
    'a Chinese label',
    { signals: [signal('gb45438.label.present', 'unsigned'), signal('gb45438.label.generated', 'unsigned')] },
    'headline.gb(by: other, label: generated, tool: text.asWritten(text: ))',
  ],
  [
    'a photo label',
    { signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia', 'unsigned')] },
    'headline.label(by: other, tool: text.asWritten(text: ), work: made)',
  ],
  [
    'a photo label of a camera',
    { signals: [signal('iptc.digitalSourceType.digitalCapture', 'unsigned')] },
    'headline.labelCaptured',
  ],
  [
    'a trace',
    { signals: [signal('generator.a1111', 'inferred')] },
    'headline.trace(by: tool, tool: text.asWritten(text: Stable Diffusion web UI))',
  ],
  [
    'a Chinese label of a producer whom our table has',
    {
      signals: [
        signal('gb45438.label.present', 'unsigned'),
        signal('gb45438.label.generated', 'unsigned'),
        signal('gb45438.element.contentProducer', 'unsigned', { value: '00119111' }),
        signal('gb45438.provider.listed', 'unsigned', {
          value: '00119111',
          facts: [{ name: 'companyLookUp', messages: { value: message('fact.provider.doubao') } }],
        }),
      ],
    },
    'headline.gb(by: tool, label: generated, tool: fact.provider.doubao)',
  ],
  [
    'a Chinese label without a field',
    { signals: [signal('gb45438.label.shell', 'unsigned')] },
    'headline.gbEmpty',
  ],
  [
    'a label with a value of nobody’s',
    { signals: [signal('iptc.digitalSourceType.unrecognised', 'unsigned', { value: HOSTILE })] },
    'headline.labelUnknown',
  ],
  [
    'a trace that says nothing of the origin',
    { signals: [signal('generator.comfyui.workflow', 'inferred')] },
    'headline.openTrace(tool: text.asWritten(text: ComfyUI))',
  ],
  [
    'a tool that another listed signer names',
    { credentials: OPENAI, declared: declared({ tool: 'Adobe Firefly' }) },
    'headline.generated(by: tool, tool: text.quoted(text: Adobe Firefly), what: this)',
  ],
  [
    'a model of a tool of its maker',
    {
      credentials: { ...OPENAI, signer: { name: 'Amazon Web Services, Inc.', trust: 'interim' } },
      declared: declared({ tool: 'Titan Image Generator G1' }),
    },
    'headline.generated(by: tool, tool: text.toolBy(maker: Amazon, tool: text.asWritten(text: Titan Image Generator)), what: this)',
  ],
  [
    'a C2PA library in place of a tool',
    { credentials: OPENAI, declared: declared({ tool: 'c2pa-rs/0.28.4', agent: 'c2pa-rs/0.28.4' }) },
    'headline.generated(by: tool, tool: text.asWritten(text: OpenAI), what: this)',
  ],
  [
    'a tool in the words of its maker',
    {
      credentials: { ...OPENAI, signer: { name: 'Adobe Inc.', trust: 'interim' } },
      declared: declared({ statement: 'description: Adobe Firefly' }),
      signals: [signal('c2pa.declaration.adobeFirefly', 'trusted', { value: 'description: Adobe Firefly' })],
    },
    'headline.generated(by: tool, tool: text.asWritten(text: Adobe Firefly), what: this)',
  ],
  [
    'a camera whose maker a list has, under another signer',
    {
      asset: { bytes: 9, mediaType: MEDIA_TYPES.mp4 },
      credentials: {
        ...OPENAI,
        manifests: [
          {
            ...ACTIVE,
            label: 'm2',
            active: false,
            signer: 'Sony Corporation',
            trust: 'interim',
            validity: 'inside',
          },
        ],
      },
      declared: declared({
        origin: 'captured',
        where: 'ancestor',
        edited: false,
        manifest: 'm2',
        signedBy: 'another',
        agent: 'SONY_CAMERA',
      }),
    },
    'headline.captured(by: tool, kind: video, tool: text.asWritten(text: Sony Corporation))',
  ],
  [
    'the end cut off, and nothing else found',
    {
      coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] },
      cutOff: { isMostMissing: false, carriers: ['xmp'] },
    },
    'headline.cutOffEnd',
  ],
  [
    'text',
    {
      asset: { bytes: 9, mediaType: TEXT_MEDIA_TYPE },
      coverage: { state: 'nothing', unread: [{ carrier: 'xmp', code: 'carrier.notRead' }] },
    },
    'headline.plainText',
  ],
  [
    'a name of another kind of file',
    {
      asset: { bytes: 9, mediaType: UNKNOWN_MEDIA_TYPE },
      coverage: { state: 'nothing', unread: [{ carrier: 'xmp', code: 'carrier.notRead' }] },
      signals: [
        signal('file.mediaTypeMismatch', 'inferred', {
          messages: {
            value: message('fact.mediaTypes', { stated: 'image/jpeg', found: 'application/octet-stream' }),
          },
        }),
      ],
    },
    'headline.notMedia(stated: text.format(format: JPEG))',
  ],
  [
    'text that says AI, above a camera’s name and what could not be read',
    {
      coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] },
      signals: [
        signal('camera.named', 'inferred', { value: 'Canon EOS R5' }),
        signal('file.aiText', 'unsigned', { value: 'AI-generated image, made with…' }),
      ],
    },
    'headline.text(words: text.quoted(text: AI-generated image, made with…))',
  ],
  [
    'such text in Chinese',
    { signals: [signal('file.aiText', 'unsigned', { value: '由豆包AI生成' })] },
    'headline.text(words: text.quoted(text: 由豆包AI生成))',
  ],
  [
    'a camera’s name',
    { signals: [signal('camera.exif', 'inferred', { value: 'NIKON COOLPIX P6000' })] },
    'headline.camera(kind: other, name: text.quoted(text: NIKON COOLPIX P6000))',
  ],
  [
    'a recorder’s name',
    {
      asset: { bytes: 9, mediaType: MEDIA_TYPES.wav },
      signals: [signal('recorder.broadcastWave', 'inferred', { value: 'ZOOM F6' })],
    },
    'headline.camera(kind: audio, name: text.quoted(text: ZOOM F6))',
  ],
  [
    'a camera’s name in a file that was read in part',
    {
      coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] },
      signals: [signal('camera.named', 'inferred', { value: 'Canon EOS R5' })],
    },
    'headline.partlyUnread',
  ],
  [
    'a generator’s trace beside text that says AI',
    {
      signals: [
        signal('generator.a1111', 'inferred'),
        signal('file.aiText', 'unsigned', { value: 'AI-generated' }),
      ],
    },
    'headline.trace(by: tool, tool: text.asWritten(text: Stable Diffusion web UI))',
  ],
  [
    'the end of a signed file',
    {
      credentials: { ...STUDIO, integrity: 'altered', integrityCauses: DATA },
      cutOff: { isMostMissing: false, carriers: ['xmp'] },
    },
    'headline.cutOffEnd',
  ],
  [
    'an unlisted signer’s statement of a person',
    { credentials: STUDIO, declared: declared({ origin: 'other', term: 'digitalCreation' }) },
    'headline.term(kind: image, signer: text.quoted(text: Example Studio), term: digitalCreation, who: unconfirmed)',
  ],
  [
    'a signer while no list is installed',
    {
      credentials: {
        ...STUDIO,
        signer: {
          name: 'Example Studio',
          trust: 'not-checked',
          messages: { trustReason: message('fault.trust.noList', { whose: 'other' }) },
        },
      },
    },
    'headline.signed(signer: text.quoted(text: Example Studio), standing: noList)',
  ],
  [
    'a signer whose certificate or list could not be read',
    { credentials: { ...STUDIO, signer: { name: 'Example Studio', trust: 'not-checked' } } },
    'headline.signed(signer: text.quoted(text: Example Studio), standing: notChecked)',
  ],
  [
    'a signature that does not hold, which a missing end does not explain',
    {
      credentials: { ...FORGED, integrityCauses: [...DATA, 'claimSignature.mismatch'] },
      cutOff: { isMostMissing: false, carriers: ['xmp'] },
    },
    'headline.signatureBrokenOf(signer: text.quoted(text: OpenAI))',
  ],
  [
    'a trace of a platform',
    { signals: [signal('platform.tiktok', 'inferred', { basis: basisOf('tiktok-vid') })] },
    'headline.carriesTrace(tool: term.tool.tikTokOrDouyin)',
  ],
  [
    'a program that wrote the file',
    {
      signals: [
        signal('editor.ffmpeg', 'inferred', { value: 'Lavf58.29.100', basis: basisOf('ffmpeg-encoder') }),
      ],
    },
    'headline.writtenBy(how: other, tool: text.asWritten(text: FFmpeg (Lavf)))',
  ],
  [
    'an editor',
    { signals: [signal('editor.gimp', 'inferred', { basis: basisOf('gimp-software') })] },
    'headline.carriesTrace(tool: text.asWritten(text: GIMP))',
  ],
  [
    'an encoder',
    {
      signals: [
        signal('editor.ffmpeg', 'inferred', {
          value: 'Lavc58.54.100 libx264',
          basis: basisOf('ffmpeg-encoder'),
        }),
      ],
    },
    'headline.writtenBy(how: encoded, tool: text.asWritten(text: FFmpeg (Lavc)))',
  ],
  ['nothing', {}, 'headline.nothing'],
  [
    'a part unread',
    { coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] } },
    'headline.partlyUnread',
  ],
  ['cut off', { cutOff: { isMostMissing: true, carriers: [] } }, 'headline.cutOff'],
  ['not read', { notRead: message('sentence.emptyFile') }, 'headline.unreadFile'],
  ['out of time', { notRead: message('sentence.emptyFile'), late: ['xmp'] }, 'headline.notFinished'],
  ['empty', { asset: { bytes: 0, mediaType: MEDIA_TYPES.png } }, 'headline.emptyFile'],
];

/** Width of Chinese text in characters; two Latin letters are as wide as one. */
const width = (text: string): number =>
  [...text].reduce(
    (all, one) => all + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(one) ? 1 : 0.5),
    0,
  );

describe('the headline', () => {
  it.each(CASES)('%s', (_name, given, expected) => {
    expect(spell(headlineOf(given))).toBe(expected);
  });

  it.each(CASES)('%s: has at most 12 words, or 30 characters, and begins with no pronoun', (_name, given) => {
    expect(headline(given).split(/\s+/).length).toBeLessThanOrEqual(12);
    expect(headline(given)).not.toMatch(/^(It|They|This|That|Its|Their|These|Those)\b/);
    expect(width(headline(given, 'zh-Hans'))).toBeLessThanOrEqual(30);
  });

  it('says both where two statements exclude each other', () => {
    const signals = [
      signal('iptc.digitalSourceType.digitalCapture', 'unsigned'),
      signal('iptc.digitalSourceType.trainedAlgorithmicMedia', 'unsigned'),
    ];
    expect(spell(headlineOf({ signals }))).toBe('headline.contradictory(ai: other, kind: image)');
  });

  it.each<[string, Given, 'stated' | 'unconfirmed' | 'label' | 'trace' | undefined]>([
    ['a signed statement', { credentials: OPENAI, declared: declared() }, 'stated'],
    ['one of an unconfirmed signer', { credentials: STUDIO, declared: declared() }, 'unconfirmed'],
    ['a label', { signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia', 'unsigned')] }, 'label'],
    ['a trace', { signals: [signal('generator.a1111', 'inferred')] }, 'trace'],
    ['no edit with AI', { credentials: OPENAI, declared: declared({ origin: 'ai-edited' }) }, undefined],
  ])('says that camera data exclude %s, and so does the fact', (_name, { signals = [], ...given }, ai) => {
    const camera = signal('camera.exif', 'inferred', { value: 'Example One' });
    const made = signal('c2pa.digitalSourceType.trainedAlgorithmicMedia', 'trusted');
    const all = given.declared?.origin === 'ai-generated' ? [camera, made] : [camera, ...signals];
    const { headline: told, facts: four } = summaryOf({ ...given, signals: all });
    expect(told).toMatchObject(
      ai === undefined ? { id: 'headline.edited' } : message('headline.contradictory', { ai, kind: 'image' }),
    );
    expect(four?.ai.code === 'contradictory').toBe(ai !== undefined);
  });

  it('says that a tool’s trace excludes a stated capture', () => {
    const signals = [
      signal('c2pa.digitalSourceType.digitalCapture', 'trusted'),
      signal('generator.a1111', 'inferred'),
    ];
    expect(
      summaryOf({ credentials: OPENAI, declared: declared({ origin: 'captured' }), signals }).headline,
    ).toMatchObject(message('headline.contradictory', { ai: 'captured', kind: 'image' }));
  });

  it.each<[string, string, string, 'this' | 'earlier']>([
    ['edited with AI', 'c2pa.edited', 'trainedAlgorithmicMedia', 'this'],
    ['edited otherwise', 'c2pa.edited', 'humanEdits', 'earlier'],
    ['opened', 'c2pa.opened', 'trainedAlgorithmicMedia', 'earlier'],
  ])(
    'calls AI content that was later %s this picture, or an earlier version',
    (_name, action, digitalSourceType, what) => {
      const summary = summaryOf({
        credentials: {
          ...OPENAI,
          activeManifest: 'm',
          manifests: [
            {
              ...ACTIVE,
              actions: [{ action, digitalSourceType }],
              ingredients: [{ relationship: 'parentOf', manifest: 'm1' }],
            },
            { ...ACTIVE, label: 'm1', active: false, depth: 1, actions: [{ action: 'c2pa.created' }] },
          ],
        },
        declared: declared({
          where: 'ancestor',
          manifest: 'm1',
          signedBy: 'same',
          edited: true,
          followedBy: [action],
        }),
      });
      expect(summary.headline?.params).toMatchObject({ what });
      expect(summary.messages?.sentence[1]?.params).toMatchObject({ ai: what === 'this' ? 'some' : 'other' });
    },
  );

  it.each([
    ['c2pa.opened', 'headline.signed'],
    ['c2pa.transcoded', 'headline.signed'],
    ['c2pa.resized', 'headline.signed'],
    ['c2pa.published', 'headline.signed'],
    ['c2pa.watermarked', 'headline.markOnly'],
  ])('calls %s alone no edit', (action, headline) => {
    const credentials: ContentCredentials = {
      ...OPENAI,
      activeManifest: 'm',
      manifests: [{ ...ACTIVE, claimGenerator: 'Example/1', actions: [{ action }] }],
    };
    expect(summaryOf({ credentials }).headline?.id).toBe(headline);
  });

  it.each(LANGUAGES.map((one) => [one]))('never makes a file’s name our claim (%s)', (language) => {
    const quoted = `“${HOSTILE}”`;
    // Names come neither from an unknown tool nor from an unlisted signer.
    for (const tool of [HOSTILE, `‮${HOSTILE}`])
      expect(headline({ credentials: OPENAI, declared: declared({ tool }) }, language)).toContain(quoted);
    const signer = { ...STUDIO, signer: { name: HOSTILE, trust: 'unlisted' as const } };
    expect(headline({ credentials: signer }, language)).toContain(quoted);
    const [who = message('fact.who.nobody')] = factsOf({ credentials: signer });
    expect(translatorFor(language).translate(who)).toContain(quoted);
    expect(headline({ credentials: { ...signer, integrity: 'altered' } }, language)).toContain(quoted);
    const long = headline({ credentials: OPENAI, declared: declared({ tool: 'x'.repeat(99) }) }, language);
    expect(long).toContain(`“${'x'.repeat(31)}…”`);
    const camera = [signal('camera.named', 'inferred', { value: HOSTILE })];
    expect(headline({ signals: camera }, language)).toContain(quoted);
    const arabic = headline({ credentials: OPENAI, declared: declared({ tool: 'تم التحقق' }) }, language);
    expect(arabic).toContain('“تم التحقق”');
  });

  it('of a known tool is in quotation marks where nobody vouches for who says it', () => {
    const given = { credentials: STUDIO, declared: declared({ backing: 'valid', tool: 'GPT-4o' }) };
    expect(spell(headlineOf(given))).toBe(
      'headline.generated(by: unconfirmed, tool: text.quoted(text: Example Studio), what: this)',
    );
  });
});

describe('the four facts', () => {
  it.each<[string, Given, string[]]>([
    [
      'a listed signer',
      { credentials: OPENAI, declared: declared() },
      [
        'fact.who.listed(list: interim, name: text.asWritten(text: OpenAI), term: other)',
        'fact.changed.no',
        'fact.ai.statedSigned',
        'fact.when.proven(day: date.day(day: 3, month: 5, year: 2026), when: other)',
      ],
    ],
    [
      'a signer on no list',
      { credentials: STUDIO },
      [
        'fact.who.unlisted(name: text.quoted(text: Example Studio))',
        'fact.changed.no',
        'fact.ai.notStated',
        'fact.when.notKnown',
      ],
    ],
    [
      'an altered file',
      {
        credentials: { ...OPENAI, integrity: 'altered' },
        signals: [signal('file.aiMark.signed', 'invalid')],
      },
      [
        'fact.who.notBound(name: text.quoted(text: OpenAI), why: altered)',
        'fact.changed.yes',
        'fact.ai.setAside',
        'fact.when.notKnown',
      ],
    ],
    [
      'an undetermined one',
      { credentials: { ...OPENAI, integrity: 'undetermined' } },
      [
        'fact.who.notBound(name: text.quoted(text: OpenAI), why: other)',
        'fact.changed.cannotTell(why: other)',
        'fact.ai.notStated',
        'fact.when.proven(day: date.day(day: 3, month: 5, year: 2026), when: other)',
      ],
    ],
    [
      'a part that no signature covers',
      { credentials: OPENAI, signals: [signal('c2pa.binding.leavesOutMore', 'invalid')] },
      [
        'fact.who.listed(list: interim, name: text.asWritten(text: OpenAI), term: other)',
        'fact.changed.notInSignedPart',
        'fact.ai.notStated',
        'fact.when.proven(day: date.day(day: 3, month: 5, year: 2026), when: other)',
      ],
    ],
    [
      'an item that was altered before it went in',
      { credentials: { ...OPENAI, ingredientIntegrity: 'altered' } },
      [
        'fact.who.listed(list: interim, name: text.asWritten(text: OpenAI), term: other)',
        'fact.changed.noButItem',
        'fact.ai.notStated',
        'fact.when.proven(day: date.day(day: 3, month: 5, year: 2026), when: other)',
      ],
    ],
    [
      'an unsigned label',
      { signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia', 'unsigned')] },
      ['fact.who.nobody', 'fact.changed.nothingToCompare', 'fact.ai.label', 'fact.when.notKnown'],
    ],
    [
      'a trace',
      { signals: [signal('generator.a1111', 'inferred')] },
      ['fact.who.nobody', 'fact.changed.nothingToCompare', 'fact.ai.trace', 'fact.when.notKnown'],
    ],
    [
      'text that says AI',
      { signals: [signal('file.aiText', 'unsigned', { value: 'AI-generated' })] },
      ['fact.who.nobody', 'fact.changed.nothingToCompare', 'fact.ai.text', 'fact.when.notKnown'],
    ],
    [
      'a label of what may be',
      { signals: [signal('file.aiMark.possible', 'unsigned')] },
      ['fact.who.nobody', 'fact.changed.nothingToCompare', 'fact.ai.possible', 'fact.when.notKnown'],
    ],
    [
      'credentials elsewhere',
      { credentials: { presence: 'remote' } },
      [
        'fact.who.elsewhere',
        'fact.changed.cannotTell(why: other)',
        'fact.ai.couldNotLook',
        'fact.when.notKnown',
      ],
    ],
    [
      'credentials that were not looked for',
      { coverage: { state: 'partial', unread: [{ carrier: 'c2pa' }] } },
      [
        'fact.who.couldNotLook',
        'fact.changed.cannotTell(why: other)',
        'fact.ai.couldNotLook',
        'fact.when.notKnown',
      ],
    ],
    [
      'credentials that could not be read',
      {
        credentials: { presence: 'unreadable' },
        coverage: { state: 'partial', unread: [{ carrier: 'c2pa' }] },
      },
      [
        'fact.who.couldNotLook',
        'fact.changed.cannotTell(why: other)',
        'fact.ai.couldNotLook',
        'fact.when.notKnown',
      ],
    ],
    [
      'a file that was not read at all',
      {
        notRead: message('sentence.emptyFile'),
        coverage: { state: 'nothing', unread: [{ carrier: 'xmp' }] },
      },
      [
        'fact.who.couldNotLook',
        'fact.changed.cannotTell(why: other)',
        'fact.ai.couldNotLook',
        'fact.when.notKnown',
      ],
    ],
    [
      'a signature that does not hold',
      { credentials: FORGED },
      [
        'fact.who.signatureBroken(name: text.quoted(text: OpenAI))',
        'fact.changed.yes',
        'fact.ai.notStated',
        'fact.when.notKnown',
      ],
    ],
    [
      'a certificate that was revoked',
      { credentials: { ...OPENAI, time: { ...TIME, revocation: 'revoked' } } },
      [
        'fact.who.revoked(name: text.quoted(text: OpenAI))',
        'fact.changed.no',
        'fact.ai.notStated',
        'fact.when.proven(day: date.day(day: 3, month: 5, year: 2026), when: other)',
      ],
    ],
    [
      'a certificate that has expired since',
      { credentials: { ...OPENAI, time: { ...LATER, validity: 'expired-without-timestamp' } } },
      [
        'fact.who.listed(list: interim, name: text.asWritten(text: OpenAI), term: expired)',
        'fact.changed.no',
        'fact.ai.notStated',
        'fact.when.notKnown',
      ],
    ],
    [
      'a camera’s signature beside a trace of a generator',
      {
        credentials: OPENAI,
        declared: declared({ origin: 'captured' }),
        signals: [signal('file.aiTrace', 'inferred')],
      },
      [
        'fact.who.listed(list: interim, name: text.asWritten(text: OpenAI), term: other)',
        'fact.changed.no',
        'fact.ai.trace',
        'fact.when.proven(day: date.day(day: 3, month: 5, year: 2026), when: other)',
      ],
    ],
    [
      'credentials that speak of AI beside',
      { credentials: STUDIO, signals: [signal('c2pa.declaration.aiDisclosure', 'valid')] },
      [
        'fact.who.unlisted(name: text.quoted(text: Example Studio))',
        'fact.changed.no',
        'fact.ai.mentioned',
        'fact.when.notKnown',
      ],
    ],
    [
      'a label with a signature of its own',
      { signals: [signal('gb45438.security.signatureHolds', 'unsigned')] },
      ['fact.who.ownKey', 'fact.changed.cannotTell(why: other)', 'fact.ai.notStated', 'fact.when.notKnown'],
    ],
    [
      'a time that is none, of the signer’s making',
      { credentials: { ...STUDIO, activeManifest: 'm', manifests: [ACTIVE] } },
      [
        'fact.who.unlisted(name: text.quoted(text: Example Studio))',
        'fact.changed.no',
        'fact.ai.notStated',
        'fact.when.notKnown',
      ],
    ],
    [
      'what could not be read',
      { coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] } },
      ['fact.who.nobody', 'fact.changed.nothingToCompare', 'fact.ai.couldNotLook', 'fact.when.notKnown'],
    ],
    [
      'a signature that a timestamp in another manifest dates, and a name that was not looked up',
      {
        credentials: {
          ...OPENAI,
          signer: { name: 'Example Studio', trust: 'not-checked' },
          time: { ...TIME, timestampIn: 'm2' },
        },
      },
      [
        'fact.who.notChecked(name: text.quoted(text: Example Studio), why: other)',
        'fact.changed.no',
        'fact.ai.notStated',
        'fact.when.proven(day: date.day(day: 3, month: 5, year: 2026), when: by)',
      ],
    ],
    [
      'the missing end of a signed file',
      {
        credentials: { ...STUDIO, integrity: 'altered', integrityCauses: DATA },
        cutOff: { isMostMissing: false, carriers: ['xmp'] },
      },
      [
        'fact.who.unlisted(name: text.quoted(text: Example Studio))',
        'fact.changed.cannotTell(why: end)',
        'fact.ai.notStated',
        'fact.when.notKnown',
      ],
    ],
    [
      'a camera’s own date',
      {
        dates: [
          { name: 'Exif DateTimeOriginal', value: '2019:10:03 10:11:12', carrier: 'exif', locator: 'p' },
        ],
      },
      [
        'fact.who.nobody',
        'fact.changed.nothingToCompare',
        'fact.ai.notStated',
        'fact.when.claimed(by: camera, day: date.day(day: 3, month: 10, year: 2019), kind: other, step: other)',
      ],
    ],
    [
      'a date that only says when it was written',
      { dates: [{ name: 'xmp:ModifyDate', value: '2019-10-03', carrier: 'xmp', locator: 'p' }] },
      ['fact.who.nobody', 'fact.changed.nothingToCompare', 'fact.ai.notStated', 'fact.when.notKnown'],
    ],
    [
      'a date that is none',
      { dates: [{ name: 'Exif DateTimeOriginal', value: '2019:02:31', carrier: 'exif', locator: 'p' }] },
      ['fact.who.nobody', 'fact.changed.nothingToCompare', 'fact.ai.notStated', 'fact.when.notKnown'],
    ],
  ])('of %s', (_name, given, expected) => {
    expect(factsOf(given).map(spell)).toEqual(expected);
  });
});

describe('the caption', () => {
  const by = message('text.asWritten', { text: 'OpenAI' });
  const made = (over: Partial<Declared> = {}) => ({ credentials: OPENAI, declared: declared(over) });
  const other = (
    what: 'possible' | 'unconfirmed' | 'contradictory' | 'changed' | 'unread' | 'inside' | 'other',
  ) => message('caption.other', { what });

  it.each<[string, Given, Message]>([
    ['a statement of a listed signer', made(), message('caption.made', { kind: 'image', what: 'made', by })],
    [
      'a capture',
      made({ origin: 'captured' }),
      message('caption.made', { kind: 'image', what: 'captured', by }),
    ],
    [
      'content that was edited after AI made it',
      made({ where: 'ancestor', signedBy: 'same', edited: true }),
      message('caption.made', { kind: 'image', what: 'earlierMade', by }),
    ],
    [
      'another source type',
      made({ origin: 'other', term: 'digitalArt' }),
      message('caption.stated', { by, is: message('sentence.says', { term: 'digitalArt' }) }),
    ],
    ['a statement of a signer on no list', { ...made(), credentials: STUDIO }, other('unconfirmed')],
    [
      'one whose certificate was revoked',
      { ...made(), credentials: { ...OPENAI, time: { ...TIME, revocation: 'revoked' } } },
      other('unconfirmed'),
    ],
    [
      'a label that nobody signed',
      { signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia', 'unsigned')] },
      message('caption.labelled', { kind: 'image', work: 'made' }),
    ],
    ['a trace', { signals: [signal('generator.a1111', 'inferred')] }, other('possible')],
    [
      'a changed file',
      { credentials: { ...OPENAI, integrity: 'altered', integrityCauses: DATA } },
      other('changed'),
    ],
    ['a signature that does not hold', { credentials: FORGED }, other('unconfirmed')],
    ['a signature alone', { credentials: OPENAI }, message('caption.signed', { by })],
    ['a camera’s name', { signals: [signal('camera.exif', 'inferred', { value: 'X' })] }, other('other')],
    ['credentials elsewhere', { credentials: { presence: 'remote' } }, other('unread')],
  ])('of %s', (_name, given, caption) => {
    expect(summaryOf(given).messages?.caption).toEqual(caption);
  });
});

describe('the table of headlines', () => {
  const ids = new Set(HEADLINES.flatMap((row) => row.ids));

  it('has a row for each text, and at most 40 rows', () => {
    const catalogue: object = JSON.parse(
      readFileSync(new URL('../../../src/i18n/catalogues/en.json', import.meta.url), 'utf8'),
    );
    const texts = Object.keys(catalogue).filter((id) => id.startsWith('headline.'));
    expect([...ids].sort()).toEqual(texts);
    expect(HEADLINES.length).toBeLessThanOrEqual(40);
  });

  it('names those that leave the origin unknown in a caption', () => {
    const facts: Facts = {
      asset: { bytes: 9, mediaType: MEDIA_TYPES.png },
      credentials: { presence: 'absent' },
      signals: [],
      origins: SIGNAL_ORIGINS,
      contradictions: [],
      coverage: { state: 'complete', unread: [] },
      inside: countInside([]),
      isSilent: true,
      hasStore: false,
      isOldForm: false,
    };
    const unknown = [...ids].filter((id) => buildCaption({ id }, facts).params?.['what'] === 'other');
    expect(unknown.map((id) => id.replace('headline.', '')).sort()).toEqual([
      ...['camera', 'carriesTrace', 'credentials', 'credit', 'gbEmpty', 'holds', 'holdsContradictory'],
      ...['holdsStating', 'labelCaptured', 'labelUnknown', 'nothing', 'openTrace', 'proofBroken', 'text'],
      ...['visibleStar', 'visibleText', 'writtenBy'],
    ]);
  });
});
