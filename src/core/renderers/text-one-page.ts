import { type Speech, speechOf } from '../../say/speech.js';
import { escapeTerminal } from '../ground/terminal-text.js';
import type { Report } from '../report/report.js';
import { PART_WEIGHTS } from '../summary/inside-counts.js';
import { MARKS } from './check.js';
import { listsLine } from './details.js';
import { plainText } from './kept-text.js';
import { marksOf } from './marks.js';
import { type OnePage, onePageOf } from './one-page.js';
import { cardLine } from './part-cards.js';
import { type LineLayout, NARROW_COLUMNS, TextLines } from './text-lines.js';
import { columnsOf, plain, type TextOptions } from './text-plain.js';
import { cutColumns, displayWidth } from './wrap.js';

/** Of a terminal of so many columns; a narrower one takes as many more. */
const MOST_LINES = 20;
const COLUMNS = 80;
const MOST_PARTS_TOLD = 2;

/**
 * What is left out where not everything has room, in this order; a part without one of these stays. What can be read
 * elsewhere goes first. What may be said never stands without what may not.
 */
const WORTH = [
  'lists',
  'digest',
  'gap',
  'camera',
  'accounts',
  'law',
  'inside',
  'second',
  'third step',
  'second step',
  'step',
  'quotable',
] as const;

interface Part {
  worth?: (typeof WORTH)[number] | undefined;
  lines: readonly string[];
}

/** Report → its one page in at most 20 lines of 80 columns. Pure. */
export function renderOnePageText(
  report: Report,
  { color, width }: TextOptions,
  speech: Speech = speechOf('en'),
): string {
  const columns = columnsOf(width);
  const most = columns >= COLUMNS ? MOST_LINES : Math.ceil((MOST_LINES * COLUMNS) / columns);
  const page = new PageText(onePageOf(report, speech), speech, { columns, color, cuts: true });
  const parts = [...page.parts(), ...page.end(report)];
  return `${fitting(parts, most).join('\n')}\n`;
}

/** All of it, as the head of the whole record: what that says further down is left to it. */
export function onePageInFull(report: Report, columns: number, color: boolean, speech: Speech): string {
  const page = new PageText(onePageOf(report, speech), speech, { columns, color, cuts: false });
  const parts = [...page.parts(), ...page.question()];
  return `${parts.flatMap(({ lines }) => lines).join('\n')}\n`;
}

function fitting(all: readonly Part[], most: number): string[] {
  const linesOf = (parts: readonly Part[]) => parts.flatMap(({ lines }) => lines);
  let left = all;
  for (const worth of WORTH) {
    if (linesOf(left).length <= most) break;
    left = left.filter((part) => part.worth !== worth);
  }
  return linesOf(left).slice(0, most);
}

interface Sheet {
  columns: number;
  color: boolean;
  /** Long texts are cut to a few lines. */
  cuts: boolean;
}

class PageText {
  readonly #page: OnePage;
  readonly #speech: Speech;
  readonly #sheet: Sheet;
  readonly #labels: readonly string[];

  constructor(page: OnePage, speech: Speech, sheet: Sheet) {
    this.#page = page;
    this.#speech = speech;
    this.#sheet = sheet;
    this.#labels = (['say', 'avoid', 'next'] as const).map((one) => speech.words(`page.section.${one}`));
  }

