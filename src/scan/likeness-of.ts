import { type FaultParams, fault, type KnownCode, type ReadFault } from '../core/ground/fault.js';
import { table } from '../core/ground/table.js';
import { LIKENESS_KINDS, type Likenesses, type LikenessKind } from '../core/likeness/likeness.js';
import type { Kind } from '../core/media/media-kinds.js';
import { statAt } from '../core/media/reach.js';
import { InspectError, isStopped } from '../isolation/inspect-error.js';
import type { Party } from '../isolation/party.js';
import type { BesideRequest, MadeBeside } from '../isolation/pictures.js';
import { BESIDE_BOUNDS } from '../store/scans.js';
import { type BesideAnswer, type BesidePiece, keptTold } from './beside-record.js';
import type { Entry } from './entry.js';
import { keptLikeness, type RecordLikeness } from './likeness-record.js';
import type { SlimRecord } from './record.js';
import type { Answer } from './results.js';

/** Makes what a file looks or sounds like where its faults cannot hurt: the picture maker of the isolation. */
export interface LikenessMaker {
  /** Rejects only with an `InspectError` (the file could not be opened, or no process started) or when closed. */
  likeness(request: { path: string; party?: Party | undefined }): Promise<Likenesses>;
  /** The same with what is kept beside the record. */
  beside(request: BesideRequest): Promise<MadeBeside>;
}

/** What is kept of each file that looks or sounds like something. */
export interface Keeps {
  previews: boolean;
  manifestStores: boolean;
}

/** Left out: nothing is kept beside records. */
export function keepsIn({
  previews = false,
  keepManifests = false,
}: {
  previews?: boolean | undefined;
  keepManifests?: boolean | undefined;
}): Keeps | undefined {
  return previews || keepManifests ? { previews, manifestStores: keepManifests } : undefined;
}

/** What of a kind of file can be looked at or listened to. */
const KIND_OF: Readonly<Partial<Record<Kind, LikenessKind>>> = table({
  image: 'picture',
  video: 'video',
  audio: 'sound',
});

type Inspected = Exclude<Answer, { error: unknown }>;

/**
 * The same answer with what its file looks like, for those that have no record of it yet: one that was answered from the
 * record of the same bytes has what stands there. What is kept beside it is each file's own. Rejects where the maker was
 * closed: nothing was found out then.
 */
export async function withLikeness(
  answer: Inspected,
  local: string,
  maker: LikenessMaker,
  { party, keeps }: { party?: Party | undefined; keeps?: Keeps | undefined } = {},
): Promise<Inspected> {
  const { asset, contentCredentials, likeness: known } = answer.slim;
  const { kind, is } = lookOf(asset);
  if (kind === undefined) return answer;
  if (is === 'named')
    return known === undefined ? withKept(answer, missed(kind, 'likeness.notMedia')) : answer;
  const wish = {
    small: keeps?.previews === true && kind !== 'sound',
    manifestStore: keeps?.manifestStores === true && contentCredentials.presence !== 'absent',
  };
  const isAlone = !wish.small && !wish.manifestStore;
  if (known !== undefined && isAlone) return answer;
  const made = await madeAt(answer.entry, kind, () => {
    if (isAlone) return maker.likeness({ path: local, party });
    const sidecarPath = storeBeside(answer.entry);
    const without = known === undefined ? [] : LIKENESS_KINDS;
    return maker.beside({ path: local, party, without, sidecarPath, ...wish });
  });
  const likeness = known ?? ('missed' in made ? made.missed : likenessIn(made, kind));
  return besideKept(withKept(answer, likeness), wish, made);
}

/** The manifest store that is kept beside a file is its own. */
const storeBeside = ({ sidecars = [] }: Entry): string | undefined =>
  sidecars.find(({ path }) => path.toLowerCase().endsWith('.c2pa'))?.path;

/** By its bytes, else by its name: a file that calls itself a picture and is none may be a broken one. */
export function lookOf({
  kind,
  declaredMediaType = '',
}: Pick<SlimRecord['asset'], 'kind' | 'declaredMediaType'>): {
  kind?: LikenessKind | undefined;
  is: 'read' | 'named';
} {
  const own = KIND_OF[kind];
  if (own !== undefined || kind !== 'other') return { kind: own, is: 'read' };
  return { kind: NAMED[declaredMediaType.replace(/\/.*/, '')], is: 'named' };
}

