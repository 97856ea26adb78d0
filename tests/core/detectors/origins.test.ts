import { describe, expect, it } from 'vitest';
import { signalOrigins } from '../../../src/core/detectors/signal-origins.js';
import { MEDIA_TYPES } from '../../../src/core/media/media-types.js';
import type { Signal, SignalId } from '../../../src/core/report/signal.js';
import { SIGNAL_IDS } from '../../../src/core/report/signal.js';
import type { Proves, SignatureRow } from '../../../src/core/signatures/row.js';
import { type Summary, summarise } from '../../../src/core/summary/summary.js';
import { spell } from '../../i18n/spelled.js';
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

/** Includes the sentences that a person reads, spelled. */
const summarised = ({ summary: { messages, ...summary }, contradictions }: Summary) => ({
  summary: { ...summary, sentence: (messages?.sentence ?? []).map(spell) },
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
      sentence: [
        'sentence.trace.observed(item: sentence.item.image, media: sentence.media.image, tools: text.asWritten(text: Observed Tool), work: made)',
        'sentence.caveat.observed',
      ],
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
      [
        'sentence.trace.settingsNamed(count: 1, from: nothing, item: sentence.item.image, media: sentence.media.image, settings: [sentence.setting.model, sentence.setting.seed, sentence.setting.prompt], tools: text.asWritten(text: ComfyUI), work: made)',
        'sentence.caveat.settings',
      ],
    ],
    [
      'a source picture',
      [settings, source('img2img')],
      [
        'sentence.trace.settingsNamed(count: 1, from: picture, item: sentence.item.image, media: sentence.media.image, settings: [sentence.setting.model, sentence.setting.seed, sentence.setting.prompt], tools: text.asWritten(text: ComfyUI), work: made)',
        'sentence.caveat.settings',
      ],
    ],
    [
      'painting over',
      [settings, source('inpaint')],
      [
        'sentence.trace.settingsNamed(count: 1, from: picture, item: sentence.item.image, media: sentence.media.image, settings: [sentence.setting.model, sentence.setting.seed, sentence.setting.prompt], tools: text.asWritten(text: ComfyUI), work: made)',
        'sentence.trace.paintedOver',
        'sentence.caveat.settings',
      ],
    ],
    [
      'a mark',
      [from('t')],
      [
        'sentence.trace.mark(count: 1, from: nothing, item: sentence.item.image, media: sentence.media.image, tools: text.asWritten(text: ComfyUI), work: made)',
        'sentence.caveat.mark',
      ],
    ],
    [
      'a proof',
      [signal('generator.novelai.proof.holds', { backing: 'valid' })],
      ['sentence.trace.proofHolds', 'sentence.caveat.proof'],
    ],
    [
      'a broken proof',
      [signal('generator.novelai.proof.broken', { backing: 'invalid' })],
      ['sentence.trace.proofBroken', 'sentence.nothingElse.noLabel', 'sentence.caveat.proofBroken'],
    ],
    [
      'a credit line',
      [signal('iptc.credit.googleMade', { value: 'Made with Google AI' })],
      ['sentence.label.credit(line: text.quoted(text: Made with Google AI))', 'sentence.caveat.unsigned'],
    ],
    [
      'a credit line that is only claimed to be a tool’s',
      [signal('iptc.credit.appleImagePlayground', { value: 'Apple Image Playground', grade: 'C' })],
      ['sentence.label.credit(line: text.quoted(text: Apple Image Playground))', 'sentence.caveat.claimed'],
    ],
    [
      'a label with a value outside the standard',
      [
        signal('gb45438.label.present'),
        signal('gb45438.label.unrecognised', { value: 'AIGC' }),
        signal('gb45438.element.contentProducer', { value: 'Example' }),
      ],
      [
        'sentence.label.gb(by: sentence.label.producer.name(name: text.quoted(text: Example)), says: sentence.label.reading.odd(value: AIGC))',
        'sentence.caveat.unsigned',
      ],
    ],
    [
      'the same and nothing more',
      [signal('gb45438.label.present'), signal('gb45438.label.unrecognised', { value: 'AIGC' })],
      [
        'sentence.label.gb(by: sentence.label.producer.none, says: sentence.label.reading.odd(value: AIGC))',
        'sentence.caveat.unsigned',
      ],
    ],
    [
      'a label with a signature of its own',
      [...gb, signal('gb45438.security.signatureHolds')],
      [
        'sentence.label.gb(by: sentence.label.producer.none, says: sentence.label.reading.generated)',
        'sentence.caveat.ownSignature',
      ],
    ],
    [
      'a label whose signature does not match',
      [...gb, signal('gb45438.security.signatureHolds'), signal('gb45438.security.signatureBroken')],
      [
        'sentence.label.gb(by: sentence.label.producer.none, says: sentence.label.reading.generated)',
        'sentence.caveat.ownSignatureBroken',
      ],
    ],
    [
      'a label whose signature could not be checked',
      [...gb, signal('gb45438.security.notCheckable')],
      [
        'sentence.label.gb(by: sentence.label.producer.none, says: sentence.label.reading.generated)',
        'sentence.caveat.ownSignatureUnchecked',
      ],
    ],
    [
      'a platform’s label',
      [signal('platform.tiktok.aiLabel.platform', { grade: 'O' })],
      ['sentence.label.marked(by: platform, tool: sentence.label.somePlatform)', 'sentence.caveat.unsigned'],
    ],
  ])('%s', (_name, signals, sentence) => {
    expect(summary(signals, rows).summary.sentence).toEqual(sentence);
  });

  it('says of several tools at once what they share', () => {
    const two = [...rows, row('u', 'generated', 'V', 'SwarmUI (earlier StableSwarmUI, or so)')];
    const swarm = from('u', { facts: [{ name: 'seed', value: '1' }] });
    expect(summary([settings, swarm], two).summary.sentence).toEqual([
      'sentence.trace.settingsNamed(count: 2, from: nothing, item: sentence.item.image, media: sentence.media.image, settings: [sentence.setting.model, sentence.setting.seed, sentence.setting.prompt], tools: list.and(items: [text.asWritten(text: ComfyUI)], last: text.asWritten(text: SwarmUI)), work: made)',
      'sentence.caveat.settings',
    ]);
    expect(summary([swarm], two).summary.sentence[0]).toBe(
      'sentence.trace.settingsNamed(count: 1, from: nothing, item: sentence.item.image, media: sentence.media.image, settings: [sentence.setting.seed], tools: text.asWritten(text: SwarmUI), work: made)',
    );
  });

  it('names the kind of the file', () => {
    expect(summary([from('t')], rows, MEDIA_TYPES.mp4).summary.sentence[0]).toContain(
      'media: sentence.media.video',
    );
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
    expect(sentence).toEqual([
      'sentence.trace.proofHolds',
      'sentence.label.term(how: other, is: sentence.says(term: trainedAlgorithmicMedia))',
      'sentence.caveat.proof',
    ]);
  });

  it('names no tool as the maker by a trace of a part', () => {
    const { origin, sentence } = summary(
      [from('u', { id: 'generator.comfyui' })],
      [{ ...row('u', 'tool', 'V', 'Upscaler'), signal: 'generator.comfyui' }],
    ).summary;
    expect(origin).toBe('none');
    expect(sentence[0]).toBe('sentence.trace.undecided(kind: image, tools: text.asWritten(text: Upscaler))');
  });

  /** Signals of one ComfyUI graph: those of its shape in addition to the row's own. */
  const graph = (...raised: Partial<Signal>[]) =>
    summary(
      [from('u', { id: 'generator.comfyui' }), ...raised.map((one) => from('u', one))],
      [{ ...row('u', 'tool', 'V', 'ComfyUI'), signal: 'generator.comfyui' }],
    ).summary;

  it.each<[string, string, string[], Partial<Signal>[]]>([
    [
      'a service that was asked, by its name',
      'ai-generated',
      [
        'sentence.graph.service(from: nothing, media: sentence.media.image, services: list.and(items: [text.asWritten(text: OpenAI)], last: text.asWritten(text: Runway)))',
        'sentence.caveat.settings',
      ],
      [{ id: 'generator.comfyui.service', value: 'OpenAI, Runway' }],
    ],
    [
      'a service that was sent a picture',
      'ai-generated',
      [
        'sentence.graph.service(from: picture, media: sentence.media.image, services: text.asWritten(text: Black Forest Labs))',
        'sentence.caveat.settings',
      ],
      [
        { id: 'generator.comfyui.service', value: 'Black Forest Labs' },
        { id: 'generator.sourcePicture', value: 'img2img' },
      ],
    ],
    [
      'a step that changes a picture with a model',
      'ai-edited',
      [
        'sentence.trace.settings(count: 1, from: nothing, item: sentence.item.image, media: sentence.media.image, tools: text.asWritten(text: ComfyUI), work: edited)',
        'sentence.caveat.settings',
      ],
      [{ id: 'generator.comfyui.edit', value: 'ReActorFaceSwap' }],
    ],
    [
      'no step, where all are known',
      'none',
      ['sentence.graph.noStep(media: sentence.media.image)', 'sentence.nothingElse.noLabel'],
      [{ id: 'generator.comfyui.noStep' }],
    ],
    [
      'the first node that is not known, quoted',
      'none',
      [
        'sentence.graph.unknownNode(item: sentence.item.image, node: SD3_Zho)',
        'sentence.nothingElse.noLabel',
      ],
      [{ id: 'generator.comfyui.unknownNode', value: 'SD3_Zho, Other' }],
    ],
    [
      'an end that was not reached, before all else',
      'none',
      ['sentence.graph.notFollowed(item: sentence.item.image)', 'sentence.nothingElse.noLabel'],
      [
        { id: 'generator.comfyui.unknownNode', value: 'SD3_Zho' },
        { id: 'generator.comfyui.notFollowed', value: 'more than 4096 nodes' },
      ],
    ],
    [
      'a step that leads nowhere',
      'none',
      [
        'sentence.graph.elsewhere(item: sentence.item.image, media: sentence.media.image, node: KSampler)',
        'sentence.nothingElse.noLabel',
      ],
      [{ id: 'generator.comfyui.elsewhere', value: 'KSampler' }],
    ],
    [
      'what the editor keeps',
      'none',
      ['sentence.graph.onlyDrawnPicture', 'sentence.nothingElse.noLabel'],
      [{ id: 'generator.comfyui.workflow' }],
    ],
    [
      'a picture that was enlarged',
      'none',
      ['sentence.graph.scaled(item: sentence.item.image)', 'sentence.nothingElse.noLabel'],
      [{ id: 'generator.upscaled' }],
    ],
  ])('of a ComfyUI graph says %s', (_name, origin, sentence, raised) => {
    expect(graph(...raised)).toMatchObject({ origin, sentence });
  });
});
