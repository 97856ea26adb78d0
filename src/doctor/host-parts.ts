import { inTime, type Part } from './part.js';
import { archiveParts } from './parts/archives.js';
import { ffmpegParts } from './parts/ffmpeg.js';
import { fpcalcParts } from './parts/fpcalc.js';
import { printingParts } from './parts/printing.js';
import { trustParts } from './parts/trust.js';

/** One part: a program that hangs. */
const PART_MILLIS = 15_000;

/** What stands beside Assay on this machine: looked up without starting an engine. Never rejects. */
export async function hostParts(trustDir: string, path: string | undefined, now: Date): Promise<Part[]> {
  const [lists, programs] = await Promise.all([listParts(trustDir, now), programParts(path)]);
  return [...lists, ...programs];
}

export const listParts = (trustDir: string, now: Date): Promise<Part[]> =>
  inTime('trust-lists', PART_MILLIS, () => trustParts(trustDir, now));

/** Each program is asked for its version: a quarter of a second of processor time in all. */
export async function programParts(path: string | undefined): Promise<Part[]> {
  const all = await Promise.all([
    inTime('ffmpeg', PART_MILLIS, () => ffmpegParts(path)),
    inTime('fpcalc', PART_MILLIS, () => fpcalcParts(path)),
    inTime('archives', PART_MILLIS, archiveParts),
    inTime('chromium', PART_MILLIS, () => printingParts(path)),
  ]);
  return all.flat();
}
