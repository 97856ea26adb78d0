import { checkWithTimeout, type DoctorPart } from './part.js';
import { checkArchiveUnpackers } from './parts/archives.js';
import { checkFfmpeg } from './parts/ffmpeg.js';
import { checkFpcalc } from './parts/fpcalc.js';
import { checkPrinting } from './parts/printing.js';
import { checkTesseract } from './parts/tesseract.js';
import { checkInstalledTrustLists } from './parts/trust.js';

/** Time for one part, such as a program that hangs. */
const CHECK_MILLIS = 15_000;

/** Looks up the optional programs and lists on this machine without starting an engine. Never rejects. */
export async function checkHost(
  trustDir: string,
  path: string | undefined,
  now: Date,
): Promise<DoctorPart[]> {
  const [lists, programs] = await Promise.all([checkTrustLists(trustDir, now), checkPrograms(path)]);
  return [...lists, ...programs];
}

export const checkTrustLists = (trustDir: string, now: Date): Promise<DoctorPart[]> =>
  checkWithTimeout('trust-lists', CHECK_MILLIS, () => checkInstalledTrustLists(trustDir, now));

/** Asks each program for its version, which takes a quarter of a second of processor time in all. */
export async function checkPrograms(path: string | undefined): Promise<DoctorPart[]> {
  const all = await Promise.all([
    checkWithTimeout('ffmpeg', CHECK_MILLIS, () => checkFfmpeg(path)),
    checkWithTimeout('fpcalc', CHECK_MILLIS, () => checkFpcalc(path)),
    checkWithTimeout('tesseract', CHECK_MILLIS, () => checkTesseract(path)),
    checkWithTimeout('archives', CHECK_MILLIS, checkArchiveUnpackers),
    checkWithTimeout('chromium', CHECK_MILLIS, () => checkPrinting(path)),
  ]);
  return all.flat();
}
