import { asArray } from '../../../base/json-shape.js';
import { lookupTable } from '../../../base/table.js';

/** Widget names of ComfyUI's original nodes, because the editor stores a node's values as a list without names. */
const WIDGETS: Readonly<Record<string, readonly string[]>> = lookupTable({
  KSampler: ['seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  KSamplerAdvanced: ['', 'noise_seed', '', 'steps', 'cfg', 'sampler_name', 'scheduler', 'start_at_step'],
  CheckpointLoaderSimple: ['ckpt_name'],
  UNETLoader: ['unet_name'],
  LoraLoader: ['lora_name'],
  CLIPTextEncode: ['text'],
  EmptyLatentImage: ['width', 'height'],
});

export function widgets(type: string, values: unknown): Record<string, unknown> {
  const names = Object.hasOwn(WIDGETS, type) ? (WIDGETS[type] ?? []) : [];
  const list = asArray(values, names.length);
  return Object.fromEntries(names.flatMap((name, at) => (name === '' ? [] : [[name, list[at]]])));
}
