import type { Rulebook } from '../../core/law/rulebook.js';
import { getBuiltInLaw } from '../../core/law/rulebooks/index.js';
import type { Message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { listBuiltInBooks } from './built-in-books.js';
import { findCurrentLaw, isExpired, type LawStores } from './install.js';
import { type DisabledIn, listDisabled, loadLaw } from './loaded-law.js';
import { compareEditions, type LawManifestBook } from './manifest.js';

export interface LawStatus {
  /** `undefined`: the built-in law. */
  digest: string | undefined;
  /** Time when it came into force. */
  since?: string;
  made?: string;
  expires?: string;
  stale: boolean;
  books: LawManifestBook[];
  disabled: DisabledIn[];
  /** Clauses that are due for another look at their sources, because a change was expected. */
  checkAgain: { book: string; rule: string; on: string }[];
  /**
   * Books whose built-in edition is later, or which the law in force lacks: the program was updated and the law was
   * not.
   */
  builtInIsLater: string[];
  /** Laws that a rollback can return to, the latest first. */
  before: PreviousLawStatus[];
  /** Fault of the folder that names the law in force. */
  fault?: Message;
}

export interface PreviousLawStatus {
  digest: string | undefined;
  made?: string;
  expires?: string;
  /** Whether it is intact, so that a rollback can return to it. */
  whole: boolean;
}

/** Returns the state of the law in force, according to the folder, and to the database if machines share one. */
export async function readLawStatus(places: LawStores | undefined, now: Date): Promise<LawStatus> {
  const of = {
    digest: undefined,
    stale: false,
    disabled: [],
    checkAgain: [],
    builtInIsLater: [],
    before: [],
  };
  const builtIn = listBuiltInBooks();
  const ofBuiltIn = { books: builtIn, checkAgain: findDueChecks(getBuiltInLaw().laws.values(), now) };
  if (places === undefined) return { ...of, ...ofBuiltIn };
  let digest: string | undefined;
  let before: PreviousLawStatus[] = [];
  try {
    const current = await findCurrentLaw(places);
    ({ digest } = current);
    before = await Promise.all(current.before.map((one) => readPreviousStatus(one, places)));
    const since = current.at === '' ? {} : { since: current.at };
    if (digest === undefined) return { ...of, ...since, before, ...ofBuiltIn };
    const { manifest, books } = await loadLaw(places.folder, digest);
    return {
      ...{ digest, ...since, made: manifest.made, expires: manifest.expires, before },
      stale: isExpired(manifest, now),
      books: manifest.books,
      disabled: listDisabled(books),
      checkAgain: findDueChecks(books.values(), now),
      builtInIsLater: builtIn.flatMap(({ id, edition }) => {
        const own = manifest.books.find((book) => book.id === id);
        return own === undefined || compareEditions(own.edition, edition) < 0 ? [id] : [];
      }),
    };
  } catch (error) {
    return { ...of, digest, before, books: [], fault: messageOf(error) };
  }
}

function findDueChecks(books: Iterable<Rulebook | Error>, now: Date): LawStatus['checkAgain'] {
  const today = now.toISOString().slice(0, 10);
  return [...books].flatMap((book) => {
    if (book instanceof Error) return [];
    return book.rules.flatMap(({ id: rule, checkAgainOn: on }) =>
      on === undefined || on > today ? [] : [{ book: book.id, rule, on }],
    );
  });
}

async function readPreviousStatus(
  digest: string | undefined,
  { folder }: LawStores,
): Promise<PreviousLawStatus> {
  if (digest === undefined) return { digest, whole: true };
  const law = await loadLaw(folder, digest).catch(() => undefined);
  if (law === undefined) return { digest, whole: false };
  const { made, expires } = law.manifest;
  return { digest, made, expires, whole: true };
}
