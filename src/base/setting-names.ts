/** Names of generator settings in a Report, in display order. */
export const SETTING_NAMES = [
  'tool',
  'mode',
  'model',
  'modelHash',
  'prompt',
  'negativePrompt',
  'seed',
  'sampler',
  'scheduler',
  'steps',
  'cfgScale',
  'size',
  'denoise',
  'loras',
  'version',
  'jobId',
  'nodes',
  'samplers',
] as const;
export type SettingName = (typeof SETTING_NAMES)[number];
