import { createHash } from 'node:crypto';
import type { DisabledRule, Rulebook } from '../../core/law/rulebook.js';
import { getBuiltInLaw, loadLaws, readIndex } from '../../core/law/rulebooks/index.js';
import { messageOf } from '../../i18n/message-error.js';
import { BUILT_IN, type LawFolder } from './law-folder.js';
import { LawRefusal } from './law-refusal.js';
import type { DisabledClause, LawManifest, LawManifestBook } from './manifest.js';
import { isAssaysLaw, readContent } from './open-bundle.js';

/** One signed archive, read from the folder of law. */
export interface SignedLaw {
  digest: string;
  manifest: LawManifest;
  books: ReadonlyMap<string, Rulebook>;
}

/** Law read from a folder, ready to be put in force: Assay's own text and the layers on top of it. */
export interface LoadedLaw {
  /** Name of the law: the digests of its archives. */
  name: string;
  /** Update of Assay's own text; absent: the built-in text. */
  base?: SignedLaw;
  /** In the order of their rank, the highest first. */
  layers: readonly SignedLaw[];
  books: ReadonlyMap<string, Rulebook>;
  /** Clauses that a layer disables in vain. */
  idle: readonly IdleDisable[];
}

/** `gone`: there is no such clause; `higher`: its book is of a layer with a higher rank. */
export type IdleDisable = DisabledClause & { by: string; why: 'gone' | 'higher' };

/**
 * Reports any fault of an installed law as damage, whichever file shows it; except that the law needs a later version
 * of Assay.
 */
const toBrokenLaw = (digest: string) => (error: unknown) => {
  if (error instanceof LawRefusal && (error.code === 'law.version' || error.code === 'law.schema'))
    throw error;
  throw new LawRefusal('law.broken', { digest });
};

/** Loads one archive. Its digest covers every byte, so the signature that was verified on arrival still holds. */
export async function loadSignedLaw(folder: LawFolder, digest: string): Promise<SignedLaw> {
  const { manifest, digest: own } = await folder
    .readFiles(digest)
    .then(readContent)
    .catch(toBrokenLaw(digest));
  const where = folder.booksUrl(digest);
  if (own !== digest || buildIndex(readIndex(where)) !== buildIndex(manifest.books))
    throw new LawRefusal('law.broken', { digest });
  return { digest, manifest, books: await loadBooks(where) };
}

/** Loads the law of that name. Rejects with `LawRefusal`, also if its parts do not fit together. */
export async function loadLaw(folder: LawFolder, name: string | undefined): Promise<LoadedLaw> {
  const parts = [];
  for (const digest of listArchives(name)) parts.push(await loadSignedLaw(folder, digest));
  return composeLaw(parts);
}

/** Name of a law by its archives, Assay's own first; `undefined`: the built-in law alone. */
export function nameLaw(base: string | undefined, layers: readonly string[]): string | undefined {
  return layers.length === 0 ? base : [base ?? BUILT_IN, ...layers].join(JOINT);
}
const JOINT = '+';

/** Returns the parts of a law by its name; `base` is absent if Assay's own text is the built-in one. */
export function splitLawName(name: string | undefined): { base?: string; layers: string[] } {
  const [base = BUILT_IN, ...layers] = name?.split(JOINT) ?? [];
  return { ...(base === BUILT_IN ? {} : { base }), layers };
}

/** Returns the digests of the archives that a law consists of. */
export function listArchives(name: string | undefined): string[] {
  const { base, layers } = splitLawName(name);
  return base === undefined ? layers : [base, ...layers];
}

/** Returns the archives that a law consists of; none of the built-in law. */
export const listSigned = (law: Pick<LoadedLaw, 'base' | 'layers'> | undefined): SignedLaw[] =>
  law === undefined ? [] : [...(law.base === undefined ? [] : [law.base]), ...law.layers];

/** Puts layers on top of Assay's own text. Throws `LawRefusal` if two of them have a book of one id. */
export function composeLaw(parts: readonly SignedLaw[]): LoadedLaw {
  const base = parts.find(({ manifest }) => isAssaysLaw(manifest));
  const layers = parts.filter((one) => one !== base);
  const books = new Map(base?.books ?? listBuiltIn());
  for (const { manifest, books: own } of layers) {
    for (const [id, book] of own) {
      if (books.has(id)) throw new LawRefusal('law.bookTwice', { book: id, by: manifest.signer.name });
      books.set(id, { ...book, signer: manifest.signer });
    }
  }
  const idle = layers.flatMap((layer, rank) => disableClauses(layer, layers.slice(0, rank), books));
  for (const [id, book] of books) books.set(id, { ...book, ...effectiveDigest(book) });
  const name = nameLaw(
    base?.digest,
    layers.map(({ digest }) => digest),
  );
  return { name: name ?? BUILT_IN, ...(base && { base }), layers, books, idle };
}

/** Disables what a layer may, and returns what it disables in vain. */
function disableClauses(
  { manifest: { signer, disables } }: SignedLaw,
  higher: readonly SignedLaw[],
  books: Map<string, Rulebook>,
): IdleDisable[] {
  return disables.flatMap((one): IdleDisable[] => {
    const book = books.get(one.book);
    const { rules = [], disabled = [] } = book ?? {};
    const known = rules.find(({ id }) => id === one.rule) ?? disabled.find(({ rule }) => rule === one.rule);
    if (book === undefined || known === undefined) return [{ ...one, by: signer.name, why: 'gone' }];
    if (higher.some((layer) => layer.books.has(one.book)))
      return [{ ...one, by: signer.name, why: 'higher' }];
    const clause = 'clause' in known ? known.clause : one.rule;
    const off: DisabledRule = { rule: one.rule, clause, by: signer.name, reason: one.reason };
    books.set(one.book, {
      ...book,
      rules: rules.filter(({ id }) => id !== one.rule),
      disabled: [...disabled, off],
    });
    return [];
  });
}

/** A stored answer counts for one digest only, so the digest changes with what a layer does to a book. */
function effectiveDigest({ digest, signer, disabled = [] }: Rulebook): Pick<Rulebook, 'digest'> {
  const off = disabled.filter((one) => 'by' in one);
  if (digest === undefined || (signer === undefined && off.length === 0)) return {};
  const content = JSON.stringify([digest, signer?.name, signer?.key, off]);
  return { digest: createHash('sha256').update(content).digest('hex') };
}

function* listBuiltIn(): Generator<[string, Rulebook]> {
  for (const [id, law] of getBuiltInLaw().laws) if (!(law instanceof Error)) yield [id, law];
}

/** A clause that names a signal unknown to this version, or that a layer disables. */
export type DisabledIn = { book: string } & DisabledRule;

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
