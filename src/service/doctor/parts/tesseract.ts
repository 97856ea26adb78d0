import { message } from '../../../i18n/message.js';
import { findProgram, readFirstLine, readOutput } from '../../ops/programs.js';
import type { DoctorPart } from '../part.js';

/** Debian’s packages with the program, and with the language data besides English that it is run with. */
const PACKAGES = 'tesseract-ocr tesseract-ocr-chi-sim';
const LANGUAGES = ['chi_sim', 'eng'];

/** Checks tesseract, which reads the words in the corners of pictures, and its language data. */
export async function checkTesseract(path: string | undefined): Promise<DoctorPart[]> {
  const id = 'tesseract';
  const without = {
    lost: message('doctor.tesseract.lost'),
    remedy: message('doctor.install', { name: PACKAGES }),
  };
  const program = await findProgram(['tesseract'], path);
  if (program === undefined)
    return [{ id, state: 'not-found', detail: message('doctor.notOnPath'), ...without }];
  const version = await readFirstLine(program, ['--version']);
  const list = await readOutput(program, ['--list-langs']);
  if (version === undefined || list === undefined)
    return [{ id, state: 'limited', detail: message('doctor.doesNotRun', { program }), ...without }];
  const number = /tesseract v?(\S+)/.exec(version)?.[1] ?? version;
  // The first line is a heading; `osd` finds the direction of writing and is no language.
  const languages = list
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((name) => /^\w+$/.test(name) && name !== 'osd');
  const shown = languages.length === 0 ? number : `${number} (${languages.join(', ')})`;
  const detail = message('doctor.program', { version: shown, program });
  const isComplete = LANGUAGES.every((name) => languages.includes(name));
  return isComplete ? [{ id, state: 'found', detail }] : [{ id, state: 'limited', detail, ...without }];
}
