import { MASKED, MASKED_CONTACT } from '../signals/mask-words.js';
import { PERSONAL, type Personal } from '../signals/personal.js';

/**
 * Masks what leads to a person inside a longer text of the file: a prompt, a path, an address, a claim generator's
 * name. By form only, so it finds no bare name; those are masked where a field says that it holds one, and then
 * wherever else the same words stand (`literals`).
 */

export type Literals = Readonly<Record<Personal, readonly string[]>>;
export type TextMask = (text: string) => string;

type Replace = (text: string) => string;

/** What is masked by form, and what stands in every text that holds it, in lower case: `all` of these, one of `any`. */
interface Form {
  all: readonly string[];
  any?: readonly string[];
  replace: Replace;
}

export function textMask(revealed: readonly Personal[], literals: Literals): TextMask {
  const kinds = PERSONAL.filter((kind) => !revealed.includes(kind));
  const masks = kinds.map((kind) => ({
    literals: literalMask(kind, literalWords(literals[kind])),
    forms: BY_FORM[kind],
  }));
  const words = kinds.flatMap((kind) => literalWords(literals[kind]));
  const isByForm = words.length === 0;
  const mayHoldLiteral = anyLiteral(words);
  // One report says the same addresses and words many times over.
  const known = new Map<string, string>();
  return (text) => {
    if (isByForm && !MAY_LEAD_SOMEWHERE.test(text)) return text;
    const before = known.get(text);
    if (before !== undefined) return before;
    const isHeld = mayHoldLiteral(text);
    const masked = isHeld || MAY_LEAD_SOMEWHERE.test(text) ? maskedBy(masks, text, isHeld) : text;
    if (known.size < MOST_REMEMBERED && text.length <= MOST_REMEMBERED_CHARACTERS) known.set(text, masked);
    return masked;
  };
}

interface Mask {
  literals: Replace;
  forms: readonly Form[];
}

/** `isHeld`: a word that the file has in a field made for such may stand in it. */
function maskedBy(masks: readonly Mask[], text: string, isHeld: boolean): string {
  let masked = text;
  let mayHold = isHeld;
  for (const { literals, forms } of masks) {
    if (mayHold) masked = literals(masked);
    const next = maskedByForm(masked, forms);
    // The file may have such a word that stands in what a mask puts there.
    mayHold ||= next !== masked;
    masked = next;
  }
  return masked;
}

function maskedByForm(text: string, forms: readonly Form[]): string {
  let masked = text;
  let lowered = text.toLowerCase();
  for (const form of forms) {
    if (!mayBe(form, lowered)) continue;
    const next = form.replace(masked);
    if (next === masked) continue;
    masked = next;
    lowered = next.toLowerCase();
  }
  return masked;
}

function mayBe({ all, any }: Form, lowered: string): boolean {
  for (const part of all) if (!lowered.includes(part)) return false;
  return any === undefined || holdsAny(lowered, any);
}

const MOST_REMEMBERED = 4_096;
const MOST_REMEMBERED_CHARACTERS = 512;

const MOST_LITERALS = 1_024;
const MOST_LITERAL_CHARACTERS = 1_024;
/** Shorter ones stand inside ordinary words and numbers. */
const FEWEST_LITERAL_CHARACTERS = 4;

function literalWords(literals: readonly string[]): readonly string[] {
  if (literals.length === 0) return literals;
  return (
    [...new Set(literals.map((one) => one.trim()))]
      .filter(({ length }) => length >= FEWEST_LITERAL_CHARACTERS && length <= MOST_LITERAL_CHARACTERS)
      // The longest first: one may stand inside another.
      .sort((a, b) => b.length - a.length)
      .slice(0, MOST_LITERALS)
  );
}

function literalMask(kind: Personal, words: readonly string[]): Replace {
  const mayHold = anyLiteral(words);
  let pattern: RegExp | undefined;
  return (text) => {
    if (!mayHold(text)) return text;
    pattern ??= anyOf(words);
    return text.replace(pattern, MASKED[kind]);
  };
}

