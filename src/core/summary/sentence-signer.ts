import { type Said, said } from '../../say/said.js';
import { plainName } from '../ground/quoted.js';
import type { ContentCredentials, Declared } from '../report/report.js';
import { nameQuoted } from './terms.js';

/** Whose name stands behind credentials, and how: of the file’s own, and of earlier ones that it keeps. */

/** Who signed the earlier credentials that say it, and how that signer stands. */
export interface EarlierSigner {
  name?: string;
  /** `unstated`: nobody vouches for the name here, or nothing more is known of it. */
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
  /** Proven. */
  day?: string;
}

/** A list has the name, though the certificate may have run out since. */
export const LISTED_STANDINGS: ReadonlySet<EarlierSigner['standing']> = new Set([
  'listed',
  'expired',
  'outside',
  'unknown',
]);

export const isListed = (trust: NonNullable<ContentCredentials['signer']>['trust']): boolean =>
  trust !== 'unlisted' && trust !== 'not-checked';

/** Where the statement stands in credentials that somebody else signed: who, and how that signer stands. */
export function earlierSigner(
  { where, backing, manifest: label, signedBy }: Declared,
  credentials: ContentCredentials,
): EarlierSigner | undefined {
  if (where === 'this' || signedBy === 'same') return undefined;
  const { signer, integrity, manifests = [] } = credentials;
  const holds = integrity === 'intact' && signer !== undefined && isListed(signer.trust);
  const manifest = label === undefined ? undefined : manifests.find((one) => one.label === label);
  // A Report of before this was looked at does not say which manifest it was.
  if (!manifest) return holds && backing !== 'trusted' ? { standing: 'unstated' } : undefined;
  const named = manifest.signer ? { name: manifest.signer } : {};
  // Whom nobody knows may have put in whatever was signed by somebody whom everybody knows.
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

type Signed = Pick<ContentCredentials, 'signer' | 'integrity'>;

/** In quotation marks unless some list vouches for the name and the file is what was signed; undefined where it has none. */
export function signerSaid({ signer, integrity }: Signed): Said | undefined {
  if (!signer?.name) return undefined;
  return integrity === 'intact' && isListed(signer.trust)
    ? said('text.asWritten', { text: plainName(signer.name) })
    : nameQuoted(signer.name);
}
