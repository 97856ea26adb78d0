import { parseLeadingDay } from '../../base/day.js';
import { compact } from '../../base/json-shape.js';
import { isCaptureDate, isCreationDate } from '../detectors/dates-written.js';
import type { StoredReport } from '../report/report.js';
import { leavesOutMore } from './integrity.js';
import { findFileSigner, findManifestSigner, type SignerRef } from './signer.js';
import { findActiveManifest, type Manifest } from './versions.js';

/** Lists once all times that a file states, with whose they are and what backs them. */

type ClaimedDate = NonNullable<StoredReport['asset']['claimedDates']>[number];

/**
 * A time that the file states. `is`: proven by a listed authority, attached by one that no list confirms, claimed by a
 * signer, or written in a field. `of`: the file itself, or another manifest in it.
 */
export interface FileTime {
  at: string;
  is: 'proven' | 'attached' | 'claimed' | 'field';
  of: 'file' | 'earlier';
  /** What happened at that time; `written`: a field was saved, which says nothing about when the content was made. */
  role: 'signed' | 'made' | 'step' | 'taken' | 'created' | 'written';
  /** True if the time is in credentials that no longer fit the file. */
  isSetAside: boolean;
  signer?: SignerRef;
  /** Label of the manifest that states the time. */
  manifest?: string;
  /** Label of the manifest that keeps the timestamp: it proves "no later than". */
  keptIn?: string;
  /** Field of the file that holds the time. */
  field?: ClaimedDate;
  /** True if the signature leaves out the field. */
  isOutside?: true;
}

export interface DatedReport extends Pick<StoredReport, 'contentCredentials'> {
  asset: Pick<StoredReport['asset'], 'kind' | 'claimedDates'>;
  /** Needed only to know whether the signature leaves out the fields. */
  signals?: readonly Pick<StoredReport['signals'][number], 'id'>[];
}

/** Returns the times of signers, those of the active manifest first, then those of fields, in the order of the file. */
export function listFileTimes({ asset, contentCredentials, signals = [] }: DatedReport): FileTime[] {
  const { manifests = [], presence } = contentCredentials;
  const active = findActiveManifest(contentCredentials);
  const others = manifests.filter((one) => one !== active);
  const isOutside = presence === 'present' && leavesOutMore(signals);
  return [
    ...[active, ...others].flatMap((manifest) => listManifestTimes(manifest, contentCredentials)),
    ...(asset.claimedDates ?? []).map(
      (field): FileTime => ({
        at: field.value,
        is: 'field',
        of: 'file',
        role: roleOf(field, asset.kind === 'document'),
        isSetAside: false,
        field,
        ...(isOutside ? { isOutside } : {}),
      }),
    ),
  ];
}

function roleOf(field: ClaimedDate, isDocument: boolean): FileTime['role'] {
  if (isCaptureDate(field.name)) return 'taken';
  return isCreationDate(field, isDocument) ? 'created' : 'written';
}

/**
 * Returns the time that a timestamp gives to the signature, and the first one that the signer claims. Without a
 * manifest, those of the active one, of which only the timestamp is known.
 */
export function listManifestTimes(
  manifest: Manifest | undefined,
  credentials: StoredReport['contentCredentials'],
): FileTime[] {
  const { time, integrity } = credentials;
  const isActive = manifest === undefined || manifest === findActiveManifest(credentials);
  const { proven, timestamp, keptIn } = isActive
    ? { proven: time?.proven, timestamp: time?.timestamp, keptIn: time?.timestampIn }
    : { proven: manifest.proven, timestamp: manifest.time, keptIn: manifest.provenIn };
  const of = {
    of: isActive ? ('file' as const) : ('earlier' as const),
    isSetAside: integrity === 'altered',
    ...compact({
      signer: manifest ? findManifestSigner(manifest, credentials) : findFileSigner(credentials),
      manifest: manifest?.label,
    }),
  };
  const stamped = proven ?? timestamp;
  const claims = (manifest?.actions ?? []).filter(({ when }) => when !== undefined);
  const first = claims.find(({ when }) => parseLeadingDay(when) !== undefined) ?? claims[0];
  return [
    ...(stamped === undefined
      ? []
      : [
          {
            ...of,
            at: stamped,
            is: proven === undefined ? ('attached' as const) : ('proven' as const),
            role: 'signed' as const,
            ...(keptIn === undefined ? {} : { keptIn }),
          },
        ]),
    ...(first?.when === undefined
      ? []
      : [
          {
            ...of,
            at: first.when,
            is: 'claimed' as const,
            role: first.action === 'c2pa.created' ? ('made' as const) : ('step' as const),
          },
        ]),
  ];
}

const RANKS = { proven: 0, claimed: 1, attached: 2, field: 3 } as const satisfies Record<
  FileTime['is'],
  number
>;

export interface DatedTime extends FileTime {
  day: string;
}

/**
 * Returns the times that say when this very file was signed or its content made, the strongest first: proven, claimed by
 * the signer, attached, written by a camera, written by a program. Times that are set aside or in no calendar are left out.
 */
export function listOwnTimes(report: DatedReport): DatedTime[] {
  return listFileTimes(report)
    .flatMap((one): DatedTime[] => {
      const day = parseLeadingDay(one.at);
      const isOwn = one.of === 'file' && !one.isSetAside && one.role !== 'written';
      return isOwn && day !== undefined ? [{ ...one, day }] : [];
    })
    .sort((a, b) => rankOf(a) - rankOf(b));
}

const rankOf = ({ is, role }: FileTime): number => RANKS[is] + (role === 'created' ? 1 : 0);
