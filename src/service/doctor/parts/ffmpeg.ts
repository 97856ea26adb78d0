import { listMessage } from '../../../i18n/amounts.js';
import { message } from '../../../i18n/message.js';
import { findProgram, readFirstLine, readOutput } from '../../ops/programs.js';
import type { DoctorPart } from '../part.js';

/** Decoders that core/readers/pixels/ffmpeg.ts uses, and the picture format that needs each. */
const DECODERS = [
  { decoder: 'hevc', format: 'HEIC' },
  { decoder: 'libjxl', format: 'JPEG XL' },
];

export async function checkFfmpeg(path: string | undefined): Promise<DoctorPart[]> {
  const id = 'ffmpeg';
  const without = {
    lost: message('doctor.ffmpeg.lost'),
    remedy: message('doctor.install', { name: 'ffmpeg' }),
  };
  const program = await findProgram(['ffmpeg'], path);
  if (program === undefined)
    return [{ id, state: 'not-found', detail: message('doctor.notOnPath'), ...without }];
  const version = await readFirstLine(program, ['-version']);
  const decoders = await readOutput(program, ['-v', 'error', '-decoders']);
  if (version === undefined || decoders === undefined)
    return [{ id, state: 'limited', detail: message('doctor.doesNotRun', { program }), ...without }];
  const number = /version (\S+)/.exec(version)?.[1] ?? version;
  const detail = message('doctor.program', { version: number, program });
  const lacking = DECODERS.filter(({ decoder }) => !new RegExp(`^ V\\S+ ${decoder} `, 'm').test(decoders));
  if (lacking.length === 0) return [{ id, state: 'found', detail }];
  const formats = listMessage(lacking.map(({ format }) => format));
  return [{ id, state: 'limited', detail, lost: message('doctor.ffmpeg.decoders', { formats }) }];
}
