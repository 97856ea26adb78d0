import { asRecord } from '../../base/json-shape.js';
import { shortenName } from '../../base/quoted.js';
import { type Message, message } from '../../i18n/message.js';

/** Names of signers in lists, matches and cases, where only the stored four facts of a file are known. */

/**
 * Returns whether the stored four facts confirm the name of the signer, as `core/standing/signer.ts` decided when the
 * file was judged. The facts may come from a database to which others write too.
 */
export function isSignerConfirmed(facts: unknown): boolean {
  const who = asRecord(asRecord(facts)?.['who']);
  const code = who?.['code'];
  const text = asRecord(asRecord(who?.['messages'])?.['text']);
  return code === 'listed' || code === 'private' || (code === 'out-of-term' && isTermHarmless(text));
}

/** A certificate that has expired since, or whose term could not be checked, speaks against nobody. */
function isTermHarmless(text: Record<string, unknown> | undefined): boolean {
  const params = asRecord(text?.['params']);
  // The fact may be about two signers; the first is that of the file.
  const within = asRecord(asRecord(params?.['who'])?.['params']);
  const term = (within ?? params)?.['term'];
  return term === 'expired' || term === 'unknown';
}

/** Returns the name of a signer: in quotation marks unless it is confirmed. */
export const signerNameMessage = (name: string, isConfirmed: boolean): Message =>
  message(isConfirmed ? 'text.asWritten' : 'text.quoted', { text: shortenName(name) });

/** Headlines of a statement about AI by the signer of Content Credentials. */
const AI_HEADLINES = {
  'headline.generated': 'made',
  'headline.partGenerated': 'part',
  'headline.edited': 'edited',
} as const;

/**
 * Returns what confirmed credentials state about AI in the file itself; `undefined` where they state nothing of that
 * kind, or state it of an earlier version or by an unconfirmed signer. A capture is not told: it would be taken for one
 * of the file that looks alike.
 */
export function confirmedAiStatement({
  headline,
  backing,
}: {
  headline?: { id: string; params?: object } | undefined;
  backing?: string | undefined;
}): (typeof AI_HEADLINES)[keyof typeof AI_HEADLINES] | undefined {
  const { id = '', params } = headline ?? {};
  if (backing !== 'trusted' || asRecord(params)?.['what'] === 'earlier') return undefined;
  return Object.hasOwn(AI_HEADLINES, id) ? AI_HEADLINES[id as keyof typeof AI_HEADLINES] : undefined;
}
