import { asRecord, member } from '../../ground/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** `parameters-json`: the settings of one picture. */
export function stabilityMatrix(text: string): Shape | undefined {
  const record = settingsJson(text, '"PositivePrompt"');
  if (!record || member(record, 'Seed') === undefined || member(record, 'Steps') === undefined)
    return undefined;
  return shapeOf({
    model: member(record, 'ModelName'),
    modelHash: member(record, 'ModelHash'),
    prompt: member(record, 'PositivePrompt'),
    negativePrompt: member(record, 'NegativePrompt'),
    seed: member(record, 'Seed'),
    sampler: member(record, 'Sampler'),
    steps: member(record, 'Steps'),
    cfgScale: member(record, 'CfgScale'),
    size: sizeOf(record, 'Width', 'Height'),
  });
}

/** `smproj`: the project as its editor keeps it, of any kind but upscaling. */
export function stabilityMatrixProject(text: string): Shape | undefined {
  const type = projectType(text);
  if (type === undefined || type === UPSCALE) return undefined;
  return shapeOf(
    { mode: type },
    type === 'ImageToImage'
      ? [{ id: 'generator.sourcePicture', value: 'img2img' }]
      : type === 'Inpainting'
        ? [{ id: 'generator.sourcePicture', value: 'inpaint' }]
        : [],
  );
}

export function stabilityMatrixUpscale(text: string): Shape | undefined {
  const type = projectType(text);
  return type === UPSCALE ? shapeOf({ mode: type }) : undefined;
}

const UPSCALE = 'Upscale';

function projectType(text: string): string | undefined {
  const record = settingsJson(text, '"ProjectType"');
  const type = record && asRecord(member(record, 'State')) && member(record, 'ProjectType');
  return typeof type === 'string' ? type : undefined;
}
