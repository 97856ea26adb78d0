import { type JsonRecord, jsonIn, jsonRecordIn } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { table } from '../ground/table.js';
import { withoutEnd } from '../ground/text-end.js';

/**
 * Label text → JSON object. Tolerant in form, since writers escape the quotes once or twice, put the JSON into a
 * string of its own, or print it as Python does; never in content.
 */
export interface LooseJson {
  record: JsonRecord;
  /** Names that stand twice in one object: of these the last was read, and other readers may take the first. */
  duplicates: string[];
}

/** Why a text was not looked into. */
export type PastBound = 'too long' | 'too deep';

/** Undefined where it is no object in any of these forms. */
export function looseObject(text: string): LooseJson | PastBound | undefined {
  if (text.length > limits.jsonLabelCharacters) return 'too long';
  let form = withoutEnd(text.replace(/^[\uFEFF\0]+/, ''), '\0').trim();
  for (let escapes = 0; escapes <= MOST_ESCAPES; escapes++) {
    const found = object(form);
    if (found) return found;
    const next = unescaped(form);
    if (next === form) return undefined;
    form = next;
  }
  return undefined;
}

/** XML writers that escape what was escaped already. */
const MOST_ESCAPES = 2;

const ENTITIES: Readonly<Record<string, string>> = table({
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

function unescaped(text: string): string {
  return text.replace(
    /&(quot|#34|#x22|apos|#39|#x27|lt|gt|amp);/gi,
    (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole,
  );
}

function object(text: string): LooseJson | PastBound | undefined {
  if (text.startsWith('"')) {
    const inner = jsonIn(text);
    return typeof inner === 'string' ? strict(inner.trim()) : undefined;
  }
  if (/^\{\s*\\"/.test(text)) return strict(text.replaceAll('\\"', '"'));
  if (/^\{\s*'/.test(text)) return strict(doubleQuoted(text));
  return strict(text);
}

function strict(text: string): LooseJson | PastBound | undefined {
  if (!text.startsWith('{')) return undefined;
  const duplicates = duplicateNames(text);
  if (!duplicates) return 'too deep';
  // Where it is none, the caller reports the key as a shell, with its text shown.
  const record = jsonRecordIn(text);
  return record && { record, duplicates };
}

/** Undefined past the bound on depth, which is looked at before anything is parsed. */
function duplicateNames(text: string): string[] | undefined {
  const open: Set<string>[] = [];
  const twice = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(new Set());
      if (open.length > limits.jsonDepth) return undefined;
    } else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = closingQuote(text, at + 1, '"');
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

/** Index of the quote that ends the string, or of the text's end. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** Python's way of printing: single quotes, `None`, `True`, `False`. */
function doubleQuoted(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character === "'" || character === '"') {
      const end = closingQuote(text, at + 1, character);
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

/** The text of the object that opens at `start`, to its closing brace or past the bound, where it is too long to be read. */
export function objectAt(text: string, start: number): string {
  const most = Math.min(text.length, start + limits.jsonLabelCharacters);
  let depth = 0;
  for (let at = start; at < most; at++) {
    const character = text[at];
    if (character === '"') at = closingQuote(text, at + 1, '"');
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(start, at + 1);
  }
  return text.slice(start, most + 1);
}
