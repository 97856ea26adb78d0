import type { Rulebook } from '../../core/law/rulebook.js';
import { type WatchedChange, watchedChangesBetween } from '../../core/law/rulebook-diff.js';
import { loadWatchedLaw } from '../../core/law/watched.js';
import type { Message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { listBuiltInBooks } from './built-in-books.js';
import { findCurrentLaw, isExpired, type LawStores } from './install.js';
import {
  composeLaw,
  type DisabledIn,
  type IdleDisable,
  listDisabled,
  listSigned,
  loadLaw,
  type SignedLaw,
} from './loaded-law.js';
import { compareEditions, type LawManifestBook, type LawSigner } from './manifest.js';

export interface LawStatus {
  /** Name of the law; `undefined`: the built-in law. */
  digest: string | undefined;
  /** Time when it came into force. */
  since?: string;
  /** Days of the update of Assay's own text, if one is installed. */
  made?: string;
  expires?: string;
  /** Whether the last day of any of its parts has passed, and the earliest such day. */
  stale: boolean;
  staleSince?: string;
  /** In the order of their rank. */
  layers: LayerStatus[];
  books: (LawManifestBook & { signer?: string })[];
  disabled: DisabledIn[];
  /** Clauses that a layer disables in vain. */
  idle: readonly IdleDisable[];
  /** Clauses that are due for another look at their sources, because a change was expected. */
  checkAgain: { book: string; rule: string; on: string }[];
  /** Watched law that is due for another look, or begins or ends about now. */
  watched: WatchedChange[];
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

export interface LayerStatus {
  signer: LawSigner;
  digest: string;
  made: string;
  expires: string;
  stale: boolean;
}

export interface PreviousLawStatus {
  digest: string | undefined;
  /** Whether it is intact, so that a rollback can return to it. */
  whole: boolean;
}

/** Returns the state of the law in force, according to the folder, and to the database if machines share one. */
export async function readLawStatus(places: LawStores | undefined, now: Date): Promise<LawStatus> {
  const of = {
    ...{ digest: undefined, stale: false, layers: [], books: [], disabled: [], idle: [], checkAgain: [] },
    ...{ builtInIsLater: [], before: [], watched: listWatched(now) },
  };
  let digest: string | undefined;
  let before: PreviousLawStatus[] = [];
  try {
    const current = places && (await findCurrentLaw(places));
    digest = current?.digest;
    if (places !== undefined && current !== undefined)
      before = await Promise.all(current.before.map((one) => readPreviousStatus(one, places)));
    const law =
      places === undefined || digest === undefined ? composeLaw([]) : await loadLaw(places.folder, digest);
    const { base, books, layers, idle } = law;
    const signed = listSigned(law).map(({ manifest }) => manifest);
    const [staleSince] = signed.flatMap((one) => (isExpired(one, now) ? [one.expires] : [])).sort();
    return {
      ...{ ...of, digest, before, idle },
      ...(current === undefined || current.at === '' ? {} : { since: current.at }),
      ...(base && { made: base.manifest.made, expires: base.manifest.expires }),
      stale: staleSince !== undefined,
      ...(staleSince === undefined ? {} : { staleSince }),
      layers: layers.map(({ digest, manifest }) => {
        const { signer, made, expires } = manifest;
        return { signer, digest, made, expires, stale: isExpired(manifest, now) };
      }),
      books: [...books.values()].map(({ id, edition, digest = '', signer }) => ({
        ...{ id, edition, digest },
        ...(signer && { signer: signer.name }),
      })),
      disabled: listDisabled(books),
      checkAgain: findDueChecks(books.values(), now),
      builtInIsLater: base === undefined ? [] : listLaterBuiltIn(base),
    };
  } catch (error) {
    return { ...of, digest, before, fault: messageOf(error) };
  }
}

function listWatched(now: Date): WatchedChange[] {
  const day = (days: number) => new Date(now.getTime() + days * DAY_MILLIS).toISOString().slice(0, 10);
  const all = watchedChangesBetween(loadWatchedLaw('en'), '0000', day(MONTH_DAYS));
  return all.filter(({ on, change }) => (change === 'due' ? on <= day(0) : on > day(-MONTH_DAYS)));
}
const DAY_MILLIS = 86_400_000;
const MONTH_DAYS = 31;

const listLaterBuiltIn = ({ manifest }: SignedLaw): string[] =>
  listBuiltInBooks().flatMap(({ id, edition }) => {
    const own = manifest.books.find((book) => book.id === id);
    return own === undefined || compareEditions(own.edition, edition) < 0 ? [id] : [];
  });

function findDueChecks(books: Iterable<Rulebook>, now: Date): LawStatus['checkAgain'] {
  const today = now.toISOString().slice(0, 10);
  return [...books].flatMap((book) => {
    return book.rules.flatMap(({ id: rule, checkAgainOn: on }) =>
      on === undefined || on > today ? [] : [{ book: book.id, rule, on }],
    );
  });
}

async function readPreviousStatus(
  digest: string | undefined,
  { folder }: LawStores,
): Promise<PreviousLawStatus> {
  const whole = await loadLaw(folder, digest).then(
    () => true,
    () => false,
  );
  return { digest, whole };
}
