import { asArray, asRecord, ownMember } from '../../../base/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** Programs that write their settings into EXIF UserComment as one JSON object and name themselves in it. */

export function mflux(text: string): Shape | undefined {
  const record = settingsJson(text, '"mflux_version"');
  const model = record && ownMember(record, 'model');
  if (!record || typeof model !== 'string') return undefined;
  const settings = {
    model,
    prompt: ownMember(record, 'prompt'),
    negativePrompt: ownMember(record, 'negative_prompt'),
    seed: ownMember(record, 'seed'),
    steps: ownMember(record, 'steps'),
    cfgScale: ownMember(record, 'guidance'),
    size: sizeOf(record),
    denoise: ownMember(record, 'image_strength'),
    version: ownMember(record, 'mflux_version'),
  };
  const isNamed = (name: string) => typeof ownMember(record, name) === 'string';
  const isGiven = isNamed('image_path') || asArray(ownMember(record, 'image_paths'), 1).length > 0;
  return shapeOf(settings, sourcePicture(isNamed('masked_image_path'), isGiven));
}

export function imaginAIry(text: string): Shape | undefined {
  const record = settingsJson(text, '"imaginAIry"');
  const given = record && asRecord(ownMember(record, 'prompt'));
  if (!given || ownMember(given, 'software') !== 'imaginAIry') return undefined;
  const isMasked = [ownMember(given, 'mask_prompt'), ownMember(given, 'mask_image')].some(isPicture);
  return shapeOf(
    {
      model: ownMember(given, 'model'),
      prompt: weighted(ownMember(given, 'prompts')),
      negativePrompt: weighted(ownMember(given, 'negative_prompt')),
      seed: ownMember(given, 'seed'),
      sampler: ownMember(given, 'sampler_type'),
      steps: ownMember(given, 'steps'),
      cfgScale: ownMember(given, 'prompt_strength'),
      size: sizeOf(given),
    },
    sourcePicture(isMasked, isPicture(ownMember(given, 'init_image'))),
  );
}

/** Pictures appear as Python prints them: `None`, or `<LazyLoadingImage …>`. */
const isPicture = (value: unknown): boolean => typeof value === 'string' && value !== '' && value !== 'None';

const MAX_PROMPTS = 16;

/** Each prompt is preceded by its weight: `[[1, "a lighthouse"]]`. */
const weighted = (value: unknown): unknown[] => asArray(value, MAX_PROMPTS).map((one) => asArray(one, 2)[1]);

const sourcePicture = (masked: boolean, given: boolean): NonNullable<Shape['raises']> =>
  masked || given ? [{ id: 'generator.sourcePicture', value: masked ? 'inpaint' : 'img2img' }] : [];
