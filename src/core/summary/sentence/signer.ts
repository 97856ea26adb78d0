import { shortenName } from '../../../base/quoted.js';
import { type Message, message } from '../../../i18n/message.js';
import type { ContentCredentials, Declared } from '../../report/report.js';
import { quoteName } from '../terms.js';

/** Name and standing of signers: of the file’s own credentials, and of earlier ones in the file. */

/** Signer of the earlier credentials that make the statement. */
export interface EarlierSigner {
  name?: string;
  /** `unstated`: nobody vouches for the name here, or nothing more is known about it. */
  standing:
    | 'listed'
    | 'expired'
    | 'outside'
    | 'not-yet-valid'
    | 'unknown'
    | 'revoked'
    | 'unlisted'
    | 'not-checked'
    | 'unstated';
  /** Proven day. */
  day?: string;
}

/** Standings in which a list has the name, although the certificate may have expired since. */
export const LISTED_STANDINGS: ReadonlySet<EarlierSigner['standing']> = new Set([
  'listed',
  'expired',
  'outside',
  'unknown',
]);

export const isListed = (trust: NonNullable<ContentCredentials['signer']>['trust']): boolean =>
  trust !== 'unlisted' && trust !== 'not-checked';

/** The one reason that the operator of Assay can remedy; others are a list or certificate that could not be read. */
export const isNoListReason = (reason: Message | undefined): boolean => reason?.id === 'fault.trust.noList';

/** Returns the signer of the statement if it is in credentials signed by somebody else. */
export function findEarlierSigner(
  { where, backing, manifest: label, signedBy }: Declared,
  credentials: ContentCredentials,
): EarlierSigner | undefined {
  if (where === 'this' || signedBy === 'same') return undefined;
  const { signer, integrity, manifests = [] } = credentials;
  const holds = integrity === 'intact' && signer !== undefined && isListed(signer.trust);
  const manifest = label === undefined ? undefined : manifests.find((one) => one.label === label);
  // Reports of earlier versions do not record the manifest.
  if (!manifest) return holds && backing !== 'trusted' ? { standing: 'unstated' } : undefined;
  const named = manifest.signer ? { name: manifest.signer } : {};
  // An unknown active signer may have included content signed by a well-known one.
  if (!holds || manifest.integrity !== 'intact') return { ...named, standing: 'unstated' };
  return {
    ...named,
    standing: earlierStanding(manifest),
    ...(manifest.proven && manifest.provenIn === undefined ? { day: manifest.proven } : {}),
  };
}

type Manifest = NonNullable<ContentCredentials['manifests']>[number];

function earlierStanding({ trust, validity, revoked }: Manifest): EarlierSigner['standing'] {
  if (trust === undefined) return 'unstated';
  if (trust === 'unlisted' || trust === 'not-checked') return trust;
  if (revoked) return 'revoked';
  if (validity === 'expired-without-timestamp') return 'expired';
  return validity === undefined ? 'unknown' : validity === 'inside' ? 'listed' : validity;
}

type SignedCredentials = Pick<ContentCredentials, 'signer' | 'integrity' | 'integrityCauses'>;

/**
 * Returns the signer's name, in quotation marks unless a list vouches for it and the signature holds; `undefined` if
 * there is none.
 */
export function signerMessage({ signer, ...credentials }: SignedCredentials): Message | undefined {
  if (!signer?.name) return undefined;
  return isSignatureSound(credentials) && isListed(signer.trust)
    ? message('text.asWritten', { text: shortenName(signer.name) })
    : quoteName(signer.name);
}

/** Causes by which the content alone no longer fits; the signature over the credentials themselves holds. */
export const CONTENT_HASH = /^assertion\.(data|bmff|boxes|collection|multiAsset)Hash\.mismatch$/;

const isSignatureSound = ({ integrity, integrityCauses: causes = [] }: SignedCredentials): boolean =>
  integrity === 'intact' ||
  (integrity === 'altered' && causes.length > 0 && causes.every((cause) => CONTENT_HASH.test(cause)));
