import { asRecord, ownMember } from '../../../base/json-shape.js';
import type { Shape } from '../match-rows.js';
import { settingsJson, shapeOf, sizeOf } from './settings.js';

/** Parses SwarmUI (formerly StableSwarmUI): `{"sui_image_params": {…}, "sui_extra_data": {…}, "sui_models": […]}`. */
export function swarmui(text: string): Shape | undefined {
  const record = settingsJson(text, '"sui_image_params"');
  const params = record && asRecord(ownMember(record, 'sui_image_params'));
  if (!params) return undefined;
  const of = (name: string) => ownMember(params, name);
  const source = of('initimagecreativity') !== undefined || of('initimage') !== undefined;
  return shapeOf(
    {
      model: of('model'),
      prompt: of('prompt'),
      negativePrompt: of('negativeprompt'),
      seed: of('seed'),
      sampler: of('sampler') ?? of('comfyuisampler'),
      scheduler: of('scheduler') ?? of('comfyuischeduler'),
      steps: of('steps'),
      cfgScale: of('cfgscale'),
      size: sizeOf(params),
      denoise: of('initimagecreativity'),
      loras: of('loras'),
      version: of('swarm_version'),
    },
    source
      ? [{ id: 'generator.sourcePicture', value: of('maskimage') === undefined ? 'img2img' : 'inpaint' }]
      : [],
  );
}
