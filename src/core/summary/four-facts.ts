import { dayMessage } from '../../i18n/amounts.js';
import { type Message, message } from '../../i18n/message.js';
import type { StoredReport } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { findIntegrity, type IntegrityState, isSignatureBroken } from '../standing/integrity.js';
import {
  findEarlierSigner,
  findFileSigner,
  isNoListReason,
  type SignerRef,
  type SignerStanding,
  signerMessage,
} from '../standing/signer.js';
import { type DatedTime, listOwnTimes } from '../standing/times.js';
import { isElsewhere } from '../standing/unread.js';
import { hasAiMark } from '../standing/versions.js';
import { isContradicted } from './sentence/caveats.js';
import type { DecidedOrigin, Facts } from './sentence/facts.js';
import { findAiText } from './sentence-texts.js';
import { toolListMessage } from './terms.js';

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

/** True if credentials were not or could not be looked for; they are then not reported as absent. */
const isCredentialsUnread = ({ credentials: { presence }, coverage, notRead }: Facts): boolean =>
  presence === 'unreadable' ||
  notRead !== undefined ||
  (presence !== 'present' && coverage.unread.some(({ carrier }) => carrier === 'c2pa'));

function whoFact(facts: Facts): FourFacts['who'] {
  const { credentials, declared } = facts;
  if (isElsewhere(credentials)) return fact('elsewhere', message('fact.who.elsewhere'));
  if (isCredentialsUnread(facts)) return fact('could-not-look', message('fact.who.couldNotLook'));
  if (credentials.presence !== 'present') return unsignedFact(facts);
  const signer = findFileSigner(credentials);
  const name = signerMessage(signer);
  if (signer === undefined || name === undefined) return fact('unnamed', message('fact.who.unnamed'));
  const { code, text } = signedFact(signer, name, facts);
  const other = declared && findEarlierSigner(declared, credentials);
  return fact(
    code,
    other === undefined ? text : message('fact.who.withStatement', { who: text, ...ofStatement(other) }),
  );
}

/** Names the signer of the statement if somebody else signed the file, so that nobody takes one for the other. */
function ofStatement(signer: SignerRef): { by: 'known' | 'named' | 'other'; signer: Message } {
  const name = signerMessage(signer);
  return name === undefined
    ? { by: 'other', signer: message('text.asWritten', { text: '' }) }
    : { by: signer.isConfirmed ? 'known' : 'named', signer: name };
}

/** Generators and labels use signatures of their own, with keys that no list knows. */
function unsignedFact({ signals, inside, asset }: Facts): FourFacts['who'] {
  const own = signals.some(
    ({ id }) => id === 'gb45438.security.signatureHolds' || signalRowOf(id).trace === 'proof-holds',
  );
  if (own) return fact('own-key', message('fact.who.ownKey'));
  const { count, kind, signers } = inside.signed;
  if (count === 0) return fact('nobody', message('fact.who.nobody'));
  const names = signers.map((one) => signerMessage(one) ?? message('fact.who.noName'));
  return fact(
    'nobody',
    message('fact.who.nobodyButInside', {
      holder: asset.mediaType.kind === 'document' ? 'document' : 'other',
      kind,
      count,
      signers: names.length === 0 ? message('fact.who.noName') : toolListMessage(names),
    }),
  );
}

function signedFact(
  { standing }: SignerRef,
  name: Message,
  { credentials }: Facts,
): { code: FourFacts['who']['code']; text: Message } {
  if (isSignatureBroken(credentials))
    return { code: 'signature-broken', text: message('fact.who.signatureBroken', { name }) };
  const { signer } = credentials;
  const of = {
    name,
    list: signer?.trust === 'official' || signer?.trust === 'interim' ? signer.trust : 'other',
  } as const;
  switch (standing) {
    case 'unlisted':
      return { code: 'unlisted', text: message('fact.who.unlisted', { name }) };
    case 'revoked':
      return { code: 'revoked', text: message('fact.who.revoked', { name }) };
    case 'not-bound':
      return {
        code: 'not-bound',
        text: message('fact.who.notBound', {
          name,
          why: credentials.integrity === 'altered' ? 'altered' : 'other',
        }),
      };
    case 'not-checked':
    case 'unstated':
      return {
        code: 'not-checked',
        text: message('fact.who.notChecked', {
          name,
          why: isNoListReason(signer?.messages?.trustReason) ? 'noList' : 'other',
        }),
      };
    case 'listed':
      return {
        code: signer?.trust === 'private' ? 'private' : 'listed',
        text: message('fact.who.listed', { ...of, term: 'other' }),
      };
    default:
      return { code: 'out-of-term', text: message('fact.who.listed', { ...of, term: TERMS[standing] }) };
  }
}

