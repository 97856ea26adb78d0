import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findCalendar } from '../../src/core/law/rulebook-diff.js';
import { loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import { renderApiPage } from '../../src/http/pages/api-page.js';
import { renderBatchesPage, renderBatchPage } from '../../src/http/pages/batch-page.js';
import { renderCalendarPage } from '../../src/http/pages/calendar-page.js';
import { renderComparePage } from '../../src/http/pages/compare-page.js';
import { renderDeletePage } from '../../src/http/pages/delete-page.js';
import { renderErrorPage } from '../../src/http/pages/error-page.js';
import { renderFormPage } from '../../src/http/pages/form-page.js';
import { renderGlossaryPage } from '../../src/http/pages/glossary-page.js';
import { renderHistoryPage } from '../../src/http/pages/history-page.js';
import { renderProblemPage } from '../../src/http/pages/problem-page.js';
import { renderReportPage } from '../../src/http/pages/report-page.js';
import { renderSamplesPage } from '../../src/http/pages/samples-page.js';
import { renderSharePage } from '../../src/http/pages/share-page.js';
import { renderSignInPage } from '../../src/http/pages/sign-in-page.js';
import { renderStatusPage } from '../../src/http/pages/status-page.js';
import { renderPrintableHtml } from '../../src/service/pdf/printable.js';
import { toPrintableReport } from '../../src/service/pdf/report-pdf.js';
import type { InspectionHead } from '../../src/storage/inspections/inspections.js';
import { fullEvidence } from '../core/renderers/evidence-literal.js';
import { fullReport, reportOf } from '../core/renderers/report-literal.js';
import { CLOSE, OPEN, pseudo } from '../i18n/pseudo.js';
import { share } from '../support/whole.js';
import { describeInBrowser } from './browser-pages.js';

/** Shows every page in a language with accents and long words, from left to right and from right to left. */

const STYLE = readFileSync(new URL('../../src/http/pages/assets/style.css', import.meta.url), 'utf8');
const AT = '2026-05-03T10:00:00.000Z';
const NAME = `${'name'.repeat(30)}.png`;

function pages(direction: 'ltr' | 'rtl'): Readonly<Record<string, string>> {
  const same = (address: string) => address;
  const speech = pseudo(direction);
  const speaks = {
    ...speech,
    direction,
    name: speech.name,
    linkTo: same,
    formTarget: same,
    withLanguage: same,
    inLanguage: same,
    isSignedIn: true,
  };
  const report = fullReport();
  const pictured = new Set(['i2']);
  const items = (['queued', 'running', 'done', 'failed', 'cancelled'] as const).map(
    (status, at) =>
      ({
        id: `i${at}`,
        status,
        request: { name: NAME },
        createdAt: AT,
        caseRef: 'case',
        tags: ['tag'.repeat(20), 'b'],
        summary: report.summary,
      }) as unknown as InspectionHead,
  );
  const origins = new Map([
    ['ai-generated', 3],
    [undefined, 12_345],
  ] as const);
  const counts = { queued: 1, running: 1, done: 2_000, failed: 1, cancelled: 1 };
  const batch = { id: 'b', createdAt: AT, total: 2_004, caseRef: 'case' } as never;
  const notes = [{ text: 'note '.repeat(40), by: 'desk', at: AT }];
  const record = { id: 'i', notes, expiresAt: AT, caseRef: 'c'.repeat(60), tags: ['t'] } as never;
  const links = [
    { id: 'l', createdAt: AT, createdBy: 'desk', expiresAt: AT, withNotes: true, withPictures: false },
  ] as never;
  const errors = ['/one', '/two'].map((pointer) => ({ pointer, detail: speech.text('form.fault.file') }));
  const problem = {
    code: 'too-large',
    type: '/problems/too-large',
    title: speech.text('problem.too-large.title'),
    status: 413,
    detail: speech.text('problem.too-large.meaning'),
    instance: 'urn:uuid:0123456789',
    errors,
  } as never;
  const guide = { missingParts: [{ name: 'bwrap', lost: 'l', remedy: 'do `this`' }], canFix: true } as never;
  return {
    form: renderFormPage(
      {
        maxUploadBytes: 1_024,
        retentionDays: 3,
        keepUploadsHours: 1,
        failedUploadHours: 2,
        previews: true,
        unsandboxed: 'not-installed',
        presets: {},
        rulebooks: loadRulebooks(),
        canReveal: true,
        preselected: {
          deep: true,
          visible: true,
          reveal: ['location'],
          isRevealRefused: true,
          manifest: true,
        },
        trustListsNotice: { days: 98 },
        introduction: guide,
      },
      speaks,
    ),
    report: renderReportPage(report, record, speaks, {
      album: undefined,
      evidence: fullEvidence(),
      shares: true,
      seals: true,
      reveals: true,
    }),
    compare: renderComparePage(
      [
        { id: 'a', report },
        { id: 'b', report: reportOf() },
      ],
      speaks,
    ),
    history: renderHistoryPage(
      { query: { kind: 'image', signal: 'x' }, items, pictured, paged: true, older: '/o', origins } as never,
      speaks,
    ),
    batch: renderBatchPage(
      { batch, counts, origins, items, pictured, further: '/f', paged: true } as never,
      speaks,
    ),
    batches: renderBatchesPage({ batches: [{ batch, counts }], older: '/o', paged: true } as never, speaks),
    samples: renderSamplesPage(guide, speaks),
    delete: renderDeletePage({ id: 'i', name: NAME, links: 2 }, speaks),
    share: renderSharePage(
      {
        record,
        name: NAME,
        links,
        pictures: 3,
        wasRevoked: true,
        newLink: { url: `https://${'a'.repeat(90)}`, expiresAt: AT },
      },
      speaks,
    ),
    glossary: renderGlossaryPage(speaks),
    calendar: renderCalendarPage(
      { asked: { from: '2026-12-02' }, ...findCalendar({ from: '2026-12-02' }, 'en') },
      speaks,
    ),
    api: renderApiPage(speaks),
    'sign in': renderSignInPage({ to: '/', fault: speech.text('form.fault.file') }, speaks),
    status: renderStatusPage({ id: 'i', status: 'queued', request: { name: NAME } } as never, speaks, true),
    problem: renderProblemPage('too-large', speaks),
    error: renderErrorPage(problem, speaks),
    'on paper': renderPrintableHtml(
      toPrintableReport(report, speech, 'a4', { notes, evidence: fullEvidence(), hasWithheldPictures: true }),
    ),
  };
}

/**
 * A quotation that is broken over lines has a frame around each part, which overlaps by this much without cutting
 * anything off.
 */
const FRAME = 5;

/**
 * Returns the elements that are wider than their container or cut off text. Elements with their own scrolling may be
 * wide.
 */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(`((FRAME) => {
    document.querySelectorAll('details').forEach((one) => { one.open = true; });
    const view = document.documentElement.clientWidth;
    const hidden = (one) => one.closest('.skip, .visually-hidden, thead, svg, option, select, [hidden]') !== null;
    const scrolls = (one) => { for (let up = one.parentElement; up; up = up.parentElement) if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true; return false; };
    const wrong = document.documentElement.scrollWidth > view ? ['the page: ' + document.documentElement.scrollWidth] : [];
    for (const one of document.querySelectorAll('body *')) {
      if (hidden(one) && !(view > 640 && one.closest('thead'))) continue;
      const { left, right, width } = one.getBoundingClientRect();
      if (width === 0) continue;
      const out = (left < -0.5 || right > view + 0.5) && !scrolls(one);
      const style = getComputedStyle(one);
      const cut = style.display !== 'inline' && !/INPUT|TEXTAREA/.test(one.tagName) && /hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
      const over = style.display !== 'inline' && !/auto|scroll/.test(style.overflowX) && !/INPUT|TEXTAREA|SELECT/.test(one.tagName) && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + FRAME && !one.querySelector('.skip, .visually-hidden');
      if (out || cut || over) wrong.push(one.tagName + '.' + one.className + ' ' + [left, right, one.clientWidth, one.scrollWidth].map(Math.round) + ' ' + one.textContent.slice(0, 30));
    }
    return wrong.slice(0, 5);
  })(${FRAME})`);

/** Returns the elements that are not at their start: next to their neighbour, and at the edge where the script begins. */
const misplaced = (page: Page, direction: string): Promise<string[]> =>
  page.evaluate(`(() => {
    const rtl = ${direction === 'rtl'};
    const before = (one, two) => rtl ? one.right >= two.right - 1 : one.left <= two.left + 1;
    const wrong = document.documentElement.dir === (rtl ? 'rtl' : 'ltr') ? [] : ['html'];
    const box = (one) => one.getBoundingClientRect();
    for (const row of document.querySelectorAll('tr, dl > div, header.bar, .actions')) {
      if (row.closest('[hidden]')) continue;
      const all = [...row.children].filter((one) => box(one).width > 1);
      for (let at = 1; at < all.length; at += 1) {
        const [one, two] = [box(all[at - 1]), box(all[at])];
        if (one.bottom > two.top + 2 && one.top < two.bottom - 2 && !before(one, two)) wrong.push(row.tagName + '.' + row.className + ' ' + all[at].textContent.slice(0, 30));
      }
    }
    for (const one of document.querySelectorAll('h1, h2, h3, p, th, td, dt, li, summary')) {
      const style = getComputedStyle(one);
      if (!one.closest('bdi, pre, blockquote, [dir=ltr]') && one.dir === '' && style.direction !== (rtl ? 'rtl' : 'ltr')) wrong.push('direction: ' + one.outerHTML.slice(0, 60));
    }
    return wrong.slice(0, 5);
  })()`);

describeInBrowser('in a language with long words', (open) => {
  it.each(
    share(
      [
        [320, 'ltr'],
        [1_280, 'rtl'],
        [320, 'rtl'],
        [1_280, 'ltr'],
      ] as const,
      2,
    ),
  )('each page fits %d px and begins at its start (%s)', async (width, direction) => {
    const { page, address } = await open({ viewport: { width, height: 800 }, javaScriptEnabled: true });
    for (const [name, source] of Object.entries(pages(direction))) {
      expect(source, name).toContain(OPEN);
      expect(source, name).toContain(CLOSE);
      // The paper page has its own style, which the pages’ policy forbids. Scripts are not tested here.
      await page.goto(name === 'on paper' ? 'about:blank' : `${address}/nowhere`);
      await page.setContent(source.replace(/<script[^>]*><\/script>/g, ''));
      expect(await page.evaluate('document.styleSheets.length'), name).toBe(1);
      expect({ name, wide: await tooWide(page) }).toEqual({ name, wide: [] });
      expect({ name, wrong: await misplaced(page, direction) }).toEqual({ name, wrong: [] });
    }
  });
});

describe('the style', () => {
  it('knows a start and an end, and neither left nor right', () => {
    // Clips and drawings have no logical start; rules for the other direction correct these.
    const physical = STYLE.replace(/\/\*[\s\S]*?\*\//g, '').match(
      /(?<=^|[{;])\s*(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b[^:]*|left|right|float|clear|text-align)\s*:\s*[^;}]*[;}]/gm,
    );
    const wrong = (physical ?? []).filter(
      (rule) =>
        !/text-align:\s*(start|end|center|justify)|(?:float|clear):\s*(inline-start|inline-end|none|both)/.test(
          rule,
        ),
    );
    expect(wrong).toEqual([]);
    // `padding: a b c d` sets right and left separately.
    const four = [
      ...STYLE.matchAll(/(?<=^|[{;])\s*(?:margin|padding|inset|border-width):\s*([^;}]+)[;}]/gm),
    ].filter(
      ([, value = '']) =>
        value
          .replace(/calc\([^;]*?\)\)?/g, 'c')
          .trim()
          .split(/\s+/).length === 4,
    );
    expect(four.map(([rule]) => rule.trim())).toEqual([]);
  });
});
