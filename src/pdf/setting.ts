import type { Block, Span } from './blocks.js';
import { type Fonts, fontName, weightOf } from './fonts.js';
import type { Piece, Placed, SetLine } from './sheets.js';

/** Points. */
const INDENT = 14;
const INDENT_IN_COLUMNS = 9;
const BODY = 9.5;
const SMALL = 7.8;
const HEADINGS: readonly number[] = [16, 13, 11.5, 10, 10, 10];
const HEADINGS_IN_COLUMNS: readonly number[] = [11, 10.5, 9.8, 8.6, 8, 8];
/** Of the size of the letters. */
const LINE_HEIGHT = 1.36;
const BASELINE = 1.04;
const INK = '#16181d';
const SOFT = '#4a4f5a';
const LINK = '#1f4e8c';

/** What is not broken: a word, one wide character with the marks that belong to it, or a blank. */
interface Atom {
  pieces: Piece[];
  width: number;
  blank: boolean;
  /** A line ends here. */
  ends?: true;
}

/** Wide characters, between which a line may be broken. */
const WIDE = /[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]/;
/** No line begins with one of these, and none ends with one of those. */
const CLOSES = /^[，。、；：！？）》」』】〕”’…]$/;
const OPENS = /^[（《「『【〔“‘]$/;

/** Breaks paragraphs into lines and draws them: what each piece of a line measures is known before anything is put on paper. */
export class Setting {
  readonly #doc: PDFKit.PDFDocument;
  readonly #fonts: Fonts;

  constructor(doc: PDFKit.PDFDocument, fonts: Fonts) {
    this.#doc = doc;
    this.#fonts = fonts;
  }

  linesOf(block: Block, width: number, scale: number): SetLine[] {
    const { level, columns = false, small = columns, apart = false, marker, spans } = block;
    const sizes = columns ? HEADINGS_IN_COLUMNS : HEADINGS;
    const body = small ? SMALL : BODY;
    const size = (level === undefined ? body : (sizes[level - 1] ?? body)) * scale;
    const inset = block.indent * (columns ? INDENT_IN_COLUMNS : INDENT) * scale;
    const height = size * LINE_HEIGHT;
    const all = this.#broken(this.#atoms(spans, size), width - inset);
    const before = level === undefined ? (apart ? size * 0.6 : 0) : size * (level <= 2 ? 0.4 : 0.7);
    const after = level === undefined ? size * 0.16 : size * 0.12;
    return all.map((pieces, at) => ({
      inset,
      pieces,
      height,
      before: at === 0 ? before : 0,
      after: at === all.length - 1 ? after : 0,
      size,
      ...(at === 0 && marker !== '' ? { marker: this.#pieces({ text: marker, soft: true }, size) } : {}),
      // A heading alone at the foot of a column leads to nothing.
      ...(level !== undefined ? { keep: true } : {}),
    }));
  }

  draw({ line, x, y }: Placed): void {
    const { inset, pieces, marker = [], size } = line;
    const baseline = y + size * BASELINE;
    const step = marker.reduce((sum, { width }) => sum + width, 0);
    this.#row(marker, x + inset - Math.max(step + 3, size), baseline);
    this.#row(pieces, x + inset, baseline);
  }

  #row(pieces: readonly Piece[], from: number, baseline: number): void {
    let x = from;
    for (const { font, size, color, link, text, width } of pieces) {
      this.#doc.font(font).fontSize(size).fillColor(color);
      this.#doc.text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
      if (link !== undefined) {
        this.#doc.link(x, baseline - size, width, size * 1.3, link);
        const under = baseline + size * 0.14;
        this.#doc
          .moveTo(x, under)
          .lineTo(x + width, under)
          .lineWidth(0.4)
          .strokeColor(color)
          .stroke();
      }
      x += width;
    }
  }

  #pieces(span: Span, size: number): Piece[] {
    const own = span.soft ? size * 0.94 : size;
    const color = span.link === undefined ? (span.soft ? SOFT : INK) : LINK;
    return this.#fonts.runs(span.text).flatMap(({ part, text }) => {
      if (part === undefined || text === '') return [];
      const font = fontName(part, weightOf(span.bold));
      return [{ font, size: own, color, link: span.link, text, width: this.#widthOf(text, font, own) }];
    });
  }

