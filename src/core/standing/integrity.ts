import type { Truncation } from '../evidence/cut-off.js';
import type { ContentCredentials } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { CONTENT_HASH } from './signer.js';

/** Decides once whether a file changed after it was signed. */

export const LEAVES_OUT_MORE = 'c2pa.binding.leavesOutMore' satisfies Signal['id'];

/** Returns whether the signature excludes more of the content than it must, which may have changed unseen. */
export const leavesOutMore = (signals: readonly Pick<Signal, 'id'>[]): boolean =>
  signals.some(({ id }) => id === LEAVES_OUT_MORE);

/**
 * State of a signed file. `end-missing`: only the missing end keeps the content from matching; `credentials-changed`: a
 * part of the credentials other than the content's hash; `undetermined`: nobody could tell.
 */
export type IntegrityState =
  | 'unchanged'
  | 'signed-part-unchanged'
  | 'changed'
  | 'end-missing'
  | 'signature-broken'
  | 'credentials-changed'
  | 'undetermined';

interface SignedFile {
  credentials: ContentCredentials;
  signals: readonly Pick<Signal, 'id'>[];
  cutOff?: Truncation | undefined;
}

/** Returns the state; `undefined` if no credentials were read. */
export function findIntegrity({ credentials, signals, cutOff }: SignedFile): IntegrityState | undefined {
  const { presence, integrity } = credentials;
  if (presence !== 'present') return undefined;
  if (integrity === 'altered') return ALTERED[findCause({ credentials, cutOff })];
  if (integrity !== 'intact') return 'undetermined';
  return leavesOutMore(signals) ? 'signed-part-unchanged' : 'unchanged';
}

/** `other`: another part of the credentials. */
export type AlterationCause = 'data' | 'end' | 'signature' | 'other';

const ALTERED = {
  data: 'changed',
  end: 'end-missing',
  signature: 'signature-broken',
  other: 'credentials-changed',
} as const satisfies Record<AlterationCause, IntegrityState>;

/** Returns what fails to match: the content, its missing end, the signature, or the credentials. */
export function findCause({
  credentials: { integrityCauses: causes = [] },
  cutOff,
}: Pick<SignedFile, 'credentials' | 'cutOff'>): AlterationCause {
  const ofContent = causes.filter((cause) => CONTENT_HASH.test(cause));
  if (ofContent.length > 0 && cutOff === undefined) return 'data';
  // A missing end explains hashes of the content that do not match, but no other cause.
  if (ofContent.length > 0 && ofContent.length === causes.length) return 'end';
  return causes.includes('claimSignature.mismatch') ? 'signature' : 'other';
}

/** Returns whether the signature is invalid: the named signer may then never have signed it. */
export const isSignatureBroken = ({
  integrityCauses = [],
}: Pick<ContentCredentials, 'integrityCauses'>): boolean =>
  integrityCauses.includes('claimSignature.mismatch');
