import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { saysWhenBegun, saysWhenTaken } from '../detectors/dates-written.js';
import { writtenDay } from '../ground/day.js';
import type { ContentCredentials, Report } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { Decided, Facts } from './sentence-facts.js';
import { signerSaid } from './sentence-signer.js';
import { textOfAi } from './sentence-texts.js';

/** The four facts that stand beside the headline: who, changed since, AI, when. Each a code, and what it says. */

type FourFacts = NonNullable<Report['summary']['facts']>;
export type ClaimedDates = NonNullable<Report['asset']['claimedDates']>;

export function fourFacts(facts: Facts, decided: Decided, dates: ClaimedDates = []): FourFacts {
  return {
    who: who(facts),
    changed: changed(facts),
    ai: ai(facts, decided),
    when: when(facts, dates),
  };
}

function fact<C extends string>(code: C, text: Said): { code: C; said: { text: Said } } {
  return { code, said: { text } };
}

/** Whoever is named then may never have signed it. */
export const isSignatureBroken = ({ integrityCauses = [] }: ContentCredentials): boolean =>
  integrityCauses.includes('claimSignature.mismatch');

/** Nobody looked, or nobody could: none of them is then said not to be there. */
const isUnread = ({ credentials: { presence }, coverage, notRead }: Facts): boolean =>
  presence === 'unreadable' ||
  notRead !== undefined ||
  (presence !== 'present' && coverage.unread.some(({ carrier }) => carrier === 'c2pa'));

function who(facts: Facts): FourFacts['who'] {
  const { credentials } = facts;
  if (credentials.presence === 'remote') return fact('elsewhere', said('fact.who.elsewhere'));
  if (isUnread(facts)) return fact('could-not-look', said('fact.who.couldNotLook'));
  if (credentials.presence !== 'present') return unsigned(facts);
  const name = signerSaid(credentials);
  return name === undefined ? fact('unnamed', said('fact.who.unnamed')) : signed(name, credentials);
}

/** Generators and labels have signatures of their own, of a key that no list knows. */
function unsigned({ signals }: Facts): FourFacts['who'] {
  const own = signals.some(
    ({ id }) => id === 'gb45438.security.signatureHolds' || rowOf(id).trace === 'proof-holds',
  );
  return own ? fact('own-key', said('fact.who.ownKey')) : fact('nobody', said('fact.who.nobody'));
}

function signed(name: Said, credentials: ContentCredentials): FourFacts['who'] {
  const { signer, time } = credentials;
  if (isSignatureBroken(credentials))
    return fact('signature-broken', said('fact.who.signatureBroken', { name }));
  if (signer?.trust === 'unlisted') return fact('unlisted', said('fact.who.unlisted', { name }));
  if (time?.revocation === 'revoked') return fact('revoked', said('fact.who.revoked', { name }));
  if (signer === undefined || signer.trust === 'not-checked')
    return fact('not-checked', said('fact.who.notChecked', { name }));
  if (time !== undefined && time.validity !== 'inside')
    return fact('out-of-term', said('fact.who.outOfTerm', { name, term: TERMS[time.validity] }));
  return signer.trust === 'private'
    ? fact('private', said('fact.who.private', { name }))
    : fact('listed', said('fact.who.listed', { name }));
}

const TERMS = {
  'expired-without-timestamp': 'expired',
  'not-yet-valid': 'ahead',
  outside: 'outside',
  unknown: 'other',
} as const;

function changed(facts: Facts): FourFacts['changed'] {
  const { credentials, signals } = facts;
  const { presence, integrity } = credentials;
  if (presence === 'remote' || isUnread(facts)) return fact('cannot-tell', said('fact.changed.cannotTell'));
  if (presence !== 'present') return fact('nothing-to-compare', said('fact.changed.nothingToCompare'));
  if (integrity === 'altered') return fact('yes', said('fact.changed.yes'));
  if (integrity !== 'intact') return fact('cannot-tell', said('fact.changed.cannotTell'));
  if (signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore'))
    return fact('not-in-signed-part', said('fact.changed.notInSignedPart'));
  // Of the file itself it is still true that it did not change.
  return fact(
    'no',
    said(credentials.ingredientIntegrity === 'altered' ? 'fact.changed.noButItem' : 'fact.changed.no'),
  );
}

/** The strongest statement of AI there is, whatever decided the origin: a camera's signature does not undo a label. */
function ai(
  { credentials, coverage, signals, declared, inside }: Facts,
  { origin }: Decided,
): FourFacts['ai'] {
  if (origin === 'contradictory') return fact('contradictory', said('fact.ai.contradictory'));
  const has = (id: SignalId) => signals.some((one) => one.id === id && one.backing !== 'invalid');
  const isDeclared = declared?.origin === 'ai-generated' || declared?.origin === 'ai-edited';
  if (isDeclared || has('file.aiMark.signed') || signals.some(({ id }) => rowOf(id).trace === 'proof-holds'))
    return fact('stated-signed', said('fact.ai.statedSigned'));
  if (has('file.aiMark.unsigned')) return fact('label', said('fact.ai.label'));
  if (has('file.aiMark.possible')) return fact('possible', said('fact.ai.possible'));
  if (has('file.aiTrace')) return fact('trace', said('fact.ai.trace'));
  if (speaksOfAi(signals)) return fact('mentioned', said('fact.ai.mentioned'));
  if (textOfAi(signals) !== undefined) return fact('text', said('fact.ai.text'));
  // What stood in credentials that no longer fit the file was set aside, and is not the file's word.
  if (credentials.integrity === 'altered' && signals.some(({ id }) => id === 'file.aiMark.signed'))
    return fact('set-aside', said('fact.ai.setAside'));
  if (inside.ai > 0) return fact('in-part', said('fact.ai.inPart', { count: inside.ai }));
  if (coverage.state !== 'complete' || credentials.presence === 'remote')
    return fact('could-not-look', said('fact.ai.couldNotLook'));
  return fact('not-stated', said('fact.ai.notStated'));
}

/** In forms of vendors, beside the statement of how it was made. */
export const speaksOfAi = (signals: Facts['signals']): boolean =>
  signals.some(({ id, backing }) => id.startsWith('c2pa.declaration.') && backing !== 'invalid');

function when({ credentials, asset }: Facts, dates: ClaimedDates): FourFacts['when'] {
  const proven = credentials.integrity === 'altered' ? undefined : writtenDay(credentials.time?.proven);
  if (proven !== undefined)
    return { ...fact('proven', said('fact.when.proven', { day: daySaid(proven) })), day: proven };
  const taken = dates.filter(({ name }) => saysWhenTaken(name)).map(({ value }) => value);
  const isDocument = asset.mediaType.kind === 'document';
  const begun = dates.filter((date) => saysWhenBegun(date, isDocument)).map(({ value }) => value);
  const day = [...claimedIn(credentials), ...taken, ...begun]
    .map(writtenDay)
    .find((one) => one !== undefined);
  return day === undefined
    ? fact('not-known', said('fact.when.notKnown'))
    : { ...fact('claimed', said('fact.when.claimed', { day: daySaid(day) })), day };
}

/** The signer's own word, in the active manifest. */
function claimedIn({ manifests = [], activeManifest }: ContentCredentials): string[] {
  const actions = manifests.find(({ label }) => label === activeManifest)?.actions ?? [];
  return actions.flatMap(({ when: at }) => at ?? []);
}
