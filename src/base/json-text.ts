import { type JsonRecord, parseJsonRecord } from './json-shape.js';

/**
 * Parses JSON objects from files, as written by Python and other programs. Length and depth are checked before anything
 * is parsed.
 */

export interface JsonBounds {
  characters: number;
  depth: number;
}

/**
 * Parses a JSON object. Returns `past bound` if the text is too long or too deeply nested to be parsed, and `undefined`
 * if it is no JSON object.
 */
export function parseBoundedObject(text: string, bounds: JsonBounds): JsonRecord | 'past bound' | undefined {
  const bare = trimText(text, bounds.characters);
  if (!bare?.startsWith('{')) return undefined;
  if (bare.length > bounds.characters || nestingDepth(bare) > bounds.depth) return 'past bound';
  return parseJsonRecord(/\d{16}|NaN|Infinity/.test(bare) ? toStrictJson(bare) : bare);
}

/** Returns whether a text looks like a JSON object but is too long or too deeply nested to be parsed. */
export function isPastBound(text: string, bounds: JsonBounds): boolean {
  const bare = trimText(text, bounds.characters);
  return (
    bare?.startsWith('{') === true && (bare.length > bounds.characters || nestingDepth(bare) > bounds.depth)
  );
}

export function parseObject(text: string, bounds: JsonBounds): JsonRecord | undefined {
  const read = parseBoundedObject(text, bounds);
  return read === 'past bound' ? undefined : read;
}

/** Removes a byte order mark, whitespace, and the NUL that some writers append. */
function trimText(text: string, max: number): string | undefined {
  let start = 0;
  while (start < text.length && start < max && /[\s\uFEFF]/.test(text.charAt(start))) start += 1;
  let end = text.length;
  while (end > start && /[\s\0]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * Returns the depth of brackets outside strings. Brackets within strings do not count: prompts weight words with
 * brackets that are often not closed.
 */
export function nestingDepth(text: string): number {
  let open = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = findStringEnd(text, at);
    else if (character === 0x7b || character === 0x5b) deepest = Math.max(deepest, ++open);
    else if (character === 0x7d || character === 0x5d) open -= 1;
  }
  return deepest;
}

/** Counts the values of a JSON text that arrives in pieces, without parsing it. The count is never too low. */
export class ValueCounter {
  values = 1;
  #inString = false;
  #escaped = false;

  add(piece: string): void {
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece.charCodeAt(at);
      if (this.#escaped) this.#escaped = false;
      else if (this.#inString) {
        if (character === BACKSLASH) this.#escaped = true;
        else if (character === QUOTE) this.#inString = false;
      } else if (character === QUOTE) this.#inString = true;
      // Comma, `[` or `{`.
      else if (character === 0x2c || character === 0x5b || character === 0x7b) this.values += 1;
    }
  }
}

export function countJsonValues(text: string): number {
  const count = new ValueCounter();
  count.add(text);
  return count.values;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Returns the index of the quotation mark that closes the string opened at `start`, or the length of the text. */
function findStringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

/**
 * Makes the text valid JSON outside strings: Python's NaN and Infinity become null. Integers of more than 15 digits
 * become strings, because JSON.parse would round a seed to another one.
 */
function toStrictJson(text: string): string {
  const pieces: string[] = [];
  const number = /-?(?:NaN|Infinity|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  let copiedUntil = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      at = findStringEnd(text, at);
      continue;
    }
    number.lastIndex = at;
    const token = number.exec(text)?.[0];
    if (!token) continue;
    const plain = /[NI]/.test(token) ? 'null' : /^-?\d{16,}$/.test(token) ? `"${token}"` : token;
    pieces.push(text.slice(copiedUntil, at), plain);
    at += token.length - 1;
    copiedUntil = at + 1;
  }
  pieces.push(text.slice(copiedUntil));
  return pieces.join('');
}
