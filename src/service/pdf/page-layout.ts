import type { Block } from './blocks.js';

/** Text in one font on one line. All measures in points. */
export interface Piece {
  font: string;
  size: number;
  color: string;
  link?: string | undefined;
  text: string;
  width: number;
}

/** One measured line of a block. */
export interface MeasuredLine {
  inset: number;
  pieces: readonly Piece[];
  marker?: readonly Piece[];
  size: number;
  height: number;
  before: number;
  after: number;
  /** Kept on one sheet with the next line. */
  isKeptWithNext?: true;
}

export interface PlacedLine {
  line: MeasuredLine;
  /** Sheet number, from 0. */
  sheet: number;
  x: number;
  y: number;
}

export interface PageArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

type LinesOf = (block: Block, width: number) => MeasuredLine[];

const GUTTER = 20;
/** Minimum height of columns; with less space they begin on the next sheet. */
const MIN_COLUMN_HEIGHT = 40;

/** Lays out blocks: returns the position of each of their lines. No two lines overlap. */
export function layOutLines(blocks: readonly Block[], area: PageArea, linesOf: LinesOf): PlacedLine[] {
  const flow = new PageFlow(area);
  for (let at = 0; at < blocks.length; ) {
    const { columns = false, newSheet = false } = blocks[at] ?? {};
    if (newSheet) flow.newSheet();
    let end = at + 1;
    while (
      end < blocks.length &&
      (blocks[end]?.columns ?? false) === columns &&
      blocks[end]?.newSheet === undefined
    )
      end += 1;
    const width = columns ? (area.width - GUTTER) / 2 : area.width;
    const lines = blocks.slice(at, end).flatMap((block) => linesOf(block, width));
    if (columns) flow.addTwoColumns(lines);
    else flow.addOneColumn(lines);
    at = end;
  }
  return flow.placed;
}

class PageFlow {
  readonly placed: PlacedLine[] = [];
  readonly #area: PageArea;
  #sheet = 0;
  /** Used height of the sheet. */
  #usedHeight = 0;

  constructor(area: PageArea) {
    this.#area = area;
  }

  newSheet(): void {
    if (this.#usedHeight === 0) return;
    this.#sheet += 1;
    this.#usedHeight = 0;
  }

  addOneColumn(all: readonly MeasuredLine[]): void {
    for (let left = all; left.length > 0; ) {
      const { count, height } = fitLines(left, this.#area.height - this.#usedHeight, this.#usedHeight === 0);
      this.#put(left.slice(0, count), 0, this.#usedHeight === 0);
      this.#usedHeight += height;
      left = left.slice(count);
      if (left.length > 0) this.newSheet();
    }
  }

  /** Sets lines in two columns, as short as possible; uses the full height of the sheet if they do not fit. */
  addTwoColumns(all: readonly MeasuredLine[]): void {
    if (all.length > 0 && this.#area.height - this.#usedHeight < MIN_COLUMN_HEIGHT) this.newSheet();
    if (this.#usedHeight > 0) this.#usedHeight += all[0]?.before ?? 0;
    for (let left = all; left.length > 0; ) {
      const most = this.#area.height - this.#usedHeight;
      const whole = left.reduce((sum, { before, height, after }) => sum + before + height + after, 0);
      let low = Math.min(whole / 2, most);
      let first = fitLines(left, low, true);
      let second = fitLines(left.slice(first.count), low, true);
      const isOdd = () =>
        first.count + second.count < left.length ||
        // The first column would end with a heading that belongs to the second.
        (first.count < left.length && left[first.count - 1]?.isKeptWithNext === true);
      while (isOdd() && low < most) {
        low = Math.min(low + STEP, most);
        first = fitLines(left, low, true);
        second = fitLines(left.slice(first.count), low, true);
      }
      const taken = first.count + second.count;
      this.#put(left.slice(0, first.count), 0, true);
      this.#put(left.slice(first.count, taken), (this.#area.width + GUTTER) / 2, true);
      this.#usedHeight += Math.max(first.height, second.height);
      left = left.slice(taken);
      if (left.length > 0) this.newSheet();
    }
  }

  #put(lines: readonly MeasuredLine[], shift: number, atTop: boolean): void {
    let y = this.#area.top + this.#usedHeight;
    lines.forEach((line, at) => {
      if (at > 0 || !atTop) y += line.before;
      this.placed.push({ line, sheet: this.#sheet, x: this.#area.left + shift, y });
      y += line.height + line.after;
    });
  }
}

const STEP = 4;

/** Returns how many lines fit, at least one at the top of a sheet, and their height. */
function fitLines(
  lines: readonly MeasuredLine[],
  maxHeight: number,
  atTop: boolean,
): { count: number; height: number } {
  let taken = 0;
  let count = 0;
  let height = 0;
  for (const [at, line] of lines.entries()) {
    const before = at === 0 && atTop ? 0 : line.before;
    if (taken + before + line.height > maxHeight) break;
    taken += before + line.height + line.after;
    // A heading as the last line that fits moves to the next column with its text.
    if (line.isKeptWithNext === undefined || at === lines.length - 1) {
      count = at + 1;
      height = taken;
    }
  }
  if (count > 0 || !atTop || lines.length === 0) return { count, height };
  const [only] = lines;
  return { count: 1, height: (only?.height ?? 0) + (only?.after ?? 0) };
}
