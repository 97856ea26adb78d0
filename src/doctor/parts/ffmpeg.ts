import type { Part } from '../part.js';
import { answerOf, findProgram, firstLineOf } from '../programs.js';

const LOST =
  'Pixels of HEIC and JPEG XL pictures are not decoded: on a deep look no hash, hidden text or watermark is found in them, and the report says so. Pages show no preview of them and no key frames of videos.';
/** What it is asked to decode (core/readers/pixels/ffmpeg.ts), and what a picture needs it for. */
const DECODERS = [
  { decoder: 'hevc', format: 'HEIC' },
  { decoder: 'libjxl', format: 'JPEG XL' },
];

export async function ffmpegParts(path: string | undefined): Promise<Part[]> {
  const about = { id: 'ffmpeg', name: 'ffmpeg' };
  const remedy = 'Install the package ffmpeg.';
  const program = await findProgram(['ffmpeg'], path);
  if (program === undefined)
    return [{ ...about, state: 'not-found', detail: 'not on the path', lost: LOST, remedy }];
  const version = await firstLineOf(program, ['-version']);
  const decoders = await answerOf(program, ['-v', 'error', '-decoders']);
  if (version === undefined || decoders === undefined)
    return [{ ...about, state: 'limited', detail: `${program} does not run`, lost: LOST, remedy }];
  const detail = `${/version (\S+)/.exec(version)?.[1] ?? version} at ${program}`;
  const lacking = DECODERS.filter(({ decoder }) => !new RegExp(`^ V\\S+ ${decoder} `, 'm').test(decoders));
  if (lacking.length === 0) return [{ ...about, state: 'found', detail }];
  const formats = lacking.map(({ format }) => format).join(' and ');
  return [
    {
      ...about,
      state: 'limited',
      detail,
      lost: `It has no decoder for ${formats}: their pixels are not looked at.`,
    },
  ];
}
