import { describe, expect, it } from 'vitest';
import { addFindings } from '../../../src/core/law/findings.js';
import { resolveLaw } from '../../../src/core/law/law-selection.js';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { applyLawToReport } from '../../../src/core/law/reevaluate.js';
import { observeUnread } from '../../../src/core/pipeline/analyze.js';
import { withName } from '../../../src/core/pipeline/rename.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { LANGUAGES, type Language } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inspect } from '../../../src/library/inspect.js';
import { told } from '../../support/localized.js';
import { renderOnePageText } from '../renderers/rendered.js';

/** A file that could not be examined is not a file without labels: no clause is out of scope for a file of unknown kind. */
const ask = {
  rulebooks: ['all'],
  summed: { jurisdictions: ['CN', 'EU', 'US'], roles: ['publisher' as const] },
};
const asOf = '2026-11-29';
const of = async (bytes: Uint8Array) =>
  toStoredReport(await inspect(bytes, { isolation: 'none', asOf, rulebooks: ['all'] }));
const outcomes = (report: StoredReport) => new Set(report.findings.map(({ outcome }) => outcome));
/** Outcomes that depend on the clause's dates and not on the file. */
const UNKNOWN = ['indeterminate', 'not-in-force', 'superseded'];

const failed = (): StoredReport => {
  const options = { asOf, name: 'a.jpg' };
  const observed = observeUnread({ bytes: 9, sha256: 'a'.repeat(64) }, { code: 'reader.memory' }, options);
  return addFindings(withName(observed, options), resolveLaw(ask));
};
const page = (report: StoredReport, language: Language) =>
  renderOnePageText(report, { color: false, width: 400 }, translatorFor(language));

describe('a file of which it is not known what kind of file it is', () => {
  it.each([
    ['empty', new Uint8Array()],
    ['of no format that is known', Uint8Array.from({ length: 300 }, (_one, at) => 1 + (at % 7))],
    ['of text', Buffer.from('no medium, and nobody told it by its bytes')],
  ])('is not said to be of none that a clause speaks of: %s', async (_what, bytes) => {
    const report = await of(bytes);
    expect(report.asset).toMatchObject({ kind: 'other', mediaType: 'application/octet-stream' });
    expect([...outcomes(report)].sort()).toEqual(UNKNOWN);
    const [open] = told(report).findings.filter(({ outcome }) => outcome === 'indeterminate');
    expect(open?.because).toEqual([]);
    expect(open?.statement).toMatch(
      /this clause is only about .*is not known, since nothing in it was read\./,
    );
  });

  it('nor where reading it came to nothing', () => {
    const report = failed();
    expect([...outcomes(report)].sort()).toEqual(UNKNOWN);
    const told = (report.law ?? []).flatMap(({ books }) => books.flatMap(({ clauses }) => clauses));
    expect(told.length).toBeGreaterThan(0);
    for (const { outcome } of told) expect(outcome).toBe('indeterminate');
  });

  it('says so on the first page, in each language, and not that none was found', () => {
    const law = resolveLaw({ ...ask, summed: { jurisdictions: ['EU'], roles: ['publisher'] } });
    const report = applyLawToReport(failed(), law, { asOf });
    const [english, chinese] = LANGUAGES.map((language) => page(report, language));
    expect(english).toContain('This file: could not read.');
    expect(english).not.toContain('This file: none found');
    expect(chinese).toContain('本文件：无法读取。');
    expect(chinese).not.toContain('本文件：未发现');
  });

  it('is another than one that was told to be no medium', async () => {
    const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
    const report = await of(zip);
    expect(report.asset.format).toBe('ZIP');
    expect(outcomes(report).has('indeterminate')).toBe(false);
    expect(outcomes(report)).toContain('outside-clause');
    expect(outcomes(report)).toContain('kind-not-read');
  });
});
