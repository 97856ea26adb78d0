import type { Speech } from '../../say/speech.js';
import type { Figure } from './figures.js';
import { type FoldedNode, foldChains } from './fold.js';
import type { History } from './history.js';
import { html, lines, type Markup, shown } from './html-escape.js';

/**
 * The tree as a picture: this file at the start, what it was made from towards the end, folded chains as one box. It
 * says nothing that the list below it does not, and more: shapes and speech, no colour that means anything.
 */

const BOX = { width: 208, height: 64, across: 48, down: 16 } as const;
/** What a step keeps to look at stands at the start of its box, which then is wider. */
const SEEN = { side: 48, room: 56 } as const;
const MOST_BOXES = 40;
/** Characters that fit a box; wide ones take two. */
const MOST_COLUMNS = 24;

/** Where the list tells the facts of a step. */
export const stepPlace = (at: number): string => `step-${at}`;

interface Placed {
  /** Of its step in the list. */
  at?: number | undefined;
  x: number;
  y: number;
  lines: string[];
  dashed: boolean;
  picture?: Figure | undefined;
}

class Layout {
  readonly boxes: Placed[] = [];
  readonly edges: [Placed, Placed][] = [];
  #rows = 0;

  /** The middle of its row, in rows; undefined where the picture is full. */
  place(node: FoldedNode, depth: number, speech: Speech, dashed = false): Placed | undefined {
    if (this.boxes.length >= MOST_BOXES) return undefined;
    const box: Placed = { at: node.at, x: depth, y: 0, lines: linesOf(node), dashed, picture: node.picture };
    this.boxes.push(box);
    const below = this.#below(node, depth, speech);
    for (const child of below) this.edges.push([box, child]);
    const [first] = below;
    const last = below.at(-1);
    if (first && last) box.y = (first.y + last.y) / 2;
    else {
      box.y = this.#rows;
      this.#rows += 1;
    }
    return box;
  }

  get rows(): number {
    return this.#rows;
  }

  #below({ middle, children }: FoldedNode, depth: number, speech: Speech): Placed[] {
    const chain: FoldedNode[] =
      middle === undefined
        ? []
        : [
            {
              ...(middle.steps[0]?.at === undefined ? {} : { at: middle.steps[0].at }),
              line: [],
              notes: [],
              short: { name: speech.words('page.credentials.between', { count: middle.steps.length }) },
              children: [middle.start],
            },
          ];
    const folded = chain.flatMap((one) => this.place(one, depth + 1, speech, true) ?? []);
    return [...folded, ...children.flatMap((child) => this.place(child, depth + 1, speech) ?? [])];
  }
}

/** Undefined where there is one step or none: a single box shows nothing. */
export function historyPicture({ nodes: [root] }: History, speech: Speech): Markup | undefined {
  if (root === undefined) return undefined;
  const layout = new Layout();
  layout.place(foldChains(root), 0, speech);
  const { boxes, edges } = layout;
  if (boxes.length < 2) return undefined;
  const wide = BOX.width + (boxes.some(({ picture }) => picture !== undefined) ? SEEN.room : 0);
  const columns = Math.max(...boxes.map(({ x }) => x)) + 1;
  const across = columns * (wide + BOX.across) - BOX.across;
  const width = across + 2;
  const height = layout.rows * (BOX.height + BOX.down) - BOX.down + 2;
  const drawing: Drawing = { wide, across, mirrored: speech.direction === 'rtl' };
  const label = speech.words('page.phrase.picture');
  return html`<div class="picture" role="group" tabindex="0" aria-label="${label}">
<svg width="${width}" height="${height}" viewBox="-1 -1 ${width} ${height}">
${lines([...edges.map((one) => edge(one, drawing)), ...boxes.map((one) => drawn(one, drawing))])}
</svg>
</div>`;
}

interface Drawing {
  /** Of a box. */
  wide: number;
  /** Of all of it. */
  across: number;
  /** It begins where the script begins. */
  mirrored: boolean;
}

/** Where something so far from the start lies in the drawing: `size` is its width. */
const placed = (start: number, size: number, { across, mirrored }: Drawing) =>
  mirrored ? across - start - size : start;
const startOf = ({ x }: Placed, { wide }: Drawing) => x * (wide + BOX.across);
const top = ({ y }: Placed) => Math.round(y * (BOX.height + BOX.down));

function edge([from, to]: [Placed, Placed], drawing: Drawing): Markup {
  const [begins, ends] = [startOf(from, drawing) + drawing.wide, startOf(to, drawing)];
  const [x1, x2] = [placed(begins, 0, drawing), placed(ends, 0, drawing)];
  const [y1, y2] = [top(from) + BOX.height / 2, top(to) + BOX.height / 2];
  return html`<path class="edge" d="M${x1} ${y1}H${(x1 + x2) / 2}V${y2}H${x2}"></path>`;
}

function drawn(box: Placed, drawing: Drawing): Markup {
  const [start, y] = [startOf(box, drawing), top(box)];
  // Text begins at its place, whichever way it runs from there.
  const x = placed(start + 8 + (box.picture ? SEEN.room : 0), 0, drawing);
  const texts = box.lines.map(
    (line, row) =>
      html`<text x="${x}" y="${y + 18 + row * 19}"${row > 0 && html` class="soft"`}>${shown(line)}</text>`,
  );
  const inside = html`<rect x="${placed(start, drawing.wide, drawing)}" y="${y}" width="${drawing.wide}" height="${BOX.height}" rx="6"></rect>${seen(box, placed(start + 8, SEEN.side, drawing), y)}${lines(texts)}`;
  const folded = box.dashed && html` class="folded"`;
  if (box.at === undefined) return html`<g${folded}>${inside}</g>`;
  return html`<a href="#${stepPlace(box.at)}"${folded}>${inside}</a>`;
}

function seen({ picture }: Placed, x: number, y: number): Markup {
  if (picture === undefined) return html``;
  const { side } = SEEN;
  return html`<image href="${picture.src}" x="${x}" y="${y + 8}" width="${side}" height="${side}" preserveAspectRatio="xMidYMid slice"></image>`;
}

function linesOf({ short }: FoldedNode): string[] {
  if (short === undefined) return ['…'];
  const { name, relation, state } = short;
  return [name, relation, state].filter((one) => one !== undefined).map(fitted);
}

/** Cut by what is seen, so that no line leaves its box; what it would turn or hide is seen to by the escape. */
function fitted(text: string): string {
  let columns = 0;
  let out = '';
  for (const character of text) {
    columns += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
    if (columns > MOST_COLUMNS) return `${out}…`;
    out += character;
  }
  return out;
}
