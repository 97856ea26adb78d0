import type { Part } from '../part.js';
import { answerOf, findProgram, firstLineOf } from '../programs.js';

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What turns a report into a document: a browser without a screen, and letters for both languages. */
export async function printingParts(path: string | undefined): Promise<Part[]> {
  return Promise.all([chromium(path), fonts(path)]);
}

async function chromium(path: string | undefined): Promise<Part> {
  const about = { id: 'chromium', name: 'Chromium' };
  const lost = 'PDFs are set without a browser: the same words, in a plainer form.';
  const remedy = 'Install the package chromium.';
  const program = await findProgram(CHROMIUM, path);
  if (program === undefined) return { ...about, state: 'not-found', detail: 'not on the path', lost, remedy };
  const version = await firstLineOf(program, ['--version']);
  if (version === undefined)
    return { ...about, state: 'limited', detail: `${program} does not run`, lost, remedy };
  return { ...about, state: 'found', detail: `${version} at ${program}` };
}

async function fonts(path: string | undefined): Promise<Part> {
  const about = { id: 'fonts', name: 'Chinese letters' };
  const lost =
    'Chinese text comes out as empty boxes in PDFs that Chromium makes. Pages and text are not concerned.';
  const remedy = 'Install the package fonts-noto-cjk.';
  const program = await findProgram(['fc-list'], path);
  const families = program && (await answerOf(program, [':lang=zh-cn', 'family']));
  if (families === undefined) {
    const detail = 'fontconfig (fc-list) is not installed, so this was not looked up';
    return { ...about, state: 'limited', detail, lost: `If there are none: ${lost}`, remedy };
  }
  const [family] = families.split('\n').filter((line) => line.trim() !== '');
  if (family === undefined) return { ...about, state: 'not-found', detail: 'no font has them', lost, remedy };
  return { ...about, state: 'found', detail: family.split(',')[0] ?? family };
}
