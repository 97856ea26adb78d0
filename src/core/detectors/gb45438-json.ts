import { type JsonRecord, parseJson, parseJsonRecord } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { lookupTable } from '../../base/table.js';
import { trimEndCharacters } from '../../base/trim-end.js';

/**
 * JSON object parsed from a label's text. Parsing tolerates deviations of form, since writers escape the quotes once or
 * twice, wrap the JSON in a string, or print it as Python does; content is never changed.
 */
export interface LooseJson {
  record: JsonRecord;
  /** Names that occur twice in one object; the last value was used, while other readers may use the first. */
  duplicates: string[];
}

/** Reason why a text was not parsed. */
export type PastBound = 'too long' | 'too deep';

/** Parses the text as an object in any of these forms; `undefined` if it is none. */
export function parseLooseObject(text: string): LooseJson | PastBound | undefined {
  if (text.length > limits.jsonLabelCharacters) return 'too long';
  let form = trimEndCharacters(text.replace(/^[\uFEFF\0]+/, ''), '\0').trim();
  for (let escapes = 0; escapes <= MAX_ESCAPES; escapes++) {
    const found = parseObjectText(form);
    if (found) return found;
    const next = unescapeText(form);
    if (next === form) return undefined;
    form = next;
  }
  return undefined;
}

/** XML writers may escape text that was already escaped. */
const MAX_ESCAPES = 2;

const ENTITIES: Readonly<Record<string, string>> = lookupTable({
  quot: '"',
  '#34': '"',
  '#x22': '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  lt: '<',
  gt: '>',
  amp: '&',
});

function unescapeText(text: string): string {
  return text.replace(
    /&(quot|#34|#x22|apos|#39|#x27|lt|gt|amp);/gi,
    (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole,
  );
}

function parseObjectText(text: string): LooseJson | PastBound | undefined {
  if (text.startsWith('"')) {
    const inner = parseJson(text);
    return typeof inner === 'string' ? parseStrict(inner.trim()) : undefined;
  }
  if (/^\{\s*\\"/.test(text)) return parseStrict(text.replaceAll('\\"', '"'));
  if (/^\{\s*'/.test(text)) return parseStrict(toDoubleQuotes(text));
  return parseStrict(text);
}

function parseStrict(text: string): LooseJson | PastBound | undefined {
  if (!text.startsWith('{')) return undefined;
  const duplicates = findDuplicateNames(text);
  if (!duplicates) return 'too deep';
  // If there is no record, the caller reports the key as a shell and shows its text.
  const record = parseJsonRecord(text);
  return record && { record, duplicates };
}

/**
 * Returns names that occur twice in an object; `undefined` past the depth limit, which is checked before anything is
 * parsed.
 */
function findDuplicateNames(text: string): string[] | undefined {
  const open: Set<string>[] = [];
  const twice = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(new Set());
      if (open.length > limits.jsonDepth) return undefined;
    } else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = findClosingQuote(text, at + 1, '"');
      const names = open.at(-1);
      if (names && /^\s*:/.test(text.slice(end + 1, end + 32))) {
        const name = text.slice(at + 1, end);
        if (names.has(name)) twice.add(name);
        names.add(name);
      }
      at = end;
    }
  }
  return [...twice];
}

/** Returns the index of the quote that ends the string, or of the text's end. */
function findClosingQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** Converts Python's notation to JSON: single quotes, `None`, `True`, `False`. */
function toDoubleQuotes(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character === "'" || character === '"') {
      const end = findClosingQuote(text, at + 1, character);
      const body = text.slice(at + 1, end);
      parts.push(
        '"',
        character === "'" ? body.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"') : body,
        '"',
      );
      at = end + 1;
      continue;
    }
    let end = at + 1;
    while (end < text.length && text[end] !== "'" && text[end] !== '"') end++;
    parts.push(
      text
        .slice(at, end)
        .replace(/\bNone\b/g, 'null')
        .replace(/\bTrue\b/g, 'true')
        .replace(/\bFalse\b/g, 'false'),
    );
    at = end;
  }
  return parts.join('');
}

/**
 * Returns the text of the object that opens at `start`, up to its closing brace; if it is too long to be parsed, up to
 * the bound.
 */
export function extractObject(text: string, start: number): string {
  const most = Math.min(text.length, start + limits.jsonLabelCharacters);
  let depth = 0;
  for (let at = start; at < most; at++) {
    const character = text[at];
    if (character === '"') at = findClosingQuote(text, at + 1, '"');
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(start, at + 1);
  }
  return text.slice(start, most + 1);
}
