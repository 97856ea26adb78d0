import { parseLeadingDay } from '../../base/day.js';
import { dayMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import { isCaptureDate, isCreationDate } from '../detectors/dates-written.js';
import type { ContentCredentials, StoredReport } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { findCause } from './sentence/altered.js';
import { isContradicted } from './sentence/caveats.js';
import type { DecidedOrigin, Facts } from './sentence/facts.js';
import { isNoListReason, signerMessage } from './sentence/signer.js';
import { findAiText } from './sentence-texts.js';

/** Computes the four facts next to the headline (who, changed since, AI, when), each as a code with its message. */

type FourFacts = NonNullable<StoredReport['summary']['facts']>;
export type ClaimedDates = NonNullable<StoredReport['asset']['claimedDates']>;

export function buildFourFacts(facts: Facts, decided: DecidedOrigin, dates: ClaimedDates = []): FourFacts {
  return {
    who: whoFact(facts),
    changed: changedFact(facts),
    ai: aiFact(facts, decided),
    when: whenFact(facts, dates),
  };
}

function fact<C extends string>(code: C, text: Message): { code: C; messages: { text: Message } } {
  return { code, messages: { text } };
}

/** Returns whether the signature is invalid: the named signer may then never have signed it. */
export const isSignatureBroken = ({ integrityCauses = [] }: ContentCredentials): boolean =>
  integrityCauses.includes('claimSignature.mismatch');

/** True if credentials were not or could not be looked for; they are then not reported as absent. */
const isCredentialsUnread = ({ credentials: { presence }, coverage, notRead }: Facts): boolean =>
  presence === 'unreadable' ||
  notRead !== undefined ||
  (presence !== 'present' && coverage.unread.some(({ carrier }) => carrier === 'c2pa'));

function whoFact(facts: Facts): FourFacts['who'] {
  const { credentials } = facts;
  if (credentials.presence === 'remote') return fact('elsewhere', message('fact.who.elsewhere'));
  if (isCredentialsUnread(facts)) return fact('could-not-look', message('fact.who.couldNotLook'));
  if (credentials.presence !== 'present') return unsignedFact(facts);
  const name = signerMessage(credentials);
  return name === undefined ? fact('unnamed', message('fact.who.unnamed')) : signedFact(name, credentials);
}

/** Generators and labels use signatures of their own, with keys that no list knows. */
function unsignedFact({ signals }: Facts): FourFacts['who'] {
  const own = signals.some(
    ({ id }) => id === 'gb45438.security.signatureHolds' || signalRowOf(id).trace === 'proof-holds',
  );
  return own ? fact('own-key', message('fact.who.ownKey')) : fact('nobody', message('fact.who.nobody'));
}

function signedFact(name: Message, credentials: ContentCredentials): FourFacts['who'] {
  const { signer, time } = credentials;
  if (isSignatureBroken(credentials))
    return fact('signature-broken', message('fact.who.signatureBroken', { name }));
  if (signer?.trust === 'unlisted') return fact('unlisted', message('fact.who.unlisted', { name }));
  if (time?.revocation === 'revoked') return fact('revoked', message('fact.who.revoked', { name }));
  if (signer === undefined || signer.trust === 'not-checked')
    return fact(
      'not-checked',
      message('fact.who.notChecked', {
        name,
        why: isNoListReason(signer?.messages?.trustReason) ? 'noList' : 'other',
      }),
    );
  const term = TERMS[time?.validity ?? 'inside'];
  const code = term !== 'other' ? 'out-of-term' : signer.trust === 'private' ? 'private' : 'listed';
  const list = signer.trust === 'official' || signer.trust === 'interim' ? signer.trust : 'other';
  return fact(code, message('fact.who.listed', { name, list, term }));
}

const TERMS = {
  inside: 'other',
  'expired-without-timestamp': 'expired',
  'not-yet-valid': 'ahead',
  outside: 'outside',
  unknown: 'unknown',
} as const;

function changedFact(facts: Facts): FourFacts['changed'] {
  const { credentials, signals } = facts;
  const { presence, integrity } = credentials;
  if (presence === 'remote' || isCredentialsUnread(facts))
    return fact('cannot-tell', message('fact.changed.cannotTell', { why: 'other' }));
  // A generator's or label's own signature was compared with its own part only.
  if (presence !== 'present')
    return unsignedFact(facts).code === 'own-key'
      ? fact('cannot-tell', message('fact.changed.cannotTell', { why: 'other' }))
      : fact('nothing-to-compare', message('fact.changed.nothingToCompare'));
  if (integrity === 'altered')
    return findCause(facts) === 'end'
      ? fact('cannot-tell', message('fact.changed.cannotTell', { why: 'end' }))
      : fact('yes', message('fact.changed.yes'));
  if (integrity !== 'intact')
    return fact('cannot-tell', message('fact.changed.cannotTell', { why: 'other' }));
  if (signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore'))
    return fact('not-in-signed-part', message('fact.changed.notInSignedPart'));
  // The file itself is still unchanged.
  return fact(
    'no',
    message(credentials.ingredientIntegrity === 'altered' ? 'fact.changed.noButItem' : 'fact.changed.no'),
  );
}

/**
 * Returns the strongest statement about AI, regardless of what decided the origin: a camera's signature does not cancel
 * a label.
 */
function aiFact(facts: Facts, decided: DecidedOrigin): FourFacts['ai'] {
  const { credentials, coverage, signals, declared, inside } = facts;
  if (isContradicted(facts, decided)) return fact('contradictory', message('fact.ai.contradictory'));
  const has = (id: SignalId) => signals.some((one) => one.id === id && one.backing !== 'invalid');
  const isDeclared = declared?.origin === 'ai-generated' || declared?.origin === 'ai-edited';
  if (
    isDeclared ||
    has('file.aiMark.signed') ||
    signals.some(({ id }) => signalRowOf(id).trace === 'proof-holds')
  )
    return fact('stated-signed', message('fact.ai.statedSigned'));
  if (has('file.aiMark.unsigned')) return fact('label', message('fact.ai.label'));
  if (has('file.aiMark.possible')) return fact('possible', message('fact.ai.possible'));
  if (has('file.aiTrace')) return fact('trace', message('fact.ai.trace'));
  if (mentionsAi(signals)) return fact('mentioned', message('fact.ai.mentioned'));
  if (findAiText(signals) !== undefined) return fact('text', message('fact.ai.text'));
  // A statement in credentials that no longer fit the file was set aside and does not count as the file's.
  if (credentials.integrity === 'altered' && signals.some(({ id }) => id === 'file.aiMark.signed'))
    return fact('set-aside', message('fact.ai.setAside'));
  if (inside.ai > 0) return fact('in-part', message('fact.ai.inPart', { count: inside.ai }));
  if (coverage.state !== 'complete' || credentials.presence === 'remote')
    return fact('could-not-look', message('fact.ai.couldNotLook'));
  return fact('not-stated', message('fact.ai.notStated'));
}

/** Returns whether vendor-specific assertions mention AI, apart from the statement of how the content was made. */
export const mentionsAi = (signals: Facts['signals']): boolean =>
  signals.some(({ id, backing }) => id.startsWith('c2pa.declaration.') && backing !== 'invalid');

function whenFact({ credentials, asset, signals }: Facts, dates: ClaimedDates): FourFacts['when'] {
  const proven = credentials.integrity === 'altered' ? undefined : parseLeadingDay(credentials.time?.proven);
  // A timestamp kept in another manifest proves that the file was signed by then, not on that day.
  const when = credentials.time?.timestampIn === undefined ? 'other' : 'by';
  if (proven !== undefined)
    return { ...fact('proven', message('fact.when.proven', { when, day: dayMessage(proven) })), day: proven };
  const taken = dates.filter(({ name }) => isCaptureDate(name)).map(({ value }) => value);
  const isDocument = asset.mediaType.kind === 'document';
  const begun = dates.filter((date) => isCreationDate(date, isDocument)).map(({ value }) => value);
  const isOutside = signals.some(({ id }) => id === 'c2pa.binding.leavesOutMore');
  const { times, isMade } = claimedTimes(credentials);
  const claimed = [
    { by: 'signer', times, step: isMade ? 'made' : 'other' },
    { by: 'camera', times: taken, step: isOutside ? 'outside' : 'other' },
    { by: 'other', times: begun, step: 'other' },
  ] as const;
  const kind = asset.mediaType.kind === 'audio' ? 'audio' : 'other';
  for (const { by, times, step } of claimed) {
    const day = times.map(parseLeadingDay).find((one) => one !== undefined);
    if (day !== undefined)
      return {
        ...fact('claimed', message('fact.when.claimed', { by, step, kind, day: dayMessage(day) })),
        day,
      };
  }
  return fact('not-known', message('fact.when.notKnown'));
}

/** Returns the times stated by the signer in the active manifest, and whether the first is that of the making. */
function claimedTimes({ manifests = [], activeManifest }: ContentCredentials) {
  const actions = manifests.find(({ label }) => label === activeManifest)?.actions ?? [];
  const dated = actions.filter(({ when: at }) => at !== undefined);
  return {
    times: dated.map(({ when: at = '' }) => at),
    isMade: dated[0]?.action === 'c2pa.created',
  };
}

/** Codes of the AI fact for files that state nothing about AI themselves. */
const NO_AI_STATEMENT: ReadonlySet<string> = new Set([
  'not-stated',
  'could-not-look',
  'set-aside',
  'mentioned',
  'text',
]);

export const statesNothingOfAi = ({ facts }: { facts?: FourFacts }): boolean =>
  facts !== undefined && NO_AI_STATEMENT.has(facts.ai.code);
