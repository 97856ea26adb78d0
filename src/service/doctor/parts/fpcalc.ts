import { message } from '../../../i18n/message.js';
import { findProgram, readFirstLine } from '../../ops/programs.js';
import type { DoctorPart } from '../part.js';

/** Debian’s package with the program of Chromaprint. */
const PACKAGE = 'libchromaprint-tools';

/** Checks fpcalc, which computes the sound fingerprints; ffmpeg decodes the audio for it. */
export async function checkFpcalc(path: string | undefined): Promise<DoctorPart[]> {
  const id = 'fpcalc';
  const without = {
    lost: message('doctor.fpcalc.lost'),
    remedy: message('doctor.install', { name: PACKAGE }),
  };
  const program = await findProgram(['fpcalc'], path);
  if (program === undefined)
    return [{ id, state: 'not-found', detail: message('doctor.notOnPath'), ...without }];
  const version = await readFirstLine(program, ['-version']);
  if (version === undefined)
    return [{ id, state: 'limited', detail: message('doctor.doesNotRun', { program }), ...without }];
  const number = /version (\S+)/.exec(version)?.[1] ?? version;
  return [{ id, state: 'found', detail: message('doctor.program', { version: number, program }) }];
}
