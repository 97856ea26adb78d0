import type { Speech } from '../../say/speech.js';
import type { Outcome } from '../finding-schema.js';
import { RULE_LANGUAGE } from '../languages.js';
import type { RuleText } from '../rulebook.js';
import type { SignalId } from '../signal.js';
import { meaningOf } from '../signals/meaning.js';
import { WORDS } from '../words/all.js';

export const signalMeaning = (id: SignalId, speech: Speech): string => speech.say(meaningOf(id));
export const outcomeWord = (outcome: Outcome, speech: Speech): string =>
  WORDS[speech.language].findings.outcomes[outcome];
export const clauseText = (clause: string, speech: Speech): string => WORDS[speech.language].clause(clause);

/** A word that is not ours says nothing to do. */
export function nextText(next: string, speech: Speech): string | undefined {
  const table: Readonly<Record<string, string>> = WORDS[speech.language].findings.next;
  return Object.hasOwn(table, next) ? table[next] : undefined;
}
export const ourText = (english: string, speech: Speech): string => WORDS[speech.language].ours(english);

export const ruleText = (text: RuleText, speech: Speech): string => text[RULE_LANGUAGE[speech.language]];
