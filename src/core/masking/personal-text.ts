import { MASKED, MASKED_CONTACT } from '../signals/mask-words.js';
import { PERSONAL, type Personal } from '../signals/personal.js';

/**
 * Masks personal data within longer texts of a file: prompts, paths, addresses, names of claim generators. Patterns do
 * not find bare names; those are masked if a dedicated field contains them, and then wherever the same words occur
 * (`literals`).
 */

export type Literals = Readonly<Record<Personal, readonly string[]>>;
export type TextMask = (text: string) => string;

type Replace = (text: string) => string;

/** Pattern with a fast precheck: every match contains all parts of `all` and one of `any`, in lower case. */
interface MaskPattern {
  all: readonly string[];
  any?: readonly string[];
  replace: Replace;
}

export function createTextMask(revealed: readonly Personal[], literals: Literals): TextMask {
  const kinds = PERSONAL.filter((kind) => !revealed.includes(kind));
  const masks = kinds.map((kind) => ({
    literals: createLiteralMask(kind, usableLiterals(literals[kind])),
    forms: PATTERNS_BY_KIND[kind],
  }));
  const words = kinds.flatMap((kind) => usableLiterals(literals[kind]));
  const isByForm = words.length === 0;
  const mayHoldLiteral = literalPrecheck(words);
  // Caches results, because a report repeats the same addresses and words.
  const known = new Map<string, string>();
  return (text) => {
    if (isByForm && !MAY_BE_PERSONAL.test(text)) return text;
    const before = known.get(text);
    if (before !== undefined) return before;
    const isHeld = mayHoldLiteral(text);
    const masked = isHeld || MAY_BE_PERSONAL.test(text) ? applyMasks(masks, text, isHeld) : text;
    if (known.size < MAX_CACHED_TEXTS && text.length <= MAX_CACHED_CHARACTERS) known.set(text, masked);
    return masked;
  };
}

interface Mask {
  literals: Replace;
  forms: readonly MaskPattern[];
}

/** `isHeld`: the text may contain one of the file's literals. */
function applyMasks(masks: readonly Mask[], text: string, isHeld: boolean): string {
  let masked = text;
  let mayHold = isHeld;
  for (const { literals, forms } of masks) {
    if (mayHold) masked = literals(masked);
    const next = applyPatterns(masked, forms);
    // A replacement may itself contain one of the file's literals.
    mayHold ||= next !== masked;
    masked = next;
  }
  return masked;
}

function applyPatterns(text: string, forms: readonly MaskPattern[]): string {
  let masked = text;
  let lowered = text.toLowerCase();
  for (const form of forms) {
    if (!mayMatch(form, lowered)) continue;
    const next = form.replace(masked);
    if (next === masked) continue;
    masked = next;
    lowered = next.toLowerCase();
  }
  return masked;
}

function mayMatch({ all, any }: MaskPattern, lowered: string): boolean {
  for (const part of all) if (!lowered.includes(part)) return false;
  return any === undefined || includesAny(lowered, any);
}

const MAX_CACHED_TEXTS = 4_096;
const MAX_CACHED_CHARACTERS = 512;

const MAX_LITERALS = 1_024;
const MAX_LITERAL_CHARACTERS = 1_024;
/** Shorter literals occur inside ordinary words and numbers. */
const MIN_LITERAL_CHARACTERS = 4;

function usableLiterals(literals: readonly string[]): readonly string[] {
  if (literals.length === 0) return literals;
  return (
    [...new Set(literals.map((one) => one.trim()))]
      .filter(({ length }) => length >= MIN_LITERAL_CHARACTERS && length <= MAX_LITERAL_CHARACTERS)
      // Longest first, because one literal may be part of another.
      .sort((a, b) => b.length - a.length)
      .slice(0, MAX_LITERALS)
  );
}

function createLiteralMask(kind: Personal, words: readonly string[]): Replace {
  const mayHold = literalPrecheck(words);
  let pattern: RegExp | undefined;
  return (text) => {
    if (!mayHold(text)) return text;
    pattern ??= literalPattern(words);
    return text.replace(pattern, MASKED[kind]);
  };
}

