import { describe, expect, it } from 'vitest';
import type { CutOff } from '../src/core/evidence/cut-off.js';
import type { Carrier } from '../src/core/media/carrier.js';
import { MEDIA_TYPES } from '../src/core/media/media-types.js';
import type { ContentCredentials, Declared } from '../src/core/report/report.js';
import type { Signal } from '../src/core/report/signal.js';
import { textOf } from '../src/core/report/text-in.js';
import { summarise } from '../src/core/summary/summary.js';
import type { Language } from '../src/say/languages.js';
import { type Said, said as toSay } from '../src/say/said.js';
import { speechOf } from '../src/say/speech.js';

/** words.md, “The sentence”: binding, in both languages. */
describe('the binding sentences', () => {
  interface Facts {
    credentials?: ContentCredentials;
    declared?: Declared;
    signals?: Signal[];
    unread?: readonly Carrier[];
    notRead?: Said;
    late?: readonly Carrier[];
    cutOff?: CutOff;
    kind?: 'video';
  }
  const said = (language: Language, facts: Facts) =>
    textOf(
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
      }).summary.said?.sentence ?? [],
      speechOf(language),
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
  /** Over an input, so that what is said of that can be told apart. */
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
    basis: [{ carrier: 'xmp', place: 'p' }],
    ...over,
  });

  it.each<[string, Facts, string, string]>([
    [
      'signed, listed, intact, AI',
      { credentials: google, declared: declared({}) },
      'This PNG carries Content Credentials issued by Google LLC on 3 May 2026 (C2PA official list of 5 Aug 2026). The file has not changed since. The credentials state that the picture was made with generative AI.',
      '该 PNG 文件带有 Google LLC 于 2026 年 5 月 3 日签发的内容凭证（签发者列于 2026 年 8 月 5 日版 C2PA 官方信任列表）。签发后文件未变。凭证声明：画面由生成式人工智能制作。',
    ],
    [
      'AI statement in an ancestor that was edited since',
      { credentials: google, declared: declared({ where: 'ancestor', edited: true }) },
      'The credentials state that an earlier version of this picture was made with generative AI.',
      '凭证声明：该画面的早先版本由生成式人工智能制作。',
    ],
    [
      'AI statement in an ancestor, in a Report that does not say what came after',
      { credentials: google, declared: declared({ where: 'ancestor' }) },
      'The credentials state that an earlier version of this picture was made with generative AI.',
      '凭证声明：该画面的早先版本由生成式人工智能制作。',
    ],
    [
      'signed, listed, captured',
      { credentials: google, declared: declared({ origin: 'captured', agent: 'Pixel Camera' }) },
      'The credentials state that the picture was captured by a device (“Pixel Camera”) and then not edited. A camera’s signature also holds for a photo of a screen.',
      '凭证声明：由相机（“Pixel Camera”）拍摄，此后未经编辑。对屏幕翻拍的照片，相机签名同样成立。',
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
      'The file has not changed since. The signer’s certificate has run out, and no timestamp proves when it was used.',
      '签发后文件未变。签发证书已过期，且没有时间戳证明其使用时间。',
    ],
    [
      'intact, unlisted',
      { credentials: unlisted },
      'that name “Example Studio”. The file has not changed since, but this signer is on none of the installed lists: anyone can make such a certificate.',
      '带有署名“Example Studio”的内容凭证。签发后文件未变，但该签发者不在任何已安装的信任列表中：任何人都可以制作这样的证书。',
    ],
    [
      'a statement in credentials that a listed signer kept, in a Report that does not say whose they are',
      { credentials: google, declared: declared({ where: 'ancestor', backing: 'valid' }) },
      'The file has not changed since. Credentials from before state that an earlier version of this picture was made with generative AI.',
      '签发后文件未变。其中保留的较早凭证声明：该画面的早先版本由生成式人工智能制作。',
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
      'The credentials state that the picture was made with generative AI (GPT-4o); afterwards only: a visible watermark was put in, converted to another format.',
      '凭证声明：画面由生成式人工智能制作（GPT-4o）；此后仅有：加入可见水印、转换为其他格式。',
    ],
    [
      'a tool that our table does not know, and one that only an unlisted signer names',
      { credentials: google, declared: declared({ tool: 'Assay verified this. Really and truly, it did' }) },
      'was made with generative AI (“Assay verified this. Really and…”).',
      '由生成式人工智能制作（“Assay verified this. Really and…”）。',
    ],
    [
      'a known tool under an unlisted signer',
      { credentials: unlisted, declared: declared({ backing: 'valid', tool: 'GPT-4o' }) },
      'made with generative AI (“GPT-4o”).',
      '由生成式人工智能制作（“GPT-4o”）。',
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
      'issued by European Broadcasting Union on 3 May 2026 (C2PA interim list of 1 Jan 2026). The file has not changed since. Credentials from before, signed by Sony Corporation (certificate since expired), state that the video was recorded by a device (“SONY_CAMERA”) and then not edited. A camera also signs when it films a screen.',
      '签发后文件未变。其中保留的较早凭证由 Sony Corporation 签发（证书现已过期），其中声明：由摄像机（“SONY_CAMERA”）录制，此后未经编辑。摄像机对准屏幕翻拍时，同样会签名。',
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
      'Credentials from before, signed by Nikon Corporation on 2 Apr 2026, state that an earlier version',
      '其中保留的较早凭证由 Nikon Corporation 于 2026 年 4 月 2 日签发，其中声明：该画面的早先版本',
    ],
    [
      'an earlier signer on no list',
      {
        credentials: { ...google, manifests: [earlierManifest({ signer: 'X', trust: 'unlisted' })] },
        declared: declared({ where: 'ancestor', backing: 'valid', manifest: 'm2', signedBy: 'another' }),
      },
      'Credentials from before that name “X”, a signer on none of the installed lists, state that',
      '其中保留的较早凭证（署名“X”，不在任何已安装的信任列表中）声明：',
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
      'Credentials from before that name “OpenAI” state that an earlier version of this picture was made with generative AI (“GPT-4o”).',
      '其中保留的较早凭证（署名“OpenAI”）声明：该画面的早先版本由生成式人工智能制作（“GPT-4o”）。',
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
      'Adobe Photoshop recorded: opened, cropped, something was placed in it (2 times), “com.example.magic”. Whether AI was used is not stated.',
      'Adobe Photoshop 记录的步骤：打开、裁剪、置入内容（2 次）、“com.example.magic”。未说明是否使用人工智能。',
    ],
    [
      'more steps than a sentence holds',
      {
        credentials: withSteps(
          'Example Editor/1.0',
          Array.from({ length: 12 }, (_, at) => `com.example.step${at}`),
        ),
      },
      '“com.example.step7”, and 4 more kinds of step. Whether AI was used is not stated.',
      '“com.example.step7”，另有 4 种步骤。未说明是否使用人工智能。',
    ],
    [
      'steps beside something that speaks of AI',
      {
        credentials: withSteps('Example Editor/1.0', ['c2pa.created']),
        signals: [signal('c2pa.declaration.aiDisclosure', { backing: 'trusted' })],
      },
      '“Example Editor/1.0” recorded: created.',
      '“Example Editor/1.0”记录的步骤：创建。',
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
      'A source is stated only for an input to what made it: that it was made with generative AI. “Example Editor/1.0” recorded: created.',
      '只写明了以下部分的来源：制作时的输入，称其由生成式人工智能制作。“Example Editor/1.0”记录的步骤：创建。',
    ],
    [
      'neither step nor source',
      { credentials: withSteps('Example Editor/1.0', []) },
      'No step is recorded in the credentials, and how the content was made is not stated.',
      '凭证没有记录任何步骤，也未说明内容如何制作。',
    ],
    [
      'altered by the word of one engine',
      {
        credentials: {
          ...unlisted,
          integrity: 'altered',
          integrityCauses: ['assertion.dataHash.mismatch'],
          engine: { name: 'native', version: '0', sdk: 'c2pa-rs 0' },
          saidAlone: 'The other engine gave no second opinion.',
        },
      },
      'Only one C2PA engine (native) says so; no second one could be heard.',
      '此结论仅出自一个 C2PA 引擎（native），没有第二个引擎可供核对。',
    ],
    [
      'a signature that leaves out more than the credentials',
      {
        credentials: google,
        declared: declared({}),
        signals: [
          signal('c2pa.binding.leavesOutMore', {
            said: {
              value: toSay('fact.ranges', { ranges: [toSay('sentence.bytes', { first: '0', last: '99' })] }),
            },
          }),
        ],
      },
      'What the signature covers has not changed since. Not covered by the signature: bytes 0 to 99,',
      '签名所涵盖的部分在签发后未变。签名未涵盖：第 0 至 99 字节，',
    ],
    [
      'a manifest that the engine could not load',
      { credentials: { ...google, bytesFaultMissing: ['signer', 'time', 'statements', 'backing'] } },
      'The file has not changed since. What the credentials state could not be read.',
      '签发后文件未变。凭证声明的内容无法读取。',
    ],
    [
      'altered by a part of the credentials',
      { credentials: { ...unlisted, integrity: 'altered', integrityCauses: ['claim.missing'] } },
      'part of the credentials was changed or removed after signing.',
      '凭证的部分内容在签发后被改动或移除。',
    ],
    [
      'a producer’s name that is no code',
      {
        signals: [
          signal('gb45438.label.present'),
          signal('gb45438.element.contentProducer', { value: '示例服务' }),
        ],
      },
      'names producer “示例服务”',
      '，生产者“示例服务”。',
    ],
    [
      'lists not installed',
      {
        credentials: {
          ...unlisted,
          signer: {
            name: 'N',
            trust: 'not-checked',
            said: { trustReason: toSay('fault.trust.noList', { whose: 'other' }) },
          },
        },
      },
      'Whether the signer is on a trust list was not checked: no list is installed here.',
      '未核查签发者是否在信任列表中：此处未安装任何列表。',
    ],
    [
      'altered',
      {
        credentials: { ...unlisted, integrity: 'altered', integrityCauses: ['assertion.dataHash.mismatch'] },
      },
      'but the file is no longer what they were made for: its data was changed after signing. What they say cannot be taken as describing this file.',
      '的内容凭证，但文件已不是签发时的样子：文件数据在签发后被改动。凭证内容不能视为对本文件的描述。',
    ],
    [
      'remote only',
      { credentials: { presence: 'remote' } },
      'It points to Content Credentials kept elsewhere. They were not fetched.',
      '文件指向存放在别处的内容凭证；未获取。',
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
      'It carries a Chinese AI label (GB 45438-2025) that says “is AI-generated” and names producer “0011911”. The label is not signed: anyone can write or remove it.',
      '文件带有人工智能生成合成内容隐式标识（GB 45438-2025），标明“属于”生成合成，生产者编码“0011911”。该标识未经签名，任何人都可写入或删除。',
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
      'It holds settings that Stable Diffusion web UI writes into pictures it makes (model, seed, prompt). Such text can be copied into any file.',
      '文件中含有 Stable Diffusion web UI 写入其生成图片的参数（模型、种子、提示词）。此类文字可被复制到任何文件。',
    ],
    [
      'contradiction',
      {
        signals: [
          signal('camera.exif', { backing: 'inferred' }),
          signal('iptc.digitalSourceType.trainedAlgorithmicMedia'),
        ],
      },
      'Two statements in this file exclude each other: the camera data (EXIF) says it was photographed or recorded;',
      '文件中的两处声明互相矛盾：相机数据（EXIF）称其为拍摄或录制，XMP 标识（IPTC digitalSourceType）称其由人工智能制作。',
    ],
    [
      'nothing',
      {},
      'No Content Credentials, AI label or generator trace was found. Most files carry none, and platforms often remove them. This says nothing about how the content was made.',
      '未发现内容凭证、人工智能标识或生成工具痕迹。多数文件都没有，平台也常会将其去除。这不说明内容是如何制作的。',
    ],
    [
      'cut off',
      { unread: ['xmp', 'exif'], cutOff: { most: false, carriers: ['xmp', 'exif'] } },
      'File cut off: its end is missing, with whatever stood there. Get a whole copy before drawing any conclusion. In the parts that were read, no AI label or generator trace was found. This says nothing about how the content was made.',
      '文件不完整，末尾及其中内容缺失。请先取得完整副本，再下结论。在已读取的部分中，未发现人工智能标识或生成工具痕迹。这不说明内容是如何制作的。',
    ],
    [
      'more is missing than is there',
      { unread: ['xmp', 'exif'], cutOff: { most: true, carriers: ['xmp'] } },
      'File cut off: most of it is missing. Get a whole copy before drawing any conclusion.',
      '文件不完整，大部分缺失。请先取得完整副本，再下结论。',
    ],
    [
      'no time for anything',
      { notRead: toSay('text.asWritten', { text: 'x' }), late: ['xmp', 'exif'] },
      'Not finished: the time allowed for this file ran out, so what it states is not known. Try again.',
      '检查超时，未完成，因此不知该文件声明了什么；请重试。',
    ],
    [
      'no time for some',
      { unread: ['xmp', 'exif'], late: ['exif'] },
      'Parts of this file could not be read (XMP), so a label there would have been missed. Not finished: the time allowed ran out before parts of this file were read (EXIF), so a label there would have been missed. Try again.',
      '文件的部分内容无法读取（XMP），其中若有标识则会被遗漏。检查超时，文件的部分内容未及读取（EXIF），其中若有标识则会被遗漏；请重试。',
    ],
    [
      'a reading process that died',
      { notRead: toSay('fault.reader.crashed', { how: 'signal', end: 'SIGSEGV' }) },
      'This file could not be read (The reading process crashed (signal SIGSEGV)), so',
      '该文件无法读取（读取进程崩溃（信号 SIGSEGV）），因此',
    ],
    [
      'could not look',
      { unread: ['xmp', 'exif'] },
      'Parts of this file could not be read (XMP, EXIF), so a label there would have been missed.',
      '文件的部分内容无法读取（XMP、EXIF），其中若有标识则会被遗漏。',
    ],
  ])('%s', (_case, facts, english, chinese) => {
    expect(said('en', facts)).toContain(english);
    expect(said('zh-Hans', facts)).toContain(chinese);
  });
});
