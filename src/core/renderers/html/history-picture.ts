import type { Translator } from '../../../i18n/translator.js';
import type { Figure } from '../../page/history/figures.js';
import { type FoldedNode, foldChains } from '../../page/history/fold.js';
import type { History } from '../../page/history/history.js';
import { escapeText, html, lines, type Markup } from './escape.js';

/**
 * Draws the history tree: this file at the start, its sources towards the end, folded chains as one box. The list below
 * it contains everything in it and more. Only shapes and text carry meaning, never colour.
 */

const BOX = { width: 208, height: 64, across: 48, down: 16 } as const;
/** Size of a step's thumbnail and the width it adds to the start of its box. */
const THUMBNAIL = { side: 48, room: 56 } as const;
const MAX_BOXES = 40;
/** Columns that fit a box; wide characters take two. */
const MAX_COLUMNS = 24;

/** Returns the fragment identifier of a step's facts in the list. */
export const stepAnchor = (at: number): string => `step-${at}`;

interface HistoryBox {
  /** Number of the step in the list. */
  at?: number | undefined;
  x: number;
  y: number;
  lines: string[];
  dashed: boolean;
  picture?: Figure | undefined;
}

class Layout {
  readonly boxes: HistoryBox[] = [];
  readonly edges: [HistoryBox, HistoryBox][] = [];
  #rows = 0;

  /**
   * Places a node and its children and returns its box; `undefined` if the picture is full. `y` is the middle of the
   * node's row, in rows.
   */
  place(node: FoldedNode, depth: number, translator: Translator, dashed = false): HistoryBox | undefined {
    if (this.boxes.length >= MAX_BOXES) return undefined;
    const box: HistoryBox = {
      at: node.at,
      x: depth,
      y: 0,
      lines: linesOf(node),
      dashed,
      picture: node.picture,
    };
    this.boxes.push(box);
    const below = this.#below(node, depth, translator);
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

  #below({ middle, children }: FoldedNode, depth: number, translator: Translator): HistoryBox[] {
    const chain: FoldedNode[] =
      middle === undefined
        ? []
        : [
            {
              ...(middle.steps[0]?.at === undefined ? {} : { at: middle.steps[0].at }),
              line: [],
              notes: [],
              short: { name: translator.text('page.credentials.between', { count: middle.steps.length }) },
              children: [middle.start],
            },
          ];
    const folded = chain.flatMap((one) => this.place(one, depth + 1, translator, true) ?? []);
    return [...folded, ...children.flatMap((child) => this.place(child, depth + 1, translator) ?? [])];
  }
}

/** Returns `undefined` if there is at most one step, since a single box shows nothing. */
export function historyPicture({ nodes: [root] }: History, translator: Translator): Markup | undefined {
  if (root === undefined) return undefined;
  const layout = new Layout();
  layout.place(foldChains(root), 0, translator);
  const { boxes, edges } = layout;
  if (boxes.length < 2) return undefined;
  const wide = BOX.width + (boxes.some(({ picture }) => picture !== undefined) ? THUMBNAIL.room : 0);
  const columns = Math.max(...boxes.map(({ x }) => x)) + 1;
  const across = columns * (wide + BOX.across) - BOX.across;
  const width = across + 2;
  const height = layout.rows * (BOX.height + BOX.down) - BOX.down + 2;
  const drawing: Drawing = { wide, across, mirrored: translator.direction === 'rtl' };
  const label = translator.text('page.phrase.picture');
  return html`<div class="picture" role="group" tabindex="0" aria-label="${label}">
<svg width="${width}" height="${height}" viewBox="-1 -1 ${width} ${height}">
${lines([...edges.map((one) => drawEdge(one, drawing)), ...boxes.map((one) => drawBox(one, drawing))])}
</svg>
</div>`;
}

interface Drawing {
  /** Width of a box. */
  wide: number;
  /** Width of the whole drawing. */
  across: number;
  /** True for right-to-left scripts, whose drawing starts at the right. */
  mirrored: boolean;
}

/** Converts a distance from the start to an x coordinate; `size` is the width of the element. */
const toX = (start: number, size: number, { across, mirrored }: Drawing) =>
  mirrored ? across - start - size : start;
const startOf = ({ x }: HistoryBox, { wide }: Drawing) => x * (wide + BOX.across);
const top = ({ y }: HistoryBox) => Math.round(y * (BOX.height + BOX.down));

function drawEdge([from, to]: [HistoryBox, HistoryBox], drawing: Drawing): Markup {
  const [begins, ends] = [startOf(from, drawing) + drawing.wide, startOf(to, drawing)];
  const [x1, x2] = [toX(begins, 0, drawing), toX(ends, 0, drawing)];
  const [y1, y2] = [top(from) + BOX.height / 2, top(to) + BOX.height / 2];
  return html`<path class="edge" d="M${x1} ${y1}H${(x1 + x2) / 2}V${y2}H${x2}"></path>`;
}

function drawBox(box: HistoryBox, drawing: Drawing): Markup {
  const [start, y] = [startOf(box, drawing), top(box)];
  // Text is anchored at its start in either direction.
  const x = toX(start + 8 + (box.picture ? THUMBNAIL.room : 0), 0, drawing);
  const texts = box.lines.map(
    (line, row) =>
      html`<text x="${x}" y="${y + 18 + row * 19}"${row > 0 && html` class="soft"`}>${escapeText(line)}</text>`,
  );
  const inside = html`<rect x="${toX(start, drawing.wide, drawing)}" y="${y}" width="${drawing.wide}" height="${BOX.height}" rx="6"></rect>${drawThumbnail(box, toX(start + 8, THUMBNAIL.side, drawing), y)}${lines(texts)}`;
  const folded = box.dashed && html` class="folded"`;
  if (box.at === undefined) return html`<g${folded}>${inside}</g>`;
  return html`<a href="#${stepAnchor(box.at)}"${folded}>${inside}</a>`;
}

function drawThumbnail({ picture }: HistoryBox, x: number, y: number): Markup {
  if (picture === undefined) return html``;
  const { side } = THUMBNAIL;
  return html`<image href="${picture.src}" x="${x}" y="${y + 8}" width="${side}" height="${side}" preserveAspectRatio="xMidYMid slice"></image>`;
}

function linesOf({ short }: FoldedNode): string[] {
  if (short === undefined) return ['…'];
  const { name, relation, state } = short;
  return [name, relation, state].filter((one) => one !== undefined).map(cutToWidth);
}

/**
 * Cuts a text by its visible width, so that no line leaves its box; the escape handles control and bidirectional
 * characters.
 */
function cutToWidth(text: string): string {
  let columns = 0;
  let out = '';
  for (const character of text) {
    columns += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
    if (columns > MAX_COLUMNS) return `${out}…`;
    out += character;
  }
  return out;
}
