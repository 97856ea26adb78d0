import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import type { ActionRecord, ManifestRecord } from '../../../src/core/c2pa/manifest-store.js';
import {
  c2paDeclarations,
  declaresGenerated,
  findDeclarations,
} from '../../../src/core/detectors/c2pa-declarations.js';
import { SIGNAL_IDS, signalFamily, signalRowOf } from '../../../src/core/signals/index.js';
import { C2PA_DECLARATIONS } from '../../../src/core/signatures/c2pa-declarations.js';
import {
  action,
  evidence,
  facts,
  failure,
  INTACT,
  ingredient,
  manifest,
  store,
  success,
} from '../../support/literals.js';

const detect = (value: ReturnType<typeof store>) =>
  c2paDeclarations.detect(evidence({ c2pa: value }), facts());
const of = (overrides: Partial<ManifestRecord>) => detect(store({ manifests: [manifest('m1', overrides)] }));
const ids = (overrides: Partial<ManifestRecord>) => of(overrides).map((s) => s.id);
const said = (name: string, more: Partial<ActionRecord>): ActionRecord => ({ ...action(name), ...more });

const BING = said('c2pa.created', {
  softwareAgent: 'Image Creator from Designer',
  description: 'AI Generated Image',
});
const FLUX = {
  label: 'c2pa.ai_generated_content',
  data: { ai_generated: true, model: 'Flux.2', prompt: 'a cat' },
};

describe('AI declared without a digitalSourceType', () => {
  it('Microsoft: agent and description, both whole', () => {
    expect(of({ actions: [BING] })).toEqual([
      {
        id: 'c2pa.declaration.microsoftAiImage',
        backing: 'valid',
        value: 'Image Creator from Designer: AI Generated Image',
        basis: [{ carrier: 'c2pa', locator: BING.locator }],
      },
    ]);
    expect(ids({ actions: [said('c2pa.created', { description: 'AI Generated Image' })] })).toEqual([]);
    expect(
      ids({ actions: [said('c2pa.created', { softwareAgent: 'Image Creator from Designer' })] }),
    ).toEqual([]);
    expect(ids({ actions: [{ ...BING, description: 'No AI Generated Image' }] })).toEqual([]);
    expect(ids({ claimGenerator: 'Microsoft_Responsible_AI/1.0' })).toEqual([]);
  });

  it('Black Forest Labs: its assertion, with those beside it as places and without the prompt', () => {
    const at = (label: string) => ({
      carrier: 'c2pa',
      locator: `self#jumbf=/c2pa/m1/c2pa.assertions/${label}`,
    });
    const origin = { label: 'c2pa.content-origin', data: { creator: 'Black Forest Labs' } };
    expect(of({ assertions: [FLUX, origin, { label: 'c2pa.creation-tool', data: { tool: 'x' } }] })).toEqual([
      {
        id: 'c2pa.declaration.blackForestLabs',
        backing: 'valid',
        value: 'ai_generated: true, model: Flux.2',
        basis: [at('c2pa.ai_generated_content'), at('c2pa.content-origin'), at('c2pa.creation-tool')],
      },
    ]);
    expect(ids({ assertions: [origin] })).toEqual([]);
    for (const value of [false, 'true', 1, undefined]) {
      expect(ids({ assertions: [{ ...FLUX, data: { ai_generated: value } }] })).toEqual([]);
    }
    expect(ids({ assertions: [{ label: 'c2pa.ai_generated_content', data: undefined }] })).toEqual([]);
  });

  it('an AI disclosure names a model, one signal a model, and sets no origin by itself', () => {
    const disclosure = (modelName: string) => ({
      label: 'c2pa.ai-disclosure',
      data: {
        modelType: 'c2pa.types.model',
        modelName,
        contentProfile: { humanOversightLevel: 'prompt_guided' },
      },
    });
    const signals = of({ assertions: [disclosure('A'), disclosure('B')] });
    expect(signals.map((s) => [s.value, s.basis[0]?.locator])).toEqual([
      [
        'modelType: c2pa.types.model, modelName: A, contentProfile.humanOversightLevel: prompt_guided',
        'self#jumbf=/c2pa/m1/c2pa.assertions/c2pa.ai-disclosure',
      ],
      [
        'modelType: c2pa.types.model, modelName: B, contentProfile.humanOversightLevel: prompt_guided',
        'self#jumbf=/c2pa/m1/c2pa.assertions/c2pa.ai-disclosure__1',
      ],
    ]);
    expect(declaresGenerated('c2pa.declaration.aiDisclosure')).toBe(false);
  });

  it('Suno and Dreamina as others have observed them: shown, deciding nothing', () => {
    const data = { providerName: 'Suno, Inc.', systemName: 'Suno', contentId: '5cb1b5fe' };
    expect(of({ assertions: [{ label: 'com.suno.provenance', data }] })).toMatchObject([
      { id: 'c2pa.declaration.suno', value: 'providerName: Suno, Inc., systemName: Suno' },
    ]);
    expect(of({ claimGenerator: 'Dreamina/4.5 c2pa-rs/0.40' })).toMatchObject([
      {
        id: 'c2pa.declaration.dreamina',
        value: 'Dreamina/4.5',
        basis: [{ locator: 'self#jumbf=/c2pa/m1/c2pa.claim' }],
      },
    ]);
    expect(of({ claimVersion: 2, claimGenerators: [{ name: 'Dreamina', version: '5' }] })).toMatchObject([
      { value: 'Dreamina/5', basis: [{ locator: 'self#jumbf=/c2pa/m1/c2pa.claim.v2' }] },
    ]);
    expect(ids({ claimGenerator: 'NotDreamina/4.5', title: 'Dreamina/4.5' })).toEqual([]);
    for (const id of ['c2pa.declaration.suno', 'c2pa.declaration.dreamina'])
      expect(declaresGenerated(id)).toBe(false);
  });

  it('only what is graded V, S or D and says so declares generation', () => {
    const declaring = [...new Set(C2PA_DECLARATIONS.map((row) => row.signal))].filter(declaresGenerated);
    expect(declaring).toEqual([
      'c2pa.declaration.microsoftAiImage',
      'c2pa.declaration.blackForestLabs',
      'c2pa.declaration.adobeFirefly',
    ]);
    expect(declaresGenerated('c2pa.trainingMining')).toBe(false);
    // Asserts that the signal's table row agrees.
    const stated = SIGNAL_IDS.filter(
      (id) => signalFamily(id) === 'c2pa' && signalRowOf(id).states === 'ai-generated',
    );
    expect(stated.filter((id) => signalRowOf(id).term === undefined)).toEqual(declaring);
    expect(C2PA_DECLARATIONS.every((row) => row.source.length > 10)).toBe(true);
  });

  it('is as well backed as its own manifest and the active one', () => {
    const manifests = [
      manifest('m1', { ingredients: [ingredient('parentOf', 'm2')] }),
      manifest('m2', { actions: [BING], assertions: [FLUX] }),
    ];
    const backings = (codes: ReturnType<typeof store>['codes']) =>
      detect(store({ manifests, codes })).map((s) => s.backing);
    const held = [success('claimSignature.validated', 'm2')];
    expect(backings({ active: INTACT, ingredients: held })).toEqual(['valid', 'valid']);
    expect(
      backings({ active: INTACT, ingredients: [...held, failure('assertion.hashedURI.mismatch', 'm2')] }),
    ).toEqual(['invalid', 'invalid']);
    expect(findDeclarations(manifests[1] ?? manifest('m2'))).toHaveLength(2);
  });

  it('shows long words cut', () => {
    const [signal] = of({
      assertions: [{ ...FLUX, data: { ai_generated: true, model: 'x'.repeat(5_000) } }],
    });
    expect(signal?.value).toHaveLength(limits.shownValueCharacters);
  });
});

