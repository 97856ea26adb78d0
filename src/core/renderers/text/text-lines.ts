import { cutColumns, displayWidth, wrap } from './wrap.js';

export type Style = 'bold' | 'dim';

export interface LineLayout {
  indent?: number;
  /** Additional indentation of every line after the first, in columns. */
  hang?: number;
  style?: Style;
  /** True to keep the text in one piece, so that an address can be copied; the terminal breaks it if necessary. */
  isUnbroken?: boolean;
  /** Maximum number of lines; longer text is cut with an ellipsis. */
  maxLines?: number;
  /** Label in a column before the text. */
  label?: string;
  labelColumns?: number;
  /** One-column symbol before the text; the only coloured element. */
  mark?: string;
}

const ESC = '\u001b[';
const STYLES = { bold: `${ESC}1m`, dim: `${ESC}2m` } as const satisfies Record<Style, string>;
/** Single colour for emphasis; it never means good or bad. */
const HUE = `${ESC}36m`;
const RESET = `${ESC}0m`;
/** Width in columns below which a label gets its own line. */
export const NARROW_COLUMNS = 56;

/**
 * Collects the lines of one page, wrapped and styled. Takes text that is already escaped and adds only its own escape
 * sequences.
 */
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

  /** Returns the width of a label column, including the gap. */
  labelColumns(labels: readonly string[]): number {
    return this.narrow ? 0 : Math.max(0, ...labels.map(displayWidth)) + 2;
  }

  put(
    text: string,
    {
      indent = 0,
      hang = 0,
      style,
      label = '',
      labelColumns = 0,
      mark,
      isUnbroken: whole,
      maxLines: most,
    }: LineLayout = {},
  ): void {
    // Indentation of a deep tree stops at half the page.
    const inset = ' '.repeat(Math.min(indent, this.#half));
    if (this.narrow && label !== '')
      this.#lines.push(...wrap(label, this.#width - inset.length).map((line) => inset + line));
    const lead = this.narrow
      ? inset
      : inset + label + ' '.repeat(Math.max(0, labelColumns - displayWidth(label)));
    const shape = mark === undefined ? '' : `${mark} `;
    const rest = ' '.repeat(displayWidth(lead) + shape.length + hang);
    const columns = Math.max(this.#width - rest.length, 8);
    const [first = '', ...others] = whole ? [text] : cutLines(wrap(text, columns), columns, most);
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

function cutLines(lines: readonly string[], columns: number, most = lines.length): readonly string[] {
  const kept = lines.slice(0, most);
  const last = kept.pop();
  if (last === undefined || lines.length <= most) return lines;
  return [...kept, displayWidth(last) < columns ? `${last}…` : cutColumns(last, columns)];
}
