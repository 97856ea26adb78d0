import type { Law } from '../core/law/asked-law.js';
import { judgedAnew, rejudge } from '../core/law/reevaluate.js';
import { tell } from '../core/law/tell.js';
import { speechOf } from '../say/speech.js';
import type { FullRecord, ScanRecord, SlimRecord } from './record.js';
import { slimOfFull, withFindings } from './slim.js';

/** What rules are asked, of whom, about which day. */
export interface Rules {
  law: Law;
  asOf: string;
  asOfBecause: 'asked' | 'today';
}

/**
 * The same record under other rules, from the signals in it; the file is not opened. Undefined where the record was
 * shortened by signals: a rule might ask for one of those.
 */
export function rejudged(
  record: ScanRecord,
  { law, asOf, asOfBecause }: Rules,
): { slim: SlimRecord; full?: FullRecord } | undefined {
  if ('report' in record) {
    const { language = 'en' } = record.report.tool;
    const report = judgedAnew(record.report, law, { asOf, asOfBecause });
    const full = { ...record, report: tell(report, speechOf(language)) };
    return { slim: slimOfFull(full), full };
  }
  if (record.cut?.includes('signals')) return undefined;
  return { slim: withFindings(record, rejudge(record, law, asOf)) };
}