describe('what does not declare AI', () => {
  it('permissions for training, in either vocabulary', () => {
    const entries = {
      'cawg.ai_inference': { use: 'allowed' },
      'cawg.ai_generative_training': { use: 'notAllowed' },
      'cawg.data_mining': { use: { of: 'another shape' } },
    };
    const signals = of({
      assertions: [
        { label: 'cawg.training-mining', data: { entries } },
        { label: 'c2pa.training-mining', data: { entries: { 'c2pa.ai_training': { use: 'constrained' } } } },
        { label: 'c2pa.training-mining', data: null },
      ],
    });
    expect(signals.map((s) => [s.id, s.value])).toEqual([
      ['c2pa.trainingMining', 'cawg.ai_generative_training: notAllowed, cawg.ai_inference: allowed'],
      ['c2pa.trainingMining', 'c2pa.ai_training: constrained'],
      ['c2pa.trainingMining', 'c2pa.training-mining'],
    ]);
  });

  it.each<[string, Partial<ManifestRecord>]>([
    ['a watermark', { actions: ['', '.bound', '.unbound'].map((end) => action(`c2pa.watermarked${end}`)) }],
    ['a title', { title: 'Generated Image' }],
    [
      'the default title of a video editor',
      { title: 'Generated Video', claimGenerator: 'Adobe_Premiere_Pro' },
    ],
    [
      'a certificate for another product',
      { signature: { organisation: 'OpenAI', commonName: 'Truepic Lens CLI in Sora' } },
    ],
    [
      'algorithmicMedia',
      {
        actions: [action('c2pa.created', 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia')],
      },
    ],
    [
      'algorithmicallyEnhanced',
      {
        actions: [
          action('c2pa.transcoded', 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced'),
        ],
      },
    ],
    [
      'a label that only begins alike',
      { assertions: [{ label: 'c2pa.ai_generated_content.not', data: { ai_generated: true } }] },
    ],
  ])('%s', (_what, overrides) => {
    expect(of(overrides)).toEqual([]);
  });
});
