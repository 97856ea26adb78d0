import { shortenName } from '../../base/quoted.js';
import { type Message, message } from '../../i18n/message.js';
import type { PartOutcome } from '../report/part-schema.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import type { SIGNER_STANDINGS } from '../report/report-terms.js';
import { findActiveManifest, type Manifest } from './versions.js';

/** Decides once who signed, and whether anything confirms the name in the certificate. */

export type SignerStanding = (typeof SIGNER_STANDINGS)[number];

/** Signer of the file, of the statement about its origin, of another manifest in it, or of a part inside the file. */
export interface SignerRef {
  name?: string;
  of: 'file' | 'statement' | 'manifest' | 'part';
  standing: SignerStanding;
  /** True if a list has the name and nothing speaks against it. Any other name is shown in quotation marks. */
  isConfirmed: boolean;
  /** Day that a timestamp in the signature itself proves. */
  day?: string;
}

/** An expired certificate is not doubtful: as far as known it was valid when used. */
const CONFIRMED: ReadonlySet<SignerStanding> = new Set(['listed', 'expired', 'term-unknown']);

type Trust = NonNullable<ContentCredentials['signer']>['trust'];

export const isListed = (trust: Trust): boolean => trust !== 'unlisted' && trust !== 'not-checked';

/** The one reason that the operator of Assay can remedy; others are a list or certificate that could not be read. */
export const isNoListReason = (reason: Message | undefined): boolean => reason?.id === 'fault.trust.noList';

function toRef(
  of: SignerRef['of'],
  name: string | undefined,
  standing: SignerStanding,
  day?: string,
): SignerRef {
  const isNamed = name !== undefined && shortenName(name) !== '';
  return {
    ...(isNamed ? { name } : {}),
    of,
    standing,
    isConfirmed: isNamed && CONFIRMED.has(standing),
    ...(day === undefined ? {} : { day }),
  };
}

interface Judgement {
  trust: Trust | undefined;
  validity: NonNullable<ContentCredentials['time']>['validity'];
  isRevoked: boolean;
  /** True if the signature is over these very credentials. */
  isBound: boolean;
}

function standingOf({ trust, validity, isRevoked, isBound }: Judgement): SignerStanding {
  if (trust === undefined) return 'unstated';
  if (trust === 'unlisted' || trust === 'not-checked') return trust;
  if (isRevoked) return 'revoked';
  if (!isBound) return 'not-bound';
  if (validity === 'inside') return 'listed';
  if (validity === 'expired-without-timestamp') return 'expired';
  return validity === 'unknown' ? 'term-unknown' : validity;
}

/** Returns the signer of the file's own credentials; `undefined` if there are none that name or identify one. */
export function findFileSigner(credentials: ContentCredentials): SignerRef | undefined {
  const { signer, time } = credentials;
  if (signer === undefined) return undefined;
  const standing = standingOf({
    trust: signer.trust,
    validity: time?.validity ?? 'inside',
    isRevoked: time?.revocation === 'revoked',
    isBound: isSignatureSound(credentials),
  });
  // A timestamp stored in another manifest proves "by then", not "on that day".
  return toRef('file', signer.name, standing, time?.timestampIn === undefined ? time?.proven : undefined);
}

/** Returns the signer of a manifest in the file's history. An unknown active signer may have included anything. */
export function findManifestSigner(manifest: Manifest, credentials: ContentCredentials): SignerRef {
  const file = findFileSigner(credentials);
  if (manifest === findActiveManifest(credentials) && file !== undefined) return file;
  return earlierSigner('manifest', manifest, file);
}

function earlierSigner(
  of: 'manifest' | 'statement',
  manifest: Manifest,
  file: SignerRef | undefined,
): SignerRef {
  const { signer: name, trust, validity, revoked, integrity, proven, provenIn } = manifest;
  if (!file?.isConfirmed || integrity !== 'intact') return toRef(of, name, 'unstated');
  const standing = standingOf({
    trust,
    validity: validity ?? 'unknown',
    isRevoked: revoked === true,
    isBound: true,
  });
  return toRef(of, name, standing, provenIn === undefined ? proven : undefined);
}

/** Returns the signer of the statement about the origin if it is in credentials signed by somebody else. */
export function findEarlierSigner(
  { where, backing, manifest: label, signedBy }: Declared,
  credentials: ContentCredentials,
): SignerRef | undefined {
  if (where === 'this' || signedBy === 'same') return undefined;
  const file = findFileSigner(credentials);
  const manifest = credentials.manifests?.find((one) => one.label === label);
  // Reports of earlier versions do not record the manifest.
  if (label === undefined || manifest === undefined)
    return file?.isConfirmed && backing !== 'trusted' ? toRef('statement', undefined, 'unstated') : undefined;
  return earlierSigner('statement', manifest, file);
}

/** Returns the signer of the statement about the origin, or of the file if there is no such statement. */
export function findStatementSigner(
  declared: Declared | undefined,
  credentials: ContentCredentials,
): SignerRef | undefined {
  return (declared && findEarlierSigner(declared, credentials)) ?? findFileSigner(credentials);
}

/** Returns the signer of a part inside the file, from the outcome of its own report. */
export function findPartSigner({
  signer,
  integrity,
}: Pick<PartOutcome, 'signer' | 'integrity'>): SignerRef | undefined {
  if (signer === undefined) return undefined;
  const standing =
    signer.standing ??
    standingOf({
      trust: signer.trust,
      validity: 'inside',
      isRevoked: false,
      isBound: integrity === 'intact',
    });
  return toRef('part', signer.name, standing);
}

/** Returns the name, in quotation marks unless it is confirmed; `undefined` if there is none. */
export function signerMessage(signer: SignerRef | undefined): Message | undefined {
  if (signer?.name === undefined) return undefined;
  const text = shortenName(signer.name);
  return signer.isConfirmed ? message('text.asWritten', { text }) : message('text.quoted', { text });
}

type SignedCredentials = Pick<ContentCredentials, 'integrity' | 'integrityCauses'>;

/** Causes by which the content alone no longer fits; the signature over the credentials themselves holds. */
export const CONTENT_HASH = /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/;

const isSignatureSound = ({ integrity, integrityCauses: causes = [] }: SignedCredentials): boolean =>
  integrity === 'intact' ||
  (integrity === 'altered' && causes.length > 0 && causes.every((cause) => CONTENT_HASH.test(cause)));
