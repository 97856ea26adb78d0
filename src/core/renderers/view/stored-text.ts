import type { Language } from '../../../i18n/languages.js';
import type { Message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import type { Carrier } from '../../media/carrier.js';
import { hasStoredTexts, localizeMember, localizeReason } from '../../report/message-lookup.js';
import type { Report } from '../../report/report.js';

/**
 * Text shown on a page. Reports of version 0.1 stored sentences instead of messages; those are shown in English as
 * stored, and every renderer marks them.
 */
export type DisplayText = string | { english: string };

type Telling<Name extends string> = { [K in Name]?: string } & {
  messages?: { [K in Name]?: Message | readonly Message[] };
};

/** Returns a text member of a Report in the reader's language; `undefined` if there is none. */
export function textOf<Name extends string>(
  of: Telling<Name>,
  name: Name,
  translator: Translator,
): DisplayText | undefined {
  const text = localizeMember(of, name, translator);
  return of.messages?.[name] === undefined ? toStoredText(text, translator) : text;
}

type Unread = Pick<Report['reads'][Carrier], 'code' | 'params' | 'reason'>;

/** Returns the reason why something could not be read. */
export function reasonOf(unread: Unread, report: Report, translator: Translator): DisplayText | undefined {
  return hasStoredTexts(report)
    ? toStoredText(unread.reason, translator)
    : localizeReason(unread, translator);
}

/** Marks the text as English if the law lacks the reader's language. */
export const markLanguage = (text: string, other: Language | undefined): DisplayText =>
  other === undefined ? text : { english: text };

function toStoredText(text: string | undefined, translator: Translator): DisplayText | undefined {
  return text === undefined || translator.language === 'en' ? text : { english: text };
}

/** Returns whether a page contains stored English text, so that readers can be notified. */
export function hasStoredText(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return isStoredText(part) || Object.values(part).some(hasStoredText);
}

export const isStoredText = (text: unknown): text is { english: string } =>
  typeof text === 'object' && text !== null && 'english' in text;

/** Returns the text without marking, for outputs that cannot mark it. */
export const toPlainText = (text: DisplayText): string => (isStoredText(text) ? text.english : text);
