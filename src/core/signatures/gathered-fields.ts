import type { Carrier } from '../media/carrier.js';

/**
 * Fields that are only conclusive together. Rows receive them as one JSON object under `field`, in this order, if all
 * of `needs` are present.
 */
export interface CombinedFields {
  field: string;
  carrier: Extract<Carrier, 'exif' | 'pngText'>;
  needs: readonly string[];
  also: readonly string[];
}

export const COMBINED_FIELDS = [
  { field: 'Artist and Software', carrier: 'exif', needs: ['Artist', 'Software'], also: [] },
  { field: 'ImageDescription and Artist', carrier: 'exif', needs: ['ImageDescription', 'Artist'], also: [] },
  { field: 'UserComment and Artist', carrier: 'exif', needs: ['UserComment', 'Artist'], also: [] },
  {
    field: 'Software and Make',
    carrier: 'exif',
    needs: ['Software', 'Make'],
    also: ['Model', 'ImageDescription'],
  },
  {
    field: 'use_stable_diffusion_model and others',
    carrier: 'pngText',
    needs: ['use_stable_diffusion_model', 'seed', 'prompt'],
    also: [
      'negative_prompt',
      'sampler_name',
      'num_inference_steps',
      'guidance_scale',
      'width',
      'height',
      'prompt_strength',
      'use_lora_model',
    ],
  },
  {
    field: 'Stable Diffusion model and others',
    carrier: 'pngText',
    needs: ['Stable Diffusion model', 'Seed', 'Prompt'],
    also: [
      'Negative Prompt',
      'Sampler',
      'Steps',
      'Guidance Scale',
      'Width',
      'Height',
      'Prompt Strength',
      'LoRA model',
    ],
  },
] as const satisfies readonly CombinedFields[];
