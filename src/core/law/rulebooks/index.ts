import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Said, said } from '../../../say/said.js';
import { SaidError } from '../../../say/said-error.js';
import { asArray, asRecord, asText, member } from '../../ground/json-shape.js';
import { table } from '../../ground/table.js';
import type { Rulebook } from '../rulebook.js';
import { isRulebook } from '../schema-checks.js';
import { checkRules, type UnknownSignals } from './check-rules.js';

/** A law is a folder beside this file, called by its id and listed in `index.json`: `book.json`, `clauses.json`, words. */
const FOLDER = new URL('./', import.meta.url);

/** What was asked for is in no rulebook that there is. */
export class UnknownChoice extends SaidError {
  override name = 'UnknownChoice';
  constructor(
    readonly code: 'unknown-rulebook' | 'unknown-jurisdiction',
    what: Said,
  ) {
    super(what);
  }
}

/**
 * The rulebooks in force that are asked for, in the order asked; all of them by default.
 * Throws an error with code `unknown-rulebook` for an id that is not in the list.
 */
export function loadRulebooks(ids: readonly string[] = lawInForce().ids): Rulebook[] {
  const { laws, ids: there } = lawInForce();
  return [...new Set(ids)].flatMap((id) => {
    if (!there.includes(id)) {
      throw new UnknownChoice(
        'unknown-rulebook',
        said('error.unknown-rulebook', { rulebook: id, known: there }),
      );
    }
    const known = laws.get(id);
    if (known instanceof Error) throw known;
    return known ?? [];
  });
}

export interface Choice {
  ids?: readonly string[];
  /** As in the rulebooks; `US` takes in its states. */
  jurisdictions?: readonly string[];
}

/**
 * Those that fit every part of the choice, in Report order; all of them where nothing is chosen.
 * Throws an error with code `unknown-rulebook` or `unknown-jurisdiction`.
 */
export function chooseRulebooks({ ids, jurisdictions }: Choice): Rulebook[] {
  const books = loadRulebooks(ids);
  if (jurisdictions === undefined) return books;
  const known = new Set(
    loadRulebooks().flatMap(({ jurisdiction }) => [jurisdiction, countryOf(jurisdiction)]),
  );
  const unknown = jurisdictions.find((one) => !known.has(one));
  if (unknown !== undefined) {
    throw new UnknownChoice(
      'unknown-jurisdiction',
      said('error.unknown-jurisdiction', { jurisdiction: unknown, known: [...known].sort() }),
    );
  }
  return books.filter(
    ({ jurisdiction }) =>
      jurisdictions.includes(jurisdiction) || jurisdictions.includes(countryOf(jurisdiction)),
  );
}

/** `US-CA` → `US`. */
export const countryOf = (jurisdiction: string): string => jurisdiction.split('-')[0] ?? jurisdiction;

/** All that can be asked as a place, in the order of the books: a country with several states of its own is a choice as well. */
export const placesWithLaw = (rulebooks: readonly Rulebook[]): string[] => [
  ...new Set(rulebooks.flatMap(({ jurisdiction }) => [countryOf(jurisdiction), jurisdiction])),
];

/** One line of a folder’s index (`index.json`), which is made of its books (scripts/law-index.js). */
export interface Listed {
  id: string;
  edition: string;
  /** Of clauses and words; see digest.ts. */
  digest: string;
  /** By language. */
  titles: Readonly<Record<string, string>>;
}

/** What a folder holds, as its index lists it. Throws where there is none that can be read. */
export function listedIn(folder: URL): Listed[] {
  const value = parse(readFileSync(new URL('index.json', folder), 'utf8'), 'index.json');
  const books = asArray(member(asRecord(value) ?? {}, 'rulebooks'), MOST_BOOKS).map((one) => asRecord(one));
  return books.flatMap((one) => {
    const [id, edition, digest] = ['id', 'edition', 'digest'].map((name) => asText(one?.[name], 100));
    const isWhole = id !== undefined && edition !== undefined && digest !== undefined;
    if (!isWhole || !BOOK_ID.test(id)) throw new Error('rulebooks index.json: an entry is not one of a book');
    return [{ id, edition, digest, titles: titlesIn(one?.['titles']) }];
  });
}

function titlesIn(value: unknown): Listed['titles'] {
  const all = Object.entries(asRecord(value) ?? {}).slice(0, MOST_LANGUAGES);
  return table(
    Object.fromEntries(
      all.flatMap(([language, title]) => {
        const text = asText(title, 300);
        return text === undefined ? [] : [[language, text]];
      }),
    ),
  );
}
const MOST_LANGUAGES = 100;
const MOST_BOOKS = 500;
const BOOK_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

