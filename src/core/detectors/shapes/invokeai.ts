import { asArray, asRecord, member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** InvokeAI 1: the command as it was typed, `"a cat" -s 50 -S 42 -W 512 -H 768 -C 7.5 -A k_lms`. */
export function invokeDream(text: string): Shape | undefined {
  const close = text.slice(0, limits.patternCharacters).lastIndexOf('" -');
  const options = text.slice(close + 1, close + 1 + limits.patternCharacters);
  if (!text.startsWith('"') || close < 1) return undefined;
  const of = (letter: string) => new RegExp(` -${letter} ?([^ ]{1,120})`).exec(options)?.[1];
  const [width, height] = [of('W'), of('H')];
  if (!/^\d+$/.test(of('s') ?? '') || !/^\d+$/.test(of('S') ?? '') || !width || !height) return undefined;
  const mode = of('M') ? 'inpaint' : of('I') ? 'img2img' : undefined;
  return shapeOf(
    {
      prompt: text.slice(1, close),
      seed: of('S'),
      sampler: of('A'),
      steps: of('s'),
      cfgScale: of('C'),
      size: `${width}x${height}`,
    },
    sourceOf(mode),
  );
}

/** InvokeAI 2: `sd-metadata`. */
export function invokeSdMetadata(text: string): Shape | undefined {
  const record = settingsJson(text, 'invoke-ai/InvokeAI');
  const image = record && asRecord(member(record, 'image'));
  if (!image || member(record, 'app_id') !== 'invoke-ai/InvokeAI') return undefined;
  const prompts = asArray(member(image, 'prompt'), 16).map((one) => member(asRecord(one) ?? {}, 'prompt'));
  return shapeOf(
    {
      mode: member(image, 'type'),
      model: member(record, 'model_weights'),
      modelHash: member(record, 'model_hash'),
      prompt: prompts.length > 0 ? prompts : member(image, 'prompt'),
      seed: member(image, 'seed'),
      sampler: member(image, 'sampler'),
      steps: member(image, 'steps'),
      cfgScale: member(image, 'cfg_scale'),
      size: sizeOf(image),
      version: member(record, 'app_version'),
    },
    sourceOf(member(image, 'type')),
  );
}

/** InvokeAI 3 and later: `invokeai_metadata`. */
export function invokeMetadata(text: string): Shape | undefined {
  const record = settingsJson(text, '"generation_mode"');
  const mode = record && member(record, 'generation_mode');
  if (!record || typeof mode !== 'string') return undefined;
  const model = asRecord(member(record, 'model')) ?? {};
  const loras = asArray(member(record, 'loras'), 16).map((one) => {
    const lora = asRecord(one) ?? {};
    const inner = asRecord(member(lora, 'model') ?? member(lora, 'lora')) ?? {};
    return member(inner, 'name') ?? member(inner, 'model_name');
  });
  return shapeOf(
    {
      mode,
      model: member(model, 'name') ?? member(model, 'model_name'),
      modelHash: member(model, 'hash'),
      prompt: member(record, 'positive_prompt'),
      negativePrompt: member(record, 'negative_prompt'),
      seed: member(record, 'seed'),
      scheduler: member(record, 'scheduler'),
      steps: member(record, 'steps'),
      cfgScale: member(record, 'cfg_scale'),
      size: sizeOf(record),
      loras,
      version: member(record, 'app_version'),
    },
    sourceOf(mode),
  );
}

/** A graph or workflow: what was run, which need not have made a picture. */
export function invokeGraph(text: string): Shape | undefined {
  const types = nodeTypes(text);
  return types.length === 0 ? undefined : shapeOf({ nodes: types.length });
}

/** One with a step that makes pictures. */
export function invokeDenoising(text: string): Shape | undefined {
  return nodeTypes(text).some((type) => /denoise/.test(type)) ? shapeOf({}) : undefined;
}

function nodeTypes(text: string): string[] {
  const record = settingsJson(text, '"nodes"');
  const nodes = record && member(record, 'nodes');
  const all: unknown[] = Array.isArray(nodes) ? nodes : Object.values(asRecord(nodes) ?? {});
  return all.flatMap((one) => {
    const node = asRecord(one) ?? {};
    const type = member(asRecord(member(node, 'data')) ?? {}, 'type') ?? member(node, 'type');
    return typeof type === 'string' ? [type] : [];
  });
}

function sourceOf(mode: unknown): NonNullable<Shape['raises']> {
  if (typeof mode !== 'string') return [];
  if (/inpaint|outpaint/.test(mode)) return [{ id: 'generator.sourcePicture', value: 'inpaint' }];
  return /img2img/.test(mode) ? [{ id: 'generator.sourcePicture', value: 'img2img' }] : [];
}
