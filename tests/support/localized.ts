import { localizeReport } from '../../src/core/law/localize.js';
import type { LocalizedReport, StoredReport } from '../../src/core/report/report.js';
import type { Signal, StatedValue } from '../../src/core/report/signal.js';
import type { Language } from '../../src/i18n/languages.js';
import type { Message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';

/** Returns the report in its localized form. */
export const told = (report: StoredReport, language: Language = 'en'): LocalizedReport =>
  localizeReport(report, translatorFor(language));

/** Returns a value as a person reads it: the file's own text, or the localized message. */
export const toldValue = (value: string | Message | undefined): string | undefined =>
  typeof value === 'object' ? translatorFor('en').translate(value) : value;

/** Returns signals with texts in place of messages. */
export const toldSignals = (signals: readonly Signal[]): Signal[] =>
  signals.map((signal) => ({
    ...withText(signal),
    ...(signal.facts === undefined ? {} : { facts: signal.facts.map(withText) }),
  }));

function withText<T extends StatedValue>(one: T): T {
  const { messages: said, ...rest } = one;
  return said?.value === undefined ? one : ({ ...rest, value: toldValue(said.value) } as T);
}
