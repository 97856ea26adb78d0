import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { plainName } from '../ground/quoted.js';
import type { Decided, Facts } from './sentence-facts.js';
import { type EarlierSigner, isListed, signerSaid } from './sentence-signer.js';
import { nameQuoted } from './terms.js';

/** Who signed, and whether the file has changed since. A name that no list knows is what a certificate says, and no more. */
export function whoSaid(facts: Facts, { origin, by }: Decided, from: EarlierSigner | undefined): Said {
  const { credentials, declared, signals } = facts;
  const { signer, integrity } = credentials;
  const name = signerSaid(credentials);
  const leavesOut = signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore');
  if (integrity !== 'intact') {
    const why = leavesOut ? 'content' : 'other';
    return name === undefined
      ? said('sentence.who.undeterminedUnnamed', { why })
      : said('sentence.who.undetermined', { name, why });
  }
  const kept = leavesOut ? 'covered' : 'other';
  if (name === undefined || signer === undefined) return said('sentence.who.unnamed', { kept });
  if (from !== undefined) return earlierSaid(from, { name, kept }, facts);
  if (!isListed(signer.trust)) return said('sentence.who.named', { name, kept });
  // Where the headline is of another statement, or of two, only the credentials are meant.
  const isTheirs = declared !== undefined && by === undefined && origin !== 'contradictory';
  const what = isTheirs ? 'statement' : 'other';
  return said('sentence.who.signed', { name, what, kept, ...dated(provenDay(facts)) });
}

/** One that another manifest keeps says "by then", not "on that day". */
const provenDay = ({ credentials: { time } }: Facts): string | undefined =>
  time?.timestampIn === undefined ? time?.proven : undefined;

const dated = (day: string | undefined): { dated: 'on' | 'other'; day: Said } =>
  day === undefined
    ? { dated: 'other', day: said('text.asWritten', { text: '' }) }
    : { dated: 'on', day: daySaid(day) };

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

/** The statement is somebody else’s, whose credentials the signer of the file has kept. */
function earlierSaid(
  from: EarlierSigner,
  { name: publisher, kept }: { name: Said; kept: 'covered' | 'other' },
  facts: Facts,
): Said {
  if (from.name === undefined) return said('sentence.who.earlierUnnamed', { publisher, kept });
  const standing = STANDINGS[from.standing];
  if (standing === undefined)
    return said('sentence.who.earlierNamed', { name: nameQuoted(from.name), publisher, kept });
  const published = dated(provenDay(facts));
  return said('sentence.who.earlier', {
    name: said('text.asWritten', { text: plainName(from.name) }),
    standing,
    ...dated(from.standing === 'listed' ? from.day : undefined),
    publisher,
    published: published.dated,
    publishedDay: published.day,
    kept,
  });
}
