import { asArray, member } from '../../ground/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** Fooocus, scheme `fooocus`; its other scheme is the infotext of a1111.ts. */
export function fooocus(text: string): Shape | undefined {
  const record = settingsJson(text, '"base_model"');
  if (!record || !Object.hasOwn(record, 'performance') || !Object.hasOwn(record, 'styles')) return undefined;
  const loras = asArray(member(record, 'loras'), 16).map((one) => (Array.isArray(one) ? one[0] : undefined));
  return shapeOf({
    model: member(record, 'base_model'),
    modelHash: member(record, 'base_model_hash'),
    prompt: member(record, 'prompt'),
    negativePrompt: member(record, 'negative_prompt'),
    seed: member(record, 'seed'),
    sampler: member(record, 'sampler'),
    scheduler: member(record, 'scheduler'),
    steps: member(record, 'steps'),
    cfgScale: member(record, 'guidance_scale'),
    size: bracketedSize(member(record, 'resolution')),
    loras,
    version: member(record, 'version'),
  });
}

/** A fork that writes the labels of its page as keys, and its own name into `Version`; scheme `simple`. */
export function fooocusPlus(text: string): Shape | undefined {
  const record = settingsJson(text, 'FooocusPlus');
  const version = record && member(record, 'Version');
  if (!record || typeof version !== 'string' || !/^FooocusPlus \d/.test(version)) return undefined;
  if (!Object.hasOwn(record, 'Base Model') || !Object.hasOwn(record, 'Seed')) return undefined;
  const loras = asArray(member(record, 'LoRAs'), 16).map((one) => (Array.isArray(one) ? one[0] : undefined));
  return shapeOf({
    model: member(record, 'Base Model'),
    modelHash: member(record, 'Base Model Hash'),
    prompt: member(record, 'Prompt'),
    negativePrompt: member(record, 'Negative Prompt'),
    seed: member(record, 'Seed'),
    sampler: member(record, 'Sampler'),
    scheduler: member(record, 'Scheduler'),
    steps: member(record, 'Steps'),
    cfgScale: member(record, 'Guidance Scale'),
    size: bracketedSize(member(record, 'Resolution')),
    loras,
    version,
  });
}

/** A fork with names of its own, and its own name in `software`. */
export function ruinedFooocus(text: string): Shape | undefined {
  const record = settingsJson(text, 'RuinedFooocus');
  if (!record || member(record, 'software') !== 'RuinedFooocus') return undefined;
  return shapeOf({
    model: member(record, 'base_model_name'),
    modelHash: member(record, 'base_model_hash'),
    prompt: member(record, 'Prompt'),
    negativePrompt: member(record, 'Negative'),
    seed: member(record, 'seed'),
    sampler: member(record, 'sampler_name'),
    scheduler: member(record, 'scheduler'),
    steps: member(record, 'steps'),
    cfgScale: member(record, 'cfg'),
    size: sizeOf(record),
  });
}

/** `(1024, 1024)`, as Python writes it. */
function bracketedSize(value: unknown): string | undefined {
  return typeof value === 'string'
    ? /^\((\d{1,6}), ?(\d{1,6})\)$/.exec(value)?.slice(1).join('x')
    : undefined;
}
