import { type Message, message } from '../../../i18n/message.js';
import type { ContentCredentials } from '../../report/report.js';
import { findCause } from '../../standing/integrity.js';
import { findActiveManifest } from '../../standing/versions.js';
import { caveatMessage, type SentenceParts, type Statement } from './caveats.js';
import type { Facts } from './facts.js';
import { cutOffDoubts } from './unread.js';

/** Sentences for credentials that no longer match the file. */

/** Returns the sentences. Statements of the credentials no longer count as the file’s and are not repeated. */
export function alteredSentences(facts: Facts, otherStatements: readonly Statement[]): SentenceParts {
  const { credentials, asset } = facts;
  const cause = findCause(facts);
  const [other] = otherStatements.filter(({ ofAi }) => ofAi);
  const active = findActiveManifest(credentials);
  const isSeen = asset.mediaType.kind === 'image' || asset.mediaType.kind === 'video';
  const compare =
    cause === 'data' && isSeen && active?.hasThumbnail ? [message('sentence.altered.compare')] : [];
  const first =
    other === undefined
      ? [
          message('sentence.altered.cause', { cause }),
          message('sentence.altered.describes', {
            cause: cause === 'data' ? 'file' : 'other',
          }),
        ]
      : [message('sentence.altered.both', { cause }), ...other.messages.slice(0, 1)];
  const caveat = other?.caveat === undefined ? [] : [caveatMessage(other.caveat)];
  return {
    first,
    middle: compare,
    doubts: [
      ...(cause === 'end' ? [message('sentence.cutOff.copy')] : cutOffDoubts(facts)),
      ...soleEngineParam(credentials),
      ...caveat,
    ],
  };
}

function soleEngineParam({ messages: sayable, engine }: ContentCredentials): Message[] {
  return sayable?.soleEngine !== undefined && engine !== undefined
    ? [message('sentence.doubt.oneEngine', { engine: engine.name })]
    : [];
}
