import { type JsonRecord, ownMember } from '../../../base/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/**
 * Parses Easy Diffusion settings: one text per setting in PNG (gathered beforehand), one object in UserComment; there
 * are two naming schemes.
 */
export function easyDiffusion(text: string): Shape | undefined {
  const record =
    settingsJson(text, '"use_stable_diffusion_model"') ?? settingsJson(text, '"Stable Diffusion model"');
  if (!record) return undefined;
  const of = either(record);
  if (of('use_stable_diffusion_model', 'Stable Diffusion model') === undefined) return undefined;
  if (of('seed', 'Seed') === undefined || of('prompt', 'Prompt') === undefined) return undefined;
  // The strength is omitted if no source picture was used.
  const strength = of('prompt_strength', 'Prompt Strength');
  const source = strength === undefined ? [] : [{ id: 'generator.sourcePicture' as const, value: 'img2img' }];
  return shapeOf(
    {
      model: of('use_stable_diffusion_model', 'Stable Diffusion model'),
      prompt: of('prompt', 'Prompt'),
      negativePrompt: of('negative_prompt', 'Negative Prompt'),
      seed: of('seed', 'Seed'),
      sampler: of('sampler_name', 'Sampler'),
      steps: of('num_inference_steps', 'Steps'),
      cfgScale: of('guidance_scale', 'Guidance Scale'),
      size: sizeOf(record) ?? sizeOf(record, 'Width', 'Height'),
      denoise: strength,
      loras: of('use_lora_model', 'LoRA model'),
    },
    source,
  );
}

const either = (record: JsonRecord) => (one: string, other: string) =>
  ownMember(record, one) ?? ownMember(record, other);
