import { asArray, asRecord, type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { parseObject } from '../../../base/json-text.js';
import type { Shape } from '../match-rows.js';
import { readInfotext, toSettings } from './a1111.js';
import { apiGraph } from './comfyui-graph.js';
import { SETTINGS_BOUNDS, settingsJson, shapeOf, sizeOf } from './settings.js';

/** Sites that run other parties' generators and add fields of their own. */

/** Parses Tensor.art's `generation_data`, stored next to a ComfyUI graph. */
export function tensorArt(text: string): Shape | undefined {
  const record = settingsJson(text, '"prompt"');
  if (!record || !(Object.hasOwn(record, 'baseModel') || Object.hasOwn(record, 'models'))) return undefined;
  const base = asRecord(ownMember(record, 'baseModel')) ?? {};
  const loras = asArray(ownMember(record, 'models'), 16).map((one) => {
    const model = asRecord(one) ?? {};
    return ownMember(model, 'type') === 'LORA' ? ownMember(model, 'modelFileName') : undefined;
  });
  return shapeOf({
    model: ownMember(base, 'modelFileName'),
    modelHash: ownMember(base, 'hash'),
    prompt: ownMember(record, 'prompt'),
    negativePrompt: ownMember(record, 'negativePrompt'),
    seed: ownMember(record, 'seed'),
    steps: ownMember(record, 'steps'),
    cfgScale: ownMember(record, 'cfgScale'),
    size: sizeOf(record),
    loras,
  });
}

/** Matches a ComfyUI graph with nodes that only Tensor.art has. */
export function tensorArtGraph(text: string): Shape | undefined {
  const record = settingsJson(text, '"class_type"');
  const nodes = record ? [...apiGraph(record).values()] : [];
  return nodes.some(({ type }) => /^(ECHO|TensorArt_)/.test(type)) ? shapeOf({}) : undefined;
}

/** Parses settings of Hugging Face Spaces that run SDXL: `{"prompt": …, "resolution": "832 x 1216", "Model": …}`. */
export function huggingFaceSpace(text: string): Shape | undefined {
  const record = settingsJson(text, '"resolution"');
  const resolution = record && ownMember(record, 'resolution');
  if (!record || typeof ownMember(record, 'Model') !== 'string' || typeof resolution !== 'string')
    return undefined;
  if (typeof ownMember(record, 'prompt') !== 'string') return undefined;
  return shapeOf({
    model: ownMember(record, 'Model'),
    modelHash: ownMember(record, 'Model hash'),
    prompt: ownMember(record, 'prompt'),
    negativePrompt: ownMember(record, 'negative_prompt'),
    seed: ownMember(record, 'seed'),
    sampler: ownMember(record, 'sampler'),
    steps: ownMember(record, 'num_inference_steps'),
    cfgScale: ownMember(record, 'guidance_scale'),
    size: resolution,
  });
}

/** Matches infotext in which Civitai lists the models it used. */
export function civitaiInfotext(text: string): Shape | undefined {
  const found = readInfotext(text);
  const marked = ['Civitai resources', 'Civitai metadata'].some((key) =>
    /^[[{]/.test(found?.settings.get(key) ?? ''),
  );
  return found && marked ? shapeOf(toSettings(found)) : undefined;
}

/** Matches a ComfyUI graph whose models are Civitai resource names; it may only have scaled a picture up. */
export function civitaiGraph(text: string): Shape | undefined {
  const record = settingsJson(text, 'urn:air:');
  return record && hasCivitaiResources(record) ? shapeOf({}) : undefined;
}

function hasCivitaiResources(record: JsonRecord): boolean {
  const airs = ownMember(asRecord(ownMember(record, 'extra')) ?? {}, 'airs');
  return Array.isArray(airs) && airs.some((air) => typeof air === 'string' && air.startsWith('urn:air:'));
}

/** Parses the request from which Civitai made the graph. */
export function civitaiRequest(text: string): Shape | undefined {
  const outer = settingsJson(text, '"extraMetadata"');
  const inner = outer && ownMember(outer, 'extraMetadata');
  const record = typeof inner === 'string' ? parseObject(inner, SETTINGS_BOUNDS) : undefined;
  const mode = record && ownMember(record, 'workflow');
  if (!record || typeof mode !== 'string' || !/^(txt|img)2img/.test(mode)) return undefined;
  if (ownMember(record, 'prompt') === undefined || ownMember(record, 'seed') === undefined) return undefined;
  return shapeOf(
    {
      mode,
      prompt: ownMember(record, 'prompt'),
      negativePrompt: ownMember(record, 'negativePrompt'),
      seed: ownMember(record, 'seed'),
      sampler: ownMember(record, 'sampler'),
      steps: ownMember(record, 'steps'),
      cfgScale: ownMember(record, 'cfgScale'),
      size: sizeOf(record),
    },
    mode.startsWith('img2img') ? [{ id: 'generator.sourcePicture', value: 'img2img' }] : [],
  );
}
