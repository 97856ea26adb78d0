import { describe, expect, it } from 'vitest';
import { signalOrigins } from '../../src/core/detectors/signal-origins.js';
import { MEDIA_TYPES } from '../../src/core/media/media-types.js';
import type { Signal, SignalId } from '../../src/core/report/signal.js';
import { SIGNAL_IDS } from '../../src/core/report/signal.js';
import { textOf } from '../../src/core/report/text-in.js';
import type { Proves, SignatureRow } from '../../src/core/signatures/row.js';
import { type Summary, summarise } from '../../src/core/summary/summary.js';
import { speechOf } from '../../src/say/speech.js';
import { facts } from '../literals.js';

/** One id stands for all of generators whose signature rows say what they prove. */
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
  basis: [{ carrier: 'pngText', place: 'tEXt x', row: rowId }],
  ...over,
});
const signal = (id: string, over: Partial<Signal> = {}): Signal => ({
  id: id as SignalId,
  backing: 'unsigned',
  basis: [{ carrier: 'xmp', place: 'XMP' }],
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
    expect(origins.of(from('r', { grade }))?.origin).toBe(origin);
  });

  it('not by a row that raised it on the side', () => {
    const origins = signalOrigins([row('r', 'generated')]);
    expect(origins.of(from('r', { id: 'generator.upscaled' }))).toBeUndefined();
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
    expect(known.of(signal(id))?.origin).toBe(origin);
  });

  it('never where it no longer matches or is only claimed', () => {
    expect(known.of(signal('generator.novelai.proof.holds', { backing: 'invalid' }))).toBeUndefined();
    expect(known.of(signal('gb45438.label.generated', { grade: 'C' }))).toBeUndefined();
  });

  it('never for what is not of AI by its id', () => {
    const wrong = SIGNAL_IDS.filter((id) => /^(c2pa|cawg|file|camera|editor|recorder)\./.test(id)).filter(
      (id) => known.of(signal(id)),
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

const english = speechOf('en');
/** With the words that a person reads. */
const summarised = ({ summary: { said, ...summary }, contradictions }: Summary) => ({
  summary: { ...summary, sentence: textOf(said?.sentence ?? [], english) },
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

  it('says of a mark that others have observed that we have no sample', () => {
    const { headline, facts: _, ...said } = summary([from('observed', { grade: 'O' })], rows).summary;
    expect(headline?.id).toBe('headline.trace');
    expect(said).toEqual({
      coverage: { state: 'complete', unread: [] },
      origin: 'ai-generated',
      backing: 'inferred',
      sentence:
        'It holds a mark of the kind found in pictures from Observed Tool (observed by others; we have no sample of it). Such a mark can be copied into any file.',
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
      'It holds settings that ComfyUI writes into pictures it makes (model, seed, prompt). Such text can be copied into any file.',
    ],
    [
      'a source picture',
      [settings, source('img2img')],
      'It holds settings that ComfyUI writes into pictures it makes from a source picture (model, seed, prompt). Such text can be copied into any file.',
    ],
    [
      'painting over',
      [settings, source('inpaint')],
      'It holds settings that ComfyUI writes into pictures it makes from a source picture (model, seed, prompt). By these settings, parts of a source picture were painted over. Such text can be copied into any file.',
    ],
    [
      'a mark',
      [from('t')],
      'It holds a mark that ComfyUI leaves in pictures it makes. Such a mark can be copied into any file.',
    ],
    [
      'a proof',
      [signal('generator.novelai.proof.holds', { backing: 'valid' })],
      'A signature that NovelAI puts over the pixels holds: these exact pixels were signed by NovelAI.',
    ],
    [
      'a broken proof',
      [signal('generator.novelai.proof.broken', { backing: 'invalid' })],
      'It carries a signature that NovelAI puts over the pixels, and that does not match these pixels and settings.',
    ],
    [
      'a credit line',
      [signal('iptc.credit.googleMade', { value: 'Made with Google AI' })],
      'Its credit line (IPTC) reads “Made with Google AI”. The label is not signed: anyone can write or remove it.',
    ],
    [
      'a credit line that is only claimed to be a tool’s',
      [signal('iptc.credit.appleImagePlayground', { value: 'Apple Image Playground', grade: 'C' })],
      'Its credit line (IPTC) reads “Apple Image Playground”. Such text can be copied into any file.',
    ],
    [
      'a label with a value outside the standard',
      [
        signal('gb45438.label.present'),
        signal('gb45438.label.unrecognised', { value: 'AIGC' }),
        signal('gb45438.element.contentProducer', { value: 'Example' }),
      ],
      'It carries a Chinese AI label (GB 45438-2025) that holds “AIGC”, a value outside the standard, and names producer “Example”. The label is not signed: anyone can write or remove it.',
    ],
    [
      'the same and nothing more',
      [signal('gb45438.label.present'), signal('gb45438.label.unrecognised', { value: 'AIGC' })],
      'It carries a Chinese AI label (GB 45438-2025) that holds “AIGC”, a value outside the standard. The label is not signed: anyone can write or remove it.',
    ],
    [
      'a label with a signature of its own',
      [...gb, signal('gb45438.security.signatureHolds')],
      'It carries a Chinese AI label (GB 45438-2025) that says “is AI-generated”. A signature in the label matches its fields, and its key stands in the label too: anyone can make or remove such a label.',
    ],
    [
      'a label whose signature does not match',
      [...gb, signal('gb45438.security.signatureHolds'), signal('gb45438.security.signatureBroken')],
      'It carries a Chinese AI label (GB 45438-2025) that says “is AI-generated”. A signature in the label does not match its fields: anyone can write or remove such a label.',
    ],
    [
      'a label whose signature could not be checked',
      [...gb, signal('gb45438.security.notCheckable')],
      'It carries a Chinese AI label (GB 45438-2025) that says “is AI-generated”. A signature in the label could not be checked: anyone can write or remove such a label.',
    ],
    [
      'a platform’s label',
      [signal('platform.tiktok.aiLabel.platform', { grade: 'O' })],
      'It carries a label of a platform for content that the platform marked as made with AI (observed by others; we have no sample of it). The label is not signed: anyone can write or remove it.',
    ],
  ])('%s', (_name, signals, sentence) => {
    expect(summary(signals, rows).summary.sentence).toBe(sentence);
  });

  it('says of several tools at once what they share', () => {
    const two = [...rows, row('u', 'generated', 'V', 'SwarmUI (earlier StableSwarmUI, or so)')];
    const swarm = from('u', { facts: [{ name: 'seed', value: '1' }] });
    expect(summary([settings, swarm], two).summary.sentence).toBe(
      'It holds settings that ComfyUI and SwarmUI (earlier StableSwarmUI, or so) write into pictures they make (model, seed, prompt). Such text can be copied into any file.',
    );
    expect(summary([swarm], two).summary.sentence).toContain('or so) writes into pictures it makes (seed)');
  });

  it('names the kind of the file', () => {
    expect(summary([from('t')], rows, MEDIA_TYPES.mp4).summary.sentence).toContain('videos it makes');
  });

  it('says the strongest three, and their limits once', () => {
    const all = [
      from('t'),
      signal('iptc.digitalSourceType.trainedAlgorithmicMedia'),
      signal('gb45438.label.present'),
      signal('gb45438.label.generated'),
      signal('iptc.credit.googleMade', { value: 'Made with Google AI' }),
      signal('generator.novelai.proof.holds', { backing: 'valid' }),
    ];
    const { sentence } = summary(all, rows).summary;
    expect(sentence.match(/These labels are not signed/g)).toHaveLength(1);
    expect(sentence).toMatch(/^A signature that NovelAI/);
    expect(sentence).not.toContain('ComfyUI');
  });

  it('names no tool of a trace that does not say how the whole was made as its maker', () => {
    const { origin, sentence } = summary(
      [from('u', { id: 'generator.comfyui' })],
      [{ ...row('u', 'tool', 'V', 'Upscaler'), signal: 'generator.comfyui' }],
    ).summary;
    expect(origin).toBe('none');
    expect(sentence).toContain('a trace of Upscaler that does not say how the whole was made');
  });

  /** Signals of one ComfyUI graph, as its shape raises them beside the row's own. */
  const graph = (...raised: Partial<Signal>[]) =>
    summary(
      [from('u', { id: 'generator.comfyui' }), ...raised.map((one) => from('u', one))],
      [{ ...row('u', 'tool', 'V', 'ComfyUI'), signal: 'generator.comfyui' }],
    ).summary;

  it.each<[string, string, string, Partial<Signal>[]]>([
    [
      'a service that was asked, by its name',
      'ai-generated',
      'A ComfyUI graph in this file has OpenAI and Runway make pictures with AI. Such text can be copied into any file.',
      [{ id: 'generator.comfyui.service', value: 'OpenAI, Runway' }],
    ],
    [
      'a service that was sent a picture',
      'ai-generated',
      'A ComfyUI graph in this file has Black Forest Labs make pictures with AI from a source picture. Such text can be copied into any file.',
      [
        { id: 'generator.comfyui.service', value: 'Black Forest Labs' },
        { id: 'generator.sourcePicture', value: 'img2img' },
      ],
    ],
    [
      'a step that changes a picture with a model',
      'ai-edited',
      'It holds settings that ComfyUI writes into pictures it edits with AI. Such text can be copied into any file.',
      [{ id: 'generator.comfyui.edit', value: 'ReActorFaceSwap' }],
    ],
    [
      'no step, where all are known',
      'none',
      'A ComfyUI workflow without a step that makes pictures is in this file. Such text can be copied into any file.',
      [{ id: 'generator.comfyui.noStep' }],
    ],
    [
      'the first node that is not known, quoted',
      'none',
      'A ComfyUI graph in this file uses “SD3_Zho”, a node that we do not know, so it does not tell whether AI made the picture.',
      [{ id: 'generator.comfyui.unknownNode', value: 'SD3_Zho, Other' }],
    ],
    [
      'an end that was not reached, before all else',
      'none',
      'A ComfyUI graph in this file was not followed to its end, so it does not tell whether AI made the picture.',
      [
        { id: 'generator.comfyui.unknownNode', value: 'SD3_Zho' },
        { id: 'generator.comfyui.notFollowed', value: 'more than 4096 nodes' },
      ],
    ],
    [
      'a step that leads nowhere',
      'none',
      'A ComfyUI graph in this file holds a step that makes pictures (“KSampler”), but not on the way to what it saves, so it does not tell whether AI made this one.',
      [{ id: 'generator.comfyui.elsewhere', value: 'KSampler' }],
    ],
    [
      'what the editor keeps',
      'none',
      'A ComfyUI workflow for the editor is in this file, without the record of a run; such a picture is as often one of the editor itself.',
      [{ id: 'generator.comfyui.workflow' }],
    ],
    [
      'a picture that was enlarged',
      'none',
      'A ComfyUI graph in this file enlarges a loaded picture with a model, and does not tell how that one was made. Such text can be copied into any file.',
      [{ id: 'generator.upscaled' }],
    ],
  ])('of a ComfyUI graph says %s', (_name, origin, sentence, raised) => {
    expect(graph(...raised)).toMatchObject({ origin, sentence });
  });
});
