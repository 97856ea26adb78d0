import { asRecord, ownMember } from '../../../base/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** Parses `parameters-json`: the settings of one picture. */
export function stabilityMatrix(text: string): Shape | undefined {
  const record = settingsJson(text, '"PositivePrompt"');
  if (!record || ownMember(record, 'Seed') === undefined || ownMember(record, 'Steps') === undefined)
    return undefined;
  return shapeOf({
    model: ownMember(record, 'ModelName'),
    modelHash: ownMember(record, 'ModelHash'),
    prompt: ownMember(record, 'PositivePrompt'),
    negativePrompt: ownMember(record, 'NegativePrompt'),
    seed: ownMember(record, 'Seed'),
    sampler: ownMember(record, 'Sampler'),
    steps: ownMember(record, 'Steps'),
    cfgScale: ownMember(record, 'CfgScale'),
    size: sizeOf(record, 'Width', 'Height'),
  });
}

/** Parses `smproj`: the editor's project file, of any type except upscaling. */
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
  const type = record && asRecord(ownMember(record, 'State')) && ownMember(record, 'ProjectType');
  return typeof type === 'string' ? type : undefined;
}
