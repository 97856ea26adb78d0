import { member } from '../../ground/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf } from './settings.js';

/** Draw Things: short names, the prompt under `c`, what to leave out under `uc`. */
export function drawThings(text: string): Shape | undefined {
  const record = settingsJson(text, '"uc"');
  if (!record || !['c', 'uc', 'model', 'sampler', 'seed'].every((name) => Object.hasOwn(record, name))) {
    return undefined;
  }
  const strength = member(record, 'strength');
  const fromPicture = typeof strength === 'number' && strength > 0 && strength < 1;
  return shapeOf(
    {
      model: member(record, 'model'),
      prompt: member(record, 'c'),
      negativePrompt: member(record, 'uc'),
      seed: member(record, 'seed'),
      sampler: member(record, 'sampler'),
      steps: member(record, 'steps'),
      cfgScale: member(record, 'scale'),
      size: member(record, 'size'),
      denoise: strength,
    },
    // At full strength it starts from noise.
    fromPicture ? [{ id: 'generator.sourcePicture', value: 'img2img' }] : [],
  );
}
