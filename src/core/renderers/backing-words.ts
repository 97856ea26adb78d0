import type { Speech } from '../../say/speech.js';
import type { Report, TRUSTS, VALIDITIES } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';

type Trust = (typeof TRUSTS)[number];
/** Why a signature that holds has no list behind it at the time it was made. `ownKey`: it is of a maker's own key, without a certificate. */
type Unvouched =
  | Exclude<Trust, 'official' | 'interim' | 'private'>
  | Exclude<(typeof VALIDITIES)[number], 'inside'>
  | 'revoked'
  | 'ownKey';

/** How well a statement is backed, in words: where its signature holds and nobody vouches for the signer, why that is. */

export type Backed = Pick<Report, 'contentCredentials'>;

/** `of`: the Report that it stands in; without that, only what is so of all signals with this backing can be said. */
export function backingWords(
  { id, backing, basis = [] }: Pick<Signal, 'id' | 'backing'> & Partial<Pick<Signal, 'basis'>>,
  speech: Speech,
  of?: Backed,
): string {
  const rule = rowOf(id).backing;
  // How its check ended: what is wrong with it is neither unsigned nor a change of the file.
  if (rule === 'identity') return speech.words('page.phrase.identityAlone');
  if (backing !== 'valid') return speech.words(`page.backing.${backing}`);
  // Not of a certificate but of a maker's own key.
  if (rule === 'own-key') return speech.words('page.unvouched.ownKey');
  if (of === undefined || rule !== 'signer') return speech.words('page.backing.valid');
  const labels = basis.map(({ place }) => LABEL.exec(place)?.[1]);
  return validWords(labels[0], speech, of);
}

const LABEL = /\/c2pa\/([^/]+)/;

/** Of a statement in the manifest of that label: the active signer's fault first, for that one brought the others along. */
export function validWords(
  label: string | undefined,
  speech: Speech,
  { contentCredentials }: Backed,
): string {
  const { signer, time, manifests = [] } = contentCredentials;
  const manifest = manifests.find((one) => one.label === label);
  const why =
    unvouched({ trust: signer?.trust, validity: time?.validity, revoked: time?.revocation === 'revoked' }) ??
    (manifest && unvouched(manifest));
  return why === undefined ? speech.words('page.backing.valid') : speech.words(`page.unvouched.${why}`);
}

type Manifest = NonNullable<Report['contentCredentials']['manifests']>[number];

interface Standing {
  trust?: Manifest['trust'] | undefined;
  validity?: Manifest['validity'] | undefined;
  revoked?: boolean | undefined;
}

function unvouched({ trust, validity, revoked }: Standing): Unvouched | undefined {
  if (trust === undefined) return undefined;
  if (trust === 'unlisted' || trust === 'not-checked') return trust;
  if (revoked) return 'revoked';
  return validity === undefined || validity === 'inside' ? undefined : validity;
}
