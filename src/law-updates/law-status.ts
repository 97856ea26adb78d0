import type { Rulebook } from '../core/law/rulebook.js';
import { builtInLaw } from '../core/law/rulebooks/index.js';
import type { Said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { builtInBooks } from './built-in-books.js';
import { inForce, isExpired, type LawPlaces } from './install.js';
import { type DisabledIn, disabledIn, loadedLaw } from './loaded-law.js';
import { type BookInManifest, compareEditions } from './manifest.js';

export interface LawStatus {
  /** Undefined: the law that came with the program. */
  digest: string | undefined;
  /** When it came into force. */
  since?: string;
  made?: string;
  expires?: string;
  stale: boolean;
  books: BookInManifest[];
  disabled: DisabledIn[];
  /** Clauses whose sources were to be looked at again by now: something was expected of them. */
  checkAgain: { book: string; rule: string; on: string }[];
  /** Whose built-in editions are later: the program was updated and the law was not. */
  builtInIsLater: string[];
  /** What can be gone back to, the last one first. */
  before: BeforeStatus[];
  /** It says which law is in force, and that cannot be read here. */
  fault?: Said;
}

export interface BeforeStatus {
  digest: string | undefined;
  made?: string;
  expires?: string;
  /** Whether it can still be gone back to. */
  whole: boolean;
}

/** What is in force, as the folder (and the database, where machines share one) says it. */
export async function lawStatus(places: LawPlaces | undefined, now: Date): Promise<LawStatus> {
  const of = {
    digest: undefined,
    stale: false,
    disabled: [],
    checkAgain: [],
    builtInIsLater: [],
    before: [],
  };
  const builtIn = builtInBooks();
  const ofBuiltIn = { books: builtIn, checkAgain: checkAgainIn(builtInLaw().laws.values(), now) };
  if (places === undefined) return { ...of, ...ofBuiltIn };
  let digest: string | undefined;
  let before: BeforeStatus[] = [];
  try {
    const current = await inForce(places);
    ({ digest } = current);
    before = await Promise.all(current.before.map((one) => beforeStatus(one, places)));
    const since = current.at === '' ? {} : { since: current.at };
    if (digest === undefined) return { ...of, ...since, before, ...ofBuiltIn };
    const { manifest, books } = await loadedLaw(places.folder, digest);
    return {
      ...{ digest, ...since, made: manifest.made, expires: manifest.expires, before },
      stale: isExpired(manifest, now),
      books: manifest.books,
      disabled: disabledIn(books),
      checkAgain: checkAgainIn(books.values(), now),
      builtInIsLater: builtIn.flatMap(({ id, edition }) => {
        const own = manifest.books.find((book) => book.id === id);
        return own === undefined || compareEditions(own.edition, edition) < 0 ? [id] : [];
      }),
    };
  } catch (error) {
    return { ...of, digest, before, books: [], fault: errorSaid(error) };
  }
}

function checkAgainIn(books: Iterable<Rulebook | Error>, now: Date): LawStatus['checkAgain'] {
  const today = now.toISOString().slice(0, 10);
  return [...books].flatMap((book) => {
    if (book instanceof Error) return [];
    return book.rules.flatMap(({ id: rule, checkAgainOn: on }) =>
      on === undefined || on > today ? [] : [{ book: book.id, rule, on }],
    );
  });
}

async function beforeStatus(digest: string | undefined, { folder }: LawPlaces): Promise<BeforeStatus> {
  if (digest === undefined) return { digest, whole: true };
  const law = await loadedLaw(folder, digest).catch(() => undefined);
  if (law === undefined) return { digest, whole: false };
  const { made, expires } = law.manifest;
  return { digest, made, expires, whole: true };
}
