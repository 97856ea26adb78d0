import { asArray, ownMember } from '../../../base/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** Parses Fooocus settings in scheme `fooocus`; its other scheme is the infotext of a1111.ts. */
export function fooocus(text: string): Shape | undefined {
  const record = settingsJson(text, '"base_model"');
  if (!record || !Object.hasOwn(record, 'performance') || !Object.hasOwn(record, 'styles')) return undefined;
  const loras = asArray(ownMember(record, 'loras'), 16).map((one) =>
    Array.isArray(one) ? one[0] : undefined,
  );
  return shapeOf({
    model: ownMember(record, 'base_model'),
    modelHash: ownMember(record, 'base_model_hash'),
    prompt: ownMember(record, 'prompt'),
    negativePrompt: ownMember(record, 'negative_prompt'),
    seed: ownMember(record, 'seed'),
    sampler: ownMember(record, 'sampler'),
    scheduler: ownMember(record, 'scheduler'),
    steps: ownMember(record, 'steps'),
    cfgScale: ownMember(record, 'guidance_scale'),
    size: bracketedSize(ownMember(record, 'resolution')),
    loras,
    version: ownMember(record, 'version'),
  });
}

/**
 * Parses FooocusPlus settings, scheme `simple`: this fork uses the labels of its page as keys and writes its name into
 * `Version`.
 */
export function fooocusPlus(text: string): Shape | undefined {
  const record = settingsJson(text, 'FooocusPlus');
  const version = record && ownMember(record, 'Version');
  if (!record || typeof version !== 'string' || !/^FooocusPlus \d/.test(version)) return undefined;
  if (!Object.hasOwn(record, 'Base Model') || !Object.hasOwn(record, 'Seed')) return undefined;
  const loras = asArray(ownMember(record, 'LoRAs'), 16).map((one) =>
    Array.isArray(one) ? one[0] : undefined,
  );
  return shapeOf({
    model: ownMember(record, 'Base Model'),
    modelHash: ownMember(record, 'Base Model Hash'),
    prompt: ownMember(record, 'Prompt'),
    negativePrompt: ownMember(record, 'Negative Prompt'),
    seed: ownMember(record, 'Seed'),
    sampler: ownMember(record, 'Sampler'),
    scheduler: ownMember(record, 'Scheduler'),
    steps: ownMember(record, 'Steps'),
    cfgScale: ownMember(record, 'Guidance Scale'),
    size: bracketedSize(ownMember(record, 'Resolution')),
    loras,
    version,
  });
}

/** Parses RuinedFooocus settings: this fork uses its own keys and writes its name into `software`. */
export function ruinedFooocus(text: string): Shape | undefined {
  const record = settingsJson(text, 'RuinedFooocus');
  if (!record || ownMember(record, 'software') !== 'RuinedFooocus') return undefined;
  return shapeOf({
    model: ownMember(record, 'base_model_name'),
    modelHash: ownMember(record, 'base_model_hash'),
    prompt: ownMember(record, 'Prompt'),
    negativePrompt: ownMember(record, 'Negative'),
    seed: ownMember(record, 'seed'),
    sampler: ownMember(record, 'sampler_name'),
    scheduler: ownMember(record, 'scheduler'),
    steps: ownMember(record, 'steps'),
    cfgScale: ownMember(record, 'cfg'),
    size: sizeOf(record),
  });
}

/** Parses `(1024, 1024)`, as Python prints a tuple. */
function bracketedSize(value: unknown): string | undefined {
  return typeof value === 'string'
    ? /^\((\d{1,6}), ?(\d{1,6})\)$/.exec(value)?.slice(1).join('x')
    : undefined;
}