async function load(folder: URL, listed: Listed, unknown: UnknownSignals): Promise<Rulebook> {
  const { value, file } = written(folder, listed);
  // The schema library is needed only to say what is wrong, and takes longer to load than a small file to read.
  const book = isRulebook(value)
    ? checkRules(value, file, unknown)
    : (await import('./check.js')).checkRulebook(value, file, unknown);
  return asListed(book, listed, file);
}

/** One that came with the program, at once: what exactly is wrong with such a one, its tests say. */
function loadBuiltIn(listed: Listed): Rulebook {
  const { value, file } = written(FOLDER, listed);
  if (!isRulebook(value)) throw new Error(`rulebook ${file}: it is not written as one`);
  return asListed(checkRules(value, file, 'refuse'), listed, file);
}

/** `readFileSync`, not an import attribute: Node 20 prints a warning for those. */
function written(folder: URL, { id }: Listed): { value: unknown; file: string } {
  const file = `${id}/clauses.json`;
  const [head, rules] = [`${id}/book.json`, file].map((name) =>
    parse(readFileSync(new URL(name, folder), 'utf8'), name),
  );
  return { value: { ...asRecord(head), rules }, file };
}

function asListed(book: Rulebook, { id, edition, digest, titles }: Listed, file: string): Rulebook {
  if (book.id !== id || book.edition !== edition)
    throw new Error(`rulebook ${file}: the index lists ${id} of ${edition}`);
  return { ...book, digest, titles };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`rulebook ${file}: it is not JSON`, { cause });
  }
}

/**
 * The laws that a folder’s index lists, in Report order. A broken one is told to whoever wants it, and stands last.
 * `unknown`: what becomes of a clause that names a signal which this version of Assay does not know.
 */
export async function lawsIn(folder: URL, unknown: UnknownSignals = 'refuse'): Promise<Laws> {
  const laws = listedIn(folder).map(
    async (one) => [one.id, await load(folder, one, unknown).catch(asError)] as const,
  );
  return inOrder(await Promise.all(laws));
}

function builtInLaws(): Laws {
  const laws = listedIn(FOLDER).map((one) => {
    try {
      return [one.id, loadBuiltIn(one)] as const;
    } catch (error) {
      return [one.id, asError(error)] as const;
    }
  });
  return inOrder(laws);
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const inOrder = (laws: (readonly [string, Rulebook | Error])[]): Laws =>
  new Map(laws.sort(([a, one], [b, other]) => orderOf(one) - orderOf(other) || (a < b ? -1 : 1)));

export type Laws = ReadonlyMap<string, Rulebook | Error>;

const orderOf = (law: Rulebook | Error): number =>
  law instanceof Error ? Number.MAX_SAFE_INTEGER : law.order;

/** What a process answers with: laws, and the folder where their words stand. */
export interface InForce {
  folder: URL;
  laws: Laws;
  /** In Report order. */
  ids: readonly string[];
  /** Of all of them together: the same law has the same. */
  digest: string;
}

/** The same of laws that are only looked at: their books have their words from their own folder. */
export function lawOf(folder: URL, laws: Laws): InForce {
  const listed = [...laws].map(([id, law]) => `${id} ${law instanceof Error ? 'broken' : law.digest}`);
  const digest = createHash('sha256').update(listed.sort().join('\n')).digest('hex');
  const law = { folder, laws, ids: [...laws.keys()], digest };
  for (const one of laws.values()) if (!(one instanceof Error)) homes.set(one, law);
  return law;
}

/** A book that somebody holds while other law comes into force keeps its own words. */
const homes = new WeakMap<Rulebook, InForce>();

/** The law that a book belongs to; of a part of a book, the one in force. */
export const lawWith = (book: Rulebook): InForce => homes.get(book) ?? lawInForce();

/** Read when it is first asked for: not every process asks for law. */
let builtIn: InForce | undefined;
let inForce: InForce | undefined;

/** All that is asked of law in this process from now on is answered with these; without any, with what Assay came with. */
export function putInForce(folder?: URL, laws: Laws = new Map()): void {
  inForce = folder === undefined ? builtInLaw() : lawOf(folder, laws);
}

export const lawInForce = (): InForce => {
  inForce ??= builtInLaw();
  return inForce;
};

/** What Assay came with. */
export const builtInLaw = (): InForce => {
  builtIn ??= lawOf(FOLDER, builtInLaws());
  return builtIn;
};

/** In Report order. */
export const rulebookIds = (): readonly string[] => lawInForce().ids;
