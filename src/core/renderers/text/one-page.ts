import { escapeTerminal } from '../../../base/terminal-text.js';
import { type Translator, translatorFor } from '../../../i18n/translator.js';
import { MARKS } from '../../page/check.js';
import { toPlainText } from '../../page/display-text.js';
import { punctuationFor } from '../../page/marks.js';
import type { ReportPage } from '../../page/page.js';
import { formatCardLine } from '../../page/part-cards.js';
import type { StepAct } from '../../page/steps.js';
import { PART_WEIGHTS } from '../../summary/inside-counts.js';
import { type TextOptions, toColumns, toPlain } from './plain.js';
import { type LineLayout, NARROW_COLUMNS, TextLines } from './text-lines.js';
import { cutColumns, displayWidth } from './wrap.js';

/** Line limit for a terminal of 80 columns; narrower ones use more lines. */
const MAX_LINES = 20;
const COLUMNS = 80;
const MAX_PARTS_NAMED = 2;
/** Lines for the first clauses of many places together: the head, the sentence and the last line take the others. */
const ANSWER_LINES = 10;

/** Clauses of up to three places are told whole. */
const answerLimit = (places: number): Pick<LineLayout, 'maxLines'> =>
  places > 3 ? { maxLines: Math.floor(ANSWER_LINES / places) } : {};

/**
 * Order in which parts are omitted if not everything fits; parts without a worth always stay. Parts readable elsewhere
 * go first. “What may be said” never appears without “what may not”. Each place whose law was requested keeps its first
 * line longest.
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
  'answer',
] as const;

interface Part {
  worth?: (typeof WORTH)[number] | undefined;
  lines: readonly string[];
}

/** Renders the one page in at most 20 lines of 80 columns. Pure. */
export function renderOnePageText(
  page: ReportPage,
  { color, width }: TextOptions,
  translator: Translator = translatorFor('en'),
): string {
  const columns = toColumns(width);
  const most = columns >= COLUMNS ? MAX_LINES : Math.ceil((MAX_LINES * COLUMNS) / columns);
  const text = new PageText(page, translator, { columns, color, shouldCut: true });
  const parts = [...text.parts(), ...text.end()];
  return `${fitParts(parts, most).join('\n')}\n`;
}

/** Renders the complete one page as the head of the full record, without what the record says further down. */
export function renderFullOnePage(
  page: ReportPage,
  columns: number,
  color: boolean,
  translator: Translator,
): string {
  const text = new PageText(page, translator, { columns, color, shouldCut: false });
  const parts = [...text.parts(), ...text.question()];
  return `${parts.flatMap(({ lines }) => lines).join('\n')}\n`;
}

function fitParts(all: readonly Part[], most: number): string[] {
  const linesOf = (parts: readonly Part[]) => parts.flatMap(({ lines }) => lines);
  let left = all;
  for (const worth of WORTH) {
    // Lines of law and steps go one by one, the last first; all blank lines go at once, and so do the two quotations.
    const together = worth === 'gap' || worth === 'quotable';
    for (let last = 0; last >= 0 && linesOf(left).length > most; ) {
      last = left.findLastIndex((part) => part.worth === worth);
      left = left.filter((part, at) => (together ? part.worth !== worth : at !== last));
    }
  }
  return linesOf(left).slice(0, most);
}

interface PageLayout {
  columns: number;
  color: boolean;
  /** True to cut long texts to a few lines. */
  shouldCut: boolean;
}

class PageText {
  readonly #page: ReportPage;
  readonly #speech: Translator;
  readonly #sheet: PageLayout;
  readonly #labels: readonly string[];

