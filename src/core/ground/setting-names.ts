/** What settings of generators are called in a Report, in the order they are shown. */
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
