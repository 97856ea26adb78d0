import { describe, expect, it } from 'vitest';
import { renderNotesHtml } from '../../../src/core/renderers/html/notes.js';
import { renderSignInPage } from '../../../src/http/pages/sign-in-page.js';
import { inEnglish } from '../../i18n/english.js';
import { outside, pseudo, unspoken } from '../../i18n/pseudo.js';
import { REPORTS } from './every-word.js';
import { renderCompareHtml, renderHtml } from './rendered.js';
import { reportOf } from './report-literal.js';

const speech = pseudo();
const address = (path: string) => path;
const speaks = {
  ...speech,
  linkTo: address,
  formTarget: address,
  withLanguage: address,
  inLanguage: address,
  isSignedIn: true,
};

describe('pages in a language that nobody speaks', () => {
  it('say nothing that is in no catalogue: notes beside a report', () => {
    expect(unspoken(renderNotesHtml([{ text: '', at: '2026-05-03T10:00:00Z' }], speech).toString())).toEqual(
      [],
    );
  });

  it('say nothing that is in no catalogue: the frame of every report', () => {
    const rows = REPORTS.map((report) => renderHtml({ ...report, findings: [] }, speech));
    expect(rows[0]).toContain('⟦');
    for (const heading of ['What we could check', 'How it was made', 'As of', 'Versions'])
      expect(rows.filter((html) => outside(html).includes(heading))).toEqual([]);
    const compared = renderCompareHtml(reportOf(), reportOf({ signals: [] }), speech).toString();
    expect(outside(compared)).not.toContain(inEnglish('page.compare.onlyFirst'));
  });

  it('run from right to left where their script does', () => {
    const rtl = pseudo('rtl');
    expect(renderSignInPage({ to: '/' }, { ...speaks, ...rtl, text: rtl.text })).toContain('dir="rtl"');
    expect(renderHtml(reportOf(), rtl)).toMatch(/^<article class="report" lang="en" dir="rtl">/);
    expect(renderHtml(reportOf(), speech)).toMatch(/^<article class="report" lang="en">/);
  });
});
