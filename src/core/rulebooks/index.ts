import { readFileSync } from 'node:fs';
import { type Said, said } from '../../say/said.js';
import { SaidError } from '../../say/said-error.js';
import type { Rulebook } from '../rulebook.js';
import { isRulebook } from '../schema-checks.js';
import { checkRules } from './check-rules.js';

/** In Report order. A rulebook that is not named here does not exist; its file is `<id>.json` beside this one. */
export const RULEBOOK_IDS = [
  'cn-av-provisions-2019',
  'cn-deep-synthesis-2022',
  'cn-labelling-measures-2025',
  'cn-gb45438-2025',
  'eu-ai-act-art-50',
  'eu-code-of-practice-2026',
  'us-ca-ai-transparency-act',
  'us-wa-hb-1170',
  'us-ct-pa-26-15',
  'us-ut-13-72c',
  'kr-ai-framework-act',
  'in-it-rules-2026',
  'vn-ai-law-2026',
  'iptc-c2pa-practice',
] as const;

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
    if (!(RULEBOOK_IDS as readonly string[]).includes(id)) {
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

const countryOf = (jurisdiction: string): string => jurisdiction.split('-')[0] ?? jurisdiction;

/** `readFileSync`, not an import attribute: Node 20 prints a warning for those. */
async function load(file: string): Promise<Rulebook> {
  const value = parse(readFileSync(new URL(file, import.meta.url), 'utf8'), file);
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

/** A broken one is told to whoever wants it. */
const loaded: ReadonlyMap<string, Rulebook | Error> = new Map(
  await Promise.all(
    RULEBOOK_IDS.map(async (id) => {
      const outcome = await load(`${id}.json`).catch((error: unknown) =>
        error instanceof Error ? error : new Error(String(error)),
      );
      return [id, outcome] as const;
    }),
  ),
);
