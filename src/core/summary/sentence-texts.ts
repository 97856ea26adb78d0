import { shortenUnquoted } from '../../base/quoted.js';
import { type Message, message } from '../../i18n/message.js';
import type { Signal } from '../report/signal.js';
import { AI_TEXT_FIELDS, type AiTextField } from '../signatures/ai-text.js';
import { fileBeforeSidecar, RANKS, type Statement } from './sentence/caveats.js';
import type { Facts } from './sentence/facts.js';

/** Sentences on unsigned text that mentions AI, used if neither a label nor a tool's trace does. */

export const textStatements = ({ signals }: Pick<Facts, 'signals'>): Statement[] =>
  fileBeforeSidecar(signals, (some) => {
    const text = findAiText(some);
    return text === undefined
      ? []
      : [{ messages: [readsMessage(text)], is: 'text', rank: RANKS.text, ofAi: true, caveat: 'text' }];
  });

/** Returns the first `file.aiText` signal with a value; masked values are skipped. */
export const findAiText = (signals: readonly Signal[]): Signal | undefined =>
  signals.find(({ id, value }) => id === 'file.aiText' && value !== undefined);

/** Quotes the phrase in full: phrases and names come from closed lists and are short. */
export const quoteText = ({ value = '' }: Signal): Message =>
  message('text.quoted', { text: shortenUnquoted(value) });

const readsMessage = (text: Signal): Message =>
  message('sentence.text.reads', { field: fieldOf(text), words: quoteText(text) });

function fieldOf({ facts = [] }: Signal): AiTextField | 'other' {
  const named = facts.find(({ name }) => name === 'field')?.messages?.value?.params?.['field'];
  return AI_TEXT_FIELDS.find((one) => one === named) ?? 'other';
}
