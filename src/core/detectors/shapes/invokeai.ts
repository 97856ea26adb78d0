import { asArray, asRecord, ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** Parses InvokeAI 1: the command line, `"a cat" -s 50 -S 42 -W 512 -H 768 -C 7.5 -A k_lms`. */
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

/** Parses InvokeAI 2: `sd-metadata`. */
export function invokeSdMetadata(text: string): Shape | undefined {
  const record = settingsJson(text, 'invoke-ai/InvokeAI');
  const image = record && asRecord(ownMember(record, 'image'));
  if (!image || ownMember(record, 'app_id') !== 'invoke-ai/InvokeAI') return undefined;
  const prompts = asArray(ownMember(image, 'prompt'), 16).map((one) =>
    ownMember(asRecord(one) ?? {}, 'prompt'),
  );
  return shapeOf(
    {
      mode: ownMember(image, 'type'),
      model: ownMember(record, 'model_weights'),
      modelHash: ownMember(record, 'model_hash'),
      prompt: prompts.length > 0 ? prompts : ownMember(image, 'prompt'),
      seed: ownMember(image, 'seed'),
      sampler: ownMember(image, 'sampler'),
      steps: ownMember(image, 'steps'),
      cfgScale: ownMember(image, 'cfg_scale'),
      size: sizeOf(image),
      version: ownMember(record, 'app_version'),
    },
    sourceOf(ownMember(image, 'type')),
  );
}

/** Parses InvokeAI 3 and later: `invokeai_metadata`. */
export function invokeMetadata(text: string): Shape | undefined {
  const record = settingsJson(text, '"generation_mode"');
  const mode = record && ownMember(record, 'generation_mode');
  if (!record || typeof mode !== 'string') return undefined;
  const model = asRecord(ownMember(record, 'model')) ?? {};
  const loras = asArray(ownMember(record, 'loras'), 16).map((one) => {
    const lora = asRecord(one) ?? {};
    const inner = asRecord(ownMember(lora, 'model') ?? ownMember(lora, 'lora')) ?? {};
    return ownMember(inner, 'name') ?? ownMember(inner, 'model_name');
  });
  return shapeOf(
    {
      mode,
      model: ownMember(model, 'name') ?? ownMember(model, 'model_name'),
      modelHash: ownMember(model, 'hash'),
      prompt: ownMember(record, 'positive_prompt'),
      negativePrompt: ownMember(record, 'negative_prompt'),
      seed: ownMember(record, 'seed'),
      scheduler: ownMember(record, 'scheduler'),
      steps: ownMember(record, 'steps'),
      cfgScale: ownMember(record, 'cfg_scale'),
      size: sizeOf(record),
      loras,
      version: ownMember(record, 'app_version'),
    },
    sourceOf(mode),
  );
}

/** Parses an InvokeAI graph or workflow, which need not have generated a picture. */
export function invokeGraph(text: string): Shape | undefined {
  const types = nodeTypes(text);
  return types.length === 0 ? undefined : shapeOf({ nodes: types.length });
}

/** Matches a graph with a step that generates pictures. */
export function invokeDenoising(text: string): Shape | undefined {
  return nodeTypes(text).some((type) => /denoise/.test(type)) ? shapeOf({}) : undefined;
}

function nodeTypes(text: string): string[] {
  const record = settingsJson(text, '"nodes"');
  const nodes = record && ownMember(record, 'nodes');
  const all: unknown[] = Array.isArray(nodes) ? nodes : Object.values(asRecord(nodes) ?? {});
  return all.flatMap((one) => {
    const node = asRecord(one) ?? {};
    const type = ownMember(asRecord(ownMember(node, 'data')) ?? {}, 'type') ?? ownMember(node, 'type');
    return typeof type === 'string' ? [type] : [];
  });
}

function sourceOf(mode: unknown): NonNullable<Shape['raises']> {
  if (typeof mode !== 'string') return [];
  if (/inpaint|outpaint/.test(mode)) return [{ id: 'generator.sourcePicture', value: 'inpaint' }];
  return /img2img/.test(mode) ? [{ id: 'generator.sourcePicture', value: 'img2img' }] : [];
}
