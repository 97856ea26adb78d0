import type { Block, Span } from './blocks.js';
import { type Fonts, fontName, toWeight } from './fonts.js';
import type { MeasuredLine, Piece, PlacedLine } from './page-layout.js';

/** In points. */
const INDENT = 14;
const INDENT_IN_COLUMNS = 9;
const BODY = 9.5;
const SMALL = 7.8;
const HEADINGS: readonly number[] = [16, 13, 11.5, 10, 10, 10];
const HEADINGS_IN_COLUMNS: readonly number[] = [11, 10.5, 9.8, 8.6, 8, 8];
/** Relative to the font size. */
const LINE_HEIGHT = 1.36;
const BASELINE = 1.04;
const INK = '#16181d';
const SOFT = '#4a4f5a';
const LINK = '#1f4e8c';

/** Unbreakable unit: a word, one wide character with its combining marks, or a space. */
interface Atom {
  pieces: Piece[];
  width: number;
  blank: boolean;
  /** The line ends after it. */
  ends?: true;
}

/** Wide characters, between which a line may be broken. */
const WIDE = /[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]/;
/** Characters that must not begin a line, and those that must not end one. */
const CLOSES = /^[，。、；：！？）》」』】〕”’…]$/;
const OPENS = /^[（《「『【〔“‘]$/;

/** Breaks paragraphs into lines and draws them. Every piece of a line is measured before anything is drawn. */
export class Typesetter {
  readonly #doc: PDFKit.PDFDocument;
  readonly #fonts: Fonts;

  constructor(doc: PDFKit.PDFDocument, fonts: Fonts) {
    this.#doc = doc;
    this.#fonts = fonts;
  }

  linesOf(block: Block, width: number, scale: number): MeasuredLine[] {
    const { level, columns = false, small = columns, hasSpaceBefore: apart = false, marker, spans } = block;
    const sizes = columns ? HEADINGS_IN_COLUMNS : HEADINGS;
    const body = small ? SMALL : BODY;
    const size = (level === undefined ? body : (sizes[level - 1] ?? body)) * scale;
    const inset = block.indent * (columns ? INDENT_IN_COLUMNS : INDENT) * scale;
    const height = size * LINE_HEIGHT;
    const all = this.#breakLines(this.#atoms(spans, size), width - inset);
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
      // A heading must not stand alone at the foot of a column.
      ...(level !== undefined ? { isKeptWithNext: true as const } : {}),
    }));
  }

  draw({ line, x, y }: PlacedLine): void {
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
      const font = fontName(part, toWeight(span.bold));
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
      for (const text of splitWords(span.text)) {
        if (text === '\n') {
          atoms.push({ pieces: [], width: 0, blank: false, ends: true });
          glued = false;
        } else add(text, span);
      }
    }
    return atoms;
  }

  #breakLines(atoms: readonly Atom[], width: number): Piece[][] {
    const ends = atoms.flatMap(({ ends: is }, at) => (is ? [at] : []));
    return [...ends, atoms.length].flatMap((end, at) =>
      this.#paragraph(atoms.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end), width),
    );
  }

  #paragraph(atoms: readonly Atom[], width: number): Piece[][] {
    const lines: Atom[][] = [[]];
    let used = 0;
    let blank: Atom | undefined;
    for (const atom of atoms.flatMap((one) => (one.width > width ? this.#splitWord(one, width) : [one]))) {
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
    return lines.map((line) => this.#joinPieces(line.flatMap(({ pieces }) => pieces)));
  }

  /** Joins adjacent pieces of one font, so that they are drawn, searched and copied as one. */
  #joinPieces(pieces: readonly Piece[]): Piece[] {
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
    // Measured again, because kerning may make the joined text narrower than its parts.
    return out.map((one) => ({ ...one, width: this.#widthOf(one.text, one.font, one.size) }));
  }

  /** Splits a word that is longer than a line. */
  #splitWord({ pieces }: Atom, width: number): Atom[] {
    const parts: Atom[] = [{ pieces: [], width: 0, blank: false }];
    for (const piece of pieces) {
      const units = splitUnits(piece.text).flatMap((unit) =>
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

/** Units between which a long word may be split: the characters of a word, or the path segments of an address. */
const splitUnits = (text: string): string[] =>
  text.includes('://') ? (text.match(/[^/]*\/+|[^/]+/g) ?? []) : [...text];

/**
 * Splits a text into tokens: `a word`, ` `, one wide character, `
 * `.
 */
const splitWords = (text: string): string[] =>
  text.match(
    /\n| +|[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]|[^\n \u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]+/gu,
  ) ?? [];

const startsWide = (text: string): boolean => WIDE.test(text.slice(0, 1));
const endsWide = ({ pieces }: Atom): boolean => WIDE.test((pieces.at(-1)?.text ?? '').slice(-1));
