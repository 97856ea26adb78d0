import { type Said, said } from '../../say/said.js';
import { plain } from '../ground/quoted.js';
import type { Signal } from '../report/signal.js';
import { AI_TEXT_FIELDS, type AiTextField } from '../signatures/ai-text.js';
import type { Facts } from './sentence-facts.js';
import { fileThenSidecar, RANKS, type Statement } from './sentence-said.js';

/** What the summary says of unsigned text that speaks of AI, where no label and no tool's trace does. */

export const textsSaid = ({ signals }: Pick<Facts, 'signals'>): Statement[] =>
  fileThenSidecar(signals, (some) => {
    const text = textOfAi(some);
    return text === undefined
      ? []
      : [{ said: [readsSaid(text)], is: 'text', rank: RANKS.text, ofAi: true, caveat: 'text' }];
  });

/** The first that has its words: masked ones are left out. */
export const textOfAi = (signals: readonly Signal[]): Signal | undefined =>
  signals.find(({ id, value }) => id === 'file.aiText' && value !== undefined);

/** Phrases and names come from closed lists and are short, so they stand whole. */
export const wordsOf = ({ value = '' }: Signal): Said => said('text.quoted', { text: plain(value) });

const readsSaid = (text: Signal): Said =>
  said('sentence.text.reads', { field: fieldOf(text), words: wordsOf(text) });

function fieldOf({ facts = [] }: Signal): AiTextField | 'other' {
  const named = facts.find(({ name }) => name === 'field')?.said?.value?.params?.['field'];
  return AI_TEXT_FIELDS.find((one) => one === named) ?? 'other';
}
