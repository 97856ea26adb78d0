import { said } from '../../say/said.js';
import { asWritten, type Part } from '../part.js';
import { answerOf, findProgram, firstLineOf } from '../programs.js';

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What turns a report into a document: a browser without a screen, and letters for both languages. */
export async function printingParts(path: string | undefined): Promise<Part[]> {
  return Promise.all([chromium(path), fonts(path)]);
}

async function chromium(path: string | undefined): Promise<Part> {
  const id = 'chromium';
  const without = {
    lost: said('doctor.chromium.lost'),
    remedy: said('doctor.install', { name: 'chromium' }),
  };
  const program = await findProgram(CHROMIUM, path);
  if (program === undefined) return { id, state: 'not-found', detail: said('doctor.notOnPath'), ...without };
  const version = await firstLineOf(program, ['--version']);
  if (version === undefined)
    return { id, state: 'limited', detail: said('doctor.doesNotRun', { program }), ...without };
  return { id, state: 'found', detail: said('doctor.program', { version, program }) };
}

async function fonts(path: string | undefined): Promise<Part> {
  const id = 'fonts';
  const remedy = said('doctor.install', { name: 'fonts-noto-cjk' });
  const program = await findProgram(['fc-list'], path);
  const families = program && (await answerOf(program, [':lang=zh-cn', 'family']));
  if (families === undefined) {
    const lost = said('doctor.fonts.unknown.lost');
    return { id, state: 'limited', detail: said('doctor.fonts.unknown'), lost, remedy };
  }
  const [family] = families.split('\n').filter((line) => line.trim() !== '');
  return family === undefined
    ? {
        id,
        state: 'not-found',
        detail: said('doctor.fonts.none'),
        lost: said('doctor.fonts.lost'),
        remedy,
      }
    : { id, state: 'found', detail: asWritten(family.split(',')[0] ?? family) };
}
