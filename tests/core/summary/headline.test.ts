import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deriveSignals } from '../../../src/core/detectors/derived-signals.js';
import { MEDIA_TYPES, UNKNOWN_MEDIA_TYPE } from '../../../src/core/media/media-types.js';
import { withHeadlineText } from '../../../src/core/report/message-lookup.js';
import type { ContentCredentials, Declared, StoredReport } from '../../../src/core/report/report.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import type { Backing } from '../../../src/core/signals/backing.js';
import { HEADLINES } from '../../../src/core/summary/headline.js';
import { type SummaryInput, summarise } from '../../../src/core/summary/summary.js';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.js';
import { type Message, message } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';

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

function headline(given: Given, language: Language = 'en'): string {
  const { headline: made } = summaryOf(given);
  if (made === undefined) throw new Error('no headline');
  return withHeadlineText(made, translatorFor(language)).text ?? '';
}

function facts(given: Given, language: Language = 'en'): string[] {
  const { facts: four } = summaryOf(given);
  if (four === undefined) throw new Error('no facts');
  return [four.who, four.changed, four.ai, four.when].map((one) =>
    one.messages?.text === undefined
      ? ''
      : translatorFor(language).translate(
          one.messages.text as Parameters<ReturnType<typeof translatorFor>['translate']>[0],
        ),
  );
}

const HOSTILE = 'Adobe: confirmed by Reuters';