const TERMS = {
  expired: 'expired',
  'not-yet-valid': 'ahead',
  outside: 'outside',
  'term-unknown': 'unknown',
} as const satisfies Partial<Record<SignerStanding, string>>;

const CHANGED = {
  unchanged: 'no',
  'signed-part-unchanged': 'not-in-signed-part',
  changed: 'yes',
  'credentials-changed': 'yes',
  'signature-broken': 'yes',
  'end-missing': 'cannot-tell',
  undetermined: 'cannot-tell',
} as const satisfies Record<IntegrityState, FourFacts['changed']['code']>;

function changedFact(facts: Facts): FourFacts['changed'] {
  const { credentials, signals, cutOff } = facts;
  const cannotTell = (why: 'end' | 'other') => message('fact.changed.cannotTell', { why });
  if (isElsewhere(credentials) || isCredentialsUnread(facts)) return fact('cannot-tell', cannotTell('other'));
  const state = findIntegrity({ credentials, signals, cutOff });
  // A generator's or label's own signature was compared with its own part only.
  if (state === undefined)
    return unsignedFact(facts).code === 'own-key'
      ? fact('cannot-tell', cannotTell('other'))
      : fact('nothing-to-compare', message('fact.changed.nothingToCompare'));
  const code = CHANGED[state];
  switch (code) {
    case 'cannot-tell':
      return fact(code, cannotTell(state === 'end-missing' ? 'end' : 'other'));
    case 'yes':
      return fact(code, message('fact.changed.yes'));
    case 'not-in-signed-part':
      return fact(code, message('fact.changed.notInSignedPart'));
    default:
      // The file itself is still unchanged.
      return fact(
        code,
        message(credentials.ingredientIntegrity === 'altered' ? 'fact.changed.noButItem' : 'fact.changed.no'),
      );
  }
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
  if (findAiText(signals) !== undefined || signals.some(isCreditLine))
    return fact('text', message('fact.ai.text'));
  if (hasAiMark(credentials)) return fact('mark-only', message('fact.ai.markOnly'));
  // A statement in credentials that no longer fit the file was set aside and does not count as the file's.
  if (credentials.integrity === 'altered' && signals.some(({ id }) => id === 'file.aiMark.signed'))
    return fact('set-aside', message('fact.ai.setAside'));
  if (inside.ai > 0) return fact('in-part', message('fact.ai.inPart', { count: inside.ai }));
  if (coverage.state !== 'complete' || isElsewhere(credentials))
    return fact('could-not-look', message('fact.ai.couldNotLook'));
  return fact('not-stated', message('fact.ai.notStated'));
}

/** A credit line that vendors write for AI, even where only third parties claim so. */
export const isCreditLine = ({ id, value }: Facts['signals'][number]): boolean =>
  signalRowOf(id).maker === 'iptc-credit' && value !== undefined;

/** Returns whether vendor-specific assertions mention AI, apart from the statement of how the content was made. */
export const mentionsAi = (signals: Facts['signals']): boolean =>
  signals.some(({ id, backing }) => id.startsWith('c2pa.declaration.') && backing !== 'invalid');

function whenFact({ credentials, asset, signals }: Facts, claimedDates: ClaimedDates): FourFacts['when'] {
  const { kind } = asset.mediaType;
  const [strongest] = listOwnTimes({
    asset: { kind, claimedDates },
    contentCredentials: credentials,
    signals,
  });
  if (strongest === undefined) return fact('not-known', message('fact.when.notKnown'));
  const { day, is, keptIn } = strongest;
  if (is !== 'proven')
    return { ...fact('claimed', message('fact.when.claimed', claimOf(strongest, kind))), day };
  // A timestamp kept in another manifest proves that the file was signed by then, not on that day.
  const when = keptIn === undefined ? 'other' : 'by';
  return { ...fact('proven', message('fact.when.proven', { when, day: dayMessage(day) })), day };
}

function claimOf({ is, role, day, isOutside }: DatedTime, kind: Facts['asset']['mediaType']['kind']) {
  return {
    by: is === 'attached' ? 'timestamp' : is === 'claimed' ? 'signer' : role === 'taken' ? 'camera' : 'other',
    step: role === 'made' ? 'made' : is === 'field' && isOutside ? 'outside' : 'other',
    kind: kind === 'audio' ? 'audio' : 'other',
    day: dayMessage(day),
  } as const;
}

/** Codes of the AI fact for files that state nothing about AI themselves. */
const NO_AI_STATEMENT: ReadonlySet<string> = new Set([
  'not-stated',
  'could-not-look',
  'set-aside',
  'mark-only',
  'mentioned',
  'text',
]);

export const statesNothingOfAi = ({ facts }: { facts?: FourFacts }): boolean =>
  facts !== undefined && NO_AI_STATEMENT.has(facts.ai.code);
