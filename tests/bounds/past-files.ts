import type { Past } from './past.js';
import { PAST_ARCHIVES } from './past-archives.js';
import { PAST_COMFYUI } from './past-comfyui.js';
import { PAST_MAIL } from './past-mail.js';
import { PAST_PDF } from './past-pdf.js';
import { PAST_PICTURES } from './past-pictures.js';
import { PAST_SOUND_AND_VIDEO } from './past-sound-and-video.js';

/** One file for each limit on reading a file. */
export const PAST: readonly Past[] = [
  ...PAST_PICTURES,
  ...PAST_SOUND_AND_VIDEO,
  ...PAST_PDF,
  ...PAST_MAIL,
  ...PAST_COMFYUI,
  ...PAST_ARCHIVES,
];
