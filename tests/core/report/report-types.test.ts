import { describe, expect, it } from 'vitest';
import { localizeReport, toStoredReport } from '../../../src/core/law/localize.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import type { FinishedInspection } from '../../../src/storage/inspections/inspections.js';
import { fullReport } from '../renderers/report-literal.js';

describe('a localized Report', () => {
  it('cannot be stored', () => {
    const localized = localizeReport(fullReport(), translatorFor('en'));
    // @ts-expect-error: it has texts.
    const wrong: Pick<FinishedInspection, 'report'> = { report: localized };
    const right: Pick<FinishedInspection, 'report'> = { report: toStoredReport(localized) };
    expect(wrong.report).not.toEqual(right.report);
    // @ts-expect-error: one text is enough.
    const part: StoredReport['contentCredentials'] = localized.contentCredentials;
    expect(part.presence).toBe(right.report.contentCredentials.presence);
  });
});
