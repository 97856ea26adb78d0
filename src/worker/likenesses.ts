import { fault } from '../core/ground/fault.js';
import type { Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import type { Kind } from '../core/media/media-kinds.js';
import type { Report } from '../core/report/report.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { InspectRequest } from '../isolation/inspector.js';
import type { PictureMaker } from '../isolation/pictures.js';
import type { CheckedPictures } from '../isolation/pictures-check.js';
import { type NewFingerprint, newsOf } from '../store/fingerprints.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { KyselyFingerprints } from '../store/kysely-fingerprints.js';
import { MOST_WAITING, makePictures } from './pictures.js';

/** What files look and sound like: made where their pictures are, kept beside their reports. */

type File = Pick<InspectRequest, 'path' | 'sidecarPath' | 'party'>;
type Maker = Pick<PictureMaker, 'make' | 'likeness' | 'waiting'>;

/**
 * Files that wait, where a picture comes to be looked at alone: it takes less than half of what it takes with its small
 * pictures, so that a service that is always busy gets to all of them. Videos and sounds take many times as long, and are larger.
 */
const mostWaiting = (kind: LikenessKind): number => (isOfOneDecode(kind) ? 4 : 1) * MOST_WAITING;

const KINDS: Partial<Record<Kind, LikenessKind>> = { image: 'picture', video: 'video', audio: 'sound' };

/** Of which kind a file’s likeness is first of all; undefined where it has none. */
export const likenessKind = ({ asset }: Pick<Report, 'asset'>): LikenessKind | undefined => KINDS[asset.kind];

/** Whether its pictures come of the same decode. Of others a likeness takes many times as long, and pictures do not wait for it. */
export const isOfOneDecode = (kind: LikenessKind | undefined): boolean => kind === 'picture';

/**
 * Pictures and likeness of one decode. As `makePictures`; of what is done without for those that wait, the reason is kept.
 * Pictures are done without first: a file that nothing was seen of is never found again.
 */
export async function makeBoth(
  file: File,
  kind: LikenessKind,
  maker: Maker,
): Promise<{ pictures: CheckedPictures; likenesses: Likenesses }> {
  if (maker.waiting >= MOST_WAITING)
    return { pictures: await makePictures(file, maker), likenesses: await makeLikeness(file, kind, maker) };
  try {
    const { likeness, ...pictures } = await maker.make({ ...file, likeness: true });
    return { pictures, likenesses: likeness ?? without(kind, 'likeness.notMade') };
  } catch (error) {
    if (!isGone(error)) throw error;
    return {
      pictures: { made: [], missing: [{ kind: 'preview', ...fault('file.gone') }] },
      likenesses: without(kind, 'file.gone'),
    };
  }
}

/** The likeness alone. `soon`: somebody waits for it. */
export async function makeLikeness(
  { path, party }: File,
  kind: LikenessKind,
  maker: Maker,
  { soon = false } = {},
): Promise<Likenesses> {
  if (!soon && maker.waiting >= mostWaiting(kind)) return without(kind, 'likeness.tooMany');
  try {
    return await maker.likeness({ path, party, soon });
  } catch (error) {
    if (!isGone(error)) throw error;
    return without(kind, 'file.gone');
  }
}

const without = (
  kind: LikenessKind,
  code: 'likeness.tooMany' | 'likeness.notMade' | 'file.gone',
): Likenesses => ({ made: [], missing: [{ kind, ...fault(code) }] });

const isGone = (error: unknown): boolean => error instanceof InspectError && error.code !== 'internal';

/** How long what was seen then is kept; nothing: as long as its report. */
export type ExpiryOf = (at: string) => Pick<NewFingerprint, 'expiresAt'>;

/** As the store takes it: what could not be made is kept as well, with its reason. */
export const fingerprintsOf = (
  { tenant, id }: Pick<InspectionRecord, 'tenant' | 'id'>,
  likenesses: Likenesses,
  at: string,
  expiryOf: ExpiryOf,
): NewFingerprint[] => newsOf({ tenant, holder: { inspection: id }, at, ...expiryOf(at) }, likenesses);

/** Whether something of it is kept: what it looks like, or why that is not known. */
export async function hasLikeness(
  fingerprints: Pick<KyselyFingerprints, 'idsOf'>,
  tenant: string,
  id: string,
): Promise<boolean> {
  return (await fingerprints.idsOf(tenant, { inspection: id })).length > 0;
}

type Given = Pick<KyselyFingerprints, 'idsOf' | 'holders' | 'give'>;

/** What was done without at that time alone: of the same bytes it may be made now. */
const OF_THE_MOMENT: ReadonlySet<string | undefined> = new Set([
  ...(['likeness.tooMany', 'likeness.notMade', 'file.gone'] as const),
]);

/** What an inspection of the same bytes has is this one's, too. False: there is none, and it has to be made. */
export async function givenLikeness(
  fingerprints: Given,
  tenant: string,
  from: string,
  id: string,
): Promise<boolean> {
  const there = await fingerprints.holders(tenant, await fingerprints.idsOf(tenant, { inspection: from }));
  const isOfMoment = [...there.values()].some((one) => OF_THE_MOMENT.has(one.notSearchable?.code));
  return there.size > 0 && !isOfMoment && fingerprints.give(tenant, from, id);
}
