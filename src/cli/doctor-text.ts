import { escapeTerminal } from '../core/ground/terminal-text.js';
import { displayWidth, padded, wrap } from '../core/renderers/wrap.js';
import type { Diagnosis } from '../doctor/diagnose.js';
import { type Part, type PartState, partTold, type ToldPart } from '../doctor/part.js';
import type { SelfTest } from '../doctor/self-test.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';

/** `assay doctor` for people: shapes tell the states apart, as on the page; what is lost stands under each. */

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
  speech?: Speech;
}

const MOST_WIDTH = 100;
const NAME_WIDTH = 20;
const STATE_WIDTH = 15;
const INDENT = 2 + NAME_WIDTH + 1;

export function doctorText(
  { parts, selfTest, works }: Diagnosis,
  { color, width = 80, speech = speechOf('en') }: DoctorLayout,
): string {
  const strong = (text: string) => (color ? `\u001b[1m${text}\u001b[22m` : text);
  const faint = (text: string) => (color ? `\u001b[2m${text}\u001b[22m` : text);
  const room = Math.max(20, Math.min(width, MOST_WIDTH) - INDENT);
  const lines = parts.flatMap((part) => partLines(partTold(part, speech), speech, { room, strong, faint }));
  if (selfTest) lines.push('', ...selfTestLines(selfTest, speech, strong));
  lines.push('', strong(conclusion(parts, works, speech)));
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
  { name, state, detail, lost, remedy }: ToldPart,
  speech: Speech,
  { room, strong, faint }: Look,
): string[] {
  const head = `${MARKS[state]} ${padded(name, NAME_WIDTH)} `;
  const [first = '', ...more] = folded(detail, room - STATE_WIDTH);
  const beside = more.map((line) => ' '.repeat(INDENT + STATE_WIDTH) + line);
  const under = [...beside, ...folded(lost ?? '', room).map((line) => ' '.repeat(INDENT) + line)];
  const mended = folded(remedy ?? '', room).map((line) => ' '.repeat(INDENT) + faint(line));
  const told = padded(speech.words(`doctor.state.${state}`), STATE_WIDTH);
  return [`${state === 'found' ? head : strong(head)}${told}${first}`, ...under, ...mended];
}

function selfTestLines({ rows, millis, passed }: SelfTest, speech: Speech, strong: Style): string[] {
  const seconds = (millis / 1000).toFixed(1);
  return [
    strong(speech.words(passed ? 'doctor.selfTest.passed' : 'doctor.selfTest.failed', { seconds })),
    ...rows.map(({ engine, file, outcome: came, expected, got: answer }) => {
      const outcome = said(`doctor.outcome.${came}`);
      const told =
        came === 'missing'
          ? speech.say(outcome)
          : came === 'right'
            ? speech.words('doctor.selfTest.row', { outcome, answer })
            : speech.words('doctor.selfTest.expected', { outcome, answer, expected });
      return escapeTerminal(`  ${engine.padEnd(7)} ${`${file}.png`.padEnd(13)} ${told}`);
    }),
  ];
}

function conclusion(parts: readonly Part[], works: boolean, speech: Speech): string {
  if (!works) return speech.words('doctor.fails');
  const count = parts.filter(({ lost, state }) => lost !== undefined && state !== 'not-used').length;
  return count === 0 ? speech.words('doctor.whole') : speech.words('doctor.without', { count });
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
