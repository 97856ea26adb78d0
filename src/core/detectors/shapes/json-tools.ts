import { asArray, asRecord, member } from '../../ground/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** Programs that write their settings into EXIF UserComment as one JSON object and name themselves in it. */

export function mflux(text: string): Shape | undefined {
  const record = settingsJson(text, '"mflux_version"');
  const model = record && member(record, 'model');
  if (!record || typeof model !== 'string') return undefined;
  const settings = {
    model,
    prompt: member(record, 'prompt'),
    negativePrompt: member(record, 'negative_prompt'),
    seed: member(record, 'seed'),
    steps: member(record, 'steps'),
    cfgScale: member(record, 'guidance'),
    size: sizeOf(record),
    denoise: member(record, 'image_strength'),
    version: member(record, 'mflux_version'),
  };
  const isNamed = (name: string) => typeof member(record, name) === 'string';
  const isGiven = isNamed('image_path') || asArray(member(record, 'image_paths'), 1).length > 0;
  return shapeOf(settings, sourcePicture(isNamed('masked_image_path'), isGiven));
}

export function imaginAIry(text: string): Shape | undefined {
  const record = settingsJson(text, '"imaginAIry"');
  const given = record && asRecord(member(record, 'prompt'));
  if (!given || member(given, 'software') !== 'imaginAIry') return undefined;
  const isMasked = [member(given, 'mask_prompt'), member(given, 'mask_image')].some(isPicture);
  return shapeOf(
    {
      model: member(given, 'model'),
      prompt: weighted(member(given, 'prompts')),
      negativePrompt: weighted(member(given, 'negative_prompt')),
      seed: member(given, 'seed'),
      sampler: member(given, 'sampler_type'),
      steps: member(given, 'steps'),
      cfgScale: member(given, 'prompt_strength'),
      size: sizeOf(given),
    },
    sourcePicture(isMasked, isPicture(member(given, 'init_image'))),
  );
}

/** A picture is written as Python shows it: `None`, or `<LazyLoadingImage …>`. */
const isPicture = (value: unknown): boolean => typeof value === 'string' && value !== '' && value !== 'None';

const MOST_PROMPTS = 16;

/** Each prompt with its weight before it: `[[1, "a lighthouse"]]`. */
const weighted = (value: unknown): unknown[] => asArray(value, MOST_PROMPTS).map((one) => asArray(one, 2)[1]);

const sourcePicture = (masked: boolean, given: boolean): NonNullable<Shape['raises']> =>
  masked || given ? [{ id: 'generator.sourcePicture', value: masked ? 'inpaint' : 'img2img' }] : [];
