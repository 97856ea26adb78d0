import { cutColumns, displayWidth, wrap } from './wrap.js';

export type Style = 'bold' | 'dim';

export interface LineLayout {
  indent?: number;
  /** Further columns for every line but the first. */
  hang?: number;
  style?: Style;
  /** Left in one piece, so that an address can be copied; the terminal breaks it where it must. */
  whole?: boolean;
  /** Lines: what goes on is cut, and shown to be. */
  most?: number;
  /** Stands before the text, in a column of its own. */
  label?: string;
  labelColumns?: number;
  /** A one-column shape before the text; the only thing in colour. */
  mark?: string;
}

const ESC = '\u001b[';
const STYLES = { bold: `${ESC}1m`, dim: `${ESC}2m` } as const satisfies Record<Style, string>;
/** One hue, for emphasis: it never means good or bad. */
const HUE = `${ESC}36m`;
const RESET = `${ESC}0m`;
/** Under this, a label gets a line of its own. */
export const NARROW_COLUMNS = 56;

/** Lines of one page, wrapped and styled. Takes text that is escaped already; the only escapes it writes are its own. */
export class TextLines {
  readonly narrow: boolean;
  readonly #width: number;
  readonly #half: number;
  readonly #color: boolean;
  readonly #lines: string[] = [];

  constructor(width: number, color: boolean) {
    this.#width = width;
    this.#half = Math.floor(width / 2);
    this.#color = color;
    this.narrow = width < NARROW_COLUMNS;
  }

  heading(text: string): void {
    this.gap();
    this.put(text, { style: 'bold' });
  }

  gap(): void {
    this.#lines.push('');
  }

  /** Columns for a list of labels and the space after them. */
  labelColumns(labels: readonly string[]): number {
    return this.narrow ? 0 : Math.max(0, ...labels.map(displayWidth)) + 2;
  }

  put(
    text: string,
    { indent = 0, hang = 0, style, label = '', labelColumns = 0, mark, whole, most }: LineLayout = {},
  ): void {
    // A deep tree moves in no further than half the page.
    const inset = ' '.repeat(Math.min(indent, this.#half));
    if (this.narrow && label !== '')
      this.#lines.push(...wrap(label, this.#width - inset.length).map((line) => inset + line));
    const lead = this.narrow
      ? inset
      : inset + label + ' '.repeat(Math.max(0, labelColumns - displayWidth(label)));
    const shape = mark === undefined ? '' : `${mark} `;
    const rest = ' '.repeat(displayWidth(lead) + shape.length + hang);
    const columns = Math.max(this.#width - rest.length, 8);
    const [first = '', ...others] = whole ? [text] : cut(wrap(text, columns), columns, most);
    this.#lines.push(lead + this.#paint(shape, HUE) + this.#paint(first, style && STYLES[style]));
    for (const line of others) this.#lines.push(rest + this.#paint(line, style && STYLES[style]));
  }

  get lines(): readonly string[] {
    return this.#lines.map((line) => line.trimEnd());
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }

  #paint(text: string, code: string | undefined): string {
    return this.#color && code !== undefined && text !== '' ? `${code}${text}${RESET}` : text;
  }
}

function cut(lines: readonly string[], columns: number, most = lines.length): readonly string[] {
  const kept = lines.slice(0, most);
  const last = kept.pop();
  if (last === undefined || lines.length <= most) return lines;
  return [...kept, displayWidth(last) < columns ? `${last}…` : cutColumns(last, columns)];
}
