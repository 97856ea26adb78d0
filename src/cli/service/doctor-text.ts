import { escapeTerminal } from '../../base/terminal-text.js';
import { displayWidth, padColumns, wrap } from '../../core/renderers/text/wrap.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import type { Diagnosis } from '../../service/doctor/diagnose.js';
import {
  type DoctorPart,
  type DoctorPartState,
  type DoctorPartView,
  toDoctorPartView,
} from '../../service/doctor/part.js';
import type { SelfTest } from '../../service/doctor/self-test.js';

/** Marks of `assay doctor` on a terminal: each state has its own shape, the same as on the page. */

const MARKS: Record<DoctorPartState, string> = {
  found: '●',
  limited: '◐',
  'not-found': '○',
  'not-used': '–',
  failed: '▲',
};
export interface DoctorLayout {
  color: boolean;
  /** Characters per line (default: 80). */
  width?: number;
  /** Default: English. */
  speech?: Translator;
}

const MAX_WIDTH = 100;
const NAME_WIDTH = 20;
const STATE_WIDTH = 15;
const INDENT = 2 + NAME_WIDTH + 1;

export function doctorText(
  { parts, selfTest, works }: Diagnosis,
  { color, width = 80, speech = translatorFor('en') }: DoctorLayout,
): string {
  const strong = (text: string) => (color ? `\u001b[1m${text}\u001b[22m` : text);
  const faint = (text: string) => (color ? `\u001b[2m${text}\u001b[22m` : text);
  const room = Math.max(20, Math.min(width, MAX_WIDTH) - INDENT);
  const lines = parts.flatMap((part) =>
    partLines(toDoctorPartView(part, speech), speech, { width: room, strong, faint }),
  );
  if (selfTest) lines.push('', ...selfTestLines(selfTest, speech, strong));
  lines.push('', strong(conclusion(parts, works, speech)));
  return `${lines.join('\n')}\n`;
}

type Style = (text: string) => string;

interface PartLayout {
  /** Columns to the right of the name. */
  width: number;
  strong: Style;
  faint: Style;
}

function partLines(
  { name, state, detail, lost, remedy }: DoctorPartView,
  translator: Translator,
  { width: room, strong, faint }: PartLayout,
): string[] {
  const head = `${MARKS[state]} ${padColumns(name, NAME_WIDTH)} `;
  const [first = '', ...more] = wrapWords(detail, room - STATE_WIDTH);
  const beside = more.map((line) => ' '.repeat(INDENT + STATE_WIDTH) + line);
  const under = [...beside, ...wrapWords(lost ?? '', room).map((line) => ' '.repeat(INDENT) + line)];
  const remedyLines = wrapWords(remedy ?? '', room).map((line) => ' '.repeat(INDENT) + faint(line));
  const stateText = padColumns(translator.text(`doctor.state.${state}`), STATE_WIDTH);
  return [`${state === 'found' ? head : strong(head)}${stateText}${first}`, ...under, ...remedyLines];
}

function selfTestLines({ rows, millis, passed }: SelfTest, translator: Translator, strong: Style): string[] {
  const seconds = (millis / 1000).toFixed(1);
  return [
    strong(translator.text(passed ? 'doctor.selfTest.passed' : 'doctor.selfTest.failed', { seconds })),
    ...rows.map(({ engine, file, outcome: came, expected, got: answer }) => {
      const outcome = message(`doctor.outcome.${came}`);
      const told =
        came === 'missing'
          ? translator.translate(outcome)
          : came === 'right'
            ? translator.text('doctor.selfTest.row', { outcome, answer })
            : translator.text('doctor.selfTest.expected', { outcome, answer, expected });
      return escapeTerminal(`  ${engine.padEnd(7)} ${`${file}.png`.padEnd(13)} ${told}`);
    }),
  ];
}

function conclusion(parts: readonly DoctorPart[], works: boolean, translator: Translator): string {
  if (!works) return translator.text('doctor.fails');
  const count = parts.filter(({ lost, state }) => lost !== undefined && state !== 'not-used').length;
  return count === 0 ? translator.text('doctor.whole') : translator.text('doctor.without', { count });
}

/**
 * Breaks the text at spaces and between Chinese characters. Any other word longer than the line stays whole, so that a
 * path can be copied.
 */
function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of escapeTerminal(text)
    .split(' ')
    .filter((one, i) => one !== '' || i > 0)) {
    const last = lines.at(-1);
    const together = `${last} ${word}`;
    if (last !== undefined && displayWidth(together) <= width) lines[lines.length - 1] = together;
    else if (/[\u4e00-\u9fff]/.test(word)) {
      lines.push(...wrap(last === undefined ? word : `${lines.pop()} ${word}`, width));
    } else lines.push(word);
  }
  return lines;
}
