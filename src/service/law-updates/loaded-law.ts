import type { Rulebook } from '../../core/law/rulebook.js';
import { loadLaws, readIndex } from '../../core/law/rulebooks/index.js';
import { messageOf } from '../../i18n/message-error.js';
import type { LawFolder } from './law-folder.js';
import { LawRefusal } from './law-refusal.js';
import type { LawManifest, LawManifestBook } from './manifest.js';
import { readContent } from './open-bundle.js';

/** Law read from a folder, ready to be put in force. */
export interface LoadedLaw {
  digest: string;
  manifest: LawManifest;
  folder: URL;
  books: ReadonlyMap<string, Rulebook>;
}

/**
 * Reports any fault of an installed law as damage, whichever file shows it; except that the law needs a later version
 * of Assay.
 */
const toBrokenLaw = (digest: string) => (error: unknown) => {
  if (error instanceof LawRefusal && (error.code === 'law.version' || error.code === 'law.schema'))
    throw error;
  throw new LawRefusal('law.broken', { digest });
};

/** Loads a law. Its digest covers every byte, so the signature that was verified on arrival still holds. */
export async function loadLaw(folder: LawFolder, digest: string): Promise<LoadedLaw> {
  const content = await folder.readFiles(digest).then(readContent).catch(toBrokenLaw(digest));
  const where = folder.booksUrl(digest);
  if (content.digest !== digest || buildIndex(readIndex(where)) !== buildIndex(content.manifest.books))
    throw new LawRefusal('law.broken', { digest });
  return { digest, manifest: content.manifest, folder: where, books: await loadBooks(where) };
}

/** A clause that names a signal unknown to this version. */
export interface DisabledIn {
  book: string;
  rule: string;
  signal: string;
}

export const listDisabled = (books: ReadonlyMap<string, Rulebook>): DisabledIn[] =>
  [...books.values()].flatMap(({ id, disabled = [] }) => disabled.map((one) => ({ book: id, ...one })));

const buildIndex = (books: readonly LawManifestBook[]): string =>
  books
    .map(({ id, edition, digest }) => `${id} ${edition} ${digest}`)
    .sort()
    .join('\n');

/**
 * Loads all books; rejects for the first invalid one. A clause that names a signal unknown to this version is disabled,
 * but its book is used.
 */
export async function loadBooks(folder: URL): Promise<ReadonlyMap<string, Rulebook>> {
  const books = new Map<string, Rulebook>();
  for (const [id, law] of await loadLaws(folder, 'disable')) {
    if (law instanceof Error) throw new LawRefusal('law.rules', { book: id, why: messageOf(law) });
    books.set(id, law);
  }
  return books;
}
