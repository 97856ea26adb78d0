import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asArray, asRecord, asText, ownMember } from '../../../base/json-shape.js';
import { lookupTable } from '../../../base/table.js';
import { type Message, message } from '../../../i18n/message.js';
import { MessageError } from '../../../i18n/message-error.js';
import type { Rulebook } from '../rulebook.js';
import { isRulebook } from '../schema-checks.js';
import { checkRules, type UnknownSignals } from './check-rules.js';
import { builtInFragments, resolveFragments } from './fragments.js';

/**
 * Folder of the built-in laws. Each law is a subfolder named by its id and listed in `index.json`: `book.json`,
 * `clauses.json`, texts.
 */
const FOLDER = new URL('.//', import.meta.url);

/** Thrown if a requested rulebook or jurisdiction does not exist. */
export class UnknownLawError extends MessageError {
  override name = 'UnknownLawError';
  constructor(
    readonly code: 'unknown-rulebook' | 'unknown-jurisdiction',
    what: Message,
  ) {
    super(what);
  }
}

/**
 * Returns the requested rulebooks in force, in the given order; default: all. Throws an error with code
 * `unknown-rulebook` if an id is not listed.
 */
export function loadRulebooks(ids: readonly string[] = getLawInForce().ids): Rulebook[] {
  const { laws, ids: there } = getLawInForce();
  return [...new Set(ids)].flatMap((id) => {
    if (!there.includes(id)) {
      throw new UnknownLawError(
        'unknown-rulebook',
        message('error.unknown-rulebook', { rulebook: id, known: there }),
      );
    }
    const known = laws.get(id);
    if (known instanceof Error) throw known;
    return known ?? [];
  });
}

export interface RulebookFilter {
  ids?: readonly string[];
  /** Jurisdictions as named by the rulebooks; `US` includes its states. */
  jurisdictions?: readonly string[];
}

/**
 * Returns the rulebooks that match every given criterion, in Report order; all of them if there is none. Throws an
 * error with code `unknown-rulebook` or `unknown-jurisdiction`.
 */
export function chooseRulebooks({ ids, jurisdictions }: RulebookFilter): Rulebook[] {
  const books = loadRulebooks(ids);
  if (jurisdictions === undefined) return books;
  const known = new Set(
    loadRulebooks().flatMap(({ jurisdiction }) => [jurisdiction, countryOf(jurisdiction)]),
  );
  const unknown = jurisdictions.find((one) => !known.has(one));
  if (unknown !== undefined) {
    throw new UnknownLawError(
      'unknown-jurisdiction',
      message('error.unknown-jurisdiction', { jurisdiction: unknown, known: [...known].sort() }),
    );
  }
  return books.filter(
    ({ jurisdiction }) =>
      jurisdictions.includes(jurisdiction) || jurisdictions.includes(countryOf(jurisdiction)),
  );
}

/** Returns the country of a jurisdiction: `US-CA` → `US`. */
export const countryOf = (jurisdiction: string): string => jurisdiction.split('-')[0] ?? jurisdiction;

/**
 * Returns the jurisdictions that can be requested, in the order of the rulebooks; the country of several states is one
 * as well.
 */
export const listJurisdictions = (rulebooks: readonly Rulebook[]): string[] => [
  ...new Set(rulebooks.flatMap(({ jurisdiction }) => [countryOf(jurisdiction), jurisdiction])),
];

/** Entry of a folder’s `index.json`, which scripts/law-index.js generates from its rulebooks. */
export interface RulebookEntry {
  id: string;
  edition: string;
  /** Digest of clauses and texts (digest.ts). */
  digest: string;
  /** Titles by language. */
  titles: Readonly<Record<string, string>>;
}

/** Returns the entries of a folder's index. Throws if there is no readable index. */
export function readIndex(folder: URL): RulebookEntry[] {
  const value = parse(readFileSync(new URL('index.json', folder), 'utf8'), 'index.json');
  const books = asArray(ownMember(asRecord(value) ?? {}, 'rulebooks'), MAX_RULEBOOKS).map((one) =>
    asRecord(one),
  );
  return books.flatMap((one) => {
    const [id, edition, digest] = ['id', 'edition', 'digest'].map((name) => asText(one?.[name], 100));
    const isWhole = id !== undefined && edition !== undefined && digest !== undefined;
    if (!isWhole || !BOOK_ID.test(id)) throw new Error('rulebooks index.json: an entry is not one of a book');
    return [{ id, edition, digest, titles: parseTitles(one?.['titles']) }];
  });
}

function parseTitles(value: unknown): RulebookEntry['titles'] {
  const all = Object.entries(asRecord(value) ?? {}).slice(0, MAX_LANGUAGES);
  return lookupTable(
    Object.fromEntries(
      all.flatMap(([language, title]) => {
        const text = asText(title, 300);
        return text === undefined ? [] : [[language, text]];
      }),
    ),
  );
}
const MAX_LANGUAGES = 100;
const MAX_RULEBOOKS = 500;
const BOOK_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

