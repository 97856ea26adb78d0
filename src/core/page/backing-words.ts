import type { Translator } from '../../i18n/translator.js';
import type { StoredReport, TRUSTS, VALIDITIES } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';

type Trust = (typeof TRUSTS)[number];
/**
 * Reason why no list backs a valid signature at the time it was made. `ownKey`: the signature uses a maker's own key
 * without a certificate.
 */
type Unvouched =
  | Exclude<Trust, 'official' | 'interim' | 'private'>
  | Exclude<(typeof VALIDITIES)[number], 'inside'>
  | 'revoked'
  | 'ownKey';

/**
 * Text for how well a statement is backed; for a valid signature whose signer nobody vouches for, it includes the
 * reason.
 */

export type BackingContext = Pick<StoredReport, 'contentCredentials'>;

/**
 * Returns the text. `of`: the Report of the signal; without it, only what applies to all signals with this backing can
 * be stated.
 */
export function backingText(
  { id, backing, basis = [] }: Pick<Signal, 'id' | 'backing'> & Partial<Pick<Signal, 'basis'>>,
  translator: Translator,
  of?: BackingContext,
): string {
  const rule = signalRowOf(id).backing;
  // The text gives the result of the identity check, since a faulty identity is neither unsigned nor a change of the
  // file.
  if (rule === 'identity') return translator.text('page.phrase.identityAlone');
  if (backing !== 'valid') return translator.text(`page.backing.${backing}`);
  // Signed with a maker's own key instead of a certificate.
  if (rule === 'own-key') return translator.text('page.unvouched.ownKey');
  if (of === undefined || rule !== 'signer') return translator.text('page.backing.valid');
  const labels = basis.map(({ locator }) => LABEL.exec(locator)?.[1]);
  return validBackingText(labels[0], translator, of);
}

const LABEL = /\/c2pa\/([^/]+)/;

/**
 * Returns the text for a statement in the manifest with that label. A fault of the active signer comes first, because
 * that signer included the others.
 */
export function validBackingText(
  label: string | undefined,
  translator: Translator,
  { contentCredentials }: BackingContext,
): string {
  const { signer, time, manifests = [] } = contentCredentials;
  const manifest = manifests.find((one) => one.label === label);
  const why =
    findUnvouchedReason({
      trust: signer?.trust,
      validity: time?.validity,
      revoked: time?.revocation === 'revoked',
    }) ??
    (manifest && findUnvouchedReason(manifest));
  return why === undefined ? translator.text('page.backing.valid') : translator.text(`page.unvouched.${why}`);
}

type Manifest = NonNullable<StoredReport['contentCredentials']['manifests']>[number];

interface Standing {
  trust?: Manifest['trust'] | undefined;
  validity?: Manifest['validity'] | undefined;
  revoked?: boolean | undefined;
}

function findUnvouchedReason({ trust, validity, revoked }: Standing): Unvouched | undefined {
  if (trust === undefined) return undefined;
  if (trust === 'unlisted' || trust === 'not-checked') return trust;
  if (revoked) return 'revoked';
  return validity === undefined || validity === 'inside' ? undefined : validity;
}
