import { describe, expect, it } from 'vitest';
import { signalOrigins } from '../../../src/core/detectors/signal-origins.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import { localizeSentences } from '../../../src/core/report/message-lookup.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import { SIGNAL_IDS } from '../../../src/core/report/signal.js';
import type { Proves, SignatureRow } from '../../../src/core/signatures/row.js';
import { type Summary, summarise } from '../../../src/core/summary/summary.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { facts } from '../../support/literals.js';

/** One id covers all generators whose signature rows state what they prove. */
const row = (
  id: string,
  proves: Proves,
  grade: SignatureRow['grade'] = 'V',
  tool = 'Example',
): SignatureRow => ({
  id,
  signal: ID,
  tool,
  proves,
  carriers: ['pngText'],
  grade,
  source: 'a test',
});
const ID: SignalId = 'generator.flux';
const from = (rowId: string, over: Partial<Signal> = {}): Signal => ({
  id: ID,
  backing: 'inferred',
  grade: 'V',
  basis: [{ carrier: 'pngText', locator: 'tEXt x', row: rowId }],
  ...over,
});
const signal = (id: string, over: Partial<Signal> = {}): Signal => ({
  id: id as SignalId,
  backing: 'unsigned',
  basis: [{ carrier: 'xmp', locator: 'XMP' }],
  ...over,
});

describe('which origin a signal states', () => {
  it.each([
    ['generated', 'V', 'ai-generated'],
    ['generated', 'S', 'ai-generated'],
    ['generated', 'D', 'ai-generated'],
    ['generated', 'O', 'ai-generated'],
    ['edited', 'V', 'ai-edited'],
    ['generated', 'C', undefined],
    ['edited', 'C', undefined],
    ['tool', 'V', undefined],
    ['camera', 'V', undefined],
    ['editor', 'V', undefined],
    ['platform', 'V', undefined],
    ['label', 'V', undefined],
  ] as const)('by what its row proves: %s, grade %s', (proves, grade, origin) => {
    const origins = signalOrigins([row('r', proves, grade)]);
    expect(origins.originOf(from('r', { grade }))?.origin).toBe(origin);
  });

  it('not by a row that raised it on the side', () => {
    const origins = signalOrigins([row('r', 'generated')]);
    expect(origins.originOf(from('r', { id: 'generator.upscaled' }))).toBeUndefined();
    expect(origins.toolOf(from('r', { id: 'generator.upscaled' }))).toBe('Example');
  });

  const known = signalOrigins([]);
  it.each([
    ['gb45438.label.generated', 'ai-generated'],
    ['gb45438.label.possible', 'other'],
    ['gb45438.label.suspected', 'other'],
    ['iptc.digitalSourceType.trainedAlgorithmicMedia', 'ai-generated'],
    ['iptc.digitalSourceType.compositeSynthetic', 'ai-edited'],
    ['iptc.digitalSourceType.digitalCapture', 'captured'],
    ['iptc.digitalSourceType.screenCapture', 'other'],
    ['iptc.digitalSourceType.unrecognised', undefined],
    ['iptc.credit.googleMade', 'ai-generated'],
    ['iptc.credit.googleEdited', 'ai-edited'],
    ['iptc.credit.appleCleanUp', 'ai-edited'],
    ['platform.tiktok.aiLabel.creator', 'ai-generated'],
    ['platform.tiktok.aiLabel.platform', 'ai-generated'],
    ['platform.tiktok', undefined],
    ['generator.novelai.proof.holds', 'ai-generated'],
    ['generator.novelai.proof.broken', undefined],
    ['generator.comfyui', undefined],
    ['generator.comfyui.sampler', 'ai-generated'],
    ['generator.comfyui.service', 'ai-generated'],
    ['generator.comfyui.edit', 'ai-edited'],
    ['generator.comfyui.noStep', undefined],
    ['generator.comfyui.unknownNode', undefined],
    ['generator.comfyui.elsewhere', undefined],
    ['generator.comfyui.notFollowed', undefined],
    ['generator.comfyui.workflow', undefined],
    ['watermark.pixels.sdxl', 'ai-generated'],
    ['watermark.declared', undefined],
    ['camera.exif', undefined],
    ['editor.photoshop', undefined],
  ])('%s: %s', (id, origin) => {
    expect(known.originOf(signal(id))?.origin).toBe(origin);
  });

  it('never where it no longer matches or is only claimed', () => {
    expect(known.originOf(signal('generator.novelai.proof.holds', { backing: 'invalid' }))).toBeUndefined();
    expect(known.originOf(signal('gb45438.label.generated', { grade: 'C' }))).toBeUndefined();
  });

  it('never for what is not of AI by its id', () => {
    const wrong = SIGNAL_IDS.filter((id) => /^(c2pa|cawg|file|camera|editor|recorder)\./.test(id)).filter(
      (id) => known.originOf(signal(id)),
    );
    expect(wrong).toEqual([]);
  });
});