async function load(folder: URL, listed: RulebookEntry, unknown: UnknownSignals): Promise<Rulebook> {
  const { value, file } = readRulebookFiles(folder, listed);
  // The schema library is loaded only to describe an error, since loading it takes longer than reading a small file.
  const book = isRulebook(value)
    ? checkRules(value, file, unknown)
    : (await import('./check.js')).checkRulebook(value, file, unknown);
  return addIndexData(book, listed, file, folder);
}

/** Loads a built-in rulebook synchronously; the tests, not this function, report exactly what is wrong with one. */
function loadBuiltIn(listed: RulebookEntry): Rulebook {
  const { value, file } = readRulebookFiles(FOLDER, listed);
  if (!isRulebook(value)) throw new Error(`rulebook ${file}: it is not written as one`);
  return addIndexData(checkRules(value, file, 'refuse'), listed, file, FOLDER);
}

/** Uses `readFileSync` instead of an import attribute, for which Node 20 prints a warning. */
function readRulebookFiles(folder: URL, { id }: RulebookEntry): { value: unknown; file: string } {
  const file = `${id}/clauses.json`;
  const [head, rules] = [`${id}/book.json`, file].map((name) =>
    parse(readFileSync(new URL(name, folder), 'utf8'), name),
  );
  return { value: { ...asRecord(head), rules: resolveFragments(rules, builtInFragments()) }, file };
}

function addIndexData(
  book: Rulebook,
  { id, edition, digest, titles }: RulebookEntry,
  file: string,
  folder: URL,
): Rulebook {
  if (book.id !== id || book.edition !== edition)
    throw new Error(`rulebook ${file}: the index lists ${id} of ${edition}`);
  return { ...book, digest, titles, folder };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`rulebook ${file}: it is not JSON`, { cause });
  }
}

/**
 * Loads the laws listed in a folder’s index, in Report order. A broken one is stored as its error and comes last.
 * `unknown`: treatment of clauses that name a signal unknown to this version of Assay.
 */
export async function loadLaws(folder: URL, unknown: UnknownSignals = 'refuse'): Promise<Laws> {
  const laws = readIndex(folder).map(
    async (one) => [one.id, await load(folder, one, unknown).catch(asError)] as const,
  );
  return sortLaws(await Promise.all(laws));
}

function loadBuiltInLaws(): Laws {
  const laws = readIndex(FOLDER).map((one) => {
    try {
      return [one.id, loadBuiltIn(one)] as const;
    } catch (error) {
      return [one.id, asError(error)] as const;
    }
  });
  return sortLaws(laws);
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const sortLaws = (laws: (readonly [string, Rulebook | Error])[]): Laws =>
  new Map(laws.sort(([a, one], [b, other]) => orderOf(one) - orderOf(other) || (a < b ? -1 : 1)));

export type Laws = ReadonlyMap<string, Rulebook | Error>;

const orderOf = (law: Rulebook | Error): number =>
  law instanceof Error ? Number.MAX_SAFE_INTEGER : law.order;

/** Laws that a process uses. */
export interface LawSet {
  laws: Laws;
  /** Rulebook ids in Report order. */
  ids: readonly string[];
  /** Digest over all laws together. */
  digest: string;
}

/** Creates law without putting it in force; its rulebooks take their texts from their own folders. */
export function createLawSet(laws: Laws): LawSet {
  const listed = [...laws].map(([id, law]) => `${id} ${law instanceof Error ? 'broken' : law.digest}`);
  const digest = createHash('sha256').update(listed.sort().join('\n')).digest('hex');
  const law = { laws, ids: [...laws.keys()], digest };
  for (const one of laws.values()) if (!(one instanceof Error)) lawSets.set(one, law);
  return law;
}

/** A rulebook still in use when other law comes into force keeps its own texts. */
const lawSets = new WeakMap<Rulebook, LawSet>();

/** Returns the law that a rulebook belongs to; for a copy of part of a rulebook, the law in force. */
export const lawSetOf = (book: Rulebook): LawSet => lawSets.get(book) ?? getLawInForce();

/** Loaded on first use, because not every process needs law. */
let builtIn: LawSet | undefined;
let inForce: LawSet | undefined;

/** Replaces the law that this process uses from now on; without arguments, restores the built-in law. */
export function setLawInForce(laws?: Laws): void {
  inForce = laws === undefined ? getBuiltInLaw() : createLawSet(laws);
}

export const getLawInForce = (): LawSet => {
  inForce ??= getBuiltInLaw();
  return inForce;
};

/** Returns the built-in law. */
export const getBuiltInLaw = (): LawSet => {
  builtIn ??= createLawSet(loadBuiltInLaws());
  return builtIn;
};

/** Returns the ids in Report order. */
export const listRulebookIds = (): readonly string[] => getLawInForce().ids;
