import { listBuiltInBooks } from './built-in-books.js';
import { checkBooks } from './judge-books.js';
import { keyFingerprintOf, type TrustedKey } from './keys.js';
import { BUILT_IN, type CurrentLaw, type LawFolder } from './law-folder.js';
import { lawLimits } from './law-limits.js';
import { LawRefusal } from './law-refusal.js';
import {
  composeLaw,
  type LoadedLaw,
  listArchives,
  loadLaw,
  loadSignedLaw,
  nameLaw,
  type SignedLaw,
  splitLawName,
} from './loaded-law.js';
import { compareEditions, type LawManifest } from './manifest.js';
import { isAssaysLaw, type OpenBundle, openBundle } from './open-bundle.js';
import type { SharedLaw } from './shared-law.js';

/** Stores of law: the folder of this machine and, if there are several machines, their shared database. */
export interface LawStores {
  folder: LawFolder;
  shared?: SharedLaw | undefined;
}

export interface InstallOptions extends LawStores {
  keys: readonly TrustedKey[];
  /** Keys in the order in which their layers rank; default: `keys`. */
  ranks?: readonly TrustedKey[] | undefined;
  now: Date;
  /** Allows an edition older than the one in force, or fewer books. */
  allowOlder?: boolean;
}

export interface Installed {
  outcome: 'installed' | 'unchanged';
  bundle: OpenBundle;
  /** Names of the laws in force before and now. */
  before: string | undefined;
  after: string | undefined;
  law: LoadedLaw;
}

/**
 * Puts a signed archive in force: as Assay's own text, or as a layer in place of the earlier one of its signer. Rejects
 * with `LawRefusal`, and then nothing has changed.
 */
export async function installLaw(archive: Buffer, options: InstallOptions): Promise<Installed> {
  const { folder, keys, ranks = keys, now } = options;
  const bundle = openBundle(archive, keys);
  const { digest, manifest } = bundle;
  assertFresh(manifest, now);
  const current = await findCurrentLaw(options);
  const installed = await loadParts(current.digest, bundle, options);
  const replaced = installed.find((one) => isReplaced(one.manifest, manifest, keys));
  if (!listArchives(current.digest).includes(digest)) assertNotOlder(manifest, replaced?.manifest, options);
  const others = installed.filter((one) => one !== replaced && one.digest !== digest);
  let law: LoadedLaw | undefined;
  await folder.store(bundle, async (where) => {
    const own = { digest, manifest, books: await checkBooks(where, manifest) };
    law = composeLaw(rankParts([...others, own], ranks));
    const inVain = law.idle.find(({ by }) => by === manifest.signer.name);
    if (inVain !== undefined) {
      const { book, rule } = inVain;
      throw new LawRefusal(inVain.why === 'gone' ? 'law.noClause' : 'law.rank', { book, clause: rule });
    }
  });
  if (law === undefined) throw new LawRefusal('law.broken', { digest });
  const after = law.name === BUILT_IN ? undefined : law.name;
  const result = { bundle, before: current.digest, after, law: await loadLaw(folder, after) };
  const archives = new Map([[digest, archive]]);
  if (current.digest === after) {
    // The installed copy may be damaged, and watching processes only reload a file that was rewritten.
    await setCurrentLaw(current, options, archives);
    return { outcome: 'unchanged', ...result };
  }
  await setCurrentLaw(follow(current, after, now), options, archives);
  return { outcome: 'installed', ...result };
}

/** Returns the law in force: the shared one if machines share it, else that of the folder. */
export async function findCurrentLaw({ folder, shared }: LawStores): Promise<CurrentLaw> {
  const current = (await shared?.current()) ?? (await folder.readCurrent());
  return current ?? { digest: undefined, before: [], at: '' };
}

/** Writes an archive that other machines share into this machine's folder, once its signature is verified. */
export async function fetchArchive(
  digest: string,
  folder: LawFolder,
  shared: SharedLaw,
  keys: readonly TrustedKey[],
): Promise<void> {
  const archive = await shared.bundle(digest);
  if (archive === undefined) throw new LawRefusal('law.notShared', { digest });
  const bundle = openBundle(archive, keys);
  if (bundle.digest !== digest) throw new LawRefusal('law.broken', { digest });
  await folder.store(bundle, async (where) => void (await checkBooks(where, bundle.manifest)));
}

/** Loads what the law in force consists of, except a damaged text of Assay's that is replaced. */
async function loadParts(
  name: string | undefined,
  { digest: own, manifest }: OpenBundle,
  { folder, shared, keys }: InstallOptions,
): Promise<SignedLaw[]> {
  const parts: SignedLaw[] = [];
  for (const digest of listArchives(name)) {
    if (digest === own) continue;
    try {
      if (shared !== undefined && !(await folder.has(digest)))
        await fetchArchive(digest, folder, shared, keys);
      parts.push(await loadSignedLaw(folder, digest));
    } catch (error) {
      if (splitLawName(name).base !== digest || !isAssaysLaw(manifest)) throw error;
    }
  }
  return parts;
}

