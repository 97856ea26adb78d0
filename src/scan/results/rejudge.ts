import type { ResolvedLaw } from '../../core/law/law-selection.js';
import { localizeReport, toStoredReport } from '../../core/law/localize.js';
import { applyLawToReport, rejudge } from '../../core/law/reevaluate.js';
import { translatorFor } from '../../i18n/translator.js';
import type { ScanRecord } from '../records/record.js';
import { withFindings } from '../records/summary-record.js';

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
): ScanRecord | undefined {
  if (record.report !== undefined) {
    const { language = 'en' } = record.report.tool;
    const judged = applyLawToReport(toStoredReport(record.report), law, { asOf, asOfSource });
    const report = localizeReport(judged, translatorFor(language));
    return { ...withFindings(record, report), report };
  }
  return record.cut?.includes('signals') ? undefined : withFindings(record, rejudge(record, law, asOf));
}