/** Whether one of them may stand in a text. */
function anyLiteral(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  const lowered = words.map((one) => one.toLowerCase());
  // Where all are plain ASCII, lower case is all that there is to letters, and tells at once that none is there. Elsewhere
  // the pattern knows more: that ſ and K are an s and a k.
  const isPlain = lowered.every(isAscii);
  return (text) => !isPlain || !isAscii(text) || holdsAny(text.toLowerCase(), lowered);
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

function holdsAny(text: string, words: readonly string[]): boolean {
  for (const word of words) if (text.includes(word)) return true;
  return false;
}

/** Takes V8 longer to compile than most reports to be masked: only where one of them may be there. */
function anyOf(words: readonly string[]): RegExp {
  const any = words.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu');
}

/**
 * Each of the forms below has one of these in it. Most texts of a report have none, and one look at them takes a part of the
 * time of all the others.
 */
const MAY_LEAD_SOMEWHERE = /\d\d|[@\\/°+]|serial|tel|phone|mobile|cell|whatsapp|电话|手机/i;

/** Most texts of a report hold nothing of the kind, and what every such thing has tells so at once. */
const by = (pattern: RegExp, mask: string, all: readonly string[], any?: readonly string[]): Form => ({
  all,
  ...(any === undefined ? {} : { any }),
  replace: (text) => text.replace(pattern, mask),
});

const USER_FOLDER =
  /((?:\\{1,4}|\/)(?:Users|home|Documents and Settings)(?:\\{1,4}|\/))(?:[^\\/"'<>|*?:\r\n[\]]{1,64}(?=[\\/])|[^\\/\s"'<>|*?:,;)[\]]{1,64})/gi;

const LABELLED_PHONE =
  /((?:\b(?:tel|phone|mobile|cell|telefon|whatsapp)\b|电话|手机)\.?["']?\s{0,2}[:=：]?\s{0,2}["']?)[+\d(][\d ().\-/]{5,20}\d/gi;
/** One of them stands in each such label. */
const PHONE_WORDS = ['tel', 'phone', 'mobile', 'cell', 'whatsapp', '电话', '手机'];
const INTERNATIONAL_PHONE = /(?<![\w+.])\+\d{1,3}(?:[ .\-/]?\(?\d{1,5}\)?){2,6}(?![\w])/g;
const FEWEST_PHONE_DIGITS = 8;
const MOST_PHONE_DIGITS = 15;

function international(text: string): string {
  return text.replace(INTERNATIONAL_PHONE, (found) => {
    const digits = found.replace(/\D/g, '').length;
    return digits >= FEWEST_PHONE_DIGITS && digits <= MOST_PHONE_DIGITS ? MASKED_CONTACT.phone : found;
  });
}

/** Looks ahead from the start of every word: only where there is something to find. */
function deviceLabel(text: string): string {
  if (!/:urn:(?<=\d{4}[\w.-]{0,60}:urn:)/i.test(text)) return text;
  return text.replace(/(?<![\w.-])(?=[\w.-]{0,60}\d{4})[\w.-]{4,64}(?=:urn:(?:uuid|c2pa):)/gi, MASKED.serial);
}

const BY_FORM: Readonly<Record<Personal, readonly Form[]>> = {
  location: [
    // ISO 6709, as QuickTime writes it.
    by(
      /[+-]\d{2}(?:\d{2}){0,2}\.\d{1,12}[+-]\d{3}(?:\d{2}){0,2}\.\d{1,12}(?:[+-]\d{1,6}(?:\.\d{1,6})?)?\/?/g,
      MASKED.location,
      ['.'],
    ),
    by(
      /((?:latitude|longitude|\blat|\blon|\blng)["']?\s{0,2}[:=]\s{0,2}["']?)-?\d{1,3}\.\d{2,}/gi,
      `$1${MASKED.location}`,
      ['.'],
      ['lat', 'lon', 'lng'],
    ),
    by(/-?\d{1,3}°\s?\d{1,2}['′]\s?[\d.]{1,9}\s?["″]?\s?[NSEW]\b/g, MASKED.location, ['°']),
    by(
      /(\bgeo:|[@?&](?:q|ll|center)?=?)-?\d{1,2}\.\d{2,15},\s?-?\d{1,3}\.\d{2,15}/gi,
      `$1${MASKED.location}`,
      [',', '.'],
    ),
  ],
  serial: [
    // `(Serial: 123)` in a claim generator, `"serialNumber": "123"` in JSON.
    by(
      /(serial(?:[ _-]?(?:number|no\.?))?["']?\s{0,2}[:=#]\s{0,2}["']?|\bs\/n[ :=#]{1,3}["']?)[\w-]{0,39}\d[\w-]{0,39}/gi,
      `$1${MASKED.serial}`,
      [],
      ['serial', 's/n'],
    ),
    // A manifest's label that begins with a device's serial number, or has one in its maker's part.
    { all: [':urn:'], replace: deviceLabel },
    by(/(\burn:c2pa:[0-9a-f-]{36}:)[\w.-]{0,32}\d{5}[\w.-]{0,32}/gi, `$1${MASKED.serial}`, ['urn:c2pa:']),
  ],
  names: [
    by(/(\b[a-z][a-z0-9+.-]{1,15}:\/\/)[^\s/@"'<>]{1,256}@/gi, `$1${MASKED_CONTACT.account}@`, ['://', '@']),
    by(
      /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:\p{L}{2,24}|…)|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}…/gu,
      MASKED_CONTACT.email,
      ['@'],
    ),
    by(USER_FOLDER, `$1${MASKED.names}`, [], ['users', 'home', 'documents and settings']),
    by(/\btel:[+\d][\d.()\- ]{5,24}/gi, MASKED_CONTACT.phone, ['tel:']),
    by(LABELLED_PHONE, `$1${MASKED_CONTACT.phone}`, [], PHONE_WORDS),
    { all: ['+'], replace: international },
    by(/(?<![\w.+-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?![\w-])/g, MASKED_CONTACT.phone, ['-']),
  ],
};
