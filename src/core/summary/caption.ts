import { lookupTable } from '../../base/table.js';
import { type Message, message } from '../../i18n/message.js';
import { findFileSigner, findStatementSigner, signerMessage } from '../standing/signer.js';
import type { Facts } from './sentence/facts.js';
import { sourceTypeMessage } from './terms.js';

/**
 * Caption that a file's facts support, for whoever publishes the file: one line without quotation, derived from the
 * headline. A statement is repeated only if a list confirms its signer; nothing else names an origin.
 */
export function buildCaption({ id, params = {} }: Message, facts: Facts): Message {
  const { kind } = facts.asset.mediaType;
  const stated = STATED[id];
  if (stated !== undefined || (id === 'headline.term' && params['who'] !== 'label'))
    return statedCaption(stated, params['what'] === 'earlier', facts);
  switch (id) {
    case 'headline.label':
    case 'headline.platformLabel':
      return message('caption.labelled', { kind, work: params['work'] === 'edited' ? 'edited' : 'made' });
    case 'headline.gb':
      return params['label'] === 'generated'
        ? message('caption.labelled', { kind, work: 'made' })
        : other(params['label'] === 'other' ? 'other' : 'possible');
    case 'headline.signed':
    case 'headline.recordedEdits':
    case 'headline.markOnly':
    case 'headline.speaksOfAi':
      return signedCaption(facts);
    default:
      // Content is known to have changed only where its own hash does not match.
      return other(params['what'] === 'credentials' ? 'unconfirmed' : (OTHERS[id] ?? 'other'));
  }
}

function statedCaption(stated: Stated | undefined, isEarlier: boolean, facts: Facts): Message {
  const by = confirmedSigner(facts);
  if (by === undefined) return other('unconfirmed');
  if (stated === undefined)
    return message('caption.stated', { by, is: sourceTypeMessage(facts.declared?.term ?? '') });
  const { kind } = facts.asset.mediaType;
  return message('caption.made', { kind, what: isEarlier ? EARLIER[stated] : stated, by });
}

function signedCaption(facts: Facts): Message {
  const by = confirmedSigner(facts);
  return by === undefined ? other('unconfirmed') : message('caption.signed', { by });
}

const other = (what: Other): Message => message('caption.other', { what });

type Stated = 'made' | 'part' | 'edited' | 'captured' | 'other';
type Other = 'possible' | 'unconfirmed' | 'contradictory' | 'changed' | 'unread' | 'inside' | 'other';

const STATED = lookupTable<Stated>({
  'headline.generated': 'made',
  'headline.partGenerated': 'part',
  'headline.edited': 'edited',
  'headline.captured': 'captured',
  'headline.capturedThenEdited': 'other',
});

const EARLIER = {
  made: 'earlierMade',
  edited: 'earlierEdited',
  part: 'part',
  captured: 'captured',
  other: 'other',
} as const satisfies Record<Stated, string>;

/** Captions of headlines that confirm no origin. A headline that is not here says that the origin is not known. */
const OTHERS = lookupTable<Other>({
  'headline.proof': 'possible',
  'headline.watermark': 'possible',
  'headline.trace': 'possible',
  'headline.contradictory': 'contradictory',
  'headline.altered': 'changed',
  'headline.alteredSince': 'changed',
  'headline.signatureBroken': 'unconfirmed',
  'headline.signatureBrokenOf': 'unconfirmed',
  'headline.holdsAi': 'inside',
  'headline.emptyFile': 'unread',
  'headline.notFinished': 'unread',
  'headline.unreadFile': 'unread',
  'headline.cutOff': 'unread',
  'headline.cutOffEnd': 'unread',
  'headline.remote': 'unread',
  'headline.oldForm': 'unread',
  'headline.unreadable': 'unread',
  'headline.statementsUnread': 'unread',
  'headline.statementsUnreadOf': 'unread',
  'headline.partlyUnread': 'unread',
  'headline.segmentAlone': 'unread',
  'headline.notLookedInto': 'unread',
  'headline.notMedia': 'unread',
  'headline.plainText': 'unread',
  'headline.unrecognised': 'unread',
});

/** Returns the signer of the statement, or of the credentials, if both it and the signer of the file are confirmed. */
function confirmedSigner({ credentials, declared }: Facts): Message | undefined {
  if (credentials.integrity !== 'intact' || !findFileSigner(credentials)?.isConfirmed) return undefined;
  const signer = findStatementSigner(declared, credentials);
  return signer?.isConfirmed ? signerMessage(signer) : undefined;
}
