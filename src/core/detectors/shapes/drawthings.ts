import { ownMember } from '../../../base/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf } from './settings.js';

/** Parses Draw Things settings: short names, the prompt in `c`, the negative prompt in `uc`. */
export function drawThings(text: string): Shape | undefined {
  const record = settingsJson(text, '"uc"');
  if (!record || !['c', 'uc', 'model', 'sampler', 'seed'].every((name) => Object.hasOwn(record, name))) {
    return undefined;
  }
  const strength = ownMember(record, 'strength');
  const fromPicture = typeof strength === 'number' && strength > 0 && strength < 1;
  return shapeOf(
    {
      model: ownMember(record, 'model'),
      prompt: ownMember(record, 'c'),
      negativePrompt: ownMember(record, 'uc'),
      seed: ownMember(record, 'seed'),
      sampler: ownMember(record, 'sampler'),
      steps: ownMember(record, 'steps'),
      cfgScale: ownMember(record, 'scale'),
      size: ownMember(record, 'size'),
      denoise: strength,
    },
    // At full strength the sampler starts from noise, so the source picture does not count.
    fromPicture ? [{ id: 'generator.sourcePicture', value: 'img2img' }] : [],
  );
}
