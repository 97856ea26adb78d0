import { listSaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import type { Part } from '../part.js';
import { answerOf, findProgram, firstLineOf } from '../programs.js';

/** What it is asked to decode (core/readers/pixels/ffmpeg.ts), and what a picture needs it for. */
const DECODERS = [
  { decoder: 'hevc', format: 'HEIC' },
  { decoder: 'libjxl', format: 'JPEG XL' },
];

export async function ffmpegParts(path: string | undefined): Promise<Part[]> {
  const id = 'ffmpeg';
  const without = { lost: said('doctor.ffmpeg.lost'), remedy: said('doctor.install', { name: 'ffmpeg' }) };
  const program = await findProgram(['ffmpeg'], path);
  if (program === undefined)
    return [{ id, state: 'not-found', detail: said('doctor.notOnPath'), ...without }];
  const version = await firstLineOf(program, ['-version']);
  const decoders = await answerOf(program, ['-v', 'error', '-decoders']);
  if (version === undefined || decoders === undefined)
    return [{ id, state: 'limited', detail: said('doctor.doesNotRun', { program }), ...without }];
  const number = /version (\S+)/.exec(version)?.[1] ?? version;
  const detail = said('doctor.program', { version: number, program });
  const lacking = DECODERS.filter(({ decoder }) => !new RegExp(`^ V\\S+ ${decoder} `, 'm').test(decoders));
  if (lacking.length === 0) return [{ id, state: 'found', detail }];
  const formats = listSaid(lacking.map(({ format }) => format));
  return [{ id, state: 'limited', detail, lost: said('doctor.ffmpeg.decoders', { formats }) }];
}
