import { describe, expect, it } from 'vitest';
import { limits } from '../../../../src/base/limits.js';
import { comfyPrompt, comfyWrapped } from '../../../../src/core/detectors/shapes/comfyui.js';
import { inEnglish } from '../../../i18n/english.js';
import { toldValue } from '../../../support/localized.js';
import { asPrompt } from './graphs.js';

/** Statements of a graph that was run, derived from the nodes between its inputs and outputs. */

type Nodes = Record<string, [string, Record<string, string>]>;

const shapeOf = (nodes: Nodes) => comfyPrompt(JSON.stringify(asPrompt({ nodes })));
const said = (nodes: Nodes) =>
  (shapeOf(nodes)?.raises ?? []).map(({ id, value }) =>
    [id.replace('generator.', ''), toldValue(value)].filter(Boolean).join(': '),
  );

const LOADED = { 1: ['LoadImage', {}] } satisfies Nodes;
const SAMPLED = {
  2: ['KSampler', { model: '3', latent_image: '4' }],
  3: ['CheckpointLoaderSimple', {}],
  4: ['EmptyLatentImage', {}],
  5: ['VAEDecode', { samples: '2', vae: '3' }],
} satisfies Nodes;

describe('a graph of ComfyUI', () => {
  it.each<[string, Nodes, string[]]>([
    [
      'loaded, resized and saved',
      { ...LOADED, 8: ['ImageScale', { image: '1' }], 9: ['SaveImage', { images: '8' }] },
      ['comfyui.noStep'],
    ],
    ['a sampler on the way', { ...SAMPLED, 9: ['SaveImage', { images: '5' }] }, ['comfyui.sampler']],
    [
      'a sampler that leads to nothing',
      { ...LOADED, ...SAMPLED, 9: ['SaveImage', { images: '1' }] },
      ['comfyui.elsewhere: KSampler'],
    ],
    [
      'a sampler whose picture is only shown, beside one that is saved',
      { ...LOADED, ...SAMPLED, 8: ['PreviewImage', { images: '5' }], 9: ['SaveImage', { images: '1' }] },
      ['comfyui.elsewhere: KSampler'],
    ],
    [
      'a sampler whose picture is only shown',
      { ...SAMPLED, 8: ['PreviewImage', { images: '5' }] },
      ['comfyui.sampler'],
    ],
    [
      'a sampler that lent no more than a size',
      {
        ...LOADED,
        ...SAMPLED,
        7: ['GetImageSize', { image: '5' }],
        8: ['ImageScale', { image: '1', width: '7' }],
        9: ['SaveImage', { images: '8' }],
      },
      ['comfyui.elsewhere: KSampler'],
    ],
    [
      'an output of a pack that we do not know',
      { ...SAMPLED, 9: ['Somebodys Saver', { images: '5' }] },
      ['comfyui.sampler'],
    ],
    [
      'an output that we do not know, of a picture that was loaded',
      { ...LOADED, 9: ['Somebodys Saver', { images: '1' }] },
      ['comfyui.unknownNode: Somebodys Saver'],
    ],
    [
      'a node that we do not know on the way',
      { ...LOADED, 8: ['SomeNewModel', { image: '1' }], 9: ['SaveImage', { images: '8' }] },
      ['comfyui.unknownNode: SomeNewModel'],
    ],
    [
      'a node that we do not know behind a text, which may be the address of what it made',
      {
        7: ['SomeNewModel', {}],
        8: ['StringConcatenate', { string_a: '7' }],
        1: ['LoadImage', { image: '8' }],
        9: ['SaveImage', { images: '1' }],
      },
      ['comfyui.unknownNode: SomeNewModel'],
    ],
    [
      'a node that we do not know behind a sampler, whose prompt it wrote',
      {
        ...SAMPLED,
        6: ['SomeChatbot', {}],
        2: ['KSampler', { positive: '6' }],
        9: ['SaveImage', { images: '5' }],
      },
      ['comfyui.sampler'],
    ],
    [
      'a service and a sampler after it',
      {
        ...SAMPLED,
        6: ['OpenAIDalle3', {}],
        4: ['VAEEncode', { pixels: '6' }],
        9: ['SaveImage', { images: '5' }],
      },
      ['comfyui.sampler', 'comfyui.service: OpenAI'],
    ],
    [
      'a service that was sent a picture with a mask',
      { ...LOADED, 8: ['FluxProFillNode', { image: '1', mask: '1' }], 9: ['SaveImage', { images: '8' }] },
      ['comfyui.service: Black Forest Labs', 'sourcePicture: inpaint'],
    ],
    [
      'a face put into a loaded picture',
      { ...LOADED, 8: ['ReActorFaceSwap', { input_image: '1' }], 9: ['SaveImage', { images: '8' }] },
      ['comfyui.edit: ReActorFaceSwap'],
    ],
    [
      'a face mended in a picture that was made',
      { ...SAMPLED, 8: ['FaceDetailer', { image: '5' }], 9: ['SaveImage', { images: '8' }] },
      ['comfyui.sampler'],
    ],
    [
      'a picture scaled up by a service',
      { ...LOADED, 8: ['StabilityUpscaleFastNode', { image: '1' }], 9: ['SaveImage', { images: '8' }] },
      ['upscaled'],
    ],
    [
      'a picture scaled up, and a node that we do not know',
      {
        ...LOADED,
        7: ['SomeNewModel', { image: '1' }],
        8: ['ImageUpscaleWithModel', { image: '7' }],
        9: ['SaveImage', { images: '8' }],
      },
      ['upscaled', 'comfyui.unknownNode: SomeNewModel'],
    ],
    [
      'a link to a node that is not there',
      { 9: ['SaveImage', { images: '8' }] },
      [`comfyui.notFollowed: ${inEnglish('fact.notFollowed.link')}`],
    ],
    ['no output at all', { ...SAMPLED }, ['comfyui.sampler']],
  ])('%s', (_name, nodes, expected) => {
    expect(said(nodes)).toEqual(expected);
  });

  it('is open where a value nests deeper than links are looked for', () => {
    const deep = { a: { b: { c: { d: { e: { f: ['1', 0] } } } } } };
    const nodes = {
      1: { class_type: 'LoadImage', inputs: {} },
      9: { class_type: 'SaveImage', inputs: { images: ['1', 0], deep } },
    };
    const ids = comfyPrompt(JSON.stringify(nodes))?.raises?.map(({ id }) => id);
    expect(ids).toEqual(['generator.comfyui.notFollowed']);
  });

  it('knows a sampler of any pack by the settings that all samplers take, linked to a model and a prompt', () => {
    const settings = { sampler_name: 'euler', steps: 20, cfg: 7 };
    const made = (inputs: object) =>
      comfyPrompt(
        JSON.stringify({
          1: { class_type: 'XYZ Sampler', inputs: { ...settings, ...inputs } },
          2: { class_type: 'LoadImage', inputs: {} },
          9: { class_type: 'SaveImage', inputs: { images: ['1', 0] } },
        }),
      )?.raises?.map(({ id }) => id);
    expect(made({ model: ['2', 0], positive: ['2', 0] })).toEqual(['generator.comfyui.sampler']);
    // Nodes that save a picture write the same settings and make nothing.
    expect(made({ modelname: 'sd15', positive: 'a cat', images: ['2', 0] })).toEqual([
      'generator.comfyui.unknownNode',
    ]);
  });

  it('finds links in lists and objects, as newer nodes keep them', () => {
    const graph = {
      1: { class_type: 'SomeNewModel', inputs: {} },
      8: { class_type: 'BatchImagesNode', inputs: { images: { image0: ['1', 0] } } },
      9: { class_type: 'SaveImage', inputs: { images: [['8', 0]] } },
    };
    expect(comfyPrompt(JSON.stringify(graph))?.raises).toEqual([
      { id: 'generator.comfyui.unknownNode', value: 'SomeNewModel' },
    ]);
  });

  it('tells what a service was asked for', () => {
    const facts = comfyPrompt(
      JSON.stringify({
        1: { class_type: 'OpenAIDalle3', inputs: { prompt: 'a lighthouse', seed: 7, size: '1024x1024' } },
        9: { class_type: 'SaveImage', inputs: { images: ['1', 0] } },
      }),
    );
    expect(toldValue(facts?.value)).toBe('2 nodes, nodes of a service: OpenAIDalle3');
    expect(facts?.facts).toEqual(
      expect.arrayContaining([
        { name: 'prompt', value: 'a lighthouse' },
        { name: 'seed', value: '7' },
      ]),
    );
  });
});

