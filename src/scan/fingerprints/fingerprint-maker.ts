import { type FaultParams, fault, type KnownCode, type ReadFault } from '../../base/fault.js';
import { lookupTable } from '../../base/table.js';
import type { MediaKind } from '../../core/media/media-kinds.js';
import { statAt } from '../../core/media/plain-path.js';
import type { AttachmentRequest, MadeAttachments } from '../../inspect/makers/pictures.js';
import { InspectError, isStoppedError } from '../../inspect/protocol/inspect-error.js';
import type { TenantKey } from '../../inspect/protocol/tenant.js';
import {
  ALL_FINGERPRINT_KINDS,
  type FingerprintKind,
  type Fingerprints,
} from '../../matching/fingerprint.js';
import { ATTACHMENT_LIMITS } from '../../storage/scans/scans.js';
import type { ScanAnswer } from '../records/answer.js';
import type { ScanRecord } from '../records/record.js';
import {
  type AttachmentBytes,
  type AttachmentKind,
  recordAttachmentsOf,
} from '../records/record-attachments.js';
import { type RecordFingerprints, toRecordFingerprints } from '../records/record-fingerprints.js';
import type { Entry } from '../sources/entry.js';

/** Computes fingerprints in isolated processes: the picture maker of the isolation module. */
export interface FingerprintMaker {
  /** Rejects only with `InspectError` (the file could not be opened, or no process started), or when closed. */
  fingerprint(request: { path: string; tenant?: TenantKey | undefined }): Promise<Fingerprints>;
  /** Computes fingerprints together with the attachments of a record. */
  beside(request: AttachmentRequest): Promise<MadeAttachments>;
}

/** Attachments to store for each picture, video or sound. */
export interface AttachmentOptions {
  previews: boolean;
  manifestStores: boolean;
}

/** Attachments of a record for the match search. */
export const KEEP_CHOICES = ['fingerprints', 'previews', 'manifests'] as const;
export type KeepChoice = (typeof KEEP_CHOICES)[number];

/** Returns `undefined` if no attachments are to be stored. */
export function attachmentOptions(keep: readonly KeepChoice[] = []): AttachmentOptions | undefined {
  const [previews, manifestStores] = [keep.includes('previews'), keep.includes('manifests')];
  return previews || manifestStores ? { previews, manifestStores } : undefined;
}

/** Kind of fingerprint for each kind of file. */
const FINGERPRINT_KINDS: Readonly<Partial<Record<MediaKind, FingerprintKind>>> = lookupTable({
  image: 'picture',
  video: 'video',
  audio: 'sound',
});

type InspectedAnswer = Exclude<ScanAnswer, { error: unknown }>;

/**
 * Adds the file's fingerprints to its answer, unless they were copied from the record of the same bytes. Attachments
 * are always made from the file itself. Rejects if the maker was closed, since nothing is known then.
 */
export async function addFingerprints(
  answer: InspectedAnswer,
  local: string,
  maker: FingerprintMaker,
  { party, keeps }: { party?: TenantKey | undefined; keeps?: AttachmentOptions | undefined } = {},
): Promise<InspectedAnswer> {
  const { asset, contentCredentials, fingerprint: known } = answer.record;
  const { kind, is } = fingerprintKindOf(asset);
  if (kind === undefined) return answer;
  if (is === 'named')
    return known === undefined
      ? {
          ...answer,
          record: { ...answer.record, fingerprint: missingFingerprint(kind, 'fingerprint.notMedia') },
        }
      : answer;
  const wish = {
    small: keeps?.previews === true && kind !== 'sound',
    manifestStore: keeps?.manifestStores === true && contentCredentials.presence !== 'absent',
  };
  const isAlone = !wish.small && !wish.manifestStore;
  if (known !== undefined && isAlone) return answer;
  const made = await makeForEntry(answer.entry, kind, () => {
    if (isAlone) return maker.fingerprint({ path: local, tenant: party });
    const sidecarPath = sidecarStorePath(answer.entry);
    const without = known === undefined ? [] : ALL_FINGERPRINT_KINDS;
    return maker.beside({ path: local, tenant: party, knownKinds: without, sidecarPath, ...wish });
  });
  const fingerprint = known ?? ('missed' in made ? made.missed : recordFingerprintsOf(made, kind));
  const { entry, record } = answer;
  return withAttachments({ entry, record: { ...record, fingerprint } }, wish, made);
}

/** The manifest store in a file's sidecar counts as its own. */
const sidecarStorePath = ({ sidecars = [] }: Entry): string | undefined =>
  sidecars.find(({ path }) => path.toLowerCase().endsWith('.c2pa'))?.path;