const NAMED: Readonly<Record<string, LikenessKind>> = table({
  image: 'picture',
  video: 'video',
  audio: 'sound',
});

const withKept = ({ entry, slim, full }: Inspected, likeness: RecordLikeness): Inspected => ({
  entry,
  slim: { ...slim, likeness },
  ...(full === undefined ? {} : { full: { ...full, likeness } }),
});

/** Why it could not be made, as a record without it says. */
type Missed = { missed: RecordLikeness; why: ReadFault };

async function madeAt<T extends object>(
  entry: Entry,
  kind: LikenessKind,
  make: () => Promise<T>,
): Promise<T | Missed> {
  const made = await make().catch((error: unknown) => {
    if (!(error instanceof InspectError) || isStopped(error)) throw error;
    return error;
  });
  const without = (code: 'likeness.noProcess' | 'likeness.notOpened' | 'likeness.changed'): Missed => ({
    missed: missed(kind, code),
    why: fault(code),
  });
  // Its record is whole without it, and says so.
  if (made instanceof InspectError)
    return without(made.code === 'internal' ? 'likeness.noProcess' : 'likeness.notOpened');
  // It was read once for its record, and now again: what is said of it is to be of the same bytes.
  if (entry.local !== undefined && !(await isAsFound(entry, entry.local))) return without('likeness.changed');
  return made;
}

function likenessIn(made: Likenesses, kind: LikenessKind): RecordLikeness {
  const kept = keptLikeness(made);
  return kept.made === undefined && kept.missing === undefined ? missed(kind, 'likeness.none') : kept;
}

/** With what is kept beside its record, and what of that was asked for and is not, with its reason. */
function besideKept(
  answer: Inspected,
  wish: { small: boolean; manifestStore: boolean },
  made: MadeBeside | Likenesses | Missed,
): Inspected {
  const pieces: BesideAnswer = {};
  const missing: { of: BesidePiece; fault: ReadFault }[] = [];
  if (wish.small) {
    const small = smallIn(made);
    if ('webp' in small) pieces.preview = small.webp;
    else missing.push({ of: 'preview', ...small });
  }
  if (wish.manifestStore) {
    const store = storeIn(made, answer.slim);
    if ('bytes' in store) pieces.manifestStore = store.bytes;
    else missing.push({ of: 'manifestStore', ...store });
  }
  const kept = keptTold(pieces, missing);
  if (kept === undefined) return answer;
  const { entry, slim, full } = answer;
  return {
    entry,
    slim: { ...slim, kept },
    ...(full === undefined ? {} : { full: { ...full, kept } }),
    beside: pieces,
  };
}

type Made = MadeBeside | Likenesses | Missed;

function smallIn(made: Made): { webp: Uint8Array } | { fault: ReadFault } {
  if ('missed' in made) return { fault: made.why };
  const small = 'small' in made ? made.small : undefined;
  if (small === undefined) return { fault: fault('likeness.none') };
  if ('fault' in small) return small;
  return small.webp.length > BESIDE_BOUNDS.previewBytes ? { fault: fault('bound.picture') } : small;
}

function storeIn(made: Made, { asset }: SlimRecord): { bytes: Uint8Array } | { fault: ReadFault } {
  if ('missed' in made) return { fault: made.why };
  const store = 'manifestStore' in made ? made.manifestStore : undefined;
  // An engine found one, where Assay finds none itself.
  return store ?? { fault: fault('carrier.notRead', { what: 'stores', format: asset.mediaType }) };
}

async function isAsFound({ bytes, modified }: Entry, local: string): Promise<boolean> {
  const stats = await statAt(local).catch(() => undefined);
  return stats !== undefined && stats.size === bytes && Math.trunc(stats.mtimeMs) === modified;
}

const missed = <C extends KnownCode>(
  kind: LikenessKind,
  code: C,
  ...params: FaultParams<C>
): RecordLikeness => ({ missing: [{ kind, ...fault(code, ...params) }] });
