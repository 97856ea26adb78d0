import { type Said, said } from '../../say/said.js';
import type { ContentCredentials } from '../report/report.js';
import type { Facts } from './sentence-facts.js';
import { type EarlierSigner, isListed, signerSaid } from './sentence-signer.js';

/** What is to be doubted of credentials whose signature holds, in the order of weight: the first one that applies is said. */
export function credentialsDoubts(facts: Facts, from: EarlierSigner | undefined): Said[] {
  const { credentials } = facts;
  return [
    ...(credentials.time?.revocation === 'revoked' || from?.standing === 'revoked'
      ? [said('sentence.doubt.revoked')]
      : []),
    ...nameDoubt(credentials, from),
    ...termDoubt(credentials.time),
    ...leftOutDoubt(facts),
    ...expiredDoubt(credentials),
  ];
}

/** The one reason that whoever runs Assay can do something about. */
export const isNoList = ({ id }: Said): boolean => id === 'fault.trust.noList';

function nameDoubt({ signer }: ContentCredentials, from: EarlierSigner | undefined): Said[] {
  if (signer?.trust === 'not-checked') {
    if (!signer.name) return [];
    const reason = signer.said?.trustReason;
    const why = reason !== undefined && isNoList(reason) ? 'noList' : 'other';
    return [said('sentence.doubt.notChecked', { why })];
  }
  if (signer?.trust === 'unlisted') {
    const both = from?.name !== undefined && from.name !== signer.name;
    return [said('sentence.doubt.unlisted', { names: both ? 'both' : signer.name ? 'one' : 'other' })];
  }
  if (from === undefined || from.name === undefined) return [];
  return from.standing === 'unlisted' || from.standing === 'not-checked'
    ? [said('sentence.doubt.earlierUnlisted', { looked: from.standing === 'unlisted' ? 'yes' : 'other' })]
    : [];
}

function termDoubt(time: ContentCredentials['time']): Said[] {
  if (time?.validity === 'outside') return [said('sentence.doubt.outside')];
  return time?.validity === 'not-yet-valid' ? [said('sentence.doubt.notYetValid')] : [];
}

/** Where more stands in no signature than what cannot. */
function leftOutDoubt({ signals, asset, credentials }: Facts): Said[] {
  // Where content is left out, who signed is told together with it.
  if (credentials.integrity !== 'intact') return [];
  const more = signals.find((s) => s.id === 'c2pa.binding.leavesOutMore')?.said?.value;
  if (more === undefined) return [];
  const ranges = more.params?.['ranges'];
  const [first, ...others] = Array.isArray(ranges) ? ranges : [];
  const begins = typeof first === 'object' && 'params' in first ? first.params?.['first'] : undefined;
  const isStart = others.length === 0 && begins === '0';
  const where = !isStart ? 'other' : asset.mediaType.kind === 'image' ? 'head' : 'start';
  return [said('sentence.doubt.leavesOut', { where })];
}

/** Why the signer’s certificate does not cover the time of use, where that is not because the time is proven to be another. */
function expiredDoubt(credentials: ContentCredentials): Said[] {
  const { time, signer } = credentials;
  if (time?.validity === 'unknown') return [said('sentence.doubt.timestampNotChecked')];
  if (time?.validity !== 'expired-without-timestamp') return [];
  const name = signer !== undefined && isListed(signer.trust) ? signerSaid(credentials) : undefined;
  const why =
    time.timestamp === undefined ? 'noTimestamp' : time.authorityTrust === 'unlisted' ? 'unlisted' : 'other';
  return [
    name === undefined
      ? said('sentence.doubt.expired', { why })
      : said('sentence.doubt.expiredOf', { name, why }),
  ];
}