/** Returns a fast check for whether a text may contain one of the words. */
function literalPrecheck(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  const lowered = words.map((one) => one.toLowerCase());
  // For plain ASCII, comparing in lower case is exact and quickly excludes most texts. Otherwise the pattern must
  // decide, because it also matches ſ as s and K as k.
  const isPlain = lowered.every(isAscii);
  return (text) => !isPlain || !isAscii(text) || includesAny(text.toLowerCase(), lowered);
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

function includesAny(text: string, words: readonly string[]): boolean {
  for (const word of words) if (text.includes(word)) return true;
  return false;
}

/** Compiled on demand: this takes V8 longer than masking most reports. */
function literalPattern(words: readonly string[]): RegExp {
  const any = words.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu');
}

/**
 * Every pattern below requires one of these. Most texts match none, and one test takes a fraction of the time of all
 * patterns.
 */
const MAY_BE_PERSONAL = /\d\d|[@\\/°+]|serial|tel|phone|mobile|cell|whatsapp|电话|手机/i;

/** Creates a form with required parts, which most texts lack. */
const maskPattern = (
  pattern: RegExp,
  mask: string,
  all: readonly string[],
  any?: readonly string[],
): MaskPattern => ({
  all,
  ...(any === undefined ? {} : { any }),
  replace: (text) => text.replace(pattern, mask),
});

const USER_FOLDER =
  /((?:\\{1,4}|\/)(?:Users|home|Documents and Settings)(?:\\{1,4}|\/))(?:[^\\/"'<>|*?:\r\n[\]]{1,64}(?=[\\/])|[^\\/\s"'<>|*?:,;)[\]]{1,64})/gi;

const LABELLED_PHONE =
  /((?:\b(?:tel|phone|mobile|cell|telefon|whatsapp)\b|电话|手机)\.?["']?\s{0,2}[:=：]?\s{0,2}["']?)[+\d(][\d ().\-/]{5,20}\d/gi;
/** Every such label contains one of these words. */
const PHONE_WORDS = ['tel', 'phone', 'mobile', 'cell', 'whatsapp', '电话', '手机'];
const INTERNATIONAL_PHONE = /(?<![\w+.])\+\d{1,3}(?:[ .\-/]?\(?\d{1,5}\)?){2,6}(?![\w])/g;
const MIN_PHONE_DIGITS = 8;
const MAX_PHONE_DIGITS = 15;

function maskInternationalPhones(text: string): string {
  return text.replace(INTERNATIONAL_PHONE, (found) => {
    const digits = found.replace(/\D/g, '').length;
    return digits >= MIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS ? MASKED_CONTACT.phone : found;
  });
}

/** Searches ahead from the start of every word, so it runs only if a cheaper test matches. */
function maskDeviceLabel(text: string): string {
  if (!/:urn:(?<=\d{4}[\w.-]{0,60}:urn:)/i.test(text)) return text;
  return text.replace(/(?<![\w.-])(?=[\w.-]{0,60}\d{4})[\w.-]{4,64}(?=:urn:(?:uuid|c2pa):)/gi, MASKED.serial);
}

const PATTERNS_BY_KIND: Readonly<Record<Personal, readonly MaskPattern[]>> = {
  location: [
    // ISO 6709, as written by QuickTime.
    maskPattern(
      /[+-]\d{2}(?:\d{2}){0,2}\.\d{1,12}[+-]\d{3}(?:\d{2}){0,2}\.\d{1,12}(?:[+-]\d{1,6}(?:\.\d{1,6})?)?\/?/g,
      MASKED.location,
      ['.'],
    ),
    maskPattern(
      /((?:latitude|longitude|\blat|\blon|\blng)["']?\s{0,2}[:=]\s{0,2}["']?)-?\d{1,3}\.\d{2,}/gi,
      `$1${MASKED.location}`,
      ['.'],
      ['lat', 'lon', 'lng'],
    ),
    maskPattern(/-?\d{1,3}°\s?\d{1,2}['′]\s?[\d.]{1,9}\s?["″]?\s?[NSEW]\b/g, MASKED.location, ['°']),
    maskPattern(
      /(\bgeo:|[@?&](?:q|ll|center)?=?)-?\d{1,2}\.\d{2,15},\s?-?\d{1,3}\.\d{2,15}/gi,
      `$1${MASKED.location}`,
      [',', '.'],
    ),
  ],
  serial: [
    // `(Serial: 123)` in a claim generator, `"serialNumber": "123"` in JSON.
    maskPattern(
      /(serial(?:[ _-]?(?:number|no\.?))?["']?\s{0,2}[:=#]\s{0,2}["']?|\bs\/n[ :=#]{1,3}["']?)[\w-]{0,39}\d[\w-]{0,39}/gi,
      `$1${MASKED.serial}`,
      [],
      ['serial', 's/n'],
    ),
    // Manifest label that begins with the serial number of a device or contains one in its vendor part.
    { all: [':urn:'], replace: maskDeviceLabel },
    maskPattern(/(\burn:c2pa:[0-9a-f-]{36}:)[\w.-]{0,32}\d{5}[\w.-]{0,32}/gi, `$1${MASKED.serial}`, [
      'urn:c2pa:',
    ]),
  ],
  names: [
    maskPattern(/(\b[a-z][a-z0-9+.-]{1,15}:\/\/)[^\s/@"'<>]{1,256}@/gi, `$1${MASKED_CONTACT.account}@`, [
      '://',
      '@',
    ]),
    maskPattern(
      /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:\p{L}{2,24}|…)|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}…/gu,
      MASKED_CONTACT.email,
      ['@'],
    ),
    maskPattern(USER_FOLDER, `$1${MASKED.names}`, [], ['users', 'home', 'documents and settings']),
    maskPattern(/\btel:[+\d][\d.()\- ]{5,24}/gi, MASKED_CONTACT.phone, ['tel:']),
    maskPattern(LABELLED_PHONE, `$1${MASKED_CONTACT.phone}`, [], PHONE_WORDS),
    { all: ['+'], replace: maskInternationalPhones },
    maskPattern(/(?<![\w.+-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?![\w-])/g, MASKED_CONTACT.phone, ['-']),
  ],
};
