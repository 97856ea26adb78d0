import { asArray, asRecord, type JsonRecord, member } from '../../ground/json-shape.js';
import { parseObject } from '../../ground/json-text.js';
import type { Shape } from '../match-rows.js';
import { readInfotext, settingsOf } from './a1111.js';
import { apiGraph } from './comfyui-graph.js';
import { SETTINGS_BOUNDS, settingsJson, shapeOf, sizeOf } from './settings.js';

/** Sites that run other people's generators and add words of their own. */

/** Tensor.art: `generation_data` beside a ComfyUI graph. */
export function tensorArt(text: string): Shape | undefined {
  const record = settingsJson(text, '"prompt"');
  if (!record || !(Object.hasOwn(record, 'baseModel') || Object.hasOwn(record, 'models'))) return undefined;
  const base = asRecord(member(record, 'baseModel')) ?? {};
  const loras = asArray(member(record, 'models'), 16).map((one) => {
    const model = asRecord(one) ?? {};
    return member(model, 'type') === 'LORA' ? member(model, 'modelFileName') : undefined;
  });
  return shapeOf({
    model: member(base, 'modelFileName'),
    modelHash: member(base, 'hash'),
    prompt: member(record, 'prompt'),
    negativePrompt: member(record, 'negativePrompt'),
    seed: member(record, 'seed'),
    steps: member(record, 'steps'),
    cfgScale: member(record, 'cfgScale'),
    size: sizeOf(record),
    loras,
  });
}

/** A ComfyUI graph with nodes that only Tensor.art has. */
export function tensorArtGraph(text: string): Shape | undefined {
  const record = settingsJson(text, '"class_type"');
  const nodes = record ? [...apiGraph(record).values()] : [];
  return nodes.some(({ type }) => /^(ECHO|TensorArt_)/.test(type)) ? shapeOf({}) : undefined;
}

/** Spaces of Hugging Face that run SDXL: `{"prompt": …, "resolution": "832 x 1216", "Model": …}`. */
export function huggingFaceSpace(text: string): Shape | undefined {
  const record = settingsJson(text, '"resolution"');
  const resolution = record && member(record, 'resolution');
  if (!record || typeof member(record, 'Model') !== 'string' || typeof resolution !== 'string')
    return undefined;
  if (typeof member(record, 'prompt') !== 'string') return undefined;
  return shapeOf({
    model: member(record, 'Model'),
    modelHash: member(record, 'Model hash'),
    prompt: member(record, 'prompt'),
    negativePrompt: member(record, 'negative_prompt'),
    seed: member(record, 'seed'),
    sampler: member(record, 'sampler'),
    steps: member(record, 'num_inference_steps'),
    cfgScale: member(record, 'guidance_scale'),
    size: resolution,
  });
}

/** Infotext in which Civitai lists the models it used. */
export function civitaiInfotext(text: string): Shape | undefined {
  const found = readInfotext(text);
  const marked = ['Civitai resources', 'Civitai metadata'].some((key) =>
    /^[[{]/.test(found?.settings.get(key) ?? ''),
  );
  return found && marked ? shapeOf(settingsOf(found)) : undefined;
}

/** A ComfyUI graph whose models are Civitai's resource names; it may have done no more than scale a picture up. */
export function civitaiGraph(text: string): Shape | undefined {
  const record = settingsJson(text, 'urn:air:');
  return record && hasCivitaiResources(record) ? shapeOf({}) : undefined;
}

function hasCivitaiResources(record: JsonRecord): boolean {
  const airs = member(asRecord(member(record, 'extra')) ?? {}, 'airs');
  return Array.isArray(airs) && airs.some((air) => typeof air === 'string' && air.startsWith('urn:air:'));
}

/** The request that the graph was made from. */
export function civitaiRequest(text: string): Shape | undefined {
  const outer = settingsJson(text, '"extraMetadata"');
  const inner = outer && member(outer, 'extraMetadata');
  const record = typeof inner === 'string' ? parseObject(inner, SETTINGS_BOUNDS) : undefined;
  const mode = record && member(record, 'workflow');
  if (!record || typeof mode !== 'string' || !/^(txt|img)2img/.test(mode)) return undefined;
  if (member(record, 'prompt') === undefined || member(record, 'seed') === undefined) return undefined;
  return shapeOf(
    {
      mode,
      prompt: member(record, 'prompt'),
      negativePrompt: member(record, 'negativePrompt'),
      seed: member(record, 'seed'),
      sampler: member(record, 'sampler'),
      steps: member(record, 'steps'),
      cfgScale: member(record, 'cfgScale'),
      size: sizeOf(record),
    },
    mode.startsWith('img2img') ? [{ id: 'generator.sourcePicture', value: 'img2img' }] : [],
  );
}