const CASES: [string, Given, string, string][] = [
  [
    'made with AI, tool known',
    { credentials: OPENAI, declared: declared({ tool: 'GPT-4o' }) },
    'Says it was made with AI (GPT-4o)',
    '文件声明：由人工智能生成（GPT-4o）',
  ],
  [
    'no tool named: who signed',
    { credentials: OPENAI, declared: declared() },
    'Says it was made with AI (OpenAI)',
    '文件声明：由人工智能生成（OpenAI）',
  ],
  [
    'no tool named, and nobody vouches for the signer',
    { credentials: STUDIO, declared: declared({ backing: 'valid' }) },
    'Unconfirmed signer “Example Studio” states: made with AI',
    '未确认的签名者“Example Studio”声明：由人工智能生成',
  ],
  [
    'an earlier version',
    { credentials: OPENAI, declared: declared({ where: 'ancestor', edited: true, signedBy: 'same' }) },
    'Says an earlier version was made with AI (OpenAI)',
    '文件声明：早先版本由人工智能生成（OpenAI）',
  ],
  [
    'edited',
    { credentials: OPENAI, declared: declared({ origin: 'ai-edited', tool: 'GPT-4o' }) },
    'Says it was edited with AI (GPT-4o)',
    '文件声明：经人工智能编辑（GPT-4o）',
  ],
  [
    'a part',
    { credentials: OPENAI, declared: declared({ origin: 'ai-edited', where: 'component', tool: 'GPT-4o' }) },
    'Says part of it was made with AI (GPT-4o)',
    '文件声明：部分由人工智能生成（GPT-4o）',
  ],
  [
    'captured',
    { credentials: OPENAI, declared: declared({ origin: 'captured', agent: 'Pixel Camera' }) },
    'Says a camera took it (“Pixel Camera”)',
    '文件声明：由相机拍摄（“Pixel Camera”）',
  ],
  [
    'captured, then edited',
    { credentials: OPENAI, declared: declared({ origin: 'other', editedAfterCapture: true }) },
    'Says it was captured, then edited',
    '文件声明：拍摄后经过编辑',
  ],
  [
    'another source type',
    { credentials: OPENAI, declared: declared({ origin: 'other', term: 'digitalArt' }) },
    'Says it is digital art',
    '文件声明：数字艺术',
  ],
  [
    'a source type of nobody’s',
    { credentials: OPENAI, declared: declared({ origin: 'other', term: HOSTILE }) },
    'Says it was made in another way',
    '文件声明：以其他方式制作',
  ],
  [
    'altered, signer listed',
    { credentials: { ...OPENAI, integrity: 'altered', integrityCauses: DATA } },
    'Changed after OpenAI signed it',
    'OpenAI 签名后，文件被改动过',
  ],
  [
    'altered, signer on no list',
    { credentials: { ...STUDIO, integrity: 'altered', integrityCauses: DATA } },
    'Changed after “Example Studio” signed it',
    '“Example Studio”签名后，文件被改动过',
  ],
  [
    'altered, no signer',
    { credentials: { presence: 'present', integrity: 'altered', integrityCauses: DATA } },
    'Changed after it was signed',
    '签名后文件被改动过',
  ],
  [
    'altered in the credentials alone',
    { credentials: { ...STUDIO, integrity: 'altered', integrityCauses: ['claim.missing'] } },
    'Credentials changed after “Example Studio” signed them',
    '“Example Studio”签名后，凭证被改动过',
  ],
  [
    'a signature that does not hold, of a listed name',
    { credentials: FORGED },
    'Signature that names “OpenAI” does not hold',
    '以“OpenAI”名义的签名无效',
  ],
  [
    'statements that could not be read',
    { credentials: { ...OPENAI, bytesFaultMissing: ['statements'] } },
    'Signed by OpenAI; its statements were not read',
    '由 OpenAI 签名；所述内容无法读取',
  ],
  [
    'AI spoken of beside',
    { credentials: OPENAI, signals: [signal('c2pa.declaration.aiDisclosure', 'trusted')] },
    'Content Credentials speak of AI; how it was made is not stated',
    '内容凭证提及人工智能；未说明如何制作',
  ],
  [
    'signed, and nothing said',
    { credentials: STUDIO },
    'Signature names “Example Studio”; on none of our lists',
    '以“Example Studio”名义签名，不在本机任何列表中',
  ],
  [
    'credentials kept elsewhere',
    { credentials: { presence: 'remote' } },
    'Content Credentials are kept elsewhere; they were not fetched',
    '内容凭证存放在别处；未获取',
  ],
  [
    'credentials damaged',
    { credentials: { presence: 'unreadable' }, signals: [signal('c2pa.unreadable', 'invalid')] },
    'Content Credentials damaged: what they said is not known',
    '内容凭证已损坏，所述内容不明',
  ],
  [
    'credentials of before the standard',
    {
      credentials: { presence: 'unreadable' },
      signals: [signal('c2pa.unreadable', 'invalid', { value: 'c2pa.PrereleaseError' })],
    },
    'Content Credentials in an old form that is not read',
    '内容凭证采用旧格式，无法读取',
  ],
  [
    'a segment without its init file',
    { coverage: { state: 'partial', unread: [{ carrier: 'c2pa', code: 'segment.needsInit' }] } },
    'Stream segment without its init file',
    '流媒体片段，缺少其初始化文件',
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
    'Signature names “Example Studio”; on none of our lists',
    '以“Example Studio”名义签名，不在本机任何列表中',
  ],
  [
    'a sound has no canvas',
    {
      asset: { bytes: 9, mediaType: MEDIA_TYPES.mp3 },
      credentials: OPENAI,
      declared: declared({ origin: 'other', term: 'empty' }),
    },
    'Says it was begun empty',
    '文件声明：从空白开始',
  ],
  [
    'a picture has one',
    { credentials: OPENAI, declared: declared({ origin: 'other', term: 'empty' }) },
    'Says it began as a blank canvas',
    '文件声明：始于空白画布',
  ],
  [
    'a Chinese label',
    { signals: [signal('gb45438.label.present', 'unsigned'), signal('gb45438.label.generated', 'unsigned')] },
    'Chinese AI label says “is AI-generated”',
    '人工智能隐式标识：“属于”生成合成',
  ],
  [
    'a photo label',
    { signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia', 'unsigned')] },
    'Label says it was made with AI',
    '标识声明：由人工智能生成',
  ],
  [
    'a photo label of a camera',
    { signals: [signal('iptc.digitalSourceType.digitalCapture', 'unsigned')] },
    'Label says a camera took it',
    '标识声明：由相机拍摄',
  ],
  [
    'a trace',
    { signals: [signal('generator.a1111', 'inferred')] },
    'Holds an AI tool’s trace (Stable Diffusion web UI)',
    '含有人工智能工具的痕迹：Stable Diffusion web UI',
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
    'Chinese AI label says “is AI-generated”, producer ByteDance (Doubao)',
    '人工智能隐式标识：“属于”生成合成，提供者字节跳动（豆包）',
  ],
  [
    'a Chinese label without a field',
    { signals: [signal('gb45438.label.shell', 'unsigned')] },
    'Chinese AI label is in the file, with nothing in it',
    '人工智能隐式标识只有键名，没有内容',
  ],
  [
    'a label with a value of nobody’s',
    { signals: [signal('iptc.digitalSourceType.unrecognised', 'unsigned', { value: HOSTILE })] },
    'Label holds a value outside the standard',
    '标识的值不在标准之内',
  ],
  [
    'a trace that says nothing of the origin',
    { signals: [signal('generator.comfyui.workflow', 'inferred')] },
    'Holds a trace of ComfyUI; origin not stated',
    '含有 ComfyUI 的痕迹；未说明来源',
  ],
  [
    'a tool in the signer’s own words',
    {
      credentials: OPENAI,
      declared: declared({ statement: 'description: Adobe Firefly' }),
      signals: [signal('c2pa.declaration.adobeFirefly', 'trusted', { value: 'description: Adobe Firefly' })],
    },
    'Says it was made with AI (Adobe Firefly)',
    '文件声明：由人工智能生成（Adobe Firefly）',
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
    'Says a camera recorded it (Sony Corporation)',
    '文件声明：由摄像机录制（Sony Corporation）',
  ],
  [
    'the end cut off, and nothing else found',
    {
      coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] },
      cutOff: { isMostMissing: false, carriers: ['xmp'] },
    },
    'Cut off: the end is missing',
    '文件不完整，末尾缺失',
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
    'Name says JPEG; not a picture, video or sound file',
    '文件名为 JPEG，内容不是图片、视频或音频',
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
    'Unsigned text: “AI-generated image, made with…”',
    '未签名文字：“AI-generated image, made with…”',
  ],
  [
    'such text in Chinese',
    { signals: [signal('file.aiText', 'unsigned', { value: '由豆包AI生成' })] },
    'Unsigned text: “由豆包AI生成”',
    '未签名文字：“由豆包AI生成”',
  ],
  [
    'a camera’s name',
    { signals: [signal('camera.exif', 'inferred', { value: 'NIKON COOLPIX P6000' })] },
    'Unsigned camera data: “NIKON COOLPIX P6000”',
    '未签名的相机信息：“NIKON COOLPIX P6000”',
  ],
  [
    'a recorder’s name',
    {
      asset: { bytes: 9, mediaType: MEDIA_TYPES.wav },
      signals: [signal('recorder.broadcastWave', 'inferred', { value: 'ZOOM F6' })],
    },
    'Unsigned recorder data: “ZOOM F6”',
    '未签名的录音设备信息：“ZOOM F6”',
  ],
  [
    'a camera’s name in a file that was read in part',
    {
      coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] },
      signals: [signal('camera.named', 'inferred', { value: 'Canon EOS R5' })],
    },
    'Partly unread: a label there would have been missed',
    '部分未能读取，其中的标识会被遗漏',
  ],
  [
    'a generator’s trace beside text that says AI',
    {
      signals: [
        signal('generator.a1111', 'inferred'),
        signal('file.aiText', 'unsigned', { value: 'AI-generated' }),
      ],
    },
    'Holds an AI tool’s trace (Stable Diffusion web UI)',
    '含有人工智能工具的痕迹：Stable Diffusion web UI',
  ],
  [
    'the end of a signed file',
    {
      credentials: { ...STUDIO, integrity: 'altered', integrityCauses: DATA },
      cutOff: { isMostMissing: false, carriers: ['xmp'] },
    },
    'Cut off: the end is missing',
    '文件不完整，末尾缺失',
  ],
  [
    'an unlisted signer’s statement of a person',
    { credentials: STUDIO, declared: declared({ origin: 'other', term: 'digitalCreation' }) },
    'Unconfirmed signer “Example Studio” states: made by a person',
    '未确认的签名者“Example Studio”声明：由人创作',
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
    'Signature names “Example Studio”; no list installed',
    '以“Example Studio”名义签名，本机未安装列表',
  ],
  [
    'a signer whose certificate or list could not be read',
    { credentials: { ...STUDIO, signer: { name: 'Example Studio', trust: 'not-checked' } } },
    'Signature names “Example Studio”; the name was not looked up',
    '以“Example Studio”名义签名，该名称未核对',
  ],
  [
    'a signature that does not hold, which a missing end does not explain',
    {
      credentials: { ...FORGED, integrityCauses: [...DATA, 'claimSignature.mismatch'] },
      cutOff: { isMostMissing: false, carriers: ['xmp'] },
    },
    'Signature that names “OpenAI” does not hold',
    '以“OpenAI”名义的签名无效',
  ],
  [
    'a trace of a platform',
    { signals: [signal('platform.tiktok', 'inferred', { basis: basisOf('tiktok-vid') })] },
    'Carries a trace of TikTok or Douyin',
    '带有 TikTok 或抖音的痕迹',
  ],
  [
    'a program that wrote the file',
    {
      signals: [
        signal('editor.ffmpeg', 'inferred', { value: 'Lavf58.29.100', basis: basisOf('ffmpeg-encoder') }),
      ],
    },
    'Written by FFmpeg (Lavf)',
    '由 FFmpeg (Lavf)写入',
  ],
  [
    'an editor',
    { signals: [signal('editor.gimp', 'inferred', { basis: basisOf('gimp-software') })] },
    'Carries a trace of GIMP',
    '带有 GIMP 的痕迹',
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
    'Encoded by FFmpeg (Lavc)',
    '由 FFmpeg (Lavc)编码',
  ],
  ['nothing', {}, 'Nothing found about its origin', '未发现与来源有关的内容'],
  [
    'a part unread',
    { coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] } },
    'Partly unread: a label there would have been missed',
    '部分未能读取，其中的标识会被遗漏',
  ],
  [
    'cut off',
    { cutOff: { isMostMissing: true, carriers: [] } },
    'Cut off: most of it could not be read',
    '文件不完整，大部分无法读取',
  ],
  ['not read', { notRead: message('sentence.emptyFile') }, 'Could not be read', '无法读取'],
  [
    'out of time',
    { notRead: message('sentence.emptyFile'), late: ['xmp'] },
    'Not finished: the time allowed ran out',
    '检查超时，未完成',
  ],
  [
    'empty',
    { asset: { bytes: 0, mediaType: MEDIA_TYPES.png } },
    'Empty file: nothing is in it',
    '空文件：没有内容',
  ],
];

