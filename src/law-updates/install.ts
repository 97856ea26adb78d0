import type { KeyObject } from 'node:crypto';
import { readArchive } from './archive.js';
import { builtInBooks } from './built-in-books.js';
import { judgeBooks } from './judge-books.js';
import type { Current, LawFolder } from './law-folder.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { type DisabledIn, disabledIn, loadedLaw } from './loaded-law.js';
import { compareEditions, type Manifest } from './manifest.js';
import { contentOf, type OpenBundle, openBundle } from './open-bundle.js';
import type { SharedLaw } from './shared-law.js';

/** Where law is kept: the folder of this machine, and what all machines share, where there are several. */
export interface LawPlaces {
  folder: LawFolder;
  shared?: SharedLaw | undefined;
}

export interface InstallOptions extends LawPlaces {
  keys: readonly KeyObject[];
  now: Date;
  /** An older edition than the one in force, or fewer books, is meant. */
  allowOlder?: boolean;
}

export interface Installed {
  outcome: 'installed' | 'unchanged';
  bundle: OpenBundle;
  before: string | undefined;
  /** Clauses that name a signal which this version does not know. */
  disabled: DisabledIn[];
}

/** Puts a bundle in force. Rejects with a `LawRefusal`, and then all is as it was. */
export async function installLaw(archive: Buffer, options: InstallOptions): Promise<Installed> {
  const { folder, keys, now } = options;
  const bundle = openBundle(archive, keys);
  const { digest, manifest } = bundle;
  assertFresh(manifest, now);
  const current = await inForce(options);
  await assertNotOlder(manifest, current.digest, options);
  await folder.place(bundle, judgeBooks);
  const disabled = disabledIn((await loadedLaw(folder, digest)).books);
  if (current.digest === digest) {
    // It may have been broken, and whoever follows it looks again only at what was written anew.
    await putInForce(current, options, archive);
    return { outcome: 'unchanged', bundle, before: digest, disabled };
  }
  const before = [current.digest, ...current.before].slice(0, lawLimits.before);
  await putInForce({ digest, before, at: now.toISOString() }, options, archive);
  return { outcome: 'installed', bundle, before: current.digest, disabled };
}

/** What is in force: where machines share it, what they share. */
export async function inForce({ folder, shared }: LawPlaces): Promise<Current> {
  const current = (await shared?.current()) ?? (await folder.current());
  return current ?? { digest: undefined, before: [], at: '' };
}

/** The others first: whoever dies in between leaves a folder that follows them. */
async function putInForce(
  current: Current,
  { folder, shared }: LawPlaces,
  archive: Buffer | undefined,
): Promise<void> {
  await shared?.setCurrent(current, archive);
  await folder.setCurrent(current);
  const kept = [current.digest, ...current.before].flatMap((one) => one ?? []);
  await folder.drop(new Set(kept));
}

export const isExpired = ({ expires }: Pick<Manifest, 'expires'>, now: Date): boolean =>
  now.toISOString().slice(0, 10) > expires;

export function assertFresh(manifest: Pick<Manifest, 'expires'>, now: Date): void {
  if (isExpired(manifest, now)) throw new LawRefusal('law.expired', { day: manifest.expires });
}

/** Whoever once signed a law has not said that it may come back for ever. */
async function assertNotOlder(
  { made, books }: Manifest,
  digest: string | undefined,
  { folder, shared, allowOlder = false }: InstallOptions,
): Promise<void> {
  const known = digest === undefined ? undefined : await manifestOf(digest, { folder, shared });
  const offered = new Map(books.map((book) => [book.id, book]));
  for (const { id, edition, digest: own } of known?.books ?? builtInBooks()) {
    const other = offered.get(id);
    // What is cited by its edition means one text.
    if (other?.edition === edition && other.digest !== own)
      throw new LawRefusal('law.sameEdition', { book: id, edition });
    if (allowOlder) continue;
    if (other === undefined) throw new LawRefusal('law.withoutBook', { book: id });
    if (compareEditions(other.edition, edition) < 0)
      throw new LawRefusal('law.older', { book: id, edition: other.edition, known: edition });
  }
  if (!allowOlder && known !== undefined && made < known.made)
    throw new LawRefusal('law.olderBundle', { made, known: known.made });
}

/** Undefined where what is in force is broken here and nowhere else: then it can be installed anew. */
async function manifestOf(digest: string, { folder, shared }: LawPlaces): Promise<Manifest | undefined> {
  const here = await loadedLaw(folder, digest).catch(() => undefined);
  if (here !== undefined) return here.manifest;
  const archive = await shared?.bundle(digest);
  return archive === undefined ? undefined : contentOf(readArchive(archive)).manifest;
}

export interface RolledBack {
  digest: string | undefined;
  before: string | undefined;
}

/** `to`: a digest, or enough of it, of a law that was in force before; `built-in`; left out: the last one. */
export async function rollBackLaw(
  to: string | undefined,
  { folder, shared, now }: LawPlaces & { now: Date },
): Promise<RolledBack> {
  const places = { folder, shared };
  const current = await inForce(places);
  const at = to === undefined ? 0 : current.before.findIndex((one) => isNamed(one, to));
  const isThere = at >= 0 && at < current.before.length;
  if (!isThere && to !== BUILT_IN)
    throw new LawRefusal(to === undefined ? 'law.noneBefore' : 'law.notBefore');
  const digest = isThere ? current.before[at] : undefined;
  if (digest === current.digest) throw new LawRefusal('law.noneBefore');
  // One that is broken by now must not come into force; another machine may have put it in force, and this one not have it.
  if (digest !== undefined && ((await folder.has(digest)) || shared === undefined))
    await loadedLaw(folder, digest);
  const before = isThere
    ? current.before.slice(at + 1)
    : [current.digest, ...current.before].slice(0, lawLimits.before);
  await putInForce({ digest, before, at: now.toISOString() }, places, undefined);
  return { digest, before: current.digest };
}

export const BUILT_IN = 'built-in';
const LEAST_CHARACTERS = 8;

const isNamed = (digest: string | undefined, name: string): boolean =>
  digest === undefined ? name === BUILT_IN : name.length >= LEAST_CHARACTERS && digest.startsWith(name);
