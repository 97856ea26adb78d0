import { type Said, said } from '../../say/said.js';
import { rowOf, type SignalId } from './index.js';
import type { DigitalSourceType } from './source-types.js';

/** What a signal means, to be said: one message an id, and one for all terms of a vocabulary. */

type TermId = `${'c2pa' | 'iptc'}.digitalSourceType.${DigitalSourceType}`;

function isTerm(id: SignalId): id is TermId {
  const { term } = rowOf(id);
  return term !== undefined && term !== 'unrecognised';
}

/** A signal whose message is missing in the catalogues does not compile here. */
export function meaningOf(id: SignalId): Said {
  if (!isTerm(id)) return said(`signal.${id}`);
  const { by, term = '' } = rowOf(id);
  return by === 'manifest'
    ? said('signal.c2pa.digitalSourceType.term', { term })
    : said('signal.iptc.digitalSourceType.term', { term });
}
