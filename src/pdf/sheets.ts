import type { Block } from './blocks.js';

/** Letters in one font on one line. All measures in points. */
export interface Piece {
  font: string;
  size: number;
  color: string;
  link?: string | undefined;
  text: string;
  width: number;
}

/** One line of a block, measured. */
export interface SetLine {
  inset: number;
  pieces: readonly Piece[];
  marker?: readonly Piece[];
  size: number;
  height: number;
  before: number;
  after: number;
  /** Stands with what follows. */
  keep?: true;
}

export interface Placed {
  line: SetLine;
  /** From 0. */
  sheet: number;
  x: number;
  y: number;
}

export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

type LinesOf = (block: Block, width: number) => SetLine[];

const GUTTER = 20;
/** Columns that are lower than this begin on the next sheet. */
const LOWEST = 40;

/** Blocks → where each of their lines stands. Each line has a place of its own: nothing is printed over anything. */
export function placed(blocks: readonly Block[], area: Area, linesOf: LinesOf): Placed[] {
  const flow = new Flow(area);
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
    if (columns) flow.inTwo(lines);
    else flow.inOne(lines);
    at = end;
  }
  return flow.placed;
}

class Flow {
  readonly placed: Placed[] = [];
  readonly #area: Area;
  #sheet = 0;
  /** How much of the sheet is taken. */
  #taken = 0;

  constructor(area: Area) {
    this.#area = area;
  }

  newSheet(): void {
    if (this.#taken === 0) return;
    this.#sheet += 1;
    this.#taken = 0;
  }

  inOne(all: readonly SetLine[]): void {
    for (let left = all; left.length > 0; ) {
      const { count, height } = filled(left, this.#area.height - this.#taken, this.#taken === 0);
      this.#put(left.slice(0, count), 0, this.#taken === 0);
      this.#taken += height;
      left = left.slice(count);
      if (left.length > 0) this.newSheet();
    }
  }

  /** As low as both columns can be; where a sheet is too low for that, all of it. */
  inTwo(all: readonly SetLine[]): void {
    if (all.length > 0 && this.#area.height - this.#taken < LOWEST) this.newSheet();
    if (this.#taken > 0) this.#taken += all[0]?.before ?? 0;
    for (let left = all; left.length > 0; ) {
      const most = this.#area.height - this.#taken;
      const whole = left.reduce((sum, { before, height, after }) => sum + before + height + after, 0);
      let low = Math.min(whole / 2, most);
      let first = filled(left, low, true);
      let second = filled(left.slice(first.count), low, true);
      const isOdd = () =>
        first.count + second.count < left.length ||
        // A heading without what follows it.
        (first.count < left.length && left[first.count - 1]?.keep === true);
      while (isOdd() && low < most) {
        low = Math.min(low + STEP, most);
        first = filled(left, low, true);
        second = filled(left.slice(first.count), low, true);
      }
      const taken = first.count + second.count;
      this.#put(left.slice(0, first.count), 0, true);
      this.#put(left.slice(first.count, taken), (this.#area.width + GUTTER) / 2, true);
      this.#taken += Math.max(first.height, second.height);
      left = left.slice(taken);
      if (left.length > 0) this.newSheet();
    }
  }

  #put(lines: readonly SetLine[], shift: number, atTop: boolean): void {
    let y = this.#area.top + this.#taken;
    lines.forEach((line, at) => {
      if (at > 0 || !atTop) y += line.before;
      this.placed.push({ line, sheet: this.#sheet, x: this.#area.left + shift, y });
      y += line.height + line.after;
    });
  }
}

const STEP = 4;

/** How many lines have room, one at least where it is at the top of a sheet, and how much they take. */
function filled(lines: readonly SetLine[], most: number, atTop: boolean): { count: number; height: number } {
  let taken = 0;
  let count = 0;
  let height = 0;
  for (const [at, line] of lines.entries()) {
    const before = at === 0 && atTop ? 0 : line.before;
    if (taken + before + line.height > most) break;
    taken += before + line.height + line.after;
    // Where this is the last that has room, a heading goes with what follows.
    if (line.keep === undefined || at === lines.length - 1) {
      count = at + 1;
      height = taken;
    }
  }
  if (count > 0 || !atTop || lines.length === 0) return { count, height };
  const [only] = lines;
  return { count: 1, height: (only?.height ?? 0) + (only?.after ?? 0) };
}
