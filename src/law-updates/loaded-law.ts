import type { Rulebook } from '../core/law/rulebook.js';
import { lawsIn, listedIn } from '../core/law/rulebooks/index.js';
import { errorSaid } from '../say/said-error.js';
import type { LawFolder } from './law-folder.js';
import { LawRefusal } from './law-refusal.js';
import type { BookInManifest, Manifest } from './manifest.js';
import { contentOf } from './open-bundle.js';

/** Law as it lies in a folder, to be put in force. */
export interface LoadedLaw {
  digest: string;
  manifest: Manifest;
  folder: URL;
  books: ReadonlyMap<string, Rulebook>;
}

/** What an installed law has become is one thing, whichever of its files shows it; that it needs a later Assay is another. */
const asBroken = (digest: string) => (error: unknown) => {
  if (error instanceof LawRefusal && (error.code === 'law.version' || error.code === 'law.schema'))
    throw error;
  throw new LawRefusal('law.broken', { digest });
};

/** Its digest binds every byte, so what was signed when it came is what is read here. */
export async function loadedLaw(folder: LawFolder, digest: string): Promise<LoadedLaw> {
  const content = await folder.filesOf(digest).then(contentOf).catch(asBroken(digest));
  const where = folder.booksOf(digest);
  if (content.digest !== digest || indexOf(listedIn(where)) !== indexOf(content.manifest.books))
    throw new LawRefusal('law.broken', { digest });
  return { digest, manifest: content.manifest, folder: where, books: await wholeBooks(where) };
}

/** A clause that names a signal which this version does not know. */
export interface DisabledIn {
  book: string;
  rule: string;
  signal: string;
}

export const disabledIn = (books: ReadonlyMap<string, Rulebook>): DisabledIn[] =>
  [...books.values()].flatMap(({ id, disabled = [] }) => disabled.map((one) => ({ book: id, ...one })));

const indexOf = (books: readonly BookInManifest[]): string =>
  books
    .map(({ id, edition, digest }) => `${id} ${edition} ${digest}`)
    .sort()
    .join('\n');

/** Rejects for the first that is none. A clause that names a signal unknown to this version is disabled, and its book is not. */
export async function wholeBooks(folder: URL): Promise<ReadonlyMap<string, Rulebook>> {
  const books = new Map<string, Rulebook>();
  for (const [id, law] of await lawsIn(folder, 'disable')) {
    if (law instanceof Error) throw new LawRefusal('law.rules', { book: id, why: errorSaid(law) });
    books.set(id, law);
  }
  return books;
}
