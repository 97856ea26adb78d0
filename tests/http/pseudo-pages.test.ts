import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fault } from '../../src/base/fault.js';
import { listJurisdictions, loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import { jurisdictionName } from '../../src/core/law/rulebooks/jurisdictions.js';
import { loadWatchedLaw } from '../../src/core/law/watched.js';
import type { LawGrid } from '../../src/core/report/law-schema.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { Problem } from '../../src/http/contract/problems/problem.js';
import { renderApiPage } from '../../src/http/pages/api-page.js';
import { renderBatchesPage, renderBatchPage } from '../../src/http/pages/batch-page.js';
import { renderCalendarPage } from '../../src/http/pages/calendar-page.js';
import { renderCasePage, renderCasesPage } from '../../src/http/pages/case-page.js';
import { renderComparePage } from '../../src/http/pages/compare-page.js';
import { renderDeletePage } from '../../src/http/pages/delete-page.js';
import { renderErrorPage } from '../../src/http/pages/error-page.js';
import { renderFormPage } from '../../src/http/pages/form-page.js';
import { renderGlossaryPage } from '../../src/http/pages/glossary-page.js';
import { renderHistoryPage } from '../../src/http/pages/history-page.js';
import { renderLawGridPage } from '../../src/http/pages/law-grid-page.js';
import { renderMediaPage } from '../../src/http/pages/media-page.js';
import { renderPartPage } from '../../src/http/pages/part-page.js';
import { renderProblemPage } from '../../src/http/pages/problem-page.js';
import { renderReportPage } from '../../src/http/pages/report-page.js';
import { renderSamplesPage } from '../../src/http/pages/samples-page.js';
import { renderSealPage } from '../../src/http/pages/seal-page.js';
import type { PageMatches } from '../../src/http/pages/sections/matches-section.js';
import { renderSharePage } from '../../src/http/pages/share-page.js';
import { renderSharedPage } from '../../src/http/pages/shared-page.js';
import { renderSignInPage } from '../../src/http/pages/sign-in-page.js';
import { renderStatusPage } from '../../src/http/pages/status-page.js';
import { toListItem } from '../../src/http/responses/list-item.js';
import type { PageTranslator } from '../../src/http/services/language.js';
import type { MatchedFile } from '../../src/http/services/matches/matching.js';
import type { MediaChoice } from '../../src/http/services/options/link-choice.js';
import { message } from '../../src/i18n/message.js';
import { createOverview } from '../../src/scan/overview/overview.js';
import { renderOverviewPage } from '../../src/scan/overview/overview-page.js';
import type { FingerprintMatch } from '../../src/service/matches/matcher.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import { CASE_ITEM_KINDS, type CaseItem, type StoredCase } from '../../src/storage/cases/cases.js';
import { listed, marked } from '../core/renderers/credentials-literal.js';
import { fullEvidence } from '../core/renderers/evidence-literal.js';
import { reportOf, toldReport } from '../core/renderers/report-literal.js';
import { pseudo, unspoken } from '../i18n/pseudo.js';
import { onePart, testApp, upload } from './harness.js';

const FORM = join(import.meta.dirname, '../../src/http/pages');

/** Returns a translator for a pseudo-language; links keep the given address. */
function speaking(direction: 'ltr' | 'rtl'): PageTranslator {
  const address = (path: string) => path;
  return {
    ...pseudo(direction),
    ...{
      linkTo: address,
      formTarget: address,
      withLanguage: address,
      inLanguage: address,
      isSignedIn: true,
      requestedLanguage: 'en',
    },
  };
}

/** Names of places are texts of law, which has languages of its own. */
function withoutPlaces(page: string, translator: PageTranslator): string {
  const books = loadRulebooks();
  const names = listJurisdictions(books).map((one) => jurisdictionName(one, books, translator));
  return names.reduce((left, name) => left.replaceAll(name, ''), page);
}

/**
 * Returns pages with all possible content, by the source file that renders them. Records are those of a service, with a
 * full Report.
 */
async function allPages(): Promise<[file: string, draw: (speaks: PageTranslator) => string][]> {
  const test = await testApp();
  const { headers } = await upload(test.app, [
    onePart(),
    { name: 'caseRef', content: '1' },
    { name: 'tags', content: '2' },
  ]);
  const id = String(headers['location']).split('/').at(-1) ?? '';
  const kept = await test.stores.inspections.get(LOCAL_TENANT, id);
  if (kept === undefined) throw new Error('nothing was kept');
  // Law has its own language: its texts are separate from the catalogues.
  const report = told(toldReport());
  const gridPage = { id, name: '1', places: ['EU'], asOf: '1', role: 'provider', query: '1' } as const;
  const law = {
    rulebook: '1',
    jurisdiction: 'EU',
    kind: 'law',
    title: '1',
    edition: '1',
    bookSigner: 'assay',
  } as const;
  const cell: LawGrid['cells'][number] = {
    ...{
      item: 'provider',
      rulebook: '1',
      rule: '1',
      law: '1',
      clause: '1',
      title: '1',
      answer: 'look',
      text: '1',
    },
    ...{ binds: ['provider'], bindsText: '1', onlyIf: ['election'], onlyIfText: '1', status: 'in-force' },
    ...{ inForce: {}, cohorts: ['1'], locators: [], source: { title: '1' } },
  };
  const grid: LawGrid = {
    ...{ schema: 'assay.law-grid/1', name: '1', sha256: '0'.repeat(64), asOf: '2026-12-02' },
    ...{ laws: [law], cells: [cell] },
  };
  const done = { ...kept, report: JSON.stringify(report), notes: [{ at: AT, text: '1', by: '2' }] };
  const { report: _, ...waits } = { ...kept, status: 'queued' as const };
  const failed = {
    ...waits,
    ...{
      status: 'failed' as const,
      error: { code: 'internal', userMessage: message('error.internal') },
      uploadKeptUntil: AT,
    },
  };
  const album = { pictures: [{ name: 'preview' as const, width: 4, height: 3 }], missing: [] };
  const share = {
    ...{ id: '1', tenant: LOCAL_TENANT, inspectionId: id, createdAt: AT, createdBy: '3', expiresAt: AT },
    ...{ withNotes: true, withPictures: false },
  };
  const batch = {
    id: '1',
    tenant: LOCAL_TENANT,
    createdAt: AT,
    total: 3,
    caseRef: '1',
    tags: ['2'],
    cancelledAt: AT,
  };
  const counts = { queued: 1, running: 1, done: 1, failed: 1, cancelled: 1 };
  const origins = new Map([
    ['none', 3],
    [undefined, 1],
  ] as const);
  const items = [done, waits, failed].map(toListItem);
  const lists = { items, pictured: new Set([id]), origins, paged: true };
  const unchanged = { books: [], changes: [], watched: [] };
  const [watched] = loadWatchedLaw('en').map((one) => ({ ...one, instrument: '1', asks: '2' }));
  const due = watched === undefined ? [] : [{ on: '2027-01-01', change: 'due' as const, watched }];
  const calendar = {
    ...{ asked: { from: '2026-12-02', roles: ['provider' as const] }, from: '2026-12-02', to: '2027-12-01' },
    changes: { ...unchanged, watched: due },
  };
  const guide = { missingParts: [], canFix: true };
  const medium = { kind: 'image', from: 'og', url: '/1', width: 2, alt: '3' } as const;
  const toChoose: MediaChoice = {
    outcome: 'choose',
    page: {
      ...{ url: '/4', title: '5', leftOut: 6, players: [{ kind: 'frame' }], isCut: true },
      media: [medium, { ...medium, refused: 'fetch.private' }],
    },
    request: { url: '/4', fields: {}, companions: { id: '7', sidecarSha256: '8' } },
  };
  const form = {
    ...{ maxUploadBytes: 1_024, retentionDays: 3, keepUploadsHours: 1, failedUploadHours: 2, previews: true },
    ...{
      rulebooks: loadRulebooks(),
      canReveal: true,
      trustListsNotice: { days: 98 },
      unsandboxed: 'refused' as const,
    },
  };
  const problem = new Problem('bad-field', {
    errors: [
      { pointer: '/1', detail: message('problem.field.text') },
      { pointer: '/2', detail: message('problem.field.nul') },
    ],
  });
  const beside = {
    album,
    evidence: fullEvidence(),
    shares: true,
    seals: true,
    reveals: true,
    law: { jurisdiction: 'EU' },
  };
  const seal = { id, name: '1', mayFull: false, hasSeveral: false, isKept: false, authority: undefined };
  const compared = [
    done,
    { ...done, report: JSON.stringify(told(reportOf({ contentCredentials: listed, signals: marked }))) },
  ].map((one) => ({
    id,
    report: JSON.parse(one.report) as StoredReport,
    preview: { src: '/p', width: 4, height: 3 },
  }));
  const [first, second] = compared as [(typeof compared)[0], (typeof compared)[0]];
  const near: FingerprintMatch = {
    ...{ id: 1, kind: 'video', distance: 40, tier: 'similar', orientation: 'mirrored', part: 'cut' },
    frames: { matched: 1, of: 2, ofStored: 3 },
  };
  const preview = { src: '/p', width: 4, height: 3 };
  const collection = {
    ...{ id: '1', tenant: LOCAL_TENANT, name: '2', createdAt: AT, changedAt: AT, watched: false },
    ...{ items: 1, notSearchable: 0, finding: { text: '3', by: '4', link: 'https://example.org/' } },
  };
  const item = { id: '1', name: '5', note: '6', at: AT, hasPreview: false, kinds: [], missing: [] };
  const signed = reportOf({ contentCredentials: { ...listed, signer: undefined } as never });
  const found: MatchedFile[] = [
    {
      ...{ fingerprintMatch: near, preview },
      holder: { inspection: '1', kind: 'video', at: AT },
      inspection: { record: { ...done, caseRef: '7' }, report: told(signed) },
    },
    {
      fingerprintMatch: { ...near, tier: 'same', kind: 'sound' },
      holder: { collection: '1', item: '1', kind: 'sound', at: AT },
      collection: { collection, item },
    },
    {
      fingerprintMatch: near,
      holder: { inspection: '8', kind: 'video', at: AT, remainder: { door: 'inspection', signer: '9' } },
    },
    {
      fingerprintMatch: { ...near, kind: 'picture', tier: 'same' },
      holder: { scan: 1, path: '/1', kind: 'picture', at: AT },
      scan: { id: '1', record: { sha256: report.asset.sha256 } },
    },
  ];
  const empty = new URLSearchParams();
  const story: StoredCase = {
    ...{ id: '1', tenant: LOCAL_TENANT, caseRef: '2', name: '3', createdAt: AT, createdBy: '4' },
    ...{ changedAt: AT, closedAt: AT, closedBy: '5', former: 1 },
    counts: { inspection: 30, note: 1, link: 1, match: 1, finding: 1 },
  };
  const by = { createdAt: AT, at: AT, by: '6' };
  const written: CaseItem[] = [
    { ...by, id: '1', kind: 'note', text: '7' },
    { ...by, id: '2', kind: 'link', link: 'https://example.org/', text: '8' },
    {
      ...{ ...by, id: '3', kind: 'match', inspection: id, other: id },
      match: {
        ...{ kind: 'picture', tier: 'same', distance: 3, name: '9', scan: '1' },
        declared: { signer: '1', presence: 'present', headline: message('headline.nothing') },
        ...{ orientation: 'left', part: 'cut', reportDeleted: true, finding: { text: '2', by: '3' } },
        partly: { kind: 'picture', ...fault('fingerprint.damaged') },
      },
    },
    {
      ...{ ...by, id: '4', kind: 'finding' },
      finding: {
        ...{ claim: '1', conclusion: '2', rating: '3', url: 'https://example.org/', published: '2026-11-29' },
        ...{ author: '4', authorType: 'person', claimant: '5', appearance: 'https://example.org/' },
      },
    },
  ];
  const gone: CaseItem[] = CASE_ITEM_KINDS.flatMap((kind) => [
    { ...by, id: '1', kind, removed: { at: AT, by: '7' } },
    { ...by, id: '2', kind, gone: { at: AT, reason: 'deleted' } },
    { ...by, id: '3', kind, gone: { at: AT, reason: 'expired' } },
  ]);
  const inStory = {
    ...{ kept: story, inspections: [toListItem(done)], left: [], written, pictured: new Set([id]) },
    ...{ there: new Map([[id, '1']]), older: '/', paged: false, seals: true, mayFull: false },
  };
  const missing = [{ kind: 'sound' as const, ...fault('fingerprint.busy') }];
  const seens: PageMatches['search'][] = [
    { state: 'done', searched: 1_000, notSearchable: 1, more: true, behind: true, missing, found },
    { state: 'done', searched: 0, notSearchable: 0, more: false, behind: false, missing: [], found: [] },
    { state: 'done', searched: 1, notSearchable: 0, more: false, behind: false, missing: [], found: [] },
    { state: 'not-searchable', missing },
    ...(['off', 'pending', 'slow', 'failed'] as const).map((state) => ({ state })),
  ];
  return [
    ...seens.map((sought): [string, (speaks: PageTranslator) => string] => [
      'report-page',
      (speaks) =>
        renderReportPage(report, done, speaks, {
          ...beside,
          matches: { search: sought, preview, isInCase: true },
        }),
    ]),
    ['api-page', (speaks) => renderApiPage(speaks)],
    ['batch-page', (speaks) => renderBatchPage({ ...lists, batch, counts, further: '/' }, speaks)],
    [
      'batch-page',
      (speaks) => renderBatchesPage({ batches: [{ batch, counts }], paged: true, older: '/' }, speaks),
    ],
    ['batch-page', (speaks) => renderBatchesPage({ batches: [], paged: false }, speaks)],
    ...((): [string, (speaks: PageTranslator) => string][] => [
      ['case-page', (speaks) => renderCasesPage({ cases: [story], paged: true, older: '/' }, speaks)],
      [
        'case-page',
        (speaks) => renderCasesPage({ cases: [], paged: false, refused: { name: '1', fault: '' } }, speaks),
      ],
      [
        'case-page',
        (speaks) =>
          renderCasePage({ ...inStory, refused: { kind: 'name', values: empty, fault: '' } }, speaks),
      ],
      [
        'case-page',
        (speaks) =>
          renderCasePage(
            { ...inStory, kept: { ...story, former: 9 }, written: gone, left: gone, paged: true },
            speaks,
          ),
      ],
      [
        'case-page',
        (speaks) =>
          renderCasePage(
            {
              ...{ ...inStory, inspections: [], written: [] },
              refused: { kind: 'finding', values: empty, fault: '' },
            },
            speaks,
          ),
      ],
    ])(),
    ['compare-page', (speaks) => renderComparePage([first, second], speaks)],
    ['delete-page', (speaks) => renderDeletePage({ id, name: '1', links: 2 }, speaks)],
    ['error-page', (speaks) => renderErrorPage(problem.body('1', speaks), speaks)],
    [
      'form-page',
      (speaks) =>
        renderFormPage(
          {
            ...{ ...form, introduction: guide, presets: { jurisdictions: ['EU'], roles: ['publisher'] } },
            preselected: {
              deep: true,
              visible: true,
              reveal: ['names'],
              isRevealRefused: true,
              manifest: true,
            },
          },
          speaks,
        ),
    ],
    ['form-page', (speaks) => renderFormPage({ ...form, presets: {}, wasDeleted: true }, speaks)],
    ['form-page', (speaks) => renderFormPage({ ...form, presets: {}, links: 'hosts' }, speaks)],
    ['media-page', (speaks) => renderMediaPage(toChoose, new Map(), speaks)],
    ['glossary-page', (speaks) => renderGlossaryPage(speaks)],
    ['calendar-page', (speaks) => renderCalendarPage(calendar, speaks)],
    ['law-grid-page', (speaks) => renderLawGridPage({ ...gridPage, grid }, speaks)],
    ['law-grid-page', (speaks) => renderLawGridPage(gridPage, speaks)],
    ['calendar-page', (speaks) => renderCalendarPage({ ...calendar, changes: unchanged }, speaks)],
    [
      'history-page',
      (speaks) =>
        renderHistoryPage({ ...lists, query: { q: '1' }, older: '/', needsTwoReports: true }, speaks),
    ],
    [
      'history-page',
      (speaks) => renderHistoryPage({ ...lists, query: {}, items: [], origins: new Map() }, speaks),
    ],
    [
      'part-page',
      (speaks) =>
        renderPartPage(
          { number: 1, report, text: '', parts: [1, 2], record: done, base: '/', visitor: false },
          speaks,
        ),
    ],
    ['problem-page', (speaks) => renderProblemPage('too-large', speaks)],
    ['report-page', (speaks) => renderReportPage(report, done, speaks, beside)],
    ['samples-page', (speaks) => renderSamplesPage(guide, speaks)],
    [
      'seal-page',
      (speaks) =>
        renderSealPage(
          { ...seal, mayFull: true, refused: { kind: 'full', fault: message('problem.field.text') } },
          speaks,
        ),
    ],
    [
      'seal-page',
      (speaks) => renderSealPage({ ...seal, authority: 'tsa.example.org', isKept: true }, speaks),
    ],
    [
      'share-page',
      (speaks) => renderSharePage({ record: done, name: '1', links: [share], pictures: 2 }, speaks),
    ],
    [
      'share-page',
      (speaks) =>
        renderSharePage(
          {
            record: done,
            name: '1',
            links: [],
            pictures: 0,
            newLink: { url: '/', expiresAt: AT },
            wasRevoked: true,
          },
          speaks,
        ),
    ],
    [
      'shared-page',
      (speaks) =>
        renderSharedPage({ record: done, share, token: '1', album, evidence: fullEvidence() }, speaks),
    ],
    [
      'sign-in-page',
      (speaks) => renderSignInPage({ to: '/', fault: speaks.text('form.signIn.wrong') }, speaks),
    ],
    ['status-page', (speaks) => renderStatusPage(waits, speaks)],
    ['status-page', (speaks) => renderStatusPage(failed, speaks, true)],
    ['overview', (speaks) => renderOverviewPage(createOverview(), AT, speaks, { results: ['1'] })],
  ];
}

/** Returns the report in its stored form: messages instead of sentences. */
function told({ summary, ...report }: StoredReport): StoredReport {
  return {
    ...report,
    findings: [],
    asset: { ...report.asset, name: '1.png' },
    summary: { ...summary, messages: { sentence: [message('sentence.nothing.lookedFor')] } },
  };
}

const AT = '2026-05-03T10:00:00Z';

describe('every page in a language that nobody speaks, and in its mirrored twin', () => {
  it('says and names nothing that is in no catalogue, and runs as its script does', async () => {
    const pages = await allPages();
    for (const direction of ['ltr', 'rtl'] as const) {
      const speaks = speaking(direction);
      for (const [file, draw] of pages) {
        const html = draw(speaks);
        expect([file, unspoken(withoutPlaces(html, speaks))]).toEqual([file, []]);
        expect([file, /<html lang="en" dir="(\w+)">/.exec(html)?.[1]]).toEqual([file, direction]);
        expect([file, html.match(/<h1\b/g)?.length]).toEqual([file, 1]);
        expect([file, skipped(html)]).toEqual([file, []]);
      }
    }
    const drawn = readdirSync(FORM).flatMap((name) =>
      name.endsWith('-page.ts') ? [name.slice(0, -'.ts'.length)] : [],
    );
    const walked = new Set(pages.map(([file]) => file));
    expect(drawn.filter((name) => !walked.has(name))).toEqual([]);
  });
});

it('the page of a case says how a saved match is turned, and that its report was deleted', async () => {
  const speaks = speaking('ltr');
  const cases = (await allPages()).filter(([file]) => file === 'case-page').map(([, draw]) => draw(speaks));
  const all = cases.join('');
  const mark = (text: string) => text.replaceAll(/<[^>]*>/g, '');
  expect(mark(all)).toContain(mark(speaks.text('page.matches.orientation', { turn: 'left' })));
  expect(mark(all)).toContain(mark(speaks.text('page.matches.itsReportDeleted')));
});

/** Returns headings that skip a level. */
function skipped(html: string): string[] {
  const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  return levels.flatMap((level, at) =>
    level > (levels[at - 1] ?? 0) + 1 ? [`h${levels[at - 1] ?? 0} to h${level}`] : [],
  );
}
