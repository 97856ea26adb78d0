import { dayMessage } from '../../../i18n/amounts.js';
import { type Message, message } from '../../../i18n/message.js';
import { leavesOutMore } from '../../standing/integrity.js';
import { findFileSigner, type SignerRef, type SignerStanding, signerMessage } from '../../standing/signer.js';
import type { DecidedOrigin, Facts } from './facts.js';

/** Returns who signed, and whether the file has changed since. A name on no list is only what a certificate states. */
export function whoMessage(
  facts: Facts,
  { origin, by }: DecidedOrigin,
  from: SignerRef | undefined,
): Message {
  const { credentials, declared, signals } = facts;
  const signer = findFileSigner(credentials);
  const name = signerMessage(signer);
  const leavesOut = leavesOutMore(signals);
  if (credentials.integrity !== 'intact') {
    const why = leavesOut ? 'content' : 'other';
    return name === undefined
      ? message('sentence.who.undeterminedUnnamed', { why })
      : message('sentence.who.undetermined', { name, why });
  }
  const kept = leavesOut ? 'covered' : 'other';
  if (name === undefined || signer === undefined) return message('sentence.who.unnamed', { kept });
  if (from !== undefined) return earlierMessage(from, { signer, publisher: name, kept });
  if (!signer.isConfirmed) return message('sentence.who.named', { name, kept });
  // If the headline is about another statement, or about two, the sentence refers only to the credentials.
  const isTheirs = declared !== undefined && by === undefined && origin !== 'contradictory';
  const what = isTheirs ? 'statement' : 'other';
  return message('sentence.who.signed', { name, what, kept, ...toDayParam(signer.day) });
}

const toDayParam = (day: string | undefined): { dated: 'on' | 'other'; day: Message } =>
  day === undefined
    ? { dated: 'other', day: message('text.asWritten', { text: '' }) }
    : { dated: 'on', day: dayMessage(day) };

const STANDINGS = {
  expired: 'expired',
  outside: 'outside',
  'not-yet-valid': 'notYetValid',
  'term-unknown': 'unknown',
  revoked: 'revoked',
  listed: 'other',
  unlisted: undefined,
  'not-checked': undefined,
  'not-bound': undefined,
  unstated: undefined,
} as const satisfies Record<SignerStanding, string | undefined>;

/** Returns the sentence for a statement made by another signer, whose credentials are in the file. */
function earlierMessage(
  from: SignerRef,
  { signer, publisher, kept }: { signer: SignerRef; publisher: Message; kept: 'covered' | 'other' },
): Message {
  const name = signerMessage(from);
  if (name === undefined) return message('sentence.who.earlierUnnamed', { publisher, kept });
  const standing = STANDINGS[from.standing];
  if (standing === undefined) return message('sentence.who.earlierNamed', { name, publisher, kept });
  const published = toDayParam(signer.day);
  return message('sentence.who.earlier', {
    name,
    standing,
    ...toDayParam(from.standing === 'listed' ? from.day : undefined),
    publisher,
    published: published.dated,
    publishedDay: published.day,
    kept,
  });
}
