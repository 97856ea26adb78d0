import { type FaultParams, fault, type KnownCode } from '../core/ground/fault.js';
import { table } from '../core/ground/table.js';
import type { Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import type { Kind } from '../core/media/media-kinds.js';
import { statAt } from '../core/media/reach.js';
import { InspectError, isStopped } from '../isolation/inspect-error.js';
import type { Party } from '../isolation/party.js';
import type { Entry } from './entry.js';
import { keptLikeness, type RecordLikeness } from './likeness-record.js';
import type { SlimRecord } from './record.js';
import type { Answer } from './results.js';

/** Makes what a file looks or sounds like where its faults cannot hurt: the picture maker of the isolation. */
export interface LikenessMaker {
  /** Rejects only with an `InspectError` (the file could not be opened, or no process started) or when closed. */
  likeness(request: { path: string; party?: Party | undefined }): Promise<Likenesses>;
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
 * record of the same bytes has what stands there. Rejects where the maker was closed: nothing was found out then.
 */
export async function withLikeness(
  answer: Inspected,
  local: string,
  maker: LikenessMaker,
  party?: Party,
): Promise<Inspected> {
  if (answer.slim.likeness !== undefined) return answer;
  const { kind, is } = lookOf(answer.slim.asset);
  if (kind === undefined) return answer;
  if (is === 'named') return withKept(answer, missed(kind, 'likeness.notMedia'));
  return withKept(answer, await likenessAt(answer.entry, kind, () => maker.likeness({ path: local, party })));
}

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

async function likenessAt(
  entry: Entry,
  kind: LikenessKind,
  make: () => Promise<Likenesses>,
): Promise<RecordLikeness> {
  const made = await make().catch((error: unknown) => {
    if (!(error instanceof InspectError) || isStopped(error)) throw error;
    return error;
  });
  // Its record is whole without it, and says so.
  if (made instanceof InspectError)
    return missed(kind, made.code === 'internal' ? 'likeness.noProcess' : 'likeness.notOpened');
  // It was read once for its record, and now again: what is said of it is to be of the same bytes.
  if (entry.local !== undefined && !(await isAsFound(entry, entry.local)))
    return missed(kind, 'likeness.changed');
  const kept = keptLikeness(made);
  return kept.made === undefined && kept.missing === undefined ? missed(kind, 'likeness.none') : kept;
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
