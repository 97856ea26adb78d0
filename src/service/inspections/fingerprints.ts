import { fault } from '../../base/fault.js';
import type { MediaKind } from '../../core/media/media-kinds.js';
import type { StoredReport } from '../../core/report/report.js';
import type { CheckedPictures } from '../../inspect/checks/pictures-check.js';
import type { PictureMaker } from '../../inspect/makers/pictures.js';
import type { InspectRequest } from '../../inspect/pool/inspector.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import type { FingerprintKind, Fingerprints } from '../../matching/fingerprint.js';
import { type NewFingerprint, newFingerprintsOf } from '../../storage/fingerprints/fingerprints.js';
import type { FingerprintRepository } from '../../storage/fingerprints/kysely-fingerprints.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { MAX_WAITING, makePictures } from './pictures.js';

/** Creates fingerprints of files together with their pictures, stored with their reports. */

type File = Pick<InspectRequest, 'path' | 'sidecarPath' | 'tenant'>;
type Maker = Pick<PictureMaker, 'make' | 'fingerprint' | 'waiting'>;

/**
 * Maximum number of waiting files for a kind. A picture alone takes less than half the time of a picture with its small
 * pictures, so a service that is always busy reaches all of them. Videos and sounds take many times as long and are
 * larger.
 */
const maxWaiting = (kind: FingerprintKind): number => (sharesDecode(kind) ? 4 : 1) * MAX_WAITING;

const KINDS: Partial<Record<MediaKind, FingerprintKind>> = {
  image: 'picture',
  video: 'video',
  audio: 'sound',
};

/** Returns the main kind of fingerprint of a file; `undefined` if it has none. */
export const fingerprintKindOf = ({ asset }: Pick<StoredReport, 'asset'>): FingerprintKind | undefined =>
  KINDS[asset.kind];

/**
 * Returns whether its pictures come from the same decode. Other fingerprints take many times as long, and pictures do
 * not wait for them.
 */
export const sharesDecode = (kind: FingerprintKind | undefined): boolean => kind === 'picture';

/**
 * Makes pictures and fingerprints from one decode, as `makePictures` does. If others wait, something is skipped with a
 * stored reason. Pictures are skipped first: a file without a fingerprint can never be found again.
 */
export async function makePicturesAndFingerprints(
  file: File,
  kind: FingerprintKind,
  maker: Maker,
): Promise<{ pictures: CheckedPictures; fingerprints: Fingerprints }> {
  if (maker.waiting >= MAX_WAITING)
    return {
      pictures: await makePictures(file, maker),
      fingerprints: await makeFingerprints(file, kind, maker),
    };
  try {
    const { fingerprint, ...pictures } = await maker.make({ ...file, fingerprint: true });
    return { pictures, fingerprints: fingerprint ?? allMissing(kind, 'fingerprint.notMade') };
  } catch (error) {
    if (!isGone(error)) throw error;
    return {
      pictures: { made: [], missing: [{ kind: 'preview', ...fault('file.gone') }] },
      fingerprints: allMissing(kind, 'file.gone'),
    };
  }
}

/** Makes only fingerprints. `soon`: somebody waits for them. */
export async function makeFingerprints(
  { path, tenant: party }: File,
  kind: FingerprintKind,
  maker: Maker,
  { soon = false } = {},
): Promise<Fingerprints> {
  if (!soon && maker.waiting >= maxWaiting(kind)) return allMissing(kind, 'fingerprint.busy');
  try {
    return await maker.fingerprint({ path, tenant: party, isUrgent: soon });
  } catch (error) {
    if (!isGone(error)) throw error;
    return allMissing(kind, 'file.gone');
  }
}

const allMissing = (
  kind: FingerprintKind,
  code: 'fingerprint.busy' | 'fingerprint.notMade' | 'file.gone',
): Fingerprints => ({ made: [], missing: [{ kind, ...fault(code) }] });

const isGone = (error: unknown): boolean => error instanceof InspectError && error.code !== 'internal';

/** Returns the expiry of fingerprints of a file inspected at that time; empty if they are stored as long as its report. */
export type FingerprintExpiry = (at: string) => Pick<NewFingerprint, 'expiresAt'>;

/** Returns fingerprints for the store, including failures with their reasons. */
export const toNewFingerprints = (
  { tenant, id }: Pick<InspectionRecord, 'tenant' | 'id'>,
  fingerprints: Fingerprints,
  at: string,
  expiryOf: FingerprintExpiry,
): NewFingerprint[] =>
  newFingerprintsOf({ tenant, holder: { inspection: id }, at, ...expiryOf(at) }, fingerprints);

/** Returns whether fingerprints or the reasons for their absence are stored. */
export async function hasFingerprints(
  fingerprints: Pick<FingerprintRepository, 'listIds'>,
  tenant: string,
  id: string,
): Promise<boolean> {
  return (await fingerprints.listIds(tenant, { inspection: id })).length > 0;
}

type CopySource = Pick<FingerprintRepository, 'listIds' | 'findOwners' | 'copy'>;

/** Temporary failures: with the same bytes, another attempt may succeed. */
const TEMPORARY_FAULTS: ReadonlySet<string | undefined> = new Set([
  ...(['fingerprint.busy', 'fingerprint.notMade', 'file.gone'] as const),
]);

/** Copies the fingerprints of an inspection of the same bytes. Returns false if there are none and they have to be made. */
export async function copyExistingFingerprints(
  fingerprints: CopySource,
  tenant: string,
  from: string,
  id: string,
): Promise<boolean> {
  const there = await fingerprints.findOwners(
    tenant,
    await fingerprints.listIds(tenant, { inspection: from }),
  );
  const isOfMoment = [...there.values()].some((one) => TEMPORARY_FAULTS.has(one.notSearchable?.code));
  return there.size > 0 && !isOfMoment && fingerprints.copy(tenant, from, id);
}