const summary = (signals: Signal[], rows: SignatureRow[] = [], mediaType = MEDIA_TYPES.png) =>
  summarised(
    summarise(
      {
        asset: facts({ mediaType }),
        credentials: { presence: 'absent' },
        signals,
        coverage: { state: 'complete', unread: [] },
      },
      signalOrigins(rows),
    ),
  );

const english = translatorFor('en');
/** Includes the text that a person reads. */
const summarised = ({ summary: { messages, ...summary }, contradictions }: Summary) => ({
  summary: { ...summary, sentence: localizeSentences(messages?.sentence ?? [], english) },
  contradictions,
});

describe('the strongest statement decides', () => {
  const rows = [
    row('observed', 'generated', 'O', 'Observed Tool'),
    row('seen', 'edited', 'V', 'Seen Tool'),
    row('hint', 'generated', 'C', 'Claimed Tool'),
  ];

  it('by backing first, then what others have observed comes last', () => {
    const both = [from('observed', { grade: 'O' }), from('seen')];
    expect(summary(both, rows).summary).toMatchObject({ origin: 'ai-edited', backing: 'inferred' });
    const label = signal('gb45438.label.possible');
    expect(summary([...both, label], rows).summary).toMatchObject({ origin: 'other', backing: 'unsigned' });
  });

  it('says of a mark that only others’ reports tell of it', () => {
    const { headline, facts: _, ...said } = summary([from('observed', { grade: 'O' })], rows).summary;
    expect(headline?.id).toBe('headline.trace');
    expect(said).toEqual({
      coverage: { state: 'complete', unread: [] },
      origin: 'ai-generated',
      backing: 'inferred',
      sentence:
        'The picture holds a mark that pictures from Observed Tool carry. Others reported that such marks come from there; anyone can copy them.',
    });
  });

  it('is contradictory only where two strong statements exclude each other', () => {
    const capture = signal('iptc.digitalSourceType.digitalCapture');
    const strong = signal('gb45438.label.generated');
    expect(summary([capture, strong]).summary.origin).toBe('contradictory');
    const trace = from('seen');
    expect(summary([capture, trace], [row('seen', 'generated')]).summary.origin).toBe('captured');
    const observed = signal('platform.tiktok.aiLabel.creator', { grade: 'O' });
    expect(summary([capture, observed]).summary.origin).toBe('captured');
  });
});

