import { type JsonRecord, jsonRecordIn } from './json-shape.js';

/** JSON objects out of a file's text, as Python and other writers leave them; bounded before anything is built of them. */

export interface JsonBounds {
  characters: number;
  depth: number;
}

/** `past bound` where the text was not looked into for its length or nesting; undefined where it is no JSON object. */
export function readObject(text: string, bounds: JsonBounds): JsonRecord | 'past bound' | undefined {
  const bare = trimmed(text, bounds.characters);
  if (!bare?.startsWith('{')) return undefined;
  if (bare.length > bounds.characters || nesting(bare) > bounds.depth) return 'past bound';
  return jsonRecordIn(/\d{16}|NaN|Infinity/.test(bare) ? strict(bare) : bare);
}

/** True for what looks like a JSON object and is not looked into for its length or nesting. */
export function isPastBound(text: string, bounds: JsonBounds): boolean {
  const bare = trimmed(text, bounds.characters);
  return bare?.startsWith('{') === true && (bare.length > bounds.characters || nesting(bare) > bounds.depth);
}

export function parseObject(text: string, bounds: JsonBounds): JsonRecord | undefined {
  const read = readObject(text, bounds);
  return read === 'past bound' ? undefined : read;
}

/** Without byte order mark, spaces, and the NUL that some writers end with. */
function trimmed(text: string, most: number): string | undefined {
  let start = 0;
  while (start < text.length && start < most && /[\s\uFEFF]/.test(text.charAt(start))) start += 1;
  let end = text.length;
  while (end > start && /[\s\0]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Depth of brackets outside strings: prompts weigh words with brackets that nobody closes. */
export function nesting(text: string): number {
  let open = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = stringEnd(text, at);
    else if (character === 0x7b || character === 0x5b) deepest = Math.max(deepest, ++open);
    else if (character === 0x7d || character === 0x5d) open -= 1;
  }
  return deepest;
}

/** Counts the values of a JSON text that comes piece by piece, before anything is parsed: at least so many as it has. */
export class ValueCount {
  values = 1;
  #inString = false;
  #escaped = false;

  take(piece: string): void {
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece.charCodeAt(at);
      if (this.#escaped) this.#escaped = false;
      else if (this.#inString) {
        if (character === BACKSLASH) this.#escaped = true;
        else if (character === QUOTE) this.#inString = false;
      } else if (character === QUOTE) this.#inString = true;
      // A comma, or what opens a list or an object.
      else if (character === 0x2c || character === 0x5b || character === 0x7b) this.values += 1;
    }
  }
}

export function jsonValues(text: string): number {
  const count = new ValueCount();
  count.take(text);
  return count.values;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the string that opens at `start` closes; the text's end where it does not. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

/**
 * Outside strings: Python's NaN and Infinity become null, and whole numbers past 15 digits become strings, since
 * JSON.parse would round a seed to another one.
 */
function strict(text: string): string {
  const pieces: string[] = [];
  const number = /-?(?:NaN|Infinity|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  let kept = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      at = stringEnd(text, at);
      continue;
    }
    number.lastIndex = at;
    const token = number.exec(text)?.[0];
    if (!token) continue;
    const plain = /[NI]/.test(token) ? 'null' : /^-?\d{16,}$/.test(token) ? `"${token}"` : token;
    pieces.push(text.slice(kept, at), plain);
    at += token.length - 1;
    kept = at + 1;
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}
