import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { generatorSignature } from '../../../src/core/detectors/generator-signature.js';
import type {
  Carriers,
  ContainerTag,
  ExifField,
  PngText,
  XmpPacket,
} from '../../../src/core/evidence/evidence.js';
import { ALL_GENERATOR_ROWS } from '../../../src/core/signatures/generators-all.js';
import { evidence, facts } from '../../support/literals.js';
import { toldSignals } from '../../support/localized.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';

/** Generator settings without file bytes: every row once, its near misses, and hostile texts. */

type Found = Partial<Carriers>;

const text = (keyword: string, value: string | object): PngText => ({
  chunk: 'tEXt',
  keyword,
  text: typeof value === 'string' ? value : JSON.stringify(value),
  offset: 33,
  afterImageData: false,
});
const png = (...pairs: [string, string | object][]): Found => ({
  pngText: pairs.map(([k, v]) => text(k, v)),
});
const field = (name: string, value: string | object): ExifField => ({
  block: name === 'UserComment' ? 'Exif' : 'IFD0',
  name,
  value: typeof value === 'string' ? value : JSON.stringify(value),
});
const exif = (...pairs: [string, string | object][]): Found => ({ exif: pairs.map(([n, v]) => field(n, v)) });
const xmp = (path: string, value: string | object): Found => {
  const packet: XmpPacket = {
    locator: 'APP1',
    properties: [
      {
        path,
        namespace: '',
        name: path,
        value: typeof value === 'string' ? value : JSON.stringify(value),
        form: 'element',
      },
    ],
  };
  return { xmp: [packet] };
};
const tag = (key: string, value: string | object, system = 'vorbis'): ContainerTag => ({
  key,
  value: typeof value === 'string' ? value : JSON.stringify(value),
  system,
});
const stealth = (value: string | object): Found => ({
  stealthText: [
    { channel: 'alpha', compressed: true, text: typeof value === 'string' ? value : JSON.stringify(value) },
  ],
});

const detect = (found: Found) => generatorSignature.detect(evidence(found), facts());
const ids = (found: Found) => detect(found).map((s) => s.id);
const rows = (found: Found) => detect(found).flatMap((s) => s.basis.map((b) => b.row));
const fact = (found: Found, id: string, name: string) =>
  detect(found)
    .find((s) => s.id === id)
    ?.facts?.find((f) => f.name === name)?.value;
const source = (found: Found) => detect(found).find((s) => s.id === 'generator.sourcePicture')?.value;

const LINE =
  'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x512, Model hash: abc, Model: v1-5';