/** Width of Chinese text in characters; two Latin letters are as wide as one. */
const width = (text: string): number =>
  [...text].reduce(
    (all, one) => all + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(one) ? 1 : 0.5),
    0,
  );

describe('the headline', () => {
  it.each(CASES)('%s', (_name, given, english, chinese) => {
    expect(headline(given)).toBe(english);
    expect(headline(given, 'zh-Hans')).toBe(chinese);
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
    expect(headline({ signals })).toBe('Contradicts itself: AI and a camera are both stated');
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

  it.each(['c2pa.opened', 'c2pa.transcoded', 'c2pa.resized', 'c2pa.published', 'c2pa.watermarked'])(
    'calls %s alone no edit',
    (action) => {
      const credentials: ContentCredentials = {
        ...OPENAI,
        activeManifest: 'm',
        manifests: [{ ...ACTIVE, claimGenerator: 'Example/1', actions: [{ action }] }],
      };
      expect(summaryOf({ credentials }).headline?.id).toBe('headline.signed');
    },
  );

  it.each(LANGUAGES.map((one) => [one]))('never makes a file’s name our claim (%s)', (language) => {
    const quoted = `“${HOSTILE}”`;
    // Names come neither from an unknown tool nor from an unlisted signer.
    for (const tool of [HOSTILE, `‮${HOSTILE}`])
      expect(headline({ credentials: OPENAI, declared: declared({ tool }) }, language)).toContain(quoted);
    const signer = { ...STUDIO, signer: { name: HOSTILE, trust: 'unlisted' as const } };
    expect(headline({ credentials: signer }, language)).toContain(quoted);
    expect(facts({ credentials: signer }, language)[0]).toContain(quoted);
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
    expect(headline(given)).toBe('Unconfirmed signer “Example Studio” states: made with AI');
  });
});

describe('the four facts', () => {
  it.each<[string, Given, string[]]>([
    [
      'a listed signer',
      { credentials: OPENAI, declared: declared() },
      [
        'OpenAI · on the interim list (C2PA)',
        'no',
        'stated, signed',
        'signed 3 May 2026, proven by a timestamp',
      ],
    ],
    [
      'a signer on no list',
      { credentials: STUDIO },
      ['“Example Studio” · on none of our lists', 'no', 'not stated', 'not known'],
    ],
    [
      'an altered file',
      {
        credentials: { ...OPENAI, integrity: 'altered' },
        signals: [signal('file.aiMark.signed', 'invalid')],
      },
      [
        '“OpenAI” · on the interim list (C2PA)',
        'yes',
        'stated, but set aside: the file is not as it was signed',
        'not known',
      ],
    ],
    [
      'an undetermined one',
      { credentials: { ...OPENAI, integrity: 'undetermined' } },
      [
        '“OpenAI” · on the interim list (C2PA)',
        'cannot tell',
        'not stated',
        'signed 3 May 2026, proven by a timestamp',
      ],
    ],
    [
      'a part that no signature covers',
      { credentials: OPENAI, signals: [signal('c2pa.binding.leavesOutMore', 'invalid')] },
      [
        'OpenAI · on the interim list (C2PA)',
        'not in the signed part',
        'not stated',
        'signed 3 May 2026, proven by a timestamp',
      ],
    ],
    [
      'an item that was altered before it went in',
      { credentials: { ...OPENAI, ingredientIntegrity: 'altered' } },
      [
        'OpenAI · on the interim list (C2PA)',
        'no; an item in it does not fit its credentials',
        'not stated',
        'signed 3 May 2026, proven by a timestamp',
      ],
    ],
    [
      'an unsigned label',
      { signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia', 'unsigned')] },
      ['no signer found', 'nothing was signed', 'label, unsigned', 'not known'],
    ],
    [
      'a trace',
      { signals: [signal('generator.a1111', 'inferred')] },
      ['no signer found', 'nothing was signed', 'trace', 'not known'],
    ],
    [
      'text that says AI',
      { signals: [signal('file.aiText', 'unsigned', { value: 'AI-generated' })] },
      ['no signer found', 'nothing was signed', 'text, unsigned', 'not known'],
    ],
    [
      'a label of what may be',
      { signals: [signal('file.aiMark.possible', 'unsigned')] },
      ['no signer found', 'nothing was signed', 'label: may hold AI', 'not known'],
    ],
    [
      'credentials elsewhere',
      { credentials: { presence: 'remote' } },
      ['not known: credentials are kept elsewhere', 'cannot tell', 'could not be read', 'not known'],
    ],
    [
      'credentials that were not looked for',
      { coverage: { state: 'partial', unread: [{ carrier: 'c2pa' }] } },
      ['could not be read', 'cannot tell', 'could not be read', 'not known'],
    ],
    [
      'credentials that could not be read',
      {
        credentials: { presence: 'unreadable' },
        coverage: { state: 'partial', unread: [{ carrier: 'c2pa' }] },
      },
      ['could not be read', 'cannot tell', 'could not be read', 'not known'],
    ],
    [
      'a file that was not read at all',
      {
        notRead: message('sentence.emptyFile'),
        coverage: { state: 'nothing', unread: [{ carrier: 'xmp' }] },
      },
      ['could not be read', 'cannot tell', 'could not be read', 'not known'],
    ],
    [
      'a signature that does not hold',
      { credentials: FORGED },
      ['“OpenAI” is named · signature does not hold', 'yes', 'not stated', 'not known'],
    ],
    [
      'a certificate that was revoked',
      { credentials: { ...OPENAI, time: { ...TIME, revocation: 'revoked' } } },
      ['OpenAI · certificate revoked', 'no', 'not stated', 'signed 3 May 2026, proven by a timestamp'],
    ],
    [
      'a certificate that has expired since',
      { credentials: { ...OPENAI, time: { ...LATER, validity: 'expired-without-timestamp' } } },
      [
        'OpenAI · on the interim list (C2PA); certificate since expired, signing date not proven',
        'no',
        'not stated',
        'not known',
      ],
    ],
    [
      'a camera’s signature beside a trace of a generator',
      {
        credentials: OPENAI,
        declared: declared({ origin: 'captured' }),
        signals: [signal('file.aiTrace', 'inferred')],
      },
      ['OpenAI · on the interim list (C2PA)', 'no', 'trace', 'signed 3 May 2026, proven by a timestamp'],
    ],
    [
      'credentials that speak of AI beside',
      { credentials: STUDIO, signals: [signal('c2pa.declaration.aiDisclosure', 'valid')] },
      ['“Example Studio” · on none of our lists', 'no', 'spoken of in the credentials', 'not known'],
    ],
    [
      'a label with a signature of its own',
      { signals: [signal('gb45438.security.signatureHolds', 'unsigned')] },
      ['signed with a key of its own, which no list knows', 'cannot tell', 'not stated', 'not known'],
    ],
    [
      'a time that is none, of the signer’s making',
      { credentials: { ...STUDIO, activeManifest: 'm', manifests: [ACTIVE] } },
      ['“Example Studio” · on none of our lists', 'no', 'not stated', 'not known'],
    ],
    [
      'what could not be read',
      { coverage: { state: 'partial', unread: [{ carrier: 'xmp' }] } },
      ['no signer found', 'nothing was signed', 'could not be read', 'not known'],
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
        '“Example Studio” · not looked up',
        'no',
        'not stated',
        'signed no later than 3 May 2026, proven by a timestamp',
      ],
    ],
    [
      'the missing end of a signed file',
      {
        credentials: { ...STUDIO, integrity: 'altered', integrityCauses: DATA },
        cutOff: { isMostMissing: false, carriers: ['xmp'] },
      },
      [
        '“Example Studio” · on none of our lists',
        'cannot tell: the end is missing',
        'not stated',
        'not known',
      ],
    ],
    [
      'a camera’s own date',
      {
        dates: [
          { name: 'Exif DateTimeOriginal', value: '2019:10:03 10:11:12', carrier: 'exif', locator: 'p' },
        ],
      },
      ['no signer found', 'nothing was signed', 'not stated', 'taken 3 Oct 2019, says the camera data'],
    ],
    [
      'a date that only says when it was written',
      { dates: [{ name: 'xmp:ModifyDate', value: '2019-10-03', carrier: 'xmp', locator: 'p' }] },
      ['no signer found', 'nothing was signed', 'not stated', 'not known'],
    ],
    [
      'a date that is none',
      { dates: [{ name: 'Exif DateTimeOriginal', value: '2019:02:31', carrier: 'exif', locator: 'p' }] },
      ['no signer found', 'nothing was signed', 'not stated', 'not known'],
    ],
  ])('of %s', (_name, given, expected) => {
    expect(facts(given)).toEqual(expected);
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
});