/** A signer has one layer. Its name may pass to another key once the operator no longer trusts the earlier one. */
function isReplaced(earlier: LawManifest, later: LawManifest, keys: readonly TrustedKey[]): boolean {
  if (isAssaysLaw(earlier) || isAssaysLaw(later)) return isAssaysLaw(earlier) && isAssaysLaw(later);
  if (earlier.signer.key === later.signer.key) return true;
  if (earlier.signer.name !== later.signer.name) return false;
  if (keys.some(({ key }) => keyFingerprintOf(key) === earlier.signer.key))
    throw new LawRefusal('law.signerTwice', { name: later.signer.name });
  return true;
}

/** Layers of keys that are not named any more come last, as they were. */
function rankParts(parts: readonly SignedLaw[], ranks: readonly TrustedKey[]): SignedLaw[] {
  const order = ranks.map(({ key }) => keyFingerprintOf(key));
  const rankOf = ({ manifest }: SignedLaw): number => {
    const rank = order.indexOf(manifest.signer.key);
    return rank < 0 ? order.length : rank;
  };
  if (parts.length > lawLimits.layers) throw new LawRefusal('law.size', { what: 'layers' });
  return [...parts].sort((one, other) => rankOf(one) - rankOf(other));
}

const follow = ({ digest, before }: CurrentLaw, next: string | undefined, now: Date): CurrentLaw => ({
  digest: next,
  before: [digest, ...before].slice(0, lawLimits.before),
  at: now.toISOString(),
});

/** The shared store comes first: if this process dies in between, the folder catches up with it. */
async function setCurrentLaw(
  current: CurrentLaw,
  { folder, shared }: LawStores,
  archives: ReadonlyMap<string, Buffer> = new Map(),
): Promise<void> {
  const kept = [current.digest, ...current.before].flatMap(listArchives);
  await shared?.setCurrent(current, archives, kept);
  await folder.setCurrent(current);
  await folder.removeUnused(new Set(kept));
}

export const isExpired = ({ expires }: Pick<LawManifest, 'expires'>, now: Date): boolean =>
  now.toISOString().slice(0, 10) > expires;

export function assertFresh(manifest: Pick<LawManifest, 'expires'>, now: Date): void {
  if (isExpired(manifest, now)) throw new LawRefusal('law.expired', { day: manifest.expires });
}

/** A valid signature does not mean that an old law may replace a newer one. */
function assertNotOlder(
  { signer, made, books }: LawManifest,
  known: LawManifest | undefined,
  { allowOlder = false }: InstallOptions,
): void {
  const offered = new Map(books.map((book) => [book.id, book]));
  for (const { id, edition, digest: own } of known?.books ??
    (isAssaysLaw({ signer }) ? listBuiltInBooks() : [])) {
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

/** Names of the laws in force after a change and before it. */
export interface LawChanged {
  digest: string | undefined;
  before: string | undefined;
}

/** Takes a layer out of force. `which`: the name of its signer, or the beginning of its digest or of its key's. */
export async function removeLayer(
  which: string,
  { folder, shared, now }: LawStores & { now: Date },
): Promise<LawChanged & { signer: string }> {
  const places = { folder, shared };
  const current = await findCurrentLaw(places);
  const { base, layers } = splitLawName(current.digest);
  const found: { digest: string; signer: string }[] = [];
  for (const digest of layers) {
    // A damaged layer can be removed by its digest.
    const signer = await loadSignedLaw(folder, digest).then(
      ({ manifest }) => manifest.signer,
      () => ({ name: digest, key: digest }),
    );
    if (signer.name === which || isBeginning(which, digest) || isBeginning(which, signer.key))
      found.push({ digest, signer: signer.name });
  }
  const [layer, other] = found;
  if (layer === undefined || other !== undefined) throw new LawRefusal('law.noLayer', { name: which });
  const left = layers.filter((one) => one !== layer.digest);
  const digest = nameLaw(base, left);
  await setCurrentLaw(follow(current, digest, now), places);
  return { digest, before: current.digest, signer: layer.signer };
}

/**
 * Puts an earlier law in force again. `to`: the name, or a unique beginning, of a law in the history; `built-in`; left
 * out: the previous one.
 */
export async function rollBackLaw(
  to: string | undefined,
  { folder, shared, now }: LawStores & { now: Date },
): Promise<LawChanged> {
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
  const isHere = (await Promise.all(listArchives(digest).map((one) => folder.has(one)))).every(Boolean);
  if (isHere || shared === undefined) await loadLaw(folder, digest);
  const next = isThere
    ? { digest, before: current.before.slice(at + 1), at: now.toISOString() }
    : follow(current, digest, now);
  await setCurrentLaw(next, places);
  return { digest, before: current.digest };
}

const MIN_DIGEST_CHARACTERS = 8;

const isBeginning = (text: string, of: string): boolean =>
  text.length >= MIN_DIGEST_CHARACTERS && of.startsWith(text);

const matchesName = (law: string | undefined, name: string): boolean =>
  name === BUILT_IN ? law === undefined : law !== undefined && isBeginning(name, law);
