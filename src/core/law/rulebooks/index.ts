import { readdirSync, readFileSync } from 'node:fs';
import { type Said, said } from '../../../say/said.js';
import { SaidError } from '../../../say/said-error.js';
import type { Rulebook } from '../rulebook.js';
import { isRulebook } from '../schema-checks.js';
import { checkRules } from './check-rules.js';

/** A law is a folder beside this file, called by its id: `rulebook.json`, and its words in a file a language. */
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
 * The rulebooks asked for, in the order asked; all of them by default. Read and checked when this is first imported.
 * Throws an error with code `unknown-rulebook` for an id that is not in the list.
 */
export function loadRulebooks(ids: readonly string[] = RULEBOOK_IDS): Rulebook[] {
  return [...new Set(ids)].flatMap((id) => {
    if (!RULEBOOK_IDS.includes(id)) {
      throw new UnknownChoice(
        'unknown-rulebook',
        said('error.unknown-rulebook', { rulebook: id, known: RULEBOOK_IDS }),
      );
    }
    const known = loaded.get(id);
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

/** `readFileSync`, not an import attribute: Node 20 prints a warning for those. */
async function load(folder: URL, id: string): Promise<Rulebook> {
  const file = `${id}/rulebook.json`;
  const value = parse(readFileSync(new URL(file, folder), 'utf8'), file);
  // The schema library is needed only to say what is wrong, and takes longer to load than a small file to read.
  return isRulebook(value)
    ? checkRules(value, file)
    : (await import('./check.js')).checkRulebook(value, file);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`rulebook ${file}: it is not JSON`, { cause });
  }
}

/** Every folder in a folder is a law; in Report order. A broken one is told to whoever wants it, and stands last. */
export async function lawsIn(folder: URL): Promise<ReadonlyMap<string, Rulebook | Error>> {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [one.name] : [],
  );
  const laws = names.map(async (name) => {
    const outcome = await load(folder, name).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    return [name, outcome] as const;
  });
  const all = await Promise.all(laws);
  return new Map(all.sort(([a, one], [b, other]) => orderOf(one) - orderOf(other) || (a < b ? -1 : 1)));
}

const orderOf = (law: Rulebook | Error): number =>
  law instanceof Error ? Number.MAX_SAFE_INTEGER : law.order;

const loaded = await lawsIn(FOLDER);

/** In Report order. */
export const RULEBOOK_IDS: readonly string[] = [...loaded.keys()];
