import { describe, expect, it } from 'vitest';
import type { Truncation } from '../../../src/core/evidence/cut-off.js';
import type { Carrier } from '../../../src/core/media/carrier.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import { localizeSentences } from '../../../src/core/report/message-lookup.js';
import type { ContentCredentials, Declared } from '../../../src/core/report/report.js';
import type { Signal } from '../../../src/core/report/signal.js';
import { type SummaryInput, summarise } from '../../../src/core/summary/summary.js';
import type { Language } from '../../../src/i18n/languages.js';
import { type Message, message as toSay } from '../../../src/i18n/message.js';
import { translatorFor } from '../../../src/i18n/translator.js';

/** Below the headline: the signer, changes since, and the one doubt that applies. Word for word, in both languages. */
describe('the binding sentences', () => {
  interface Facts {
    credentials?: ContentCredentials;
    declared?: Declared;
    signals?: Signal[];
    unread?: readonly Carrier[];
    notRead?: Message;
    late?: readonly Carrier[];
    cutOff?: Truncation;
    kind?: 'video';
    dates?: SummaryInput['dates'];
  }
  const said = (language: Language, facts: Facts) =>
    localizeSentences(
      summarise({
        asset: { bytes: 9, mediaType: facts.kind === 'video' ? MEDIA_TYPES.mp4 : MEDIA_TYPES.png },
        credentials: facts.credentials ?? { presence: 'absent' },
        ...(facts.declared ? { declared: facts.declared } : {}),
        signals: facts.signals ?? [],
        coverage: {
          state: facts.unread ? 'partial' : 'complete',
          unread: (facts.unread ?? []).map((carrier) => ({ carrier })),
        },
        ...(facts.notRead === undefined ? {} : { notRead: facts.notRead }),
        ...(facts.late ? { late: facts.late } : {}),
        ...(facts.cutOff ? { cutOff: facts.cutOff } : {}),
        ...(facts.dates ? { dates: facts.dates } : {}),
      }).summary.messages?.sentence ?? [],
      translatorFor(language),
    );

  const google: ContentCredentials = {
    presence: 'present',
    integrity: 'intact',
    signer: { name: 'Google LLC', trust: 'official', listDate: '2026-08-05' },
    time: {
      proven: '2026-05-03T10:00:00Z',
      authorityTrust: 'official',
      validity: 'inside',
      revocation: 'not-revoked',
    },
  };
  const declared = (over: Partial<Declared>): Declared => ({
    origin: 'ai-generated',
    backing: 'trusted',
    where: 'this',
    editedAfterCapture: false,
    ...over,
  });
  const unlisted: ContentCredentials = {
    presence: 'present',
    integrity: 'intact',
    signer: { name: 'Example Studio', trust: 'unlisted' },
  };
  type Manifest = NonNullable<ContentCredentials['manifests']>[number];
  const earlierManifest = (over: Partial<Manifest>): Manifest => ({
    label: 'm2',
    active: false,
    depth: 1,
    integrity: 'intact',
    actions: [],
    ingredients: [],
    ...over,
  });
  const TAM = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
  /** Has an input, so that statements about it can be distinguished. */
  const withSteps = (claimGenerator: string, steps: readonly string[]): ContentCredentials => ({
    ...google,
    activeManifest: 'm1',
    manifests: [
      {
        label: 'm1',
        active: true,
        depth: 0,
        integrity: 'intact',
        claimGenerator,
        actions: steps.map((action) => ({ action })),
        ingredients: [{ relationship: 'inputTo', manifest: 'm2' }],
      },
    ],
  });
  const signal = (id: Signal['id'], over: Partial<Signal> = {}): Signal => ({
    id,
    backing: 'unsigned',
    basis: [{ carrier: 'xmp', locator: 'p' }],
    ...over,
  });

  it.each<[string, Facts, string, string]>([
    [
      'signed, listed, intact, AI',
      { credentials: google, declared: declared({}) },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。',
    ],
    [
      'AI statement in an ancestor that was edited since',
      { credentials: google, declared: declared({ where: 'ancestor', edited: true }) },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since. Edits are recorded between creation and signing.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。制作之后、签名之前有编辑记录。',
    ],
    [
      'AI statement in an ancestor, in a Report that does not say what came after',
      { credentials: google, declared: declared({ where: 'ancestor' }) },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since. Edits are recorded between creation and signing.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。制作之后、签名之前有编辑记录。',
    ],
    [
      'signed, listed, captured',
      { credentials: google, declared: declared({ origin: 'captured', agent: 'Pixel Camera' }) },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since. No edit is recorded between the shot and signing. A camera also signs when it photographs a screen.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。拍摄之后、签名之前没有编辑记录。相机对准屏幕翻拍时，同样会签名。',
    ],
    [
      'signed, listed, captured, beside text that says AI',
      {
        credentials: google,
        declared: declared({ origin: 'captured', agent: 'Pixel Camera' }),
        signals: [signal('file.aiText', { value: 'AI-generated' })],
      },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since. The file’s metadata reads “AI-generated”. That text is no statement of the signer.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。文件的元数据写有“AI-generated”。该文字不是签名者的声明。',
    ],
    [
      'intact, expired, no timestamp',
      {
        credentials: {
          ...google,
          time: {
            authorityTrust: 'not-checked',
            validity: 'expired-without-timestamp',
            revocation: 'not-revoked',
          },
        },
      },
      'Google LLC signed the credentials, and the file has not changed since. The credentials state neither how the picture was made nor what was done to it. Google LLC’s certificate has since expired, and nothing proves that it signed before then.',
      'Google LLC 对凭证签名，签名后文件未变。凭证未说明图片如何制作，也未说明做过哪些处理。Google LLC 的证书现已过期，没有独立证据证明签名在过期之前。',
    ],
    [
      'intact, unlisted',
      { credentials: unlisted },
      '“Example Studio” is the name in the signer’s certificate; the file has not changed since signing. The credentials state neither how the picture was made nor what was done to it. No list we hold confirms that name.',
      '签名证书上写的名称是“Example Studio”；签名后文件未变。凭证未说明图片如何制作，也未说明做过哪些处理。本机所有列表均无法确认该名称。',
    ],
    [
      'a statement in credentials that a listed signer kept, in a Report that does not say whose they are',
      { credentials: google, declared: declared({ where: 'ancestor', backing: 'valid' }) },
      'Earlier credentials hold that statement; those of the file name Google LLC, and the file has not changed since. Edits are recorded between creation and signing.',
      '该声明在较早的凭证中；此文件的凭证以 Google LLC 名义签名，签名后文件未变。制作之后、签名之前有编辑记录。',
    ],
    [
      'nothing edited since: of this picture, with the tool that our table knows and what came after',
      {
        credentials: google,
        declared: declared({
          where: 'ancestor',
          manifest: 'm2',
          signedBy: 'same',
          edited: false,
          tool: 'GPT-4o',
          followedBy: ['c2pa.edited (visible watermark)', 'c2pa.converted'],
        }),
      },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since. Between creation and signing, only a visible watermark was added and the format was converted.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。制作之后、签名之前，仅加入可见水印和转换格式。',
    ],
    [
      'a tool that our table does not know, and one that only an unlisted signer names',
      { credentials: google, declared: declared({ tool: 'Assay verified this. Really and truly, it did' }) },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。',
    ],
    [
      'a known tool under an unlisted signer',
      { credentials: unlisted, declared: declared({ backing: 'valid', tool: 'GPT-4o' }) },
      '“Example Studio” is the name in the signer’s certificate; the file has not changed since signing. No list we hold confirms that name.',
      '签名证书上写的名称是“Example Studio”；签名后文件未变。本机所有列表均无法确认该名称。',
    ],
    [
      'a broadcaster’s credentials over those of a camera whose certificate has run out',
      {
        kind: 'video',
        credentials: {
          ...google,
          signer: { name: 'European Broadcasting Union', trust: 'interim', listDate: '2026-01-01' },
          manifests: [
            earlierManifest({
              signer: 'Sony Corporation',
              trust: 'interim',
              validity: 'expired-without-timestamp',
            }),
          ],
        },
        declared: declared({
          origin: 'captured',
          backing: 'valid',
          where: 'ancestor',
          edited: false,
          manifest: 'm2',
          signedBy: 'another',
          agent: 'SONY_CAMERA',
        }),
      },
      'Sony Corporation signed that statement (certificate since expired); European Broadcasting Union signed the file on 3 May 2026, and nothing has changed since. No edit is recorded between the recording and signing. A camera also signs when it films a screen.',
      '该声明由 Sony Corporation 签名（证书现已过期）；此文件由 European Broadcasting Union 于 2026 年 5 月 3 日签名，此后未变。录制之后、签名之前没有编辑记录。摄像机对准屏幕翻拍时，同样会签名。',
    ],
    [
      'an earlier signer with a proven day',
      {
        credentials: {
          ...google,
          manifests: [
            earlierManifest({
              signer: 'Nikon Corporation',
              trust: 'official',
              validity: 'inside',
              proven: '2026-04-02T00:00:00Z',
            }),
          ],
        },
        declared: declared({ where: 'ancestor', edited: true, manifest: 'm2', signedBy: 'another' }),
      },
      'Nikon Corporation signed that statement on 2 Apr 2026; Google LLC signed the file on 3 May 2026, and nothing has changed since. Edits are recorded between creation and signing.',
      '该声明由 Nikon Corporation 于 2026 年 4 月 2 日签名；此文件由 Google LLC 于 2026 年 5 月 3 日签名，此后未变。制作之后、签名之前有编辑记录。',
    ],
    [
      'an earlier signer on no list',
      {
        credentials: { ...google, manifests: [earlierManifest({ signer: 'X', trust: 'unlisted' })] },
        declared: declared({ where: 'ancestor', backing: 'valid', manifest: 'm2', signedBy: 'another' }),
      },
      'Earlier credentials that name “X” hold that statement; those of the file name Google LLC, and the file has not changed since. Edits are recorded between creation and signing. No list we hold confirms the earlier name.',
      '该声明在较早的凭证中，以“X”名义签名；此文件的凭证以 Google LLC 名义签名，签名后文件未变。制作之后、签名之前有编辑记录。本机所有列表均无法确认较早的名称。',
    ],
    [
      'an earlier signer whom all know, under one whom nobody knows',
      {
        credentials: {
          ...unlisted,
          manifests: [earlierManifest({ signer: 'OpenAI', trust: 'official', validity: 'inside' })],
        },
        declared: declared({
          where: 'ancestor',
          backing: 'valid',
          manifest: 'm2',
          signedBy: 'another',
          tool: 'GPT-4o',
        }),
      },
      'Earlier credentials that name “OpenAI” hold that statement; those of the file name “Example Studio”, and the file has not changed since. Edits are recorded between creation and signing. No list we hold confirms these two names.',
      '该声明在较早的凭证中，以“OpenAI”名义签名；此文件的凭证以“Example Studio”名义签名，签名后文件未变。制作之后、签名之前有编辑记录。本机所有列表均无法确认这两个名称。',
    ],
    [
      'steps without a source type, by a known tool and grouped',
      {
        credentials: withSteps('Adobe_Photoshop/26.11 adobe_c2pa/0.14', [
          'c2pa.opened',
          'c2pa.cropped',
          'c2pa.placed',
          'c2pa.placed',
          'com.example.magic',
        ]),
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. Before signing, Adobe Photoshop recorded: opened, cropped, 2 items placed in, and 1 more. Whether AI was used is not stated.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。签名之前，Adobe Photoshop 记录的步骤：打开、裁剪、置入 2 项内容，另有 1 种。未说明是否使用人工智能。',
    ],
    [
      'more steps than a sentence holds',
      {
        credentials: withSteps(
          'Example Editor/1.0',
          Array.from({ length: 12 }, (_, at) => `com.example.step${at}`),
        ),
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. Before signing, “Example Editor/1.0” recorded: 12 steps without a standard name. Whether AI was used is not stated.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。签名之前，“Example Editor/1.0”记录的步骤：12 个无标准名称的步骤。未说明是否使用人工智能。',
    ],
    [
      'steps beside something that speaks of AI',
      {
        credentials: withSteps('Example Editor/1.0', ['c2pa.created']),
        signals: [signal('c2pa.declaration.aiDisclosure', { backing: 'trusted' })],
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. The credentials disclose that an AI model took part; how much AI made is not stated. Before signing, “Example Editor/1.0” recorded: created.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。凭证披露有人工智能模型参与；未说明人工智能制作了多少。签名之前，“Example Editor/1.0”记录的步骤：创建。',
    ],
    [
      'a source type of an input alone',
      {
        credentials: {
          ...withSteps('Example Editor/1.0', ['c2pa.created']),
          manifests: [
            ...(withSteps('Example Editor/1.0', ['c2pa.created']).manifests ?? []),
            earlierManifest({ actions: [{ action: 'c2pa.created', digitalSourceType: TAM }] }),
          ],
        },
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. Of an input used on the way, the credentials say “made with AI”. Before signing, “Example Editor/1.0” recorded: created.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。制作时用到的一项输入，凭证称“由人工智能生成”。签名之前，“Example Editor/1.0”记录的步骤：创建。',
    ],
    [
      'neither step nor source',
      { credentials: withSteps('Example Editor/1.0', []) },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. The credentials state neither how the picture was made nor what was done to it.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。凭证未说明图片如何制作，也未说明做过哪些处理。',
    ],
    [
      'altered by the word of one engine',
      {
        credentials: {
          ...unlisted,
          integrity: 'altered',
          integrityCauses: ['assertion.dataHash.mismatch'],
          engine: { name: 'native', version: '0', sdk: 'c2pa-rs 0' },
          soleEngine: 'The other engine gave no second opinion.' as never,
        },
      },
      'The data of the file was changed after signing. So what the credentials say no longer describes this file. One C2PA engine alone (native) says so; no second engine was heard.',
      '文件数据在签名后被改动。因此凭证所述不再适用于此文件。此结论仅出自一个 C2PA 引擎（native），没有第二个引擎可供核对。',
    ],
    [
      'a signature that leaves out more than the credentials',
      {
        credentials: google,
        declared: declared({}),
        signals: [
          signal('c2pa.binding.leavesOutMore', {
            messages: {
              value: toSay('fact.ranges', { ranges: [toSay('sentence.bytes', { first: '0', last: '99' })] }),
            },
          }),
        ],
      },
      'Google LLC signed this statement on 3 May 2026, and the signed part has not changed since. The signature leaves out the start of the file (metadata area), which could have been changed.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后签名覆盖的部分未变。签名未覆盖文件开头（元数据区），该部分可能被改动过。',
    ],
    [
      'a manifest that the engine could not load',
      { credentials: { ...google, bytesFaultMissing: ['signer', 'time', 'statements', 'backing'] } },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. What the credentials state could not be read.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。凭证所述内容无法读取。',
    ],
    [
      'altered by a part of the credentials',
      { credentials: { ...unlisted, integrity: 'altered', integrityCauses: ['claim.missing'] } },
      'Part of the credentials no longer fits the signature. So nothing in the credentials counts for this file.',
      '凭证的部分内容与签名已不符。因此凭证所述不予采用。',
    ],
    [
      'a producer’s name that is no code',
      {
        signals: [
          signal('gb45438.label.present'),
          signal('gb45438.element.contentProducer', { value: '示例服务' }),
        ],
      },
      'A Chinese AI label (GB 45438) in the file does not say whether AI was used and names the producer “示例服务”. Nobody signed the label; anyone can add one and remove one.',
      '文件带有人工智能生成合成内容隐式标识（GB 45438），未写明是否属于人工智能生成合成，服务提供者写作“示例服务”。该标识没有签名，任何人都可写入和删除。',
    ],
    [
      'steps that Photoshop recorded, under a listed signer',
      {
        credentials: withSteps('Adobe_Photoshop/26.11 adobe_c2pa/0.14', [
          'c2pa.opened',
          'c2pa.cropped',
          'c2pa.resized',
          'c2pa.placed',
        ]),
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. Before signing, Adobe Photoshop recorded: opened, cropped, resized, one item placed in. Whether AI was used is not stated.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。签名之前，Adobe Photoshop 记录的步骤：打开、裁剪、调整大小、置入 1 项内容。未说明是否使用人工智能。',
    ],
    [
      'altered, with the small picture of then',
      {
        credentials: {
          ...unlisted,
          integrity: 'altered',
          integrityCauses: ['assertion.dataHash.mismatch'],
          activeManifest: 'm1',
          manifests: [earlierManifest({ label: 'm1', active: true, hasThumbnail: true })],
        },
      },
      'The data of the file was changed after signing. So what the credentials say no longer describes this file. Compare the file with the small picture that the credentials keep.',
      '文件数据在签名后被改动。因此凭证所述不再适用于此文件。请与凭证中保存的小图对照。',
    ],
    [
      'a signature that does not hold',
      { credentials: { ...google, integrity: 'altered', integrityCauses: ['claimSignature.mismatch'] } },
      'The signature does not fit the credentials: who signed cannot be told. So nothing in the credentials counts for this file.',
      '签名与凭证不符，无从得知由谁签名。因此凭证所述不予采用。',
    ],
    [
      'a weak trace beside a strong signed statement',
      {
        credentials: google,
        declared: declared({ origin: 'ai-edited', tool: 'Photo assist' }),
        signals: [signal('generator.samsungGalaxyAi', { backing: 'inferred' })],
      },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。',
    ],
    [
      'a label beside credentials that say nothing of AI',
      { credentials: unlisted, signals: [signal('iptc.digitalSourceType.trainedAlgorithmicMedia')] },
      'A standard label beside the credentials (IPTC) in the file says “made with AI”. “Example Studio” is the name in the signer’s certificate; the file has not changed since signing. The label is no statement of the signer.',
      '文件中一处凭证之外的标准标识（IPTC）称“由人工智能生成”。签名证书上写的名称是“Example Studio”；签名后文件未变。该标识不是签名者的声明。',
    ],
    [
      'a signed capture beside a label of AI',
      {
        credentials: google,
        declared: declared({ origin: 'captured' }),
        signals: [
          signal('c2pa.digitalSourceType.digitalCapture', { backing: 'trusted' }),
          signal('iptc.digitalSourceType.trainedAlgorithmicMedia'),
        ],
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. Both cannot hold: the signed statement says “captured”, the standard label (IPTC) says “made with AI”. Which of the two holds cannot be told from the file.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。两者不能并存：已签名的声明称“拍摄”，标准标识（IPTC）称“由人工智能生成”。两者哪个成立，无法从文件判断。',
    ],
    [
      'a capture, and the screen that may have stood before it',
      { credentials: google, declared: declared({ origin: 'captured' }) },
      'Google LLC signed this statement on 3 May 2026, and the file has not changed since. No edit is recorded between the shot and signing. A camera also signs when it photographs a screen.',
      'Google LLC 于 2026 年 5 月 3 日对此声明签名，签名后文件未变。拍摄之后、签名之前没有编辑记录。相机对准屏幕翻拍时，同样会签名。',
    ],
    [
      'a certificate that was revoked',
      {
        credentials: {
          ...google,
          time: { authorityTrust: 'official', validity: 'inside', revocation: 'revoked' },
        },
        declared: declared({}),
      },
      'Google LLC signed this statement, and the file has not changed since. The certificate has been revoked.',
      'Google LLC 对此声明签名，签名后文件未变。该证书已被吊销。',
    ],
    [
      'credentials kept at a host',
      { credentials: { presence: 'remote', remoteUrl: 'https://cai-manifests.adobe.com/manifests/x' } },
      'The credentials of the file are kept at “cai-manifests.adobe.com”; Assay did not fetch them. Apart from the credentials, no AI label and no trace of an AI tool were found. Download the credentials there and add them here.',
      '此文件的凭证存放在“cai-manifests.adobe.com”，Assay 没有获取。除凭证之外，未发现人工智能标识及生成工具痕迹。请从该处下载凭证，再添加到这里。',
    ],
    [
      'credentials damaged',
      {
        credentials: { presence: 'unreadable' },
        signals: [signal('c2pa.unreadable', { backing: 'invalid' })],
        unread: ['c2pa'],
      },
      'In the other parts that were read, no AI label and no trace of an AI tool were found. Another copy of the file may still hold whole credentials.',
      '在已读取的其他部分中，未发现人工智能标识及生成工具痕迹。文件的其他副本可能仍有完整的凭证。',
    ],
    [
      'credentials of before the standard',
      {
        credentials: { presence: 'unreadable' },
        signals: [signal('c2pa.unreadable', { backing: 'invalid', value: 'c2pa.PrereleaseError' })],
        unread: ['c2pa'],
      },
      'In the other parts that were read, no AI label and no trace of an AI tool were found. The credentials are in a form from before the first C2PA standard, which C2PA engines refuse.',
      '在已读取的其他部分中，未发现人工智能标识及生成工具痕迹。这些凭证采用 C2PA 首个标准之前的格式，C2PA 引擎不予读取。',
    ],
    [
      'an altered item in a file whose signer no list has',
      { credentials: { ...unlisted, ingredientIntegrity: 'altered' } },
      '“Example Studio” is the name in the signer’s certificate; the file has not changed since signing. An item that went into the file no longer fits the credentials of that item. No list we hold confirms that name.',
      '签名证书上写的名称是“Example Studio”；签名后文件未变。制作此文件所用的一项内容与其自身的凭证已不符。本机所有列表均无法确认该名称。',
    ],
    [
      'content that the signature leaves out',
      {
        credentials: { ...unlisted, integrity: 'undetermined' },
        signals: [signal('c2pa.binding.leavesOutMore')],
      },
      'The credentials name “Example Studio” as signer; the signature leaves out part of the content, which could have been changed. The credentials state neither how the picture was made nor what was done to it. No list we hold confirms that name.',
      '凭证以“Example Studio”名义签名；签名未覆盖部分内容，该部分可能被改动过。凭证未说明图片如何制作，也未说明做过哪些处理。本机所有列表均无法确认该名称。',
    ],
    [
      'marks in the signer’s own words',
      {
        credentials: {
          ...google,
          activeManifest: 'm1',
          manifests: [
            {
              label: 'm1',
              active: true,
              depth: 0,
              integrity: 'intact',
              claimGenerator: 'Example Editor/1.0',
              actions: [
                { action: 'c2pa.opened' },
                { action: 'c2pa.edited', description: 'Added imperceptible SynthID watermark' },
                { action: 'c2pa.edited', description: 'Image watermarked' },
                { action: 'c2pa.watermarked.unbound' },
              ],
              ingredients: [],
            },
          ],
        },
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. Before signing, “Example Editor/1.0” recorded: opened, invisible watermark added, watermark added. Whether AI was used is not stated.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。签名之前，“Example Editor/1.0”记录的步骤：打开、加入不可见水印、加入水印。未说明是否使用人工智能。',
    ],
    [
      'a source type on a mark alone',
      {
        credentials: {
          ...google,
          activeManifest: 'm1',
          manifests: [
            {
              label: 'm1',
              active: true,
              depth: 0,
              integrity: 'intact',
              claimGenerator: 'Example Editor/1.0',
              actions: [
                {
                  action: 'c2pa.edited',
                  digitalSourceType: TAM,
                  description: 'Applied imperceptible SynthID watermark.',
                },
              ],
              ingredients: [],
            },
          ],
        },
      },
      'Google LLC signed the credentials on 3 May 2026, and the file has not changed since. Of one step (invisible watermark added), the credentials say “made with AI”. Before signing, “Example Editor/1.0” recorded: invisible watermark added.',
      'Google LLC 于 2026 年 5 月 3 日对凭证签名，签名后文件未变。其中一个步骤（加入不可见水印），凭证称“由人工智能生成”。签名之前，“Example Editor/1.0”记录的步骤：加入不可见水印。',
    ],
    [
      'a producer’s code that our table has',
      {
        signals: [
          signal('gb45438.label.present'),
          signal('gb45438.label.generated'),
          signal('gb45438.element.contentProducer', { value: '001191110102MACQD9K64010000' }),
          signal('gb45438.provider.listed', {
            value: '001191110102MACQD9K64010000',
            facts: [{ name: 'companyLookUp', messages: { value: toSay('fact.provider.doubao') } }],
          }),
        ],
      },
      'A Chinese AI label (GB 45438) in the file says “is AI-generated” and gives the producer code “001191110102MACQD9K64010000”, in our table ByteDance (Doubao). Nobody signed the label; anyone can add one and remove one.',
      '文件带有人工智能生成合成内容隐式标识（GB 45438），标明“属于”人工智能生成合成，服务提供者编码“001191110102MACQD9K64010000”，查表为字节跳动（豆包）。该标识没有签名，任何人都可写入和删除。',
    ],
    [
      'a platform’s tag',
      { signals: [signal('platform.tiktok.aiLabel.creator', { grade: 'O' })] },
      'A platform’s “AI-generated” tag is in the file, as set by the creator. Nobody signed the label; anyone can add one and remove one.',
      '文件带有某平台的“人工智能生成”标识，由发布者设置。该标识没有签名，任何人都可写入和删除。',
    ],
    [
      'a camera and its day, with a clock that was not set',
      {
        signals: [
          signal('camera.exif', { backing: 'inferred', value: 'Hasselblad L1D-20c' }),
          signal('file.dates.unsetClock', { backing: 'inferred', value: '1970-01-01' }),
        ],
        dates: [
          { name: 'Exif DateTimeOriginal', value: '2019:10:03 10:11:12', carrier: 'exif', locator: 'p' },
        ],
      },
      'No Content Credentials, no AI label and no trace of an AI tool were found. The metadata names “Hasselblad L1D-20c” as the camera and 3 Oct 2019 as the day (anyone can write such data). One date in the metadata is 1970-01-01, which usually means that the clock was not set.',
      '未发现内容凭证、人工智能标识及生成工具痕迹。元数据写有相机“Hasselblad L1D-20c”与日期 2019 年 10 月 3 日（任何人都可写入此类数据）。元数据中一处日期为 1970-01-01，通常表示未设时钟。',
    ],
    [
      'text that says AI',
      {
        signals: [
          signal('file.aiText', {
            value: 'AI-generated',
            facts: [{ name: 'field', messages: { value: toSay('fact.aiTextField', { field: 'rights' }) } }],
          }),
          signal('camera.named', { backing: 'inferred', value: 'Canon EOS R5' }),
        ],
      },
      'The file’s rights text reads “AI-generated”. Nobody signed that text; anyone can write it.',
      '文件的版权栏写有“AI-generated”。该文字没有签名，任何人都可写入。',
    ],
    [
      'text that says AI beside a tool’s trace, which says it with more behind it',
      {
        signals: [
          signal('generator.mflux', {
            backing: 'inferred',
            basis: [{ carrier: 'xmp', locator: 'p', row: 'mflux.credit' }],
          }),
          signal('file.aiText', { value: 'AI Generated Content' }),
        ],
      },
      'The picture holds a mark that MFLUX leaves in pictures it makes. Such a mark can be copied into any file.',
      '图片中含有 MFLUX 会在其生成图片中留下的标记。此类标记可被复制到任何文件。',
    ],
    [
      'a program that takes screenshots',
      {
        signals: [
          signal('editor.screenshot', {
            backing: 'inferred',
            basis: [{ carrier: 'comment', locator: 'COM', row: 'snipaste-comment' }],
          }),
        ],
      },
      'No Content Credentials, no AI label and no trace of an AI tool were found. The metadata names Snipaste, a screenshot program (anyone can write such data). An empty result does not tell how the picture was made.',
      '未发现内容凭证、人工智能标识及生成工具痕迹。元数据写有截屏程序 Snipaste（任何人都可写入此类数据）。未发现不代表没有，也不说明图片如何制作。',
    ],
    [
      'a name that says another format',
      {
        signals: [
          signal('file.mediaTypeMismatch', {
            messages: { value: toSay('fact.mediaTypes', { stated: 'image/jpeg', found: 'image/png' }) },
          }),
        ],
      },
      'No Content Credentials, no AI label and no trace of an AI tool were found. Most files carry none, and platforms often remove them. The name says JPEG, and the content is PNG.',
      '未发现内容凭证、人工智能标识及生成工具痕迹。多数文件都没有，平台也常会将其去除。文件名为 JPEG，内容却是 PNG。',
    ],
    [
      'lists not installed',
      {
        credentials: {
          ...unlisted,
          signer: {
            name: 'N',
            trust: 'not-checked',
            messages: { trustReason: toSay('fault.trust.noList', { whose: 'other' }) },
          },
        },
      },
      '“N” is the name in the signer’s certificate; the file has not changed since signing. The credentials state neither how the picture was made nor what was done to it. Whether a list confirms that name was not checked: no list is installed here.',
      '签名证书上写的名称是“N”；签名后文件未变。凭证未说明图片如何制作，也未说明做过哪些处理。未核查是否有列表确认该名称：此处未安装任何列表。',
    ],
    [
      'altered',
      {
        credentials: { ...unlisted, integrity: 'altered', integrityCauses: ['assertion.dataHash.mismatch'] },
      },
      'The data of the file was changed after signing. So what the credentials say no longer describes this file.',
      '文件数据在签名后被改动。因此凭证所述不再适用于此文件。',
    ],
    [
      'remote only',
      { credentials: { presence: 'remote' } },
      'The credentials of the file are kept elsewhere; Assay did not fetch them. Apart from the credentials, no AI label and no trace of an AI tool were found. Download the credentials there and add them here.',
      '此文件的凭证存放在别处，Assay 没有获取。除凭证之外，未发现人工智能标识及生成工具痕迹。请从该处下载凭证，再添加到这里。',
    ],
    [
      'GB 45438 label',
      {
        signals: [
          signal('gb45438.label.present'),
          signal('gb45438.label.generated'),
          signal('gb45438.element.contentProducer', { value: '0011911' }),
        ],
      },
      'A Chinese AI label (GB 45438) in the file says “is AI-generated” and gives the producer code “0011911”. Nobody signed the label; anyone can add one and remove one.',
      '文件带有人工智能生成合成内容隐式标识（GB 45438），标明“属于”人工智能生成合成，服务提供者编码“0011911”。该标识没有签名，任何人都可写入和删除。',
    ],
    [
      'generator trace',
      {
        signals: [
          signal('generator.a1111', {
            backing: 'inferred',
            facts: [{ name: 'model' }, { name: 'seed' }, { name: 'prompt' }],
          }),
        ],
      },
      'The picture holds settings (model, seed, prompt) that Stable Diffusion web UI writes into pictures it makes. Such settings can be copied into any file.',
      '图片中含有 Stable Diffusion web UI 写入其生成图片的参数（模型、种子、提示词）。此类参数可被复制到任何文件。',
    ],
    [
      'contradiction',
      {
        signals: [
          signal('camera.exif', { backing: 'inferred' }),
          signal('iptc.digitalSourceType.trainedAlgorithmicMedia'),
        ],
      },
      'A standard label (IPTC) in the file says “made with AI”. Against the AI statement, the camera data (EXIF) says “captured”.',
      '文件中一处标准标识（IPTC）称“由人工智能生成”。与人工智能的声明相反，相机数据（EXIF）称“拍摄”。',
    ],
    [
      'nothing',
      {},
      'No Content Credentials, no AI label and no trace of an AI tool were found. Most files carry none, and platforms often remove them. An empty result does not tell how the picture was made.',
      '未发现内容凭证、人工智能标识及生成工具痕迹。多数文件都没有，平台也常会将其去除。未发现不代表没有，也不说明图片如何制作。',
    ],
    [
      'cut off',
      { unread: ['xmp', 'exif'], cutOff: { isMostMissing: false, carriers: ['xmp', 'exif'] } },
      'No AI label and no trace of an AI tool were found in what was read. The end of the file is missing: get a whole copy before drawing any conclusion.',
      '在已读取的部分中，未发现人工智能标识及生成工具痕迹。文件末尾缺失：请先取得完整副本，再下结论。',
    ],
    [
      'more is missing than is there',
      { unread: ['xmp', 'exif'], cutOff: { isMostMissing: true, carriers: ['xmp'] } },
      'No AI label and no trace of an AI tool were found in what was read. Get a whole copy before drawing any conclusion.',
      '在已读取的部分中，未发现人工智能标识及生成工具痕迹。请先取得完整副本，再下结论。',
    ],
    [
      'no time for anything',
      { notRead: toSay('text.asWritten', { text: 'x' }), late: ['xmp', 'exif'] },
      'Reading was stopped before the end, so what the file states is not known. Try again: a busy machine needs longer.',
      '读取中途停止，因此不知文件声明了什么。请重试：机器繁忙时需要更久。',
    ],
    [
      'no time for some',
      { unread: ['xmp', 'exif'], late: ['exif'] },
      'No AI label and no trace of an AI tool were found in what was read. Not read in time: EXIF; try again, since a label there would have been missed.',
      '在已读取的部分中，未发现人工智能标识及生成工具痕迹。未及读取：EXIF；其中若有标识则会被遗漏，请重试。',
    ],
    [
      'a reading process that died',
      { notRead: toSay('fault.reader.crashed', { how: 'signal', end: 'SIGSEGV' }) },
      'The program that reads files broke down on this one, so what the file states is not known. Not having looked says nothing about how the file was made.',
      '读取程序处理此文件时崩溃，因此不知文件声明了什么。未能查看，并不说明文件如何制作。',
    ],
    [
      'could not be read',
      { unread: ['xmp', 'exif'] },
      'No AI label and no trace of an AI tool were found in what was read. Not read: XMP, EXIF; a label there would have been missed.',
      '在已读取的部分中，未发现人工智能标识及生成工具痕迹。未读取：XMP、EXIF；其中若有标识则会被遗漏。',
    ],
  ])('%s', (_case, facts, english, chinese) => {
    expect(said('en', facts)).toBe(english);
    expect(said('zh-Hans', facts)).toBe(chinese);
  });
});
