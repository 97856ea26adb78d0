import { reevaluate } from '../core/law/reevaluate.js';
import type { Rulebook } from '../core/law/rulebook.js';
import { tell } from '../core/law/tell.js';
import { editionsOf } from '../core/law/with-findings.js';
import type { Report } from '../core/report/report.js';
import type { Role } from '../core/report/rule-terms.js';
import { speechOf } from '../say/speech.js';
import type { FullRecord, ScanRecord, SlimRecord } from './record.js';
import { slimOfFull, withFindings } from './slim.js';

/** What rules are asked, of whom, about which day. */
export interface Law {
  rulebooks: readonly Rulebook[];
  roles?: readonly Role[];
  asOf: string;
  asOfBecause: 'asked' | 'today';
}

/**
 * The same record under other rules, from the signals in it; the file is not opened. Undefined where the record was
 * shortened by signals: a rule might ask for one of those.
 */
export function rejudged(record: ScanRecord, law: Law): { slim: SlimRecord; full?: FullRecord } | undefined {
  if ('report' in record) {
    const { language = 'en' } = record.report.tool;
    const full = { ...record, report: tell(withLaw(record.report, law), speechOf(language)) };
    return { slim: slimOfFull(full), full };
  }
  if (record.cut?.includes('signals')) return undefined;
  return { slim: withFindings(record, reevaluate(record, law.rulebooks, law.asOf, law.roles)) };
}

function withLaw(report: Report, { rulebooks, roles, asOf, asOfBecause }: Law): Report {
  return {
    ...report,
    findings: reevaluate(report, rulebooks, asOf, roles),
    tool: {
      ...report.tool,
      rulebooks: editionsOf(rulebooks),
      asOf,
      asOfBecause,
    },
  };
}
