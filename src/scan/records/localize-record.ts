import { localizeReport, toStoredReport } from '../../core/law/localize.js';
import { localizeMember, localizeSentences, withHeadlineText } from '../../core/report/message-lookup.js';
import type { ErrorRecord, LocalizedFacts } from '../../core/report/report.js';
import type { Translator } from '../../i18n/translator.js';
import type { ScanRecord } from './record.js';

/** Translates a record to another language than that of its run. */
export function localizeRecord(record: ScanRecord, translator: Translator): ScanRecord {
  const { summary, signals, contradictions, parts, report } = record;
  const { headline, facts } = summary;
  const sentence = summary.messages?.sentence;
  return {
    ...record,
    summary: {
      ...summary,
      headline: withHeadlineText(headline, translator),
      facts: localizeFacts(facts, translator),
      ...(sentence === undefined ? {} : { sentence: localizeSentences(sentence, translator) }),
    },
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map((one) =>
            one.headline === undefined
              ? one
              : { ...one, headline: withHeadlineText(one.headline, translator) },
          ),
        }),
    signals: signals.map((one) => {
      const value = one.messages?.value;
      return value === undefined ? one : { ...one, value: localizeSentences(value, translator) };
    }),
    contradictions: contradictions.map((one) => {
      const statement = one.messages?.statement;
      return statement === undefined ? one : { ...one, statement: localizeSentences(statement, translator) };
    }),
    ...(report && { report: localizeReport(toStoredReport(report), translator) }),
  };
}

function localizeFacts({ who, changed, ai, when }: LocalizedFacts, translator: Translator): LocalizedFacts {
  const told = (fact: LocalizedFacts['who']) => ({
    ...fact,
    text: localizeMember(fact, 'text', translator) ?? fact.code,
  });
  return { who: told(who), changed: told(changed), ai: told(ai), when: told(when) };
}

/** Translates the record of a file that was not inspected. */
export const localizeErrorRecord = (record: ErrorRecord, speech: Translator): ErrorRecord => ({
  ...record,
  message: localizeMember(record, 'message', speech) ?? record.message,
});
