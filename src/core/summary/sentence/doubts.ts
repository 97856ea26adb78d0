import { type Message, message } from '../../../i18n/message.js';
import type { ContentCredentials } from '../../report/report.js';
import { LEAVES_OUT_MORE } from '../../standing/integrity.js';
import { findFileSigner, isNoListReason, type SignerRef, signerMessage } from '../../standing/signer.js';
import type { Facts } from './facts.js';

/** Returns the doubts about credentials with a valid signature, the most important first; only the first is shown. */
export function credentialsDoubts(facts: Facts, from: SignerRef | undefined): Message[] {
  const { credentials } = facts;
  const standings = [findFileSigner(credentials)?.standing, from?.standing];
  return [
    ...(standings.includes('revoked') ? [message('sentence.doubt.revoked')] : []),
    ...nameDoubt(credentials, from),
    ...termDoubt(credentials.time),
    ...leftOutDoubt(facts),
    ...expiredDoubt(credentials),
  ];
}

function nameDoubt({ signer }: ContentCredentials, from: SignerRef | undefined): Message[] {
  if (signer?.trust === 'not-checked') {
    if (!signer.name) return [];
    const why = isNoListReason(signer.messages?.trustReason) ? 'noList' : 'other';
    return [message('sentence.doubt.notChecked', { why })];
  }
  if (signer?.trust === 'unlisted') {
    const both = from?.name !== undefined && from.name !== signer.name;
    return [message('sentence.doubt.unlisted', { names: both ? 'both' : signer.name ? 'one' : 'other' })];
  }
  if (from === undefined || from.name === undefined) return [];
  return from.standing === 'unlisted' || from.standing === 'not-checked'
    ? [message('sentence.doubt.earlierUnlisted', { looked: from.standing === 'unlisted' ? 'yes' : 'other' })]
    : [];
}

function termDoubt(time: ContentCredentials['time']): Message[] {
  if (time?.validity === 'outside') return [message('sentence.doubt.outside')];
  return time?.validity === 'not-yet-valid' ? [message('sentence.doubt.notYetValid')] : [];
}

/** Doubt for content that the signature excludes beyond what it must exclude. */
function leftOutDoubt({ signals, asset, credentials }: Facts): Message[] {
  // If integrity is undetermined because content is excluded, the sentence about the signer says so.
  if (credentials.integrity !== 'intact') return [];
  const more = signals.find(({ id }) => id === LEAVES_OUT_MORE)?.messages?.value;
  if (more === undefined) return [];
  const ranges = more.params?.['ranges'];
  const [first, ...others] = Array.isArray(ranges) ? ranges : [];
  const begins = typeof first === 'object' && 'params' in first ? first.params?.['first'] : undefined;
  const isStart = others.length === 0 && begins === '0';
  const where = !isStart ? 'other' : asset.mediaType.kind === 'image' ? 'head' : 'start';
  return [message('sentence.doubt.leavesOut', { where })];
}

/** Explains why the signer’s certificate does not cover the time of use, unless another time is proven. */
function expiredDoubt(credentials: ContentCredentials): Message[] {
  const { time } = credentials;
  if (time?.validity === 'unknown') return [message('sentence.doubt.timestampNotChecked')];
  if (time?.validity !== 'expired-without-timestamp') return [];
  const signer = findFileSigner(credentials);
  const name = signer?.isConfirmed ? signerMessage(signer) : undefined;
  const why =
    time.timestamp === undefined ? 'noTimestamp' : time.authorityTrust === 'unlisted' ? 'unlisted' : 'other';
  return [
    name === undefined
      ? message('sentence.doubt.expired', { why })
      : message('sentence.doubt.expiredOf', { name, why }),
  ];
}