/** Returns the kind by the bytes, else by the name: a file that is named as a picture and is none may be damaged. */
export function fingerprintKindOf({
  kind,
  declaredMediaType = '',
}: Pick<ScanRecord['asset'], 'kind' | 'declaredMediaType'>): {
  kind?: FingerprintKind | undefined;
  is: 'read' | 'named';
} {
  const own = FINGERPRINT_KINDS[kind];
  if (own !== undefined || kind !== 'other') return { kind: own, is: 'read' };
  return { kind: KINDS_BY_NAME[declaredMediaType.replace(/\/.*/, '')], is: 'named' };
}

const KINDS_BY_NAME: Readonly<Record<string, FingerprintKind>> = lookupTable({
  image: 'picture',
  video: 'video',
  audio: 'sound',
});

/** Reason why no fingerprint could be made, in the form of the record. */
type MissingFingerprint = { missed: RecordFingerprints; why: ReadFault };

async function makeForEntry<T extends object>(
  entry: Entry,
  kind: FingerprintKind,
  make: () => Promise<T>,
): Promise<T | MissingFingerprint> {
  const made = await make().catch((error: unknown) => {
    if (!(error instanceof InspectError) || isStoppedError(error)) throw error;
    return error;
  });
  const without = (
    code: 'fingerprint.noProcess' | 'fingerprint.notOpened' | 'fingerprint.changed',
  ): MissingFingerprint => ({
    missed: missingFingerprint(kind, code),
    why: fault(code),
  });
  // The record is complete without fingerprints and states the reason.
  if (made instanceof InspectError)
    return without(made.code === 'internal' ? 'fingerprint.noProcess' : 'fingerprint.notOpened');
  // The file was opened a second time for its fingerprints, which must describe the same bytes as its record.
  if (entry.local !== undefined && !(await isUnchanged(entry, entry.local)))
    return without('fingerprint.changed');
  return made;
}

function recordFingerprintsOf(made: Fingerprints, kind: FingerprintKind): RecordFingerprints {
  const kept = toRecordFingerprints(made);
  return kept.made === undefined && kept.missing === undefined
    ? missingFingerprint(kind, 'fingerprint.none')
    : kept;
}

/** Adds the stored attachments to the record, and the reasons for those that are missing. */
function withAttachments(
  answer: InspectedAnswer,
  wish: { small: boolean; manifestStore: boolean },
  made: MadeAttachments | Fingerprints | MissingFingerprint,
): InspectedAnswer {
  const pieces: AttachmentBytes = {};
  const missing: { of: AttachmentKind; fault: ReadFault }[] = [];
  if (wish.small) {
    const small = previewOf(made);
    if ('webp' in small) pieces.preview = small.webp;
    else missing.push({ of: 'preview', ...small });
  }
  if (wish.manifestStore) {
    const store = manifestStoreOf(made, answer.record);
    if ('bytes' in store) pieces.manifestStore = store.bytes;
    else missing.push({ of: 'manifestStore', ...store });
  }
  const kept = recordAttachmentsOf(pieces, missing);
  const { entry, record } = answer;
  return kept === undefined ? answer : { entry, record: { ...record, kept }, beside: pieces };
}

type MakerResult = MadeAttachments | Fingerprints | MissingFingerprint;

function previewOf(made: MakerResult): { webp: Uint8Array } | { fault: ReadFault } {
  if ('missed' in made) return { fault: made.why };
  const small = 'small' in made ? made.small : undefined;
  if (small === undefined) return { fault: fault('fingerprint.none') };
  if ('fault' in small) return small;
  return small.webp.length > ATTACHMENT_LIMITS.previewBytes ? { fault: fault('bound.picture') } : small;
}

function manifestStoreOf(
  made: MakerResult,
  { asset }: ScanRecord,
): { bytes: Uint8Array } | { fault: ReadFault } {
  if ('missed' in made) return { fault: made.why };
  const store = 'manifestStore' in made ? made.manifestStore : undefined;
  // An engine found a manifest store that Assay's own reader does not find in this format.
  return store ?? { fault: fault('carrier.notRead', { what: 'stores', format: asset.mediaType }) };
}

async function isUnchanged({ bytes, modified }: Entry, local: string): Promise<boolean> {
  const stats = await statAt(local).catch(() => undefined);
  return stats !== undefined && stats.size === bytes && Math.trunc(stats.mtimeMs) === modified;
}

const missingFingerprint = <C extends KnownCode>(
  kind: FingerprintKind,
  code: C,
  ...params: FaultParams<C>
): RecordFingerprints => ({ missing: [{ kind, ...fault(code, ...params) }] });
