import type { Language } from '../../i18n/languages.js';

/** Text shown on a page. A text of a law that lacks the reader's language is English, and every renderer marks it. */
export type DisplayText = string | { english: string };

/** Marks the text as English if the law lacks the reader's language. */
export const markLanguage = (text: string, other: Language | undefined): DisplayText =>
  other === undefined ? text : { english: text };

/** Returns whether a page contains English text of a law, so that readers can be notified. */
export function hasEnglishText(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return isEnglishText(part) || Object.values(part).some(hasEnglishText);
}

export const isEnglishText = (text: unknown): text is { english: string } =>
  typeof text === 'object' && text !== null && 'english' in text;

/** Returns the text without marking, for outputs that cannot mark it. */
export const toPlainText = (text: DisplayText): string => (isEnglishText(text) ? text.english : text);
