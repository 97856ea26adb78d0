import type { ResolvedLaw } from '../../core/law/law-selection.js';
import { localizeReport, toStoredReport } from '../../core/law/localize.js';
import { applyLawToReport, rejudge } from '../../core/law/reevaluate.js';
import { translatorFor } from '../../i18n/translator.js';
import type { FullRecord, ScanRecord, SummaryRecord } from '../records/record.js';
import { toSummaryOfFull, withFindings } from '../records/summary-record.js';

/** Law to apply, and its date. */
export interface JudgementRules {
  law: ResolvedLaw;
  asOf: string;
  asOfSource: 'requested' | 'today';
}

/**
 * Returns the record under other rules, computed from its signals without opening the file; `undefined` if signals were
 * cut from the record, since a rule may need them.
 */
export function rejudgeRecord(
  record: ScanRecord,
  { law, asOf, asOfSource }: JudgementRules,
): { slim: SummaryRecord; full?: FullRecord } | undefined {
  if ('report' in record) {
    const { language = 'en' } = record.report.tool;
    const report = applyLawToReport(toStoredReport(record.report), law, { asOf, asOfSource });
    const full = { ...record, report: localizeReport(report, translatorFor(language)) };
    return { slim: toSummaryOfFull(full), full };
  }
  if (record.cut?.includes('signals')) return undefined;
  return { slim: withFindings(record, rejudge(record, law, asOf)) };
}
