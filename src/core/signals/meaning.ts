import { type Message, message } from '../../i18n/message.js';
import { type SignalId, signalRowOf } from './index.js';
import type { DigitalSourceType } from './source-types.js';

/** Messages with the meaning of signals: one per id, and one for all terms of a vocabulary. */

type TermId = `${'c2pa' | 'iptc'}.digitalSourceType.${DigitalSourceType}`;

function isTerm(id: SignalId): id is TermId {
  const { term } = signalRowOf(id);
  return term !== undefined && term !== 'unrecognised';
}

/** Returns the meaning of a signal. A signal without a message in the catalogues does not compile here. */
export function meaningMessage(id: SignalId): Message {
  if (!isTerm(id)) return message(`signal.${id}`);
  const { maker: by, term = '' } = signalRowOf(id);
  return by === 'manifest'
    ? message('signal.c2pa.digitalSourceType.term', { term })
    : message('signal.iptc.digitalSourceType.term', { term });
}
