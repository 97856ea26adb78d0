import type { SignalId } from '../signal.js';

/**
 * Traces of generators, one row a place. Grades: V verified byte for byte in a real file, S read in the writer's
 * own source code, D vendor documentation, O observed by a third party, C only claimed (never a strong signal).
 */
export interface GeneratorSignature {
  signal: SignalId;
  carrier: 'pngText' | 'exif';
  /** PNG keyword, or EXIF tag name. */
  field: RegExp;
  /** What the text must look like; see detectors/generator-shapes.ts. */
  shape: 'a1111-parameters' | 'comfyui-prompt' | 'comfyui-workflow';
  /** Text before the JSON, where a writer puts its key into the value. */
  prefix?: RegExp;
  grade: 'V' | 'S' | 'D' | 'O' | 'C';
  source: string;
}

export const GENERATOR_SIGNATURES = [
  {
    signal: 'generator.a1111',
    carrier: 'pngText',
    field: /^parameters$/,
    shape: 'a1111-parameters',
    grade: 'V',
    source: 'AUTOMATIC1111/stable-diffusion-webui modules/images.py; d3x-at/sd-parsers test images',
  },
  {
    signal: 'generator.a1111',
    carrier: 'exif',
    field: /^UserComment$/,
    shape: 'a1111-parameters',
    grade: 'V',
    source:
      'AUTOMATIC1111/stable-diffusion-webui modules/images.py (piexif UserComment); enslo/sd-metadata samples',
  },
  {
    signal: 'generator.comfyui',
    carrier: 'pngText',
    field: /^prompt$/,
    shape: 'comfyui-prompt',
    grade: 'V',
    source: 'comfyanonymous/ComfyUI nodes.py SaveImage; d3x-at/sd-parsers test images',
  },
  {
    signal: 'generator.comfyui',
    carrier: 'pngText',
    field: /^workflow$/,
    shape: 'comfyui-workflow',
    grade: 'V',
    source: 'comfyanonymous/ComfyUI nodes.py SaveImage; receyuki/comfyui-prompt-reader-node workflows',
  },
  {
    signal: 'generator.comfyui',
    carrier: 'exif',
    field: /^(Model|Make)$/,
    shape: 'comfyui-prompt',
    prefix: /^prompt: ?/i,
    grade: 'V',
    source:
      'comfyanonymous/ComfyUI comfy_extras/nodes_images.py SaveAnimatedWEBP (Model); SaveImageExtended (Make); enslo/sd-metadata samples',
  },
  {
    signal: 'generator.comfyui',
    carrier: 'exif',
    field: /^(Make|ImageDescription)$/,
    shape: 'comfyui-workflow',
    prefix: /^workflow: ?/i,
    grade: 'V',
    source:
      'comfyanonymous/ComfyUI comfy_extras/nodes_images.py SaveAnimatedWEBP (Make); SaveImageExtended (ImageDescription); enslo/sd-metadata samples',
  },
] as const satisfies readonly GeneratorSignature[];