describe('a graph past a bound', () => {
  const many = (length: number): Nodes =>
    Object.fromEntries(
      Array.from({ length }, (_, at): [string, [string, Record<string, string>]] => [
        `n${at}`,
        at === 0 ? ['SaveImage', { images: 'n1' }] : ['ImageInvert', { image: `n${at + 1}` }],
      ]),
    );

  it('of nodes is not followed to its end, and says so in its value', () => {
    const shape = shapeOf({ ...many(limits.graphNodes), end: ['LoadImage', {}] });
    expect(toldValue(shape?.value)).toContain(
      `not followed to its end: more than ${limits.graphNodes} nodes`,
    );
    expect(shape?.raises?.map(({ id }) => id)).not.toContain('generator.comfyui.noStep');
    expect(shape?.raises?.map(({ id }) => id)).toContain('generator.comfyui.notFollowed');
  });

  it('of nodes states what it has seen all the same', () => {
    const before = { 2: ['KSampler', {}], 9: ['SaveImage', { images: '2' }] } satisfies Nodes;
    const ids = said({ ...before, ...many(limits.graphNodes) });
    expect(ids).toEqual(['comfyui.sampler', `comfyui.notFollowed: more than ${limits.graphNodes} nodes`]);
  });

  it('of links before a sampler leaves open whether a picture was the source', () => {
    const chain = Object.fromEntries(
      Array.from({ length: limits.graphHops + 8 }, (_, at): [string, [string, Record<string, string>]] => [
        `c${at}`,
        ['LatentFlip', { samples: `c${at + 1}` }],
      ]),
    );
    const last = `c${limits.graphHops + 8}`;
    const ids = said({
      2: ['KSampler', { latent_image: 'c0' }],
      9: ['SaveImage', { images: '2' }],
      ...chain,
      [last]: ['VAEEncode', { pixels: '1' }],
      ...LOADED,
    });
    expect(ids).toEqual([
      'comfyui.sampler',
      `comfyui.notFollowed: ${inEnglish('fact.notFollowed.links', { most: limits.graphHops })}`,
    ]);
  });

  it.each([
    ['of depth', `{"a":${'['.repeat(limits.settingsDepth + 1)}${']'.repeat(limits.settingsDepth + 1)},`],
    ['of length', `{"a":"${'x'.repeat(limits.settingsCharacters)}",`],
  ])('%s is named and not looked into', (_name, start) => {
    const whole = (type: string) => `${start}"1":{"class_type":"${type}"}}`;
    const ids = (text: string) => comfyPrompt(text)?.raises?.map(({ id }) => id);
    const open = 'generator.comfyui.notFollowed';
    expect(ids(whole('LoadImage'))).toEqual([open]);
    expect(ids(whole('KSampler'))).toEqual(['generator.comfyui.sampler', open]);
  });
});

describe('prompt and workflow in one object', () => {
  const workflow = { last_node_id: 1, nodes: [{ id: 1, type: 'KSampler', mode: 0 }], links: [] };
  const ids = (value: object) => comfyWrapped(JSON.stringify(value))?.raises?.map(({ id }) => id);
  const run = asPrompt({ nodes: { ...LOADED, 9: ['SaveImage', { images: '1' }] } });

  it('count as run where the prompt is there, as a value or as text', () => {
    expect(ids({ prompt: run, workflow })).toEqual(['generator.comfyui.noStep']);
    expect(ids({ prompt: JSON.stringify(run), workflow })).toEqual(['generator.comfyui.noStep']);
  });

  it('count as drawn where it is not', () => {
    expect(ids({ workflow })).toEqual(['generator.comfyui.workflow']);
    expect(ids({ prompt: 'a cat', workflow: JSON.stringify(workflow) })).toEqual([
      'generator.comfyui.workflow',
    ]);
  });

  it('are not read past a prompt that broke off', () => {
    const broken = JSON.stringify(run).slice(0, -9);
    expect(ids({ prompt: broken, workflow })).toEqual(['generator.comfyui.notFollowed']);
  });
});