  #widthOf = (text: string, font: string, size: number): number =>
    this.#doc.font(font).fontSize(size).widthOfString(text);

  #atoms(spans: readonly Span[], size: number): Atom[] {
    const atoms: Atom[] = [];
    let glued = false;
    const add = (text: string, span: Span) => {
      const blank = text.trim() === '';
      const last = atoms.at(-1);
      const pieces = this.#pieces({ ...span, text }, size);
      const width = pieces.reduce((sum, one) => sum + one.width, 0);
      const joins =
        last !== undefined &&
        !last.blank &&
        last.ends === undefined &&
        !blank &&
        (glued || CLOSES.test(text) || (!startsWide(text) && !endsWide(last)));
      if (joins) {
        last.pieces.push(...pieces);
        last.width += width;
      } else atoms.push({ pieces, width, blank });
      glued = OPENS.test(text);
    };
    for (const span of spans) {
      for (const text of wordsOf(span.text)) {
        if (text === '\n') {
          atoms.push({ pieces: [], width: 0, blank: false, ends: true });
          glued = false;
        } else add(text, span);
      }
    }
    return atoms;
  }

  #broken(atoms: readonly Atom[], width: number): Piece[][] {
    const ends = atoms.flatMap(({ ends: is }, at) => (is ? [at] : []));
    return [...ends, atoms.length].flatMap((end, at) =>
      this.#paragraph(atoms.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end), width),
    );
  }

  #paragraph(atoms: readonly Atom[], width: number): Piece[][] {
    const lines: Atom[][] = [[]];
    let used = 0;
    let blank: Atom | undefined;
    for (const atom of atoms.flatMap((one) => (one.width > width ? this.#parted(one, width) : [one]))) {
      if (atom.blank) {
        blank = atom;
        continue;
      }
      const gap = used === 0 || blank === undefined ? [] : [blank];
      const needed = gap.reduce((sum, one) => sum + one.width, atom.width);
      if (used > 0 && used + needed > width) {
        lines.push([atom]);
        used = atom.width;
      } else {
        lines.at(-1)?.push(...gap, atom);
        used += needed;
      }
      blank = undefined;
    }
    return lines.map((line) => this.#joined(line.flatMap(({ pieces }) => pieces)));
  }

  /** Letters that stand in one font beside each other are drawn, searched and copied as one. */
  #joined(pieces: readonly Piece[]): Piece[] {
    const out: Piece[] = [];
    for (const piece of pieces) {
      const last = out.at(-1);
      const same =
        last !== undefined &&
        last.font === piece.font &&
        last.size === piece.size &&
        last.color === piece.color &&
        last.link === piece.link;
      if (same) last.text += piece.text;
      else out.push({ ...piece });
    }
    // Letters may stand closer to each other than the words were measured.
    return out.map((one) => ({ ...one, width: this.#widthOf(one.text, one.font, one.size) }));
  }

  /** A word that is longer than a line goes on in the next. */
  #parted({ pieces }: Atom, width: number): Atom[] {
    const parts: Atom[] = [{ pieces: [], width: 0, blank: false }];
    for (const piece of pieces) {
      const units = unitsOf(piece.text).flatMap((unit) =>
        this.#widthOf(unit, piece.font, piece.size) > width ? [...unit] : [unit],
      );
      for (const text of units) {
        const wide = this.#widthOf(text, piece.font, piece.size);
        let part = parts.at(-1);
        if (part === undefined || part.width + wide > width) {
          part = { pieces: [], width: 0, blank: false };
          parts.push(part);
        }
        part.pieces.push({ ...piece, text, width: wide });
        part.width += wide;
      }
    }
    return parts;
  }
}

/** What a long word is cut between: its characters; of an address its parts, so that none of them is cut. */
const unitsOf = (text: string): string[] =>
  text.includes('://') ? (text.match(/[^/]*\/+|[^/]+/g) ?? []) : [...text];

/** `a word`, ` `, one wide character, `\n`. */
const wordsOf = (text: string): string[] =>
  text.match(
    /\n| +|[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]|[^\n \u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]+/gu,
  ) ?? [];

const startsWide = (text: string): boolean => WIDE.test(text.slice(0, 1));
const endsWide = ({ pieces }: Atom): boolean => WIDE.test((pieces.at(-1)?.text ?? '').slice(-1));