  constructor(page: ReportPage, translator: Translator, view: PageLayout) {
    this.#page = page;
    this.#speech = translator;
    this.#sheet = view;
    this.#labels = (['say', 'caption', 'avoid', 'next'] as const).map((one) =>
      translator.text(`page.section.${one}`),
    );
  }

  parts(): Part[] {
    const { headline, sentence, served, contradictions } = this.#page;
    return [
      this.#head(),
      ...(headline === undefined ? [] : [this.#part(headline, { style: 'bold', maxLines: 2 })]),
      ...this.#facts(),
      this.#gap(),
      this.#part(toPlainText(sentence), { maxLines: 8 }),
      ...(served === undefined ? [] : [this.#part(served, { maxLines: 6 })]),
      ...(this.#sheet.shouldCut && contradictions.length > 0 ? [this.#contradictory()] : []),
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
          this.#part(this.#speech.text('page.section.question'), { style: 'bold' }),
          this.#part(question, { indent: 2 }),
        ];
  }

  /** Returns the lines that identify the page, and where to find more. */
  end(): Part[] {
    const { digest, version } = this.#page;
    const lists = toPlain(this.#page.lists);
    const tracing = `Assay ${escapeTerminal(version)} · ${this.#speech.text('page.phrase.lists')}${punctuationFor(this.#speech).colon}${lists}`;
    return [
      this.#gap(),
      {
        worth: 'digest',
        lines: this.#lines(`SHA-256 ${escapeTerminal(digest)}`, { style: 'dim', isUnbroken: true }),
      },
      { worth: 'lists', lines: this.#lines(tracing, { style: 'dim' }) },
      { lines: this.#lines(this.#speech.text('page.terminal.more'), { style: 'dim' }) },
    ];
  }

  /** A name without room is cut in its middle, because its extension tells the kind of file. */
  #head(): Part {
    const { name } = this.#page;
    const about = ` · ${toPlain(this.#page.about)}`;
    const shown = escapeTerminal(name);
    const text = this.#sheet.shouldCut
      ? cutColumns(shown, Math.max(this.#sheet.columns - displayWidth(about), COLUMNS / 4), 12)
      : shown;
    return { lines: this.#lines(text + about, { style: 'dim' }) };
  }

  /** Puts two facts on one line if there is room. */
  #facts(): Part[] {
    const all = this.#page.facts.map(({ line }) => escapeTerminal(line, 4_096));
    const { columns } = this.#sheet;
    const widest = (side: 0 | 1) => Math.max(0, ...all.filter((_, at) => at % 2 === side).map(displayWidth));
    const column = Math.max(widest(0) + 3, Math.min(Math.floor(columns / 2), columns - widest(1)));
    const pairs = all.flatMap((one, at) =>
      at % 2 === 0
        ? [all[at + 1] === undefined ? one : one + ' '.repeat(column - displayWidth(one)) + all[at + 1]]
        : [],
    );
    const fits = pairs.every((one) => displayWidth(one) <= columns);
    if (fits) return [{ lines: pairs.flatMap((one) => this.#lines(one, { isUnbroken: true })) }];
    return [{ lines: all.flatMap((one) => this.#lines(one, { hang: 2, maxLines: 2 })) }];
  }

  /**
   * Returns the most important parts in a line or two, and the number of others. Parts without statements are omitted
   * before “what may be said”.
   */
  #inside(): Part[] {
    const { inside } = this.#page;
    if (inside === undefined) return [];
    const { shown, rest, more, title } = inside;
    if (!this.#sheet.shouldCut)
      return [
        this.#gap(),
        this.#part(title, { style: 'bold' }),
        ...[...shown, ...rest].map((one) =>
          this.#part(formatCardLine(one, this.#speech), { indent: 2, hang: 5 }),
        ),
      ];
    // A web page folds parts without statements; here a video in a photo is named, but not the picture's gain map.
    const told = [...shown, ...rest.filter(({ weight }) => weight <= PART_WEIGHTS.other)].slice(
      0,
      MAX_PARTS_NAMED,
    );
    if (told.length === 0) return [];
    const left = shown.length + rest.length - told.length;
    const end =
      left === 0
        ? []
        : [left === rest.length ? more : this.#speech.text('page.inside.more', { count: left })];
    const line = [...told.map((one) => formatCardLine(one, this.#speech)), ...end].join(' · ');
    return [
      {
        ...(shown.length === 0 ? { worth: 'inside' as const } : {}),
        ...this.#part(`${title}${punctuationFor(this.#speech).colon}${line}`, { hang: 2, maxLines: 4 }),
      },
    ];
  }

  #contradictory(): Part {
    const { open, close } = punctuationFor(this.#speech);
    const count = `${open}${this.#page.contradictions.length}${close}`;
    return this.#part(this.#speech.text('page.section.contradictions') + count, {
      mark: MARKS.contradiction,
    });
  }

  #quotable(): Part[] {
    const { say, avoid, caption, next } = this.#page;
    const texts = { say, caption: caption === undefined ? [] : [caption], avoid };
    const all = (['say', 'caption', 'avoid'] as const).flatMap((kind) =>
      texts[kind].map((text, at) => this.#labelled(kind, at, text, at === 0 ? 'quotable' : 'second')),
    );
    const { open, close } = punctuationFor(this.#speech);
    const steps = next.map(({ text, act }, at) => {
      const option = optionOf(act);
      const how = option === undefined ? '' : `${open}${option}${close}`;
      const to = act.is === 'open' || act.is === 'search' ? ` ${act.address}` : '';
      const number = next.length === 1 ? '' : `${at + 1}. `;
      return this.#labelled('next', at, number + text + how + to, STEPS[Math.min(at, 2)]);
    });
    return [
      ...(all.length === 0 ? [] : [this.#gap(), ...all]),
      ...(steps.length === 0 ? [] : [this.#gap(), ...steps]),
    ];
  }

  #labelled(
    kind: 'say' | 'caption' | 'avoid' | 'next',
    at: number,
    text: string,
    worth: Part['worth'],
  ): Part {
    const label = at === 0 ? this.#speech.text(`page.section.${kind}`) : '';
    const labelColumns =
      this.#sheet.columns < NARROW_COLUMNS ? 0 : Math.max(...this.#labels.map(displayWidth)) + 2;
    return { worth, ...this.#part(text, { label, labelColumns, maxLines: 4 }) };
  }

  #rest(): Part[] {
    const { lawInBrief, camera, accounts, unread } = this.#page;
    const { shouldCut: cuts } = this.#sheet;
    const { colon } = punctuationFor(this.#speech);
    const device = camera.map(({ label, line }) => `${escapeTerminal(label)}${colon}${toPlain(line)}`);
    const parts: Part[] = [
      // The record below gives it with its reasons.
      ...(unread === undefined || !cuts ? [] : [this.#part(unread.line, {})]),
      // Where only few lines are left, one clause of each place stays of an answer that was asked for.
      ...(cuts ? lawInBrief : [this.#page.law]).flatMap((lines) =>
        lines.map((line, at) => ({
          worth: at === 0 ? ('answer' as const) : ('law' as const),
          ...this.#part(line, { hang: 2, ...answerLimit(lawInBrief.length) }),
        })),
      ),
      ...(device.length === 0
        ? []
        : [{ worth: 'camera' as const, lines: this.#lines(device.join(' · '), { hang: 2 }) }]),
      ...accounts.map((text) => ({
        worth: 'accounts' as const,
        ...this.#part(text, { hang: 2 }),
      })),
    ];
    return parts.length === 0 ? [] : [this.#gap(), ...parts];
  }

  #gap(): Part {
    return { worth: 'gap', lines: [''] };
  }

  #part(text: string, layout: LineLayout): Part {
    return { lines: this.#lines(escapeTerminal(text, 4_096), layout) };
  }

  /** Wraps text that is already escaped. */
  #lines(text: string, { maxLines: most, ...layout }: LineLayout): readonly string[] {
    const { columns, color, shouldCut: cuts } = this.#sheet;
    const out = new TextLines(columns, color);
    out.put(text, cuts && most !== undefined ? { ...layout, maxLines: most } : layout);
    return out.lines;
  }
}

const STEPS = ['step', 'second step', 'third step'] as const;

/** Returns the command-line option that performs the step, if there is one. */
function optionOf(act: StepAct): string | undefined {
  if (act.is === 'again') return `--${act.option}`;
  if (act.is === 'open-part') return '--part';
  return act.is === 'give-credentials' ? '--sidecar' : undefined;
}
