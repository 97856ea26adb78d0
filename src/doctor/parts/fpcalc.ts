import { said } from '../../say/said.js';
import type { Part } from '../part.js';
import { findProgram, firstLineOf } from '../programs.js';

/** Debian’s package with the program of Chromaprint. */
const PACKAGE = 'libchromaprint-tools';

/** What sounds are compared by; ffmpeg decodes them for it. */
export async function fpcalcParts(path: string | undefined): Promise<Part[]> {
  const id = 'fpcalc';
  const without = { lost: said('doctor.fpcalc.lost'), remedy: said('doctor.install', { name: PACKAGE }) };
  const program = await findProgram(['fpcalc'], path);
  if (program === undefined)
    return [{ id, state: 'not-found', detail: said('doctor.notOnPath'), ...without }];
  const version = await firstLineOf(program, ['-version']);
  if (version === undefined)
    return [{ id, state: 'limited', detail: said('doctor.doesNotRun', { program }), ...without }];
  const number = /version (\S+)/.exec(version)?.[1] ?? version;
  return [{ id, state: 'found', detail: said('doctor.program', { version: number, program }) }];
}