describe('the sentence about traces', () => {
  const gb = [signal('gb45438.label.present'), signal('gb45438.label.generated')];
  const rows = [row('t', 'generated', 'V', 'ComfyUI')];
  const settings = from('t', {
    facts: [
      { name: 'seed', value: '1' },
      { name: 'prompt', value: 'a cat' },
      { name: 'model', value: 'm' },
    ],
  });
  const source = (value: string) => signal('generator.sourcePicture', { value, backing: 'inferred' });

  it.each([
    [
      'settings',
      [settings],
      'The picture holds settings (model, seed, prompt) that ComfyUI writes into pictures it makes. Such settings can be copied into any file.',
    ],
    [
      'a source picture',
      [settings, source('img2img')],
      'The picture holds settings (model, seed, prompt) that ComfyUI writes into pictures it makes from a source picture. Such settings can be copied into any file.',
    ],
    [
      'painting over',
      [settings, source('inpaint')],
      'The picture holds settings (model, seed, prompt) that ComfyUI writes into pictures it makes from a source picture. By the settings, parts of a source picture were painted over. Such settings can be copied into any file.',
    ],
    [
      'a mark',
      [from('t')],
      'The picture holds a mark that ComfyUI leaves in pictures it makes. Such a mark can be copied into any file.',
    ],
    [
      'a proof',
      [signal('generator.novelai.proof.holds', { backing: 'valid' })],
      'NovelAI’s signature over the pixels holds: NovelAI signed exactly these pixels. The key is one that NovelAI published; no trust list holds the key.',
    ],
    [
      'a broken proof',
      [signal('generator.novelai.proof.broken', { backing: 'invalid' })],
      'NovelAI’s signature in the picture fits neither the pixels nor the settings. No Content Credentials and no AI label were found. A signature that does not fit can have been copied from another picture.',
    ],
    [
      'a credit line',
      [signal('iptc.credit.googleMade', { value: 'Made with Google AI' })],
      'The credit line (IPTC) in the file reads “Made with Google AI”. Nobody signed the label; anyone can add one and remove one.',
    ],
    [
      'a credit line that is only claimed to be a tool’s',
      [signal('iptc.credit.appleImagePlayground', { value: 'Apple Image Playground', grade: 'C' })],
      'The credit line (IPTC) in the file reads “Apple Image Playground”. Only others claim that a tool writes this line, and the line can be copied.',
    ],
    [
      'a label with a value outside the standard',
      [
        signal('gb45438.label.present'),
        signal('gb45438.label.unrecognised', { value: 'AIGC' }),
        signal('gb45438.element.contentProducer', { value: 'Example' }),
      ],
      'A Chinese AI label (GB 45438) in the file holds “AIGC”, outside the standard, and names the producer “Example”. Nobody signed the label; anyone can add one and remove one.',
    ],
    [
      'the same and nothing more',
      [signal('gb45438.label.present'), signal('gb45438.label.unrecognised', { value: 'AIGC' })],
      'A Chinese AI label (GB 45438) in the file holds “AIGC”, outside the standard, and names no producer. Nobody signed the label; anyone can add one and remove one.',
    ],
    [
      'a label with a signature of its own',
      [...gb, signal('gb45438.security.signatureHolds')],
      'A Chinese AI label (GB 45438) in the file says “is AI-generated” and names no producer. The label’s signature uses a key of its own, which no list knows.',
    ],
    [
      'a label whose signature does not match',
      [...gb, signal('gb45438.security.signatureHolds'), signal('gb45438.security.signatureBroken')],
      'A Chinese AI label (GB 45438) in the file says “is AI-generated” and names no producer. A signature in the label does not fit the fields of the label.',
    ],
    [
      'a label whose signature could not be checked',
      [...gb, signal('gb45438.security.notCheckable')],
      'A Chinese AI label (GB 45438) in the file says “is AI-generated” and names no producer. A signature in the label could not be checked.',
    ],
    [
      'a platform’s label',
      [signal('platform.tiktok.aiLabel.platform', { grade: 'O' })],
      'A platform’s “AI-generated” tag is in the file, as set by the platform. Nobody signed the label; anyone can add one and remove one.',
    ],
  ])('%s', (_name, signals, sentence) => {
    expect(summary(signals, rows).summary.sentence).toBe(sentence);
  });

  it('says of several tools at once what they share', () => {
    const two = [...rows, row('u', 'generated', 'V', 'SwarmUI (earlier StableSwarmUI, or so)')];
    const swarm = from('u', { facts: [{ name: 'seed', value: '1' }] });
    expect(summary([settings, swarm], two).summary.sentence).toBe(
      'The picture holds settings (model, seed, prompt) that ComfyUI and SwarmUI write into pictures they make. Such settings can be copied into any file.',
    );
    expect(summary([swarm], two).summary.sentence).toContain(
      'settings (seed) that SwarmUI writes into pictures it makes',
    );
  });

  it('names the kind of the file', () => {
    expect(summary([from('t')], rows, MEDIA_TYPES.mp4).summary.sentence).toContain('videos it makes');
  });

  it('says the strongest two, and the limit of the first', () => {
    const all = [
      from('t'),
      signal('iptc.digitalSourceType.trainedAlgorithmicMedia'),
      signal('gb45438.label.present'),
      signal('gb45438.label.generated'),
      signal('iptc.credit.googleMade', { value: 'Made with Google AI' }),
      signal('generator.novelai.proof.holds', { backing: 'valid' }),
    ];
    const { sentence } = summary(all, rows).summary;
    expect(sentence).toBe(
      'NovelAI’s signature over the pixels holds: NovelAI signed exactly these pixels. A standard label (IPTC) in the file says “made with AI”. The key is one that NovelAI published; no trust list holds the key.',
    );
  });

  it('names no tool of a trace that does not say how the whole was made as its maker', () => {
    const { origin, sentence } = summary(
      [from('u', { id: 'generator.comfyui' })],
      [{ ...row('u', 'tool', 'V', 'Upscaler'), signal: 'generator.comfyui' }],
    ).summary;
    expect(origin).toBe('none');
    expect(sentence).toContain('a trace of Upscaler that does not say how the picture was made');
  });

  /** Signals of one ComfyUI graph: those of its shape in addition to the row's own. */
  const graph = (...raised: Partial<Signal>[]) =>
    summary(
      [from('u', { id: 'generator.comfyui' }), ...raised.map((one) => from('u', one))],
      [{ ...row('u', 'tool', 'V', 'ComfyUI'), signal: 'generator.comfyui' }],
    ).summary;

  it.each<[string, string, string, Partial<Signal>[]]>([
    [
      'a service that was asked, by its name',
      'ai-generated',
      'A ComfyUI graph in the file has OpenAI and Runway make pictures with AI. Such settings can be copied into any file.',
      [{ id: 'generator.comfyui.service', value: 'OpenAI, Runway' }],
    ],
    [
      'a service that was sent a picture',
      'ai-generated',
      'A ComfyUI graph in the file has Black Forest Labs make pictures with AI from a source picture. Such settings can be copied into any file.',
      [
        { id: 'generator.comfyui.service', value: 'Black Forest Labs' },
        { id: 'generator.sourcePicture', value: 'img2img' },
      ],
    ],
    [
      'a step that changes a picture with a model',
      'ai-edited',
      'The picture holds settings that ComfyUI writes into pictures it edits with AI. Such settings can be copied into any file.',
      [{ id: 'generator.comfyui.edit', value: 'ReActorFaceSwap' }],
    ],
    [
      'no step, where all are known',
      'none',
      'A ComfyUI workflow is in the file, without a step that makes pictures. No Content Credentials and no AI label were found.',
      [{ id: 'generator.comfyui.noStep' }],
    ],
    [
      'the first node that is not known, quoted',
      'none',
      'A ComfyUI graph in the file uses “SD3_Zho”, a node that we do not know: whether AI made the picture is open. No Content Credentials and no AI label were found.',
      [{ id: 'generator.comfyui.unknownNode', value: 'SD3_Zho, Other' }],
    ],
    [
      'an end that was not reached, before all else',
      'none',
      'A ComfyUI graph in the file was not followed to its end: whether AI made the picture is not known. No Content Credentials and no AI label were found.',
      [
        { id: 'generator.comfyui.unknownNode', value: 'SD3_Zho' },
        { id: 'generator.comfyui.notFollowed', value: 'more than 4096 nodes' },
      ],
    ],
    [
      'a step that leads nowhere',
      'none',
      'A ComfyUI graph in the file holds a step that makes pictures (“KSampler”), and the way to this picture does not pass the step. No Content Credentials and no AI label were found.',
      [{ id: 'generator.comfyui.elsewhere', value: 'KSampler' }],
    ],
    [
      'what the editor keeps',
      'none',
      'A ComfyUI workflow is in the file, without the record of a run; often such a picture only shows the editor itself. No Content Credentials and no AI label were found.',
      [{ id: 'generator.comfyui.workflow' }],
    ],
    [
      'a picture that was enlarged',
      'none',
      'A ComfyUI graph in the file enlarged a loaded picture with a model, and does not tell how the loaded picture was made. No Content Credentials and no AI label were found.',
      [{ id: 'generator.upscaled' }],
    ],
  ])('of a ComfyUI graph says %s', (_name, origin, sentence, raised) => {
    expect(graph(...raised)).toMatchObject({ origin, sentence });
  });
});
