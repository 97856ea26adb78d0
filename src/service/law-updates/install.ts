import type { KeyObject } from 'node:crypto';
import { readArchive } from './archive.js';
import { listBuiltInBooks } from './built-in-books.js';
import { checkBooks } from './judge-books.js';
import type { CurrentLaw, LawFolder } from './law-folder.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import { type DisabledIn, listDisabled, loadLaw } from './loaded-law.js';
import { compareEditions, type LawManifest } from './manifest.js';
import { type OpenBundle, openBundle, readContent } from './open-bundle.js';
import type { SharedLaw } from './shared-law.js';

/** Stores of law: the folder of this machine and, if there are several machines, their shared database. */
export interface LawStores {
  folder: LawFolder;
  shared?: SharedLaw | undefined;
}

export interface InstallOptions extends LawStores {
  keys: readonly KeyObject[];
  now: Date;
  /** Allows an edition older than the one in force, or fewer books. */
  allowOlder?: boolean;
}

export interface Installed {
  outcome: 'installed' | 'unchanged';
  bundle: OpenBundle;
  before: string | undefined;
  /** Clauses that name a signal unknown to this version. */
  disabled: DisabledIn[];
}

/** Puts a bundle in force. Rejects with `LawRefusal`, and then nothing has changed. */
export async function installLaw(archive: Buffer, options: InstallOptions): Promise<Installed> {
  const { folder, keys, now } = options;
  const bundle = openBundle(archive, keys);
  const { digest, manifest } = bundle;
  assertFresh(manifest, now);
  const current = await findCurrentLaw(options);
  await assertNotOlder(manifest, current.digest, options);
  await folder.store(bundle, checkBooks);
  const disabled = listDisabled((await loadLaw(folder, digest)).books);
  if (current.digest === digest) {
    // The installed copy may be damaged, and watching processes only reload a file that was rewritten.
    await setCurrentLaw(current, options, archive);
    return { outcome: 'unchanged', bundle, before: digest, disabled };
  }
  const before = [current.digest, ...current.before].slice(0, lawLimits.before);
  await setCurrentLaw({ digest, before, at: now.toISOString() }, options, archive);
  return { outcome: 'installed', bundle, before: current.digest, disabled };
}

/** Returns the law in force: the shared one if machines share it, else that of the folder. */
export async function findCurrentLaw({ folder, shared }: LawStores): Promise<CurrentLaw> {
  const current = (await shared?.current()) ?? (await folder.readCurrent());
  return current ?? { digest: undefined, before: [], at: '' };
}

/** The shared store comes first: if this process dies in between, the folder catches up with it. */
async function setCurrentLaw(
  current: CurrentLaw,
  { folder, shared }: LawStores,
  archive: Buffer | undefined,
): Promise<void> {
  await shared?.setCurrent(current, archive);
  await folder.setCurrent(current);
  const kept = [current.digest, ...current.before].flatMap((one) => one ?? []);
  await folder.removeUnused(new Set(kept));
}

export const isExpired = ({ expires }: Pick<LawManifest, 'expires'>, now: Date): boolean =>
  now.toISOString().slice(0, 10) > expires;

export function assertFresh(manifest: Pick<LawManifest, 'expires'>, now: Date): void {
  if (isExpired(manifest, now)) throw new LawRefusal('law.expired', { day: manifest.expires });
}

/** A valid signature does not mean that an old law may replace a newer one. */
async function assertNotOlder(
  { made, books }: LawManifest,
  digest: string | undefined,
  { folder, shared, allowOlder = false }: InstallOptions,
): Promise<void> {
  const known = digest === undefined ? undefined : await findManifest(digest, { folder, shared });
  const offered = new Map(books.map((book) => [book.id, book]));
  for (const { id, edition, digest: own } of known?.books ?? listBuiltInBooks()) {
    const other = offered.get(id);
    // An edition that is cited must mean exactly one text.
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

/** Returns `undefined` if the law in force is damaged here and not shared: then it can be installed again. */
async function findManifest(digest: string, { folder, shared }: LawStores): Promise<LawManifest | undefined> {
  const here = await loadLaw(folder, digest).catch(() => undefined);
  if (here !== undefined) return here.manifest;
  const archive = await shared?.bundle(digest);
  return archive === undefined ? undefined : readContent(readArchive(archive)).manifest;
}

export interface RolledBack {
  digest: string | undefined;
  before: string | undefined;
}

/**
 * Puts an earlier law in force again. `to`: the digest, or a unique beginning, of a law in the history; `built-in`;
 * left out: the previous one.
 */
export async function rollBackLaw(
  to: string | undefined,
  { folder, shared, now }: LawStores & { now: Date },
): Promise<RolledBack> {
  const places = { folder, shared };
  const current = await findCurrentLaw(places);
  const at = to === undefined ? 0 : current.before.findIndex((one) => matchesName(one, to));
  const isThere = at >= 0 && at < current.before.length;
  if (!isThere && to !== BUILT_IN)
    throw new LawRefusal(to === undefined ? 'law.noneBefore' : 'law.notBefore');
  const digest = isThere ? current.before[at] : undefined;
  if (digest === current.digest) throw new LawRefusal('law.noneBefore');
  // A damaged law must not come into force. The check is skipped if the law is shared and this machine does not have
  // it.
  if (digest !== undefined && ((await folder.has(digest)) || shared === undefined))
    await loadLaw(folder, digest);
  const before = isThere
    ? current.before.slice(at + 1)
    : [current.digest, ...current.before].slice(0, lawLimits.before);
  await setCurrentLaw({ digest, before, at: now.toISOString() }, places, undefined);
  return { digest, before: current.digest };
}

export const BUILT_IN = 'built-in';
const MIN_DIGEST_CHARACTERS = 8;

const matchesName = (digest: string | undefined, name: string): boolean =>
  digest === undefined ? name === BUILT_IN : name.length >= MIN_DIGEST_CHARACTERS && digest.startsWith(name);