const A1111 = `a cat\nNegative prompt: dog\n${LINE}`;
const GRAPH = {
  3: {
    class_type: 'KSampler',
    inputs: {
      seed: 42,
      steps: 20,
      cfg: 7.5,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: ['4', 0],
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd15.safetensors' } },
  5: { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 768, batch_size: 1 } },
  6: { class_type: 'CLIPTextEncode', inputs: { text: 'a cat', clip: ['4', 1] } },
  7: { class_type: 'CLIPTextEncode', inputs: { text: 'dog', clip: ['4', 1] } },
  9: { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
};
/** The same graph with a loaded picture as the sampler's input. */
const fromPicture = (denoise: number, between: object = {}, first: [string, number] = ['12', 0]) => ({
  ...GRAPH,
  3: { ...GRAPH[3], inputs: { ...GRAPH[3].inputs, denoise, latent_image: first } },
  10: { class_type: 'LoadImage', inputs: { image: 'photo.png' } },
  12: { class_type: 'VAEEncode', inputs: { pixels: ['10', 0], vae: ['4', 2] } },
  ...between,
});
const HANDLING = {
  1: { class_type: 'LoadImage', inputs: {} },
  9: { class_type: 'SaveImage', inputs: { images: ['1', 0] } },
};
const WORKFLOW = {
  last_node_id: 9,
  nodes: [
    { id: 3, type: 'KSampler', mode: 0, widgets_values: [42, 'fixed', 20, 7, 'euler', 'normal', 1] },
    { id: 4, type: 'CheckpointLoaderSimple', mode: 0, widgets_values: ['sd15.safetensors'] },
  ],
  links: [],
};
const NOVELAI = {
  prompt: 'a cat',
  steps: 28,
  height: 128,
  width: 256,
  scale: 5,
  seed: 7,
  sampler: 'k_euler',
  uc: 'dog',
  request_type: 'PromptGenerateRequest',
};
const INVOKE = {
  generation_mode: 'sdxl_txt2img',
  positive_prompt: 'a cat',
  negative_prompt: 'dog',
  width: 512,
  height: 512,
  seed: 42,
  cfg_scale: 6,
  steps: 24,
  scheduler: 'euler',
  model: { name: 'sdxl', hash: 'blake3:00' },
  app_version: '6.10.0',
};
const DREAM = '"a cat" -s 50 -S 42 -W 512 -H 768 -C 7.5 -A k_lms';
const SD_METADATA = {
  model_weights: 'sd15',
  app_id: 'invoke-ai/InvokeAI',
  app_version: '2.3.0',
  image: {
    prompt: [{ prompt: 'a cat', weight: 1 }],
    seed: 42,
    steps: 50,
    width: 512,
    height: 512,
    type: 'txt2img',
  },
};
const FOOOCUS = {
  base_model: 'jugger',
  performance: 'Speed',
  styles: '[]',
  prompt: 'a cat',
  seed: '6952411511246973023',
  resolution: '(768, 1280)',
  version: 'Fooocus v2.4.3',
};
const PLUS = {
  'Base Model': 'elsewhere',
  'Base Model Hash': '79fd29ab43',
  'Guidance Scale': 4.5,
  Prompt: 'a sunflower field',
  Resolution: '(1024, 1024)',
  Seed: '5256010854089202552',
  Steps: 30,
  User: 'FooocusPlus',
  Version: 'FooocusPlus 1.0.0',
};
/** Form of SD.Next with the default sampler. */
const SD_NEXT =
  'a cat\nNegative prompt: dog\nSteps: 20, Size: 1312x1408, Seed: 42, CFG scale: 6, App: SD.Next, Version: 8b73cb6, Pipeline: StableDiffusionXLPipeline, Operations: txt2img, Model: illustrious, Model hash: 847403d47a';
/** Form of SD.Next in 2026, for a model without a guidance scale. */
const SD_NEXT_2026 =
  'a cat\nNegative prompt: \nTemplate: a cat\nSteps: 30, Size: 1024x1024, Scheduler: FlowMatchEulerDiscreteScheduler, Seed: 42, App: SD.Next, Version: unknown, Pipeline: Krea2Pipeline, Operations: txt2img, Model: Krea-2';
const SD_CPP =
  'a cat\nSteps: 20, CFG scale: 7.000000, Guidance: 3.500000, Eta: inf, Seed: 42, Size: 512x512, Model: , RNG: cuda, Sampler: euler discrete, Version: stable-diffusion.cpp, SDCPP: {"seed":42}';
const MFLUX = {
  ...{ mflux_version: '0.16.9', model: 'Qwen/Qwen-Image', prompt: 'a cat', seed: 42 },
  ...{ height: 512, width: 512, image_path: null },
};
const IMAGINAIRY = {
  prompt: { software: 'imaginAIry', model: 'SD-1.5', prompts: [[1, 'a cat']], init_image: 'None', seed: 42 },
};
const RUINED = { Prompt: 'a cat', seed: 42, width: 512, height: 512, software: 'RuinedFooocus' };
const SWARM = { sui_image_params: { prompt: 'a cat', model: 'sd', seed: 42, swarm_version: '0.9.7.4' } };
const EASY = {
  use_stable_diffusion_model: 'sd-v1-5',
  seed: '42',
  prompt: 'a cat',
  negative_prompt: 'dog',
  width: '512',
  height: '512',
};
const EASY_TITLE = { 'Stable Diffusion model': 'sd-v1-5', Seed: '42', Prompt: 'a cat' };
const DRAW = { c: 'a cat', uc: 'dog', model: 'sd.ckpt', sampler: 'Euler A', seed: 42, scale: 7, strength: 1 };
const MATRIX = { PositivePrompt: 'a cat', Seed: 42, Steps: 20, ModelName: 'sd', Width: 512, Height: 512 };
const TENSOR = { prompt: 'a cat', baseModel: { modelFileName: 'sd', hash: '00' }, seed: '42' };
const HF = { prompt: 'a cat', resolution: '832 x 1216', Model: 'Animagine', seed: 42 };
const CIVITAI_GRAPH = {
  ...HANDLING,
  9: { class_type: 'SaveImage', inputs: { images: ['22', 0] } },
  22: { class_type: 'ImageUpscaleWithModel', inputs: { image: ['1', 0] } },
  extra: { airs: ['urn:air:other:upscaler:civitai:147759@164821'] },
  extraMetadata: JSON.stringify({ prompt: 'a cat', workflow: 'txt2img', seed: 42 }),
};
const UUID = '341bbc4f-395a-4186-9d00-23abdd76a664';
const SIGNATURE = `Signature: ${'Ab+/'.repeat(20)}`;
const JOB = `a cat --ar 3:2 --v 6.1 Job ID: ${UUID}`;
const seft = (name: string, value: string): Found => ({
  seft: [{ type: 0x0d91, name, offset: 9, bytes: value.length, text: value }],
});
const chunk = (id: string, value: string): Found => ({
  privateChunk: [{ id, locator: `chunk ${id}`, offset: 9, bytes: value.length, text: value }],
});

const SAMPLED = ['generator.comfyui', 'generator.comfyui.sampler'];
/** The editor's workflow states nothing, because unrelated pictures saved by the editor carry it too. */
const DRAWN = ['generator.comfyui', 'generator.comfyui.workflow'];

/** Row, content of the file, and the resulting signals. */
const EVERY_ROW: [row: string, found: Found, signals: string[]][] = [
  ['a1111.png.parameters', png(['parameters', A1111]), ['generator.a1111']],
  ['a1111.exif.userComment', exif(['UserComment', A1111]), ['generator.a1111']],
  ['a1111.xmp.userComment', xmp('exif:UserComment[1]', A1111), ['generator.a1111']],
  [
    'a1111.gif.comment',
    { comment: [{ locator: 'comment extension', offset: 9, text: A1111 }] },
    ['generator.a1111'],
  ],
  ['a1111.stealth', stealth(A1111), ['generator.a1111']],
  [
    'a1111.png.extras',
    png(['postprocessing', 'Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+']),
    ['generator.upscaled'],
  ],
  ['comfyui.png.prompt', png(['prompt', GRAPH]), SAMPLED],
  ['comfyui.png.workflow', png(['workflow', WORKFLOW]), DRAWN],
  ['comfyui.apng.comf.prompt', chunk('comf:prompt', JSON.stringify(GRAPH)), SAMPLED],
  ['comfyui.apng.comf.workflow', chunk('comf:workflow', JSON.stringify(WORKFLOW)), DRAWN],
  ['comfyui.exif.prompt', exif(['Model', `prompt:${JSON.stringify(GRAPH)}`]), SAMPLED],
  ['comfyui.exif.workflow', exif(['ImageDescription', `Workflow: ${JSON.stringify(WORKFLOW)}`]), DRAWN],
  ['comfyui.exif.userComment.wrapped', exif(['0x9286', { prompt: GRAPH, workflow: WORKFLOW }]), SAMPLED],
  ['comfyui.exif.userComment.graph', exif(['UserComment', GRAPH]), SAMPLED],
  ['comfyui.infotext', exif(['UserComment', `${A1111}, Version: ComfyUI`]), ['generator.comfyui']],
  ['sdNext.infotext', exif(['UserComment', SD_NEXT_2026]), ['generator.sdNext']],
  ['stableDiffusionCpp.infotext', png(['parameters', SD_CPP]), ['generator.stableDiffusionCpp']],
  ['other.infotext', png(['parameters', `${A1111}, App: Example, Version: 3`]), ['generator.infotext']],
  ['comfyui.tags.prompt', { id3: [tag('TXXX:prompt', GRAPH, 'ID3v2.4')] }, SAMPLED],
  ['comfyui.tags.workflow', { matroskaTags: [tag('WORKFLOW', WORKFLOW, 'matroska')] }, DRAWN],
  [
    'comfyui.tags.comment',
    { bmffMeta: [tag('comment', { prompt: JSON.stringify(GRAPH), workflow: WORKFLOW }, 'mdta')] },
    SAMPLED,
  ],
  ['invokeai.png.dream', png(['Dream', DREAM]), ['generator.invokeai']],
  ['invokeai.png.sdMetadata', png(['sd-metadata', SD_METADATA]), ['generator.invokeai']],
  ['invokeai.png.metadata', png(['invokeai_metadata', INVOKE]), ['generator.invokeai']],
  [
    'invokeai.png.graph',
    png(['invokeai_graph', { nodes: { a: { type: 'save_image' } } }]),
    ['generator.invokeai.graph'],
  ],
  [
    'invokeai.png.graph.denoising',
    png(['invokeai_workflow', { nodes: [{ data: { type: 'denoise_latents' } }] }]),
    ['generator.invokeai.graph', 'generator.invokeai'],
  ],
  ['novelai.png.software', png(['Software', 'NovelAI']), ['generator.novelai']],
  ['novelai.png.title', png(['Title', 'NovelAI generated image']), ['generator.novelai']],
  ['novelai.png.source', png(['Source', 'NovelAI Diffusion V4.5 4BDE2A90']), ['generator.novelai']],
  ['novelai.png.comment', png(['Comment', NOVELAI]), ['generator.novelai']],
  ['novelai.exif.software', exif(['Software', 'NovelAI Diffusion V4.5 C02D4F98']), ['generator.novelai']],
  ['novelai.exif.documentName', exif(['DocumentName', 'NovelAI generated image']), ['generator.novelai']],
  [
    'novelai.exif.userComment',
    exif(['UserComment', { Comment: JSON.stringify(NOVELAI), Software: 'NovelAI' }]),
    ['generator.novelai'],
  ],
  ['novelai.stealth', stealth({ Comment: JSON.stringify(NOVELAI) }), ['generator.novelai']],
  ['fooocus.png.parameters', png(['parameters', FOOOCUS]), ['generator.fooocus']],
  ['fooocus.png.scheme', png(['fooocus_scheme', 'a1111']), ['generator.fooocus']],
  ['fooocus.infotext', png(['parameters', `${A1111}, Version: Fooocus v2.5.5`]), ['generator.fooocus']],
  ['fooocus.exif.userComment', exif(['UserComment', FOOOCUS]), ['generator.fooocus']],
  ['fooocusPlus.png.comment', png(['Comment', PLUS]), ['generator.fooocus']],
  ['fooocusPlus.infotext', exif(['0x9286', `${A1111}, Version: FooocusPlus 1.0.0`]), ['generator.fooocus']],
  ['fooocusPlus.exif.userComment', exif(['0x9286', PLUS]), ['generator.fooocus']],
  [
    'fooocusPlus.exif.software',
    exif(['Software', 'FooocusPlus 1.0.8.2, Preset: Default']),
    ['generator.fooocus'],
  ],
  ['fooocus.exif.software', exif(['Software', 'Fooocus v2.5.5']), ['generator.fooocus']],
  ['ruinedFooocus.png.parameters', png(['parameters', RUINED]), ['generator.ruinedFooocus']],
  ['swarmui.png.parameters', png(['parameters', SWARM]), ['generator.swarmui']],
  ['swarmui.exif.userComment', exif(['UserComment', SWARM]), ['generator.swarmui']],
  ['swarmui.exif.model', exif(['Model', SWARM]), ['generator.swarmui']],
  ['swarmui.stealth', stealth(SWARM), ['generator.swarmui']],
  ['easyDiffusion.png.fields', png(...Object.entries(EASY)), ['generator.easyDiffusion']],
  ['easyDiffusion.png.fields', png(...Object.entries(EASY_TITLE)), ['generator.easyDiffusion']],
  ['easyDiffusion.exif.userComment', exif(['UserComment', EASY]), ['generator.easyDiffusion']],
  ['drawThings.png.software', png(['Software', 'Draw Things']), ['generator.drawThings']],
  ['drawThings.png.comment', png(['Comment', DRAW]), ['generator.drawThings']],
  ['drawThings.xmp.creatorTool', xmp('xmp:CreatorTool', 'Draw Things'), ['generator.drawThings']],
  ['drawThings.xmp.userComment', xmp('exif:UserComment[1]', DRAW), ['generator.drawThings']],
  ['stabilityMatrix.png.parameters', png(['parameters-json', MATRIX]), ['generator.stabilityMatrix']],
  [
    'stabilityMatrix.png.project',
    png(['smproj', { Version: 2, ProjectType: 'TextToImage', State: {} }]),
    ['generator.stabilityMatrix'],
  ],
  [
    'stabilityMatrix.png.upscale',
    png(['smproj', { Version: 2, ProjectType: 'Upscale', State: {} }]),
    ['generator.upscaled'],
  ],
  [
    'tensorArt.png.generationData',
    png(['generation_data', `${JSON.stringify(TENSOR)}\0`]),
    ['generator.tensorArt'],
  ],
  [
    'tensorArt.png.graph',
    png(['prompt', { ...GRAPH, 4: { class_type: 'ECHOCheckpointLoaderSimple', inputs: {} } }]),
    [...SAMPLED, 'generator.tensorArt'],
  ],
  ['hfSpace.png.parameters', png(['parameters', HF]), ['generator.hfSpace']],
  ['hostingJob.png.hfJobId', png(['hf-job-id', UUID]), ['generator.hostingJob']],
  ['civitai.exif.artistAndSoftware', exif(['Software', UUID], ['Artist', 'ai']), ['generator.civitai']],
  [
    'civitai.graph',
    exif(['UserComment', CIVITAI_GRAPH]),
    ['generator.comfyui', 'generator.upscaled', 'generator.civitai', 'generator.civitai.request'],
  ],
  [
    'civitai.exif.request',
    exif(['UserComment', CIVITAI_GRAPH]),
    ['generator.comfyui', 'generator.upscaled', 'generator.civitai', 'generator.civitai.request'],
  ],
  [
    'civitai.infotext',
    exif(['UserComment', `${A1111}, Civitai resources: [{"type":"checkpoint","modelVersionId":1}]`]),
    ['generator.a1111', 'generator.civitai'],
  ],
  ['midjourney.png.description', png(['Description', JOB]), ['generator.midjourney']],
  ['midjourney.description', exif(['ImageDescription', JOB]), ['generator.midjourney']],
  ['midjourney.description', xmp('dc:description[1]', JOB), ['generator.midjourney']],
  ['grok.exif.imageDescription', exif(['ImageDescription', SIGNATURE], ['Artist', UUID]), ['generator.grok']],
  ['grok.exif.userComment', exif(['UserComment', SIGNATURE], ['Artist', UUID]), ['generator.grok']],
  [
    'flux.exif.software',
    exif(['Software', 'AI generated;txt2img;flux'], ['Make', 'Black Forest Labs'], ['Model', 'flux-dev']),
    ['generator.flux'],
  ],
  ['ideogram.exif.make', exif(['Make', 'Ideogram AI']), ['generator.ideogram']],
  ['luma.png.comment', png(['Comment', "Generated by Luma AI's Uni-1 model"]), ['generator.luma']],
  ['luma.png.source', png(['Source', 'Luma AI']), ['generator.luma']],
  ['reve.exif.software', exif(['Software', 'reve.com']), ['generator.reve']],
  ['reve.xmp.creatorTool', xmp('xmp:CreatorTool', 'reve.com'), ['generator.reve']],
  ['aphrodite.exif', exif(['Make', 'Aphrodite AI v1.0']), ['generator.aphrodite']],
  [
    'dreamina.exif.generation',
    exif(['ImageDescription', { data: { product: 'dreamina', exportType: 'generation' } }]),
    ['generator.dreamina'],
  ],
  [
    'dreamina.xmp.generation',
    xmp('exif:UserComment[1]', { data: { product: 'dreamina', exportType: 'generation' } }),
    ['generator.dreamina'],
  ],
  ['byteDance.doubao', xmp('exif:UserComment', '{"product":"doubao"}'), ['generator.byteDanceProduct']],
  [
    'byteDance.xinghui',
    exif(['UserComment', { data: '{"product":"xinghui"}' }]),
    ['generator.byteDanceProduct'],
  ],
  [
    'byteDance.dreamina',
    exif(['UserComment', { data: { product: 'dreamina_oversea', exportType: 'edit' } }]),
    ['generator.byteDanceProduct'],
  ],
  ['mflux.exif.userComment', exif(['UserComment', MFLUX]), ['generator.mflux']],
  ['mflux.xmp.creatorTool', xmp('xmp:CreatorTool', 'MFLUX 0.16.9'), ['generator.mflux']],
  ['mflux.credit', xmp('photoshop:Credit', 'Generated by MFLUX'), ['generator.mflux']],
  [
    'imaginairy.exif.software',
    exif(['Software', 'Imaginairy / Stable Diffusion v1.4']),
    ['generator.imaginairy'],
  ],
  ['imaginairy.exif.userComment', exif(['UserComment', IMAGINAIRY]), ['generator.imaginairy']],
  [
    'tencent.exif.service',
    exif(['ImageDescription', { ServiceProvider: '腾讯云' }]),
    ['generator.tencentService'],
  ],
  ['samsung.seft.pegInfo', seft('PEg_Info', '{"genAIType":3}'), ['generator.samsungGalaxyAi']],
  [
    'samsung.seft.reEdit',
    seft('PhotoEditor_Re_Edit_Data', '{"a":"{\\"genAIType\\":1}"}'),
    ['generator.samsungGalaxyAi'],
  ],
];

describe('every row of the generator tables', () => {
  it.each(EVERY_ROW)('%s', (row, found, signals) => {
    expect(ids(found)).toEqual(signals);
    expect(rows(found)).toContain(row);
  });

  it('is in the table above', () => {
    const tested = new Set(EVERY_ROW.map(([row]) => row));
    expect(ALL_GENERATOR_ROWS.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
  });

  it('is a statement of how a picture was made only where nothing else writes it', () => {
    const proves = (signal: string) => [
      ...new Set(ALL_GENERATOR_ROWS.filter((row) => row.signal === signal).map((row) => row.proves)),
    ];
    expect(proves('generator.a1111')).toEqual(['generated']);
    expect(proves('generator.samsungGalaxyAi')).toEqual(['edited']);
    expect(proves('generator.tencentService')).toEqual(['label']);
    for (const id of ['upscaled', 'hostingJob', 'civitai', 'byteDanceProduct', 'invokeai.graph']) {
      expect(proves(`generator.${id}`), id).toEqual(['tool']);
    }
    expect(ALL_GENERATOR_ROWS.filter(({ grade }) => grade === 'C')).toEqual([]);
  });
});

describe('near misses raise nothing', () => {
  it.each<[string, Found]>([
    ['plain text under prompt', png(['prompt', 'a cat on a mat'])],
    ['plain text with the word class_type under prompt', png(['prompt', 'what is "class_type": "x"?'])],
    ['other JSON under prompt', png(['prompt', { a: { b: 1 } }])],
    ['a workflow of something else', png(['workflow', { nodes: [{ type: 'start' }] }])],
    ['a sentence that mentions steps', png(['parameters', 'Steps: 20, then bake'])],
    ['steps of a recipe', png(['parameters', 'Steps: 20, Version: 2, Model: cake'])],
    [
      'steps, a seed and a size, and nothing of a model',
      png(['parameters', 'Steps: 20, Seed: 42, Size: 512x512, Material: oak']),
    ],
    ['the name of SD.Next after steps', png(['parameters', 'Steps: 3, App: SD.Next, then restart'])],
    [
      'settings without a seed and a sampler',
      png(['parameters', SD_NEXT.replace('App: SD.Next', 'a: b').replace('Seed', 'S')]),
    ],
    ['JSON that names FooocusPlus', png(['Comment', { Version: 'FooocusPlus 1.0.0', Prompt: 'a cat' }])],
    ['software that mentions FooocusPlus', exif(['Software', 'FooocusPlus viewer'])],
    [
      'JSON of Dreamina without an export',
      xmp('dc:description', '{"product":"dreamina","exportType":"generation"}'),
    ],
    ['settings without a seed', png(['parameters', LINE.replace('Seed: 42, ', '')])],
    ['settings under another keyword', png(['recipe', A1111])],
    ['a camera named prompt', exif(['Model', 'prompt camera'])],
    ['a comment of GIMP', png(['Comment', 'Created with GIMP'])],
    ['the title AI generated image alone', png(['Title', 'AI generated image'])],
    ['software that mentions NovelAI', png(['Software', 'Reader for NovelAI'])],
    ['another source', png(['Source', 'Stable Diffusion webinar'])],
    ['a comment with some of the fields', png(['Comment', { steps: 1, seed: 2, uc: 'x' }])],
    ['a Dream without numbers', png(['Dream', '"a cat" -s many'])],
    ['other JSON under invokeai_metadata', png(['invokeai_metadata', { width: 1 }])],
    ['other metadata with an app_id', png(['sd-metadata', { app_id: 'other', image: {} }])],
    ['JSON of another tool under parameters', png(['parameters', { base_model: 'x', prompt: 'y' }])],
    ['software that mentions Fooocus', exif(['Software', 'Viewer for Fooocus v2'])],
    ['a name of an Easy Diffusion field alone', png(['negative_prompt', 'dog'], ['seed', '1'])],
    ['a creator tool that begins like another', xmp('xmp:CreatorTool', 'Draw Things Studio Export')],
    ['Artist ai without an id', exif(['Software', 'Paint'], ['Artist', 'ai'])],
    ['an id without Artist ai', exif(['Software', UUID], ['Artist', 'Ai Weiwei'])],
    ['a job id in the middle', png(['Description', `Job ID: ${UUID} printed on Monday`])],
    ['a short signature', exif(['ImageDescription', 'Signature: Vincent'], ['Artist', UUID])],
    ['a signature by a named artist', exif(['ImageDescription', SIGNATURE], ['Artist', 'Alex'])],
    ['flux in another field', exif(['Software', 'AI generated;txt2img;flux'])],
    ['a camera make with AI in its name', exif(['Make', 'Ideogram AI Cameras'])],
    ['Google as the make', exif(['Make', 'Google'], ['Software', 'HDR+ 1.0'])],
    ['a place that is not the site', exif(['Software', 'forever.com'])],
    ['another product', exif(['ImageDescription', { product: 'vicut' }])],
    ['another provider', exif(['ImageDescription', { ServiceProvider: 'Print shop' }])],
    ['a Samsung edit without AI', seft('PhotoEditor_Re_Edit_Data', '{"genAIType":0,"isScaleAI":false}')],
    ['genAIType elsewhere', seft('Image_UTC_Data', '{"genAIType":3}')],
    ['another private chunk', chunk('abCD:prompt', JSON.stringify(GRAPH))],
  ])('%s', (_name, found) => {
    expect(ids(found)).toEqual([]);
  });
});

describe('settings are the file’s own words', () => {
  it('of infotext', () => {
    const quoted = png(['parameters', `${A1111}, Lora hashes: "one: aa, two: bb", Version: v1.10.1`]);
    const of = (name: string) => fact(quoted, 'generator.a1111', name);
    expect(['tool', 'model', 'modelHash', 'prompt', 'negativePrompt'].map(of)).toEqual([
      'AUTOMATIC1111',
      'v1-5',
      'abc',
      'a cat',
      'dog',
    ]);
    expect(['seed', 'sampler', 'steps', 'cfgScale', 'size', 'loras', 'version'].map(of)).toEqual([
      '42',
      'Euler a',
      '20',
      '7',
      '512x512',
      '"one: aa, two: bb"',
      'v1.10.1',
    ]);
  });

  it('of infotext without a sampler', () => {
    const of = (name: string) => fact(png(['parameters', SD_NEXT]), 'generator.sdNext', name);
    expect(['tool', 'model', 'seed', 'size', 'mode', 'sampler'].map(of)).toEqual([
      'SD.Next',
      'illustrious',
      '42',
      '1312x1408',
      'txt2img',
      undefined,
    ]);
    const other = SD_NEXT.replace('App: SD.Next, ', '');
    expect(fact(png(['parameters', other]), 'generator.a1111', 'tool')).toBeUndefined();
    expect(ids(png(['parameters', other]))).toEqual(['generator.a1111']);
  });

  it('of FooocusPlus', () => {
    const of = (name: string) => fact(png(['Comment', PLUS]), 'generator.fooocus', name);
    expect(['model', 'prompt', 'seed', 'size', 'version'].map(of)).toEqual([
      'elsewhere',
      'a sunflower field',
      '5256010854089202552',
      '1024x1024',
      'FooocusPlus 1.0.0',
    ]);
  });

  it.each([
    ['v1.7.0', 'AUTOMATIC1111'],
    ['f2.0.1v1.10.1-previous-659-gc055f2d4', 'Forge/reForge'],
    ['neo-2.28', 'Forge Neo'],
    ['classic', 'Forge Classic'],
    ['56a8aea', undefined],
    ['dev', undefined],
  ])('version %s tells the tool %s', (version, tool) => {
    expect(fact(png(['parameters', `${A1111}, Version: ${version}`]), 'generator.a1111', 'tool')).toBe(tool);
  });

  it.each([
    ['App: SD.Next, Version: 56a8aea', 'generator.sdNext'],
    ['Version: stable-diffusion.cpp master-719', 'generator.stableDiffusionCpp'],
    ['Version: Example 3', 'generator.infotext'],
    // A file that names an app and the web UI's version is attributed to that app.
    ['App: Example, Version: v1.10.1', 'generator.infotext'],
  ])('%s decides whose they are', (more, id) => {
    expect(ids(png(['parameters', `${A1111}, ${more}`]))).toEqual([id]);
  });

  it('of MFLUX and imaginAIry, with the picture that they began with', () => {
    const begun = { ...MFLUX, image_path: '/a/cat.png', image_strength: 0.4 };
    expect(ids(exif(['UserComment', begun]))).toEqual(['generator.mflux', 'generator.sourcePicture']);
    const { prompt } = IMAGINAIRY;
    const masked = { prompt: { ...prompt, init_image: '<LazyLoadingImage>', mask_prompt: 'the cat' } };
    expect(ids(exif(['UserComment', masked]))).toEqual(['generator.imaginairy', 'generator.sourcePicture']);
    expect(fact(exif(['UserComment', IMAGINAIRY]), 'generator.imaginairy', 'prompt')).toBe('a cat');
    expect(ids(exif(['UserComment', { mflux_version: 1 }]))).toEqual([]);
    expect(ids(exif(['UserComment', { prompt: { software: 'imaginAIry2' } }]))).toEqual([]);
  });

  it('of a ComfyUI graph, followed through its links', () => {
    const of = (name: string) => fact(png(['prompt', GRAPH]), 'generator.comfyui', name);
    expect(['model', 'prompt', 'negativePrompt', 'seed', 'size', 'nodes', 'samplers'].map(of)).toEqual([
      'sd15.safetensors',
      'a cat',
      'dog',
      '42',
      '512x768',
      '6',
      'KSampler',
    ]);
    expect(fact(png(['workflow', WORKFLOW]), 'generator.comfyui', 'model')).toBe('sd15.safetensors');
  });

  it('keep seeds past 2^53 to the digit', () => {
    const graph = JSON.stringify(GRAPH).replace('"seed":42', '"seed": 18446744073709551615');
    expect(fact(png(['prompt', graph]), 'generator.comfyui', 'seed')).toBe('18446744073709551615');
    expect(fact(png(['parameters', FOOOCUS]), 'generator.fooocus', 'seed')).toBe('6952411511246973023');
  });

  it('leave NaN in a prompt as it is, and read past it elsewhere', () => {
    const graph = JSON.stringify(GRAPH)
      .replace('"text":"a cat"', '"text":"NaN, a \\"cat\\""')
      .replace('"batch_size":1', '"batch_size":NaN,"x":-Infinity');
    expect(fact(png(['prompt', graph]), 'generator.comfyui', 'prompt')).toBe('NaN, a "cat"');
  });

  it('are cut where long', () => {
    const long = fact(png(['parameters', `${'cat '.repeat(5_000)}\n${LINE}`]), 'generator.a1111', 'prompt');
    expect(long?.length).toBe(limits.promptCharacters);
    expect(long?.endsWith('…')).toBe(true);
  });

  it('name each tool once, with all its places', () => {
    const signals = detect(png(['prompt', GRAPH], ['workflow', WORKFLOW]));
    expect(signals.map((s) => s.id)).toEqual(SAMPLED);
    expect(signals[0]).toMatchObject({
      backing: 'inferred',
      grade: 'V',
      basis: [
        { carrier: 'pngText', locator: 'tEXt prompt', offset: 33, row: 'comfyui.png.prompt' },
        { carrier: 'pngText', locator: 'tEXt workflow', offset: 33, row: 'comfyui.png.workflow' },
      ],
    });
  });

  it('take no name of a person along', () => {
    const found = exif(['ImageDescription', SIGNATURE], ['Artist', UUID], ['UserComment', 'Alex Example']);
    expect(JSON.stringify(detect(found))).not.toContain('Alex');
  });
});

describe('a picture as the starting point', () => {
  const infotext = (more: string) => png(['parameters', `${A1111}, ${more}`]);
  const encoded = { class_type: 'SetLatentNoiseMask', inputs: { samples: ['12', 0], mask: ['10', 1] } };
  it.each<[string, Found, string | undefined]>([
    ['a denoising strength', infotext('Denoising strength: 0.6'), 'img2img'],
    ['a denoising strength of 0', infotext('Denoising strength: 0'), undefined],
    ['hires fix', infotext('Denoising strength: 0.3, Hires upscale: 1.5, Hires steps: 10'), undefined],
    ['hires fix of 2022', infotext('Denoising strength: 0.7, First pass size: 512x512'), undefined],
    ['a mask', infotext('Denoising strength: 0.6, Mask blur: 4'), 'inpaint'],
    ['a mask of ADetailer', infotext('ADetailer mask blur: 4'), undefined],
    ['operations of SD.Next', infotext('Operations: txt2img; hires, Denoising strength: 0.5'), undefined],
    ['img2img of SD.Next', infotext('Operations: img2img'), 'img2img'],
    ['a loaded picture in ComfyUI', png(['prompt', fromPicture(0.8)]), 'img2img'],
    ['a loaded picture of which nothing is left', png(['prompt', fromPicture(1)]), undefined],
    ['a masked picture in ComfyUI', png(['prompt', fromPicture(1, { 13: encoded }, ['13', 0])]), 'inpaint'],
    [
      'a picture that only guides',
      png(['prompt', { ...GRAPH, 10: { class_type: 'LoadImage', inputs: {} } }]),
      undefined,
    ],
    [
      'a second pass over the first',
      png([
        'prompt',
        {
          ...GRAPH,
          20: { class_type: 'KSampler', inputs: { denoise: 0.5, latent_image: ['3', 0] } },
        },
      ]),
      undefined,
    ],
    ['InvokeAI 1', png(['Dream', `${DREAM} -I photo.png`]), 'img2img'],
    ['InvokeAI 2', png(['sd-metadata', { ...SD_METADATA, image: { type: 'inpaint' } }]), 'inpaint'],
    ['InvokeAI 3', png(['invokeai_metadata', { ...INVOKE, generation_mode: 'sdxl_outpaint' }]), 'inpaint'],
    ['InvokeAI from text', png(['invokeai_metadata', INVOKE]), undefined],
    ['NovelAI', png(['Comment', { ...NOVELAI, request_type: 'Img2ImgRequest' }]), 'img2img'],
    ['NovelAI infill', png(['Comment', { ...NOVELAI, request_type: 'NativeInfillingRequest' }]), 'inpaint'],
    ['NovelAI from text', png(['Comment', { ...NOVELAI, strength: 0.7 }]), undefined],
    [
      'SwarmUI',
      png(['parameters', { sui_image_params: { initimagecreativity: 0.6, swarm_version: '1' } }]),
      'img2img',
    ],
    ['Draw Things', png(['Comment', { ...DRAW, strength: 0.5 }]), 'img2img'],
    ['Draw Things from noise', png(['Comment', DRAW]), undefined],
    ['Stability Matrix', png(['smproj', { ProjectType: 'ImageToImage', State: {} }]), 'img2img'],
    [
      'FLUX fill, which writes txt2img',
      exif(
        ['Software', 'AI generated;txt2img;flux'],
        ['Make', 'Black Forest Labs'],
        ['Model', 'flux-dev-fill'],
      ),
      'inpaint',
    ],
    ['Easy Diffusion', exif(['UserComment', { ...EASY, prompt_strength: 0.8 }]), 'img2img'],
    ['Easy Diffusion from text', exif(['UserComment', EASY]), undefined],
    ['FLUX', exif(['Software', 'AI generated;inpainting;flux'], ['Make', 'Black Forest Labs']), 'inpaint'],
  ])('%s', (_name, found, expected) => {
    expect(source(found)).toBe(expected);
  });
});

describe('graphs that state nothing', () => {
  it('muted and bypassed samplers make no picture', () => {
    const resting = {
      ...WORKFLOW,
      nodes: WORKFLOW.nodes.map((node) => ({ ...node, mode: node.id === 3 ? 4 : 0 })),
    };
    const [signal] = toldSignals(detect(png(['workflow', resting])));
    expect(signal?.value).toBe('1 node, no sampler node');
  });

  it('a graph in which every step is known not to make pictures', () => {
    const noStep = ['generator.comfyui', 'generator.comfyui.noStep'];
    expect(ids(png(['prompt', HANDLING]))).toEqual(noStep);
    const picks = { class_type: 'KSamplerSelect', inputs: { sampler_name: 'euler' } };
    expect(ids(png(['prompt', { ...HANDLING, 2: picks }]))).toEqual(noStep);
  });

  it('a node that we do not know, by whatever name', () => {
    const odd = { class_type: 'ColorSampler', inputs: { image: ['1', 0] } };
    const saved = { class_type: 'SaveImage', inputs: { images: ['2', 0] } };
    expect(ids(png(['prompt', { ...HANDLING, 2: odd, 9: saved }]))).toEqual([
      'generator.comfyui',
      'generator.comfyui.unknownNode',
    ]);
  });

  it('says nothing of a workflow beside the record of a run', () => {
    expect(ids(png(['prompt', HANDLING], ['workflow', WORKFLOW]))).toEqual([
      'generator.comfyui',
      'generator.comfyui.noStep',
    ]);
  });
});

describe('hostile texts', () => {
  it.each<[string, string, string]>([
    ['settings without end', 'parameters', `\nSteps: 1, ${'Seed: 1, '.repeat(400_000)}`],
    ['many settings lines', 'parameters', '\nSteps: 1, '.repeat(300_000)],
    ['brackets without end', 'prompt', `"class_type"${'{'.repeat(1_000_000)}`],
    ['nesting', 'prompt', `{"class_type":${'['.repeat(100_000)}`],
    ['quotes and backslashes', 'prompt', `{"class_type" NaN ${'"\\"'.repeat(1_000_000)}`],
    ['digits', 'prompt', `{"class_type": ${'1'.repeat(3_000_000)}`],
    ['a dream of quotes', 'Dream', '" -'.repeat(1_000_000)],
    ['a job without end', 'Description', `Job ID: ${' '.repeat(3_000_000)}`],
    ['spaces', 'parameters', ' '.repeat(4_000_000)],
  ])('%s ends soon and raises nothing', async (_name, keyword, value) => {
    const spent = await processorMillis(() => expect(ids(png([keyword, value]))).toEqual([]));
    expect(spent).toBeLessThan(SOON_MILLIS);
  });

  it('names of prototypes are names', () => {
    const graph = `{"__proto__":{"class_type":"KSampler","inputs":{"model":["constructor",0],"positive":["__proto__",0]}}}`;
    expect(ids(png(['prompt', graph]))).toEqual(SAMPLED);
    expect(ids(png(['parameters', '{"sui_image_params":{"__proto__":{"prompt":1}}}']))).toEqual([
      'generator.swarmui',
    ]);
    expect(({} as Record<string, unknown>)['class_type']).toBeUndefined();
  });

  it('a ring of nodes ends', () => {
    const ring = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, n) => [
        String(n),
        {
          class_type: n === 0 ? 'KSampler' : 'Reroute',
          inputs: { latent_image: [String((n + 1) % 5_000), 0], positive: [String(n + 1), 0] },
        },
      ]),
    );
    expect(ids(png(['prompt', ring]))).toEqual([...SAMPLED, 'generator.comfyui.notFollowed']);
  });

  it('a graph cut by its reader is read in part, and says so', () => {
    const whole = JSON.stringify({
      ...GRAPH,
      99: { class_type: 'Note', inputs: { text: 'x'.repeat(70_000) } },
    });
    const cut = `${whole.slice(0, limits.textValueCharacters - 1)}…`;
    const [signal] = toldSignals(detect(exif(['Model', `prompt:${cut}`])));
    expect(signal?.value).toMatch(/^read in part: \d+ nodes, sampler nodes: KSampler$/);
    expect(ids(exif(['Model', `prompt:${cut}`]))).toEqual([...SAMPLED, 'generator.comfyui.notFollowed']);
    // Broken, without reaching a limit: the graph could not be examined, whatever it names.
    expect(ids(png(['prompt', whole.slice(0, 400)]))).toEqual([
      'generator.comfyui',
      'generator.comfyui.notFollowed',
    ]);
  });
});
