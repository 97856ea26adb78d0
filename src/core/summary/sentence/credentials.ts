import { type Message, message } from '../../../i18n/message.js';
import { findIntegrity } from '../../standing/integrity.js';
import { alteredSentences } from './altered.js';
import {
  caveatMessage,
  conflictMessages,
  isContradicted,
  type SentenceParts,
  type Statement,
} from './caveats.js';
import { declaredMessages, toDeclaredStatement } from './declared.js';
import { credentialsDoubts } from './doubts.js';
import type { DecidedOrigin, Facts } from './facts.js';
import { undeclaredMessages } from './steps.js';
import { cutOffDoubts, unreadDoubts } from './unread.js';
import { whoMessage } from './who.js';

/** Returns the sentences for a file with Content Credentials. */
export function credentialsSentences(
  facts: Facts,
  decided: DecidedOrigin,
  otherStatements: readonly Statement[],
): SentenceParts {
  const { credentials, declared } = facts;
  if (credentials.integrity === 'altered') return alteredSentences(facts, otherStatements);
  const stated = declared && toDeclaredStatement(declared, facts);
  const who = whoMessage(facts, decided, stated?.from);
  const doubts = [...cutOffDoubts(facts), ...credentialsDoubts(facts, stated?.from)];
  const ingredient = alteredIngredient(facts);
  if (decided.origin === 'contradictory') return contradictorySentences(facts, who, ingredient);
  const isAi = declared?.origin === 'ai-generated' || declared?.origin === 'ai-edited';
  // An unsigned label or trace would only weaken a signed statement of the same content.
  const [other] = isAi ? [] : otherStatements.filter(({ ofAi }) => ofAi);
  // A mismatched ingredient weighs more than the steps applied to the file.
  const steps = [
    ...ingredient,
    ...(declared && stated
      ? declaredMessages(declared, stated, facts)
      : undeclaredMessages(facts, doubts.length > 0)),
  ];
  const unread = isAi ? [] : unreadDoubts(facts);
  if (other === undefined)
    return {
      first: [who],
      middle: steps,
      doubts: isContradicted(facts, decided)
        ? [...cutOffDoubts(facts), ...conflictMessages(facts.contradictions)]
        : [...doubts, ...conflictMessages(facts.contradictions), ...unread, ...screenDoubt(facts)],
    };
  const caveat = signedFileCaveat(other, facts);
  // The headline quotes the label or the signer; that statement comes first here too.
  if (declared === undefined && other.is !== 'text')
    return {
      first: [...other.messages.slice(0, 1), who],
      middle: steps,
      doubts: [...conflictMessages(facts.contradictions), ...caveat],
    };
  return {
    first: [who, ...other.messages.slice(0, 1)],
    middle: steps,
    doubts: [...conflictMessages(facts.contradictions), ...doubts, ...caveat],
  };
}

function alteredIngredient({ credentials: { ingredientIntegrity } }: Facts): Message[] {
  return ingredientIntegrity === 'altered' ? [message('sentence.ingredient')] : [];
}

/** Nobody can add a label to a fully signed file afterwards, but the label is still no statement of the signer. */
function signedFileCaveat({ caveat }: Statement, { credentials, signals }: Facts): Message[] {
  if (caveat === undefined) return [];
  const isWhole = findIntegrity({ credentials, signals }) === 'unchanged';
  if (isWhole && caveat === 'text') return [message('sentence.caveat.textAttached')];
  return [caveat === 'unsigned' && isWhole ? message('sentence.caveat.attached') : caveatMessage(caveat)];
}

/** A device signs whatever is in front of it, which may be a screen. */
function screenDoubt({ declared, asset }: Facts): Message[] {
  const { kind } = asset.mediaType;
  return declared?.origin === 'captured'
    ? [message('sentence.doubt.screen', { kind: kind === 'audio' || kind === 'video' ? kind : 'other' })]
    : [];
}

/** Both statements are given, with a note that Assay cannot tell which one is true. */
function contradictorySentences(
  { contradictions }: Facts,
  who: Message,
  ingredient: Message[],
): SentenceParts {
  const found = contradictions.find(({ kind }) => kind === 'excludes');
  return {
    first: [who, ...(found ? [found.within] : [])],
    middle: ingredient,
    doubts: [message('sentence.doubt.which')],
  };
}
