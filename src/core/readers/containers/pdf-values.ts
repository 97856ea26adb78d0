import type { FaultParams, KnownCode } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { bounded, malformed, type Walk } from './walk.js';

/** Values of PDF (ISO 32000-2, 7.3), as far as needed to get from a file's end to an embedded file. */

/** Name such as `/Name`, with `#xx` escapes resolved. */
export class PdfName {
  constructor(readonly name: string) {}
}

/** Reference to another object by its number, such as `12 0 R`. */
export class PdfReference {
  constructor(
    readonly number: number,
    readonly generation: number,
  ) {}
}

/** Raw string with its brackets; pdf-text.ts decodes it. */
export class PdfText {
  constructor(
    readonly raw: string,
    /** Offset of the opening bracket in the file; absent if the object was in an object stream. */
    readonly offset?: number,
  ) {}
}

export type PdfDictionary = ReadonlyMap<string, PdfValue>;
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfReference
  | PdfText
  | readonly PdfValue[]
  | PdfDictionary;

type PdfFault = NonNullable<Walk<never>['fault']>;

/**
 * Ends the walk; the read result reports its fault. It has no stack, which nobody sees: collecting stacks takes most of
 * the time of a hostile PDF with one fault after another.
 */
export class PdfError extends Error {
  constructor(readonly fault: PdfFault) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(fault.code);
    Error.stackTraceLimit = limit;
  }
}

export function throwMalformedPdf<C extends KnownCode>(code: C, ...params: FaultParams<C>): never {
  throw new PdfError(malformed(code, ...params));
}

export function throwPdfLimit<C extends KnownCode>(code: C, ...params: FaultParams<C>): never {
  throw new PdfError(bounded(code, ...params));
}

const BLANK = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((c) => c.charCodeAt(0)));
const [LF, CR] = [10, 13];

/** Parses the source of one object. */
export class PdfParser {
  #values = 0;

  constructor(
    readonly bytes: Buffer,
    public at = 0,
    /** Offset of the bytes in the file; absent for an object stream. */
    readonly offset?: number,
  ) {}

  #textFrom(start: number): PdfText {
    const raw = this.bytes.toString('latin1', start, this.at);
    return this.offset === undefined ? new PdfText(raw) : new PdfText(raw, this.offset + start);
  }

  /** Parses the next complete value. */
  parseValue(depth = 0): PdfValue {
    this.#values += 1;
    if (depth > limits.pdfDepth || this.#values > limits.pdfValues)
      throwPdfLimit('bound.values', { place: 'PDF' });
    this.skipBlank();
    const opening = this.bytes.toString('latin1', this.at, this.at + 2);
    if (opening === '<<') return this.#dictionary(depth);
    if (opening[0] === '[') return this.#list(depth);
    if (opening[0] === '/') return new PdfName(this.#name());
    if (opening[0] === '(') return this.#text();
    if (opening[0] === '<') return this.#hexText();
    return this.#word();
  }

  /** Skips this word if it comes next, and returns whether it did. */
  skipWord(word: string): boolean {
    this.skipBlank();
    const end = this.at + word.length;
    if (this.bytes.toString('latin1', this.at, end) !== word || !this.#isEnd(end)) return false;
    this.at = end;
    return true;
  }

  /** Reads a non-negative integer; `undefined`, without moving, if there is none. */
  parseCount(): number | undefined {
    this.skipBlank();
    const word = this.#regular(this.at);
    if (!/^\d{1,15}$/.test(word)) return undefined;
    this.at += word.length;
    return Number(word);
  }

  /** Reads the head of an indirect object, such as `12 0 obj`. */
  parseHead(): number | undefined {
    const number = this.parseCount();
    return number !== undefined && this.parseCount() !== undefined && this.skipWord('obj')
      ? number
      : undefined;
  }

  skipBlank(): void {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at] ?? 0;
      // A comment extends to the end of its line.
      if (byte === 0x25) while (this.at < this.bytes.length && !this.#isLineEnd()) this.at++;
      else if (!BLANK.has(byte)) return;
    }
  }

  #isLineEnd(): boolean {
    const byte = this.bytes[this.at];
    return byte === LF || byte === CR;
  }

  #isEnd(at: number): boolean {
    const byte = this.bytes[at];
    return byte === undefined || BLANK.has(byte) || DELIMITERS.has(byte);
  }

  /** Reads regular characters from this offset on. */
  #regular(from: number): string {
    let end = from;
    while (end - from < limits.pdfWordBytes && !this.#isEnd(end)) end++;
    return this.bytes.toString('latin1', from, end);
  }

  #name(): string {
    const word = this.#regular(this.at + 1);
    this.at += 1 + word.length;
    return word.replace(/#([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }

  #dictionary(depth: number): PdfDictionary {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipBlank();
      if (this.bytes.toString('latin1', this.at, this.at + 2) === '>>') break;
      const key = this.parseValue(depth + 1);
      if (!(key instanceof PdfName)) throwMalformedPdf('pdf.dictionary');
      // The last of two equal keys counts, as in the C2PA engines.
      entries.set(key.name, this.parseValue(depth + 1));
    }
    this.at += 2;
    return entries;
  }

  #list(depth: number): PdfValue[] {
    this.at += 1;
    const values: PdfValue[] = [];
    for (;;) {
      this.skipBlank();
      if (this.bytes[this.at] === 0x5d) break;
      values.push(this.parseValue(depth + 1));
    }
    this.at += 1;
    return values;
  }

  /** Reads a string. Round brackets nest, and a backslash escapes the next byte. */
  #text(): PdfText {
    const start = this.at;
    let open = 0;
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at];
      if (byte === 0x5c) this.at++;
      else if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) {
        this.at += 1;
        return this.#textFrom(start);
      }
    }
    return this.#cutOff();
  }

  #hexText(): PdfText {
    const end = this.bytes.indexOf(0x3e, this.at);
    if (end < 0) return this.#cutOff();
    const start = this.at;
    this.at = end + 1;
    return this.#textFrom(start);
  }

  #word(): PdfValue {
    const word = this.#regular(this.at);
    if (word === '' && this.at >= this.bytes.length) return this.#cutOff();
    this.at += word.length;
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(word)) return throwMalformedPdf('pdf.value');
    return (/^\d{1,10}$/.test(word) ? this.#reference(Number(word)) : undefined) ?? Number(word);
  }

  #reference(number: number): PdfReference | undefined {
    const after = this.at;
    const generation = this.parseCount();
    if (generation !== undefined && this.skipWord('R')) return new PdfReference(number, generation);
    this.at = after;
    return undefined;
  }

  #cutOff(): never {
    if (this.bytes.length >= limits.pdfObjectBytes)
      return throwPdfLimit('bound.bytes', { place: 'PDF', most: limits.pdfObjectBytes });
    return throwMalformedPdf('pdf.truncated');
  }
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value instanceof Map;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
