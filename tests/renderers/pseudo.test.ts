import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/core/renderers/html.js';
import { renderCompareHtml } from '../../src/core/renderers/html-compare.js';
import { renderNotesHtml } from '../../src/core/renderers/html-notes.js';
import { batchesPage } from '../../src/http/form/batch-page.js';
import { deletePage } from '../../src/http/form/delete-page.js';
import { formPage } from '../../src/http/form/form-page.js';
import { historyPage } from '../../src/http/form/history-page.js';
import { problemPage } from '../../src/http/form/problem-page.js';
import { samplesPage } from '../../src/http/form/samples-page.js';
import { sharePage } from '../../src/http/form/share-page.js';
import { signInPage } from '../../src/http/form/sign-in-page.js';
import { speechOf } from '../../src/say/speech.js';
import { outside, pseudo } from '../say/pseudo.js';
import { REPORTS } from './every-word.js';
import { reportOf } from './report-literal.js';

const speech = pseudo();
const address = (path: string) => path;
const speaks = { ...speech, to: address, form: address, said: address, here: address, signedIn: true };

/** Words that stand there in every language: names, formats, what is quoted from a file, codes. */
const NAMES =
  /\b(Assay|English|JPEG|PNG|SHA-256|NDJSON|C2PA|CAWG|GiB|MiB|KiB|HTTP|wasm|native|sdk|rs|Chrome|sha256|[0-9a-f]{64})\b/g;

/** The letters of a page that came through no catalogue. */
function left(html: string): string[] {
  const shown = html
    .replace(/<(style|script|pre)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<(bdi|code|option)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<a href="https[^>]*>[\s\S]*?<\/a>/g, ' ')
    .replace(/<[^>]*>/g, ' ');
  return (
    outside(shown)
      .replace(NAMES, ' ')
      .match(/[A-Za-zÀ-ž]{3,} [A-Za-zÀ-ž]{2,}/g) ?? []
  );
}

describe('pages in a language that nobody speaks', () => {
  it('say nothing that is in no catalogue: around a report', () => {
    const pages = [
      signInPage({ to: '/' }, speaks),
      problemPage('too-large', speaks),
      batchesPage({ batches: [], paged: true, older: '/' }, speaks),
      historyPage(
        {
          ask: { q: '1' },
          items: [],
          pictured: new Set(),
          paged: true,
          older: '/',
          origins: new Map([['none', 3]]),
        },
        speaks,
      ),
      samplesPage({ lacking: [], mayMend: true }, speaks),
      deletePage({ id: 'i', name: '1', links: 2 }, speaks),
      sharePage(
        {
          record: { id: 'i', notes: [], expiresAt: '2026-05-03T10:00:00Z' },
          name: 'n',
          links: [],
          pictures: 2,
        },
        speaks,
      ),
      formPage(
        {
          maxUploadBytes: 1_024,
          retentionDays: 3,
          keepUploadsHours: 1,
          failedUploadHours: 2,
          previews: true,
          rulebooks: [],
          presets: {},
          mayReveal: true,
          asked: { deep: true, reveal: ['names'], revealRefused: true, manifest: true },
          lists: { days: 98 },
          unsandboxed: 'refused',
        },
        speaks,
      ),
      renderNotesHtml([{ text: '', at: '2026-05-03T10:00:00Z' }], speech).toString(),
    ];
    expect(pages.flatMap(left)).toEqual([]);
  });

  it('say nothing that is in no catalogue: the frame of every report', () => {
    const rows = REPORTS.map((report) => renderHtml({ ...report, findings: [] }, speech));
    expect(rows[0]).toContain('⟦');
    for (const heading of ['What we could check', 'How it was made', 'As of', 'Versions'])
      expect(rows.filter((html) => outside(html).includes(heading))).toEqual([]);
    const compared = renderCompareHtml(reportOf(), reportOf({ signals: [] }), speech).toString();
    expect(outside(compared)).not.toContain('Only in the first file');
  });

  it('run from right to left where their script does', () => {
    const rtl = pseudo('rtl');
    expect(signInPage({ to: '/' }, { ...speaks, ...rtl, words: rtl.words })).toContain('dir="rtl"');
    expect(renderHtml(reportOf(), rtl)).toMatch(/^<article class="report" lang="en" dir="rtl">/);
    expect(renderHtml(reportOf(), speech)).toMatch(/^<article class="report" lang="en">/);
  });
});

describe('a report whose words were kept', () => {
  const kept = reportOf({ summary: { ...reportOf().summary, sentence: 'As it was said.' } });
  const { said: _, ...summary } = kept.summary as typeof kept.summary & { said?: unknown };

  it('shows them marked as English, and says so once', () => {
    const html = renderHtml({ ...kept, summary }, speechOf('zh-Hans'));
    expect(html).toContain('<p class="sentence"><span lang="en">As it was said.</span></p>');
    expect(html.match(/<p class="notice">/g)).toHaveLength(1);
    expect(renderHtml({ ...kept, summary })).not.toContain('<p class="notice">');
  });
});
