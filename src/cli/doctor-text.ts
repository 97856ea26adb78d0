import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import { displayWidth, wrap } from '../core/renderers/wrap.js';
import type { Diagnosis } from '../doctor/diagnose.js';
import type { Part, PartState } from '../doctor/part.js';
import type { SelfTest } from '../doctor/self-test.js';
import { partInChinese } from '../doctor/words-zh.js';
import type { Language } from '../say/languages.js';
import { DOCTOR_WORDS, type DoctorWords } from './doctor-words.js';

/** The words of `assay doctor`: shapes tell the states apart, as on the page; what is lost stands under each. */

const MARKS: Record<PartState, string> = {
  found: '●',
  limited: '◐',
  'not-found': '○',
  'not-used': '–',
  failed: '▲',
};
export interface DoctorLayout {
  color: boolean;
  /** Characters a line; left out: 80. */
  width?: number;
  /** Left out: English. */
  language?: Language;
}

const MOST_WIDTH = 100;
const NAME_WIDTH = 20;
const STATE_WIDTH = 15;
const INDENT = 2 + NAME_WIDTH + 1;

export function doctorText(
  { parts, selfTest, works }: Diagnosis,
  { color, width = 80, language = 'en' }: DoctorLayout,
): string {
  const words = DOCTOR_WORDS[language];
  const said = language === 'zh-Hans' ? parts.map(partInChinese) : parts;
  const strong = (text: string) => (color ? `\u001b[1m${text}\u001b[22m` : text);
  const faint = (text: string) => (color ? `\u001b[2m${text}\u001b[22m` : text);
  const room = Math.max(20, Math.min(width, MOST_WIDTH) - INDENT);
  const lines = said.flatMap((part) => partLines(part, words, { room, strong, faint }));
  if (selfTest) lines.push('', ...selfTestLines(selfTest, words, strong));
  lines.push('', strong(conclusion(parts, works, words)));
  return `${lines.join('\n')}\n`;
}

type Style = (text: string) => string;

interface Look {
  /** Columns beside the name. */
  room: number;
  strong: Style;
  faint: Style;
}

function partLines(
  { name, state, detail, lost, remedy }: Part,
  { states }: DoctorWords,
  { room, strong, faint }: Look,
): string[] {
  const head = `${MARKS[state]} ${padded(name, NAME_WIDTH)} `;
  const [first = '', ...more] = folded(detail, room - STATE_WIDTH);
  const beside = more.map((line) => ' '.repeat(INDENT + STATE_WIDTH) + line);
  const under = [...beside, ...folded(lost ?? '', room).map((line) => ' '.repeat(INDENT) + line)];
  const mended = folded(remedy ?? '', room).map((line) => ' '.repeat(INDENT) + faint(line));
  return [
    `${state === 'found' ? head : strong(head)}${padded(states[state], STATE_WIDTH)}${first}`,
    ...under,
    ...mended,
  ];
}

/** By what a terminal shows: a Chinese character takes two columns. */
const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - displayWidth(text)));

function selfTestLines(
  { rows, millis, passed }: SelfTest,
  { outcomes, selfTest, expected: instead }: DoctorWords,
  strong: Style,
): string[] {
  return [
    strong(selfTest(passed, (millis / 1000).toFixed(1))),
    ...rows.map(({ engine, file, outcome, expected, got }) => {
      const answer = outcome === 'right' ? got : `${escapeTerminal(got)}${instead}${expected}`;
      return `  ${engine.padEnd(7)} ${`${file}.png`.padEnd(13)} ${outcomes[outcome]}${outcome === 'missing' ? '' : `: ${answer}`}`;
    }),
  ];
}

function conclusion(parts: readonly Part[], works: boolean, words: DoctorWords): string {
  if (!works) return words.fails;
  const without = parts.filter(({ lost, state }) => lost !== undefined && state !== 'not-used').length;
  return without === 0 ? words.whole : words.without(without);
}

/** Broken at spaces, and between Chinese characters; another word longer than the line stays whole, so that a path can be copied. */
function folded(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of escapeTerminal(text)
    .split(' ')
    .filter((one, i) => one !== '' || i > 0)) {
    const last = lines.at(-1);
    const together = `${last} ${word}`;
    if (last !== undefined && displayWidth(together) <= room) lines[lines.length - 1] = together;
    else if (/[\u4e00-\u9fff]/.test(word)) {
      lines.push(...wrap(last === undefined ? word : `${lines.pop()} ${word}`, room));
    } else lines.push(word);
  }
  return lines;
}
