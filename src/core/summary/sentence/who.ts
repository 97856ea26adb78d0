import { shortenName } from '../../../base/quoted.js';
import { dayMessage } from '../../../i18n/amounts.js';
import { type Message, message } from '../../../i18n/message.js';
import { quoteName } from '../terms.js';
import type { DecidedOrigin, Facts } from './facts.js';
import { type EarlierSigner, isListed, signerMessage } from './signer.js';

/** Returns who signed, and whether the file has changed since. A name on no list is only what a certificate states. */
export function whoMessage(
  facts: Facts,
  { origin, by }: DecidedOrigin,
  from: EarlierSigner | undefined,
): Message {
  const { credentials, declared, signals } = facts;
  const { signer, integrity } = credentials;
  const name = signerMessage(credentials);
  const leavesOut = signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore');
  if (integrity !== 'intact') {
    const why = leavesOut ? 'content' : 'other';
    return name === undefined
      ? message('sentence.who.undeterminedUnnamed', { why })
      : message('sentence.who.undetermined', { name, why });
  }
  const kept = leavesOut ? 'covered' : 'other';
  if (name === undefined || signer === undefined) return message('sentence.who.unnamed', { kept });
  if (from !== undefined) return earlierMessage(from, { name, kept }, facts);
  if (!isListed(signer.trust)) return message('sentence.who.named', { name, kept });
  // If the headline is about another statement, or about two, the sentence refers only to the credentials.
  const isTheirs = declared !== undefined && by === undefined && origin !== 'contradictory';
  const what = isTheirs ? 'statement' : 'other';
  return message('sentence.who.signed', { name, what, kept, ...toDayParam(provenDay(facts)) });
}

/** A timestamp stored in another manifest proves "by then", not "on that day". */
const provenDay = ({ credentials: { time } }: Facts): string | undefined =>
  time?.timestampIn === undefined ? time?.proven : undefined;

const toDayParam = (day: string | undefined): { dated: 'on' | 'other'; day: Message } =>
  day === undefined
    ? { dated: 'other', day: message('text.asWritten', { text: '' }) }
    : { dated: 'on', day: dayMessage(day) };

const STANDINGS = {
  expired: 'expired',
  outside: 'outside',
  'not-yet-valid': 'notYetValid',
  unknown: 'unknown',
  revoked: 'revoked',
  listed: 'other',
  unlisted: undefined,
  'not-checked': undefined,
  unstated: undefined,
} as const satisfies Record<EarlierSigner['standing'], string | undefined>;

/** Returns the sentence for a statement made by another signer, whose credentials are in the file. */
function earlierMessage(
  from: EarlierSigner,
  { name: publisher, kept }: { name: Message; kept: 'covered' | 'other' },
  facts: Facts,
): Message {
  if (from.name === undefined) return message('sentence.who.earlierUnnamed', { publisher, kept });
  const standing = STANDINGS[from.standing];
  if (standing === undefined)
    return message('sentence.who.earlierNamed', { name: quoteName(from.name), publisher, kept });
  const published = toDayParam(provenDay(facts));
  return message('sentence.who.earlier', {
    name: message('text.asWritten', { text: shortenName(from.name) }),
    standing,
    ...toDayParam(from.standing === 'listed' ? from.day : undefined),
    publisher,
    published: published.dated,
    publishedDay: published.day,
    kept,
  });
}
