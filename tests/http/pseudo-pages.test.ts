import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/ground/fault.js';
import { loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import type { Report } from '../../src/core/report/report.js';
import type { ToChoose } from '../../src/http/asked-link.js';
import { apiPage } from '../../src/http/form/api-page.js';
import { batchesPage, batchPage } from '../../src/http/form/batch-page.js';
import { casePage, casesPage } from '../../src/http/form/case-page.js';
import { comparePage } from '../../src/http/form/compare-page.js';
import { deletePage } from '../../src/http/form/delete-page.js';
import { errorPage } from '../../src/http/form/error-page.js';
import { formPage } from '../../src/http/form/form-page.js';
import { glossaryPage } from '../../src/http/form/glossary-page.js';
import { historyPage } from '../../src/http/form/history-page.js';
import { mediaPage } from '../../src/http/form/media-page.js';
import { partPage } from '../../src/http/form/part-page.js';
import { problemPage } from '../../src/http/form/problem-page.js';
import { renderReportPage } from '../../src/http/form/report-page.js';
import { samplesPage } from '../../src/http/form/samples-page.js';
import { sealPage } from '../../src/http/form/seal-page.js';
import type { SeenBefore } from '../../src/http/form/seen-section.js';
import { sharePage } from '../../src/http/form/share-page.js';
import { sharedPage } from '../../src/http/form/shared-page.js';
import { signInPage } from '../../src/http/form/sign-in-page.js';
import { statusPage } from '../../src/http/form/status-page.js';
import type { PageLanguage } from '../../src/http/language.js';
import { listItem } from '../../src/http/list-item.js';
import type { Found } from '../../src/http/matching.js';
import { Problem } from '../../src/http/problem.js';
import type { NearOne } from '../../src/likeness/seen-types.js';
import { said } from '../../src/say/said.js';
import { emptyOverview } from '../../src/scan/overview.js';
import { overviewPage } from '../../src/scan/overview-page.js';
import { CASE_ITEM_KINDS, type CaseItem, type KeptCase } from '../../src/store/cases.js';
import { LOCAL_TENANT } from '../../src/store/scopes.js';
import { listed, marked } from '../renderers/credentials-literal.js';
import { fullEvidence } from '../renderers/evidence-literal.js';
import { reportOf, toldReport } from '../renderers/report-literal.js';
import { pseudo, unspoken } from '../say/pseudo.js';
import { onePart, testApp, upload } from './harness.js';

const FORM = join(import.meta.dirname, '../../src/http/form');

/** The language of a page that nobody speaks; what its reader follows keeps the address that is given. */
function speaking(direction: 'ltr' | 'rtl'): PageLanguage {
  const address = (path: string) => path;
  return {
    ...pseudo(direction),
    ...{ to: address, form: address, said: address, here: address, signedIn: true, asked: 'en' },
  };
}

/** Pages with all that they can hold, by the file that draws them. Records are those of a service, with a full Report. */
async function allPages(): Promise<[file: string, draw: (speaks: PageLanguage) => string][]> {
  const test = await testApp();
  const { headers } = await upload(test.app, [
    onePart(),
    { name: 'caseRef', content: '1' },
    { name: 'tags', content: '2' },
  ]);
  const id = String(headers['location']).split('/').at(-1) ?? '';
  const kept = await test.stores.inspections.get(LOCAL_TENANT, id);
  if (kept === undefined) throw new Error('nothing was kept');
  // Law is told in its own language: its texts are held apart from the catalogues.
  const report = told(toldReport());
  const done = { ...kept, report: JSON.stringify(report), notes: [{ at: AT, text: '1', by: '2' }] };
  const { report: _, ...waits } = { ...kept, status: 'queued' as const };
  const failed = {
    ...waits,
    ...{
      status: 'failed' as const,
      error: { code: 'internal', said: said('error.internal') },
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
  const items = [done, waits, failed].map(listItem);
  const lists = { items, pictured: new Set([id]), origins, paged: true };
  const guide = { lacking: [], mayMend: true };
  const medium = { kind: 'image', from: 'og', url: '/1', width: 2, alt: '3' } as const;
  const toChoose: ToChoose = {
    outcome: 'choose',
    page: {
      ...{ url: '/4', title: '5', leftOut: 6, players: [{ kind: 'frame' }], isCut: true },
      media: [medium, { ...medium, refused: 'fetch.private' }],
    },
    asked: { url: '/4', fields: {}, beside: { id: '7', sidecarSha256: '8' } },
  };
  const form = {
    ...{ maxUploadBytes: 1_024, retentionDays: 3, keepUploadsHours: 1, failedUploadHours: 2, previews: true },
    ...{ rulebooks: loadRulebooks(), mayReveal: true, lists: { days: 98 }, unsandboxed: 'refused' as const },
  };
  const problem = new Problem('bad-field', {
    errors: [
      { pointer: '/1', detail: said('problem.field.text') },
      { pointer: '/2', detail: said('problem.field.nul') },
    ],
  });
  const beside = {
    album,
    evidence: fullEvidence(),
    shares: true,
    seals: true,
    reveals: true,
    law: { place: 'EU' },
  };
  const seal = { id, name: '1', mayFull: false, hasSeveral: false, isKept: false, authority: undefined };
  const compared = [
    done,
    { ...done, report: JSON.stringify(told(reportOf({ contentCredentials: listed, signals: marked }))) },
  ].map((one) => ({
    id,
    report: JSON.parse(one.report) as Report,
    preview: { src: '/p', width: 4, height: 3 },
  }));
  const [first, second] = compared as [(typeof compared)[0], (typeof compared)[0]];
  const near: NearOne = {
    ...{ id: 1, kind: 'video', distance: 40, tier: 'similar', turn: 'mirrored', part: 'cut' },
    frames: { matched: 1, of: 2, ofKept: 3 },
  };
  const preview = { src: '/p', width: 4, height: 3 };
  const collection = {
    ...{ id: '1', tenant: LOCAL_TENANT, name: '2', createdAt: AT, changedAt: AT, watched: false },
    ...{ items: 1, notSearchable: 0, finding: { text: '3', by: '4', link: 'https://example.org/' } },
  };
  const item = { id: '1', name: '5', note: '6', at: AT, hasPreview: false, kinds: [], missing: [] };
  const signed = reportOf({ contentCredentials: { ...listed, signer: undefined } as never });
  const found: Found[] = [
    {
      ...{ near, preview },
      holder: { inspection: '1', kind: 'video', at: AT },
      inspection: { record: { ...done, caseRef: '7' }, report: told(signed) },
    },
    {
      near: { ...near, tier: 'same', kind: 'sound' },
      holder: { collection: '1', item: '1', kind: 'sound', at: AT },
      collection: { collection, item },
    },
    { near, holder: { inspection: '8', kind: 'video', at: AT, left: { door: 'inspection', signer: '9' } } },
    {
      near: { ...near, kind: 'picture', tier: 'same' },
      holder: { scan: 1, path: '/1', kind: 'picture', at: AT },
      scan: { id: '1', record: { sha256: report.asset.sha256 } },
    },
  ];
  const empty = new URLSearchParams();
  const story: KeptCase = {
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
        declared: { signer: '1', presence: 'present', headline: said('headline.nothing') },
        ...{ turn: 'left', part: 'cut', reportGone: true, finding: { text: '2', by: '3' } },
        partly: { kind: 'picture', ...fault('likeness.damaged') },
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
    { ...by, id: '2', kind, gone: { at: AT, because: 'deleted' } },
    { ...by, id: '3', kind, gone: { at: AT, because: 'expired' } },
  ]);
  const inStory = {
    ...{ kept: story, inspections: [listItem(done)], left: [], written, pictured: new Set([id]) },
    ...{ there: new Map([[id, '1']]), older: '/', paged: false, seals: true, mayFull: false },
  };
  const missing = [{ kind: 'sound' as const, ...fault('likeness.tooMany') }];
  const seens: SeenBefore['sought'][] = [
    { state: 'done', searched: 1_000, notSearchable: 1, more: true, behind: true, missing, found },
    { state: 'done', searched: 0, notSearchable: 0, more: false, behind: false, missing: [], found: [] },
    { state: 'done', searched: 1, notSearchable: 0, more: false, behind: false, missing: [], found: [] },
    { state: 'not-searchable', missing },
    ...(['off', 'pending', 'slow', 'failed'] as const).map((state) => ({ state })),
  ];
  return [
    ...seens.map((sought): [string, (speaks: PageLanguage) => string] => [
      'report-page',
      (speaks) =>
        renderReportPage(report, done, speaks, { ...beside, seen: { sought, preview, inCase: true } }),
    ]),
    ['api-page', (speaks) => apiPage(speaks)],
    ['batch-page', (speaks) => batchPage({ ...lists, batch, counts, further: '/' }, speaks)],
    [
      'batch-page',
      (speaks) => batchesPage({ batches: [{ batch, counts }], paged: true, older: '/' }, speaks),
    ],
    ['batch-page', (speaks) => batchesPage({ batches: [], paged: false }, speaks)],
    ...((): [string, (speaks: PageLanguage) => string][] => [
      ['case-page', (speaks) => casesPage({ cases: [story], paged: true, older: '/' }, speaks)],
      [
        'case-page',
        (speaks) => casesPage({ cases: [], paged: false, refused: { name: '1', fault: '' } }, speaks),
      ],
      [
        'case-page',
        (speaks) => casePage({ ...inStory, refused: { kind: 'name', values: empty, fault: '' } }, speaks),
      ],
      [
        'case-page',
        (speaks) =>
          casePage(
            { ...inStory, kept: { ...story, former: 9 }, written: gone, left: gone, paged: true },
            speaks,
          ),
      ],
      [
        'case-page',
        (speaks) =>
          casePage(
            {
              ...{ ...inStory, inspections: [], written: [] },
              refused: { kind: 'finding', values: empty, fault: '' },
            },
            speaks,
          ),
      ],
    ])(),
    ['compare-page', (speaks) => comparePage([first, second], speaks)],
    ['delete-page', (speaks) => deletePage({ id, name: '1', links: 2 }, speaks)],
    ['error-page', (speaks) => errorPage(problem.body('1', speaks), speaks)],
    [
      'form-page',
      (speaks) =>
        formPage(
          {
            ...{ ...form, guide, presets: { jurisdictions: ['EU'], roles: ['publisher'] } },
            asked: { deep: true, reveal: ['names'], revealRefused: true, manifest: true },
          },
          speaks,
        ),
    ],
    ['form-page', (speaks) => formPage({ ...form, presets: {}, deleted: true }, speaks)],
    ['form-page', (speaks) => formPage({ ...form, presets: {}, links: 'hosts' }, speaks)],
    ['media-page', (speaks) => mediaPage(toChoose, new Map(), speaks)],
    ['glossary-page', (speaks) => glossaryPage(speaks)],
    [
      'history-page',
      (speaks) => historyPage({ ...lists, ask: { q: '1' }, older: '/', pickTwo: true }, speaks),
    ],
    ['history-page', (speaks) => historyPage({ ...lists, ask: {}, items: [], origins: new Map() }, speaks)],
    [
      'part-page',
      (speaks) =>
        partPage(
          { number: 1, report, text: '', parts: [1, 2], record: done, base: '/', visitor: false },
          speaks,
        ),
    ],
    ['problem-page', (speaks) => problemPage('too-large', speaks)],
    ['report-page', (speaks) => renderReportPage(report, done, speaks, beside)],
    ['samples-page', (speaks) => samplesPage(guide, speaks)],
    [
      'seal-page',
      (speaks) =>
        sealPage(
          { ...seal, mayFull: true, refused: { kind: 'full', fault: said('problem.field.text') } },
          speaks,
        ),
    ],
    ['seal-page', (speaks) => sealPage({ ...seal, authority: 'tsa.example.org', isKept: true }, speaks)],
    ['share-page', (speaks) => sharePage({ record: done, name: '1', links: [share], pictures: 2 }, speaks)],
    [
      'share-page',
      (speaks) =>
        sharePage(
          {
            record: done,
            name: '1',
            links: [],
            pictures: 0,
            made: { url: '/', expiresAt: AT },
            revoked: true,
          },
          speaks,
        ),
    ],
    [
      'shared-page',
      (speaks) => sharedPage({ record: done, share, token: '1', album, evidence: fullEvidence() }, speaks),
    ],
    ['sign-in-page', (speaks) => signInPage({ to: '/', fault: speaks.words('form.signIn.wrong') }, speaks)],
    ['status-page', (speaks) => statusPage(waits, speaks)],
    ['status-page', (speaks) => statusPage(failed, speaks, true)],
    ['overview', (speaks) => overviewPage(emptyOverview(), AT, speaks, { results: ['1'] })],
  ];
}

/** As it is kept: what is to be said stands in place of words. */
function told({ summary: { sentence: _, ...summary }, ...report }: Report): Report {
  return {
    ...report,
    findings: [],
    asset: { ...report.asset, name: '1.png' },
    summary: { ...summary, said: { sentence: [said('sentence.nothing.lookedFor')] } },
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
        expect([file, unspoken(html)]).toEqual([file, []]);
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

/** Headings that leave a level out on the way down. */
function skipped(html: string): string[] {
  const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  return levels.flatMap((level, at) =>
    level > (levels[at - 1] ?? 0) + 1 ? [`h${levels[at - 1] ?? 0} to h${level}`] : [],
  );
}