  parts(): Part[] {
    const { headline, sentence, served, contradictions } = this.#page;
    return [
      this.#head(),
      ...(headline === undefined ? [] : [this.#part(headline, { style: 'bold', most: 2 })]),
      ...this.#facts(),
      this.#gap(),
      this.#part(plainText(sentence), { most: 8 }),
      ...(served === undefined ? [] : [this.#part(served, { most: 6 })]),
      ...(this.#sheet.cuts && contradictions.length > 0 ? [this.#contradictory()] : []),
      ...this.#inside(),
      ...this.#quotable(),
      ...this.#rest(),
    ];
  }

  question(): Part[] {
    const { question } = this.#page;
    return question === undefined
      ? []
      : [
          this.#gap(),
          this.#part(this.#speech.words('page.section.question'), { style: 'bold' }),
          this.#part(question, { indent: 2 }),
        ];
  }

  /** What the page is traced by, and where more is. */
  end(report: Report): Part[] {
    const { asset, tool } = report;
    const lists = plain(listsLine(report, this.#speech));
    const tracing = `Assay ${escapeTerminal(tool.version)} · ${this.#speech.words('page.phrase.lists')}${marksOf(this.#speech).colon}${lists}`;
    return [
      this.#gap(),
      {
        worth: 'digest',
        lines: this.#lines(`SHA-256 ${escapeTerminal(asset.sha256)}`, { style: 'dim', whole: true }),
      },
      { worth: 'lists', lines: this.#lines(tracing, { style: 'dim', most: 1 }) },
      { lines: this.#lines(this.#speech.words('page.terminal.more'), { style: 'dim' }) },
    ];
  }

  /** A name that has no room is cut in its middle: its end tells a kind of file. */
  #head(): Part {
    const { name, facts } = this.#page;
    const about = ` · ${plain(facts)}`;
    const shown = escapeTerminal(name);
    const text = this.#sheet.cuts
      ? cutColumns(shown, Math.max(this.#sheet.columns - displayWidth(about), COLUMNS / 4), 12)
      : shown;
    return { lines: this.#lines(text + about, { style: 'dim' }) };
  }

  /** Two and two beside each other where they have room. */
  #facts(): Part[] {
    const all = this.#page.fourFacts.map(({ line }) => escapeTerminal(line, 4_096));
    const widest = Math.max(0, ...all.filter((_, at) => at % 2 === 0).map(displayWidth));
    const column = Math.max(widest + 3, Math.floor(this.#sheet.columns / 2));
    const pairs = all.flatMap((one, at) =>
      at % 2 === 0
        ? [all[at + 1] === undefined ? one : one + ' '.repeat(column - displayWidth(one)) + all[at + 1]]
        : [],
    );
    const fits = pairs.every((one) => displayWidth(one) <= this.#sheet.columns);
    if (fits) return [{ lines: pairs.flatMap((one) => this.#lines(one, { whole: true })) }];
    return [{ lines: all.flatMap((one) => this.#lines(one, { hang: 2, most: 2 })) }];
  }

  /** The most important ones in a line or two; the rest by their count. Those that say nothing give way to what may be said. */
  #inside(): Part[] {
    const { inside } = this.#page;
    if (inside === undefined) return [];
    const { shown, rest, more, title } = inside;
    if (!this.#sheet.cuts)
      return [
        this.#gap(),
        this.#part(title, { style: 'bold' }),
        ...[...shown, ...rest].map((one) => this.#part(cardLine(one, this.#speech), { indent: 2, hang: 5 })),
      ];
    // A page folds what says nothing; here a video behind a photo is named, and a picture's own brightness is not.
    const told = [...shown, ...rest.filter(({ weight }) => weight <= PART_WEIGHTS.other)].slice(
      0,
      MOST_PARTS_TOLD,
    );
    if (told.length === 0) return [];
    const left = shown.length + rest.length - told.length;
    const end =
      left === 0
        ? []
        : [left === rest.length ? more : this.#speech.words('page.inside.more', { count: left })];
    const line = [...told.map((one) => cardLine(one, this.#speech)), ...end].join(' · ');
    return [
      {
        ...(shown.length === 0 ? { worth: 'inside' as const } : {}),
        ...this.#part(`${title}${marksOf(this.#speech).colon}${line}`, { hang: 2, most: 4 }),
      },
    ];
  }

  #contradictory(): Part {
    const { open, close } = marksOf(this.#speech);
    const count = `${open}${this.#page.contradictions.length}${close}`;
    return this.#part(this.#speech.words('page.section.contradictions') + count, {
      mark: MARKS.contradiction,
    });
  }

  #quotable(): Part[] {
    const { say, avoid, next } = this.#page;
    const both = (['say', 'avoid'] as const).flatMap((kind) =>
      (kind === 'say' ? say : avoid).map((text, at) =>
        this.#labelled(kind, at, text, at === 0 ? 'quotable' : 'second'),
      ),
    );
    const steps = next.map(({ code, text, address }, at) => {
      const [open, close] = [marksOf(this.#speech).open, marksOf(this.#speech).close];
      const option = OPTIONS[code];
      const how = option === undefined ? '' : `${open}${option}${close}`;
      const to = address === undefined ? '' : ` ${address}`;
      const number = next.length === 1 ? '' : `${at + 1}. `;
      return this.#labelled('next', at, number + text + how + to, STEPS[Math.min(at, 2)]);
    });
    return [
      ...(both.length === 0 ? [] : [this.#gap(), ...both]),
      ...(steps.length === 0 ? [] : [this.#gap(), ...steps]),
    ];
  }

  #labelled(kind: 'say' | 'avoid' | 'next', at: number, text: string, worth: Part['worth']): Part {
    const label = at === 0 ? this.#speech.words(`page.section.${kind}`) : '';
    const labelColumns =
      this.#sheet.columns < NARROW_COLUMNS ? 0 : Math.max(...this.#labels.map(displayWidth)) + 2;
    return { worth, ...this.#part(text, { label, labelColumns, most: 4 }) };
  }

  #rest(): Part[] {
    const { lawInBrief, camera, accounts, unread } = this.#page;
    const { cuts } = this.#sheet;
    const { colon } = marksOf(this.#speech);
    const device = camera.map(({ label, line }) => `${escapeTerminal(label)}${colon}${plain(line)}`);
    const parts: Part[] = [
      // The record below says it with its reasons.
      ...(unread === undefined || !cuts ? [] : [this.#part(unread.line, { most: 1 })]),
      ...(cuts ? lawInBrief : this.#page.law).map((line) => ({
        worth: 'law' as const,
        ...this.#part(line, { hang: 2, most: 2 }),
      })),
      ...(device.length === 0
        ? []
        : [{ worth: 'camera' as const, lines: this.#lines(device.join(' · '), { hang: 2, most: 2 }) }]),
      ...accounts.map((text) => ({ worth: 'accounts' as const, ...this.#part(text, { hang: 2, most: 2 }) })),
    ];
    return parts.length === 0 ? [] : [this.#gap(), ...parts];
  }

  #gap(): Part {
    return { worth: 'gap', lines: [''] };
  }

  #part(text: string, layout: LineLayout): Part {
    return { lines: this.#lines(escapeTerminal(text, 4_096), layout) };
  }

  /** Of text that is escaped. */
  #lines(text: string, { most, ...layout }: LineLayout): readonly string[] {
    const { columns, color, cuts } = this.#sheet;
    const out = new TextLines(columns, color);
    out.put(text, cuts && most !== undefined ? { ...layout, most } : layout);
    return out.lines;
  }
}

const STEPS = ['step', 'second step', 'third step'] as const;

/** What of it this program does when it is asked again. */
const OPTIONS: { [Code in OnePage['next'][number]['code']]?: string } = {
  'open-part': '--part',
  pixels: '--deep',
  'fetch-elsewhere': '--sidecar',
};
