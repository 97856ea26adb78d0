import { message } from '../../../i18n/message.js';
import { findChineseFont, findProgram, readFirstLine } from '../../ops/programs.js';
import { type DoctorPart, verbatimMessage } from '../part.js';

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Checks what turns a report into a PDF: a headless browser, and fonts for both languages. */
export async function checkPrinting(path: string | undefined): Promise<DoctorPart[]> {
  return Promise.all([checkChromium(path), checkFonts(path)]);
}

async function checkChromium(path: string | undefined): Promise<DoctorPart> {
  const id = 'chromium';
  const without = {
    lost: message('doctor.chromium.lost'),
    remedy: message('doctor.install', { name: 'chromium' }),
  };
  const program = await findProgram(CHROMIUM, path);
  if (program === undefined)
    return { id, state: 'not-found', detail: message('doctor.notOnPath'), ...without };
  const version = await readFirstLine(program, ['--version']);
  if (version === undefined)
    return { id, state: 'limited', detail: message('doctor.doesNotRun', { program }), ...without };
  return { id, state: 'found', detail: message('doctor.program', { version, program }) };
}

async function checkFonts(path: string | undefined): Promise<DoctorPart> {
  const id = 'fonts';
  const family = await findChineseFont(path);
  return family === undefined
    ? {
        id,
        state: 'not-found',
        detail: message('doctor.fonts.none'),
        lost: message('doctor.fonts.lost'),
        remedy: message('doctor.install', { name: 'fonts-noto-cjk' }),
      }
    : { id, state: 'found', detail: verbatimMessage(family) };
}
