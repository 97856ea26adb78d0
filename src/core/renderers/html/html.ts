import { type Translator, translatorFor } from '../../../i18n/translator.js';
import type { EvidenceView } from '../../report/evidence-view.js';
import type { StoredReport } from '../../report/report.js';
import { type Check, MARKS, type Mark } from '../view/check.js';
import { groupByLabel } from '../view/checks.js';
import { hasEnglishText } from '../view/display-text.js';
import { fieldAnchors, ON_PAGE } from '../view/evidence.js';
import { termOfRow } from '../view/glossary.js';
import type { Figures } from '../view/history/figures.js';
import type { LineGroup } from '../view/law/groups.js';
import { buildOnePage, type InspectionFacts, pageAfterOnePage } from '../view/one-page.js';
import { buildPage, type ReportPage } from '../view/page.js';
import type { RunLine } from '../view/runs.js';
import type { TimeRow } from '../view/times.js';
import { html, lines, Markup } from './escape.js';
import { evidenceHtml } from './evidence.js';
import { picturesHtml } from './figures.js';
import { historyHtml } from './history.js';
import { type OnePageOptions, onePageParts } from './one-page.js';
import { rulesHtml } from './rules.js';
import {
  cell,
  englishAttribute,
  headerCells,
  languageAttributes,
  renderInline,
  section,
  textHtml,
} from './runs.js';
import { termLink } from './term-link.js';

/** Additional content shown with a Report on its page. */
export interface ArticleOptions extends OnePageOptions {
  evidence?: EvidenceView | undefined;
  inspected?: InspectionFacts | undefined;
}

export const renderHtml = (
  report: StoredReport,
  translator: Translator = translatorFor('en'),
  figures?: Figures,
  evidence?: EvidenceView,
): string => renderArticle(report, translator, { figures, evidence }).toString();

/**
 * Renders a Report as an `<article>` for embedding in a page: the one page, and everything else folded below it. Pure;
 * without style or script.
 */
export function renderArticle(
  report: StoredReport,
  translator: Translator,
  options: ArticleOptions = {},
): Markup {
  const { figures, evidence, paper = false } = options;
  const page = buildPage(report, translator, { figures, toField: fieldAnchors(evidence, ON_PAGE) });
  if (paper) return renderOnPaper(report, page, translator, options);
  const evidenced = { rules: page.rules, targets: collectTargets(page) };
  const one = onePageParts(
    report,
    buildOnePage(report, translator, options.inspected, undefined, figures),
    translator,
    {
      ...options,
      ...evidenced,
    },
  );
  return article(
    translator,
    html`${storedTextNotice(page, translator)}${one}
<details class="dossier" id="dossier">
<summary><h2>${translator.text('page.section.dossier')}</h2></summary>
${dossier(report, page, translator, options)}
</details>`,
  );
}

/** Renders the one page alone, without links to the missing dossier. */
export function renderOnePageHtml(
  report: StoredReport,
  translator: Translator,
  options: ArticleOptions = {},
): Markup {
  const { figures, evidence, inspected } = options;
  const page = buildPage(report, translator, { figures, toField: fieldAnchors(evidence, ON_PAGE) });
  const one = buildOnePage(report, translator, inspected, options.partAddress, figures);
  const drawn = onePageParts(report, one, translator, { ...options, rules: page.rules, targets: new Set() });
  return article(translator, html`${storedTextNotice(page, translator)}${drawn}`);
}

/** Returns a notice if some texts were stored by an earlier version. */
const storedTextNotice = (page: ReportPage, translator: Translator): Markup =>
  hasEnglishText(page)
    ? html`<p class="notice">${translator.text('page.phrase.englishTexts')}</p>\n`
    : html``;

function article(translator: Translator, inside: Markup): Markup {
  const made = html`<article class="report"${languageAttributes(translator)}>\n${inside}\n</article>\n`;
  // Codes are English words; the replaced markup cannot occur in text from a file, which is escaped.
  return new Markup(made.toString().replaceAll('<code>', `<code${englishAttribute(translator)}>`));
}

/** Returns the fragment identifiers of the dossier that the one page links to. */
function collectTargets({
  checks: all,
  history,
  times: rows,
  contradictions: two,
  rules,
  parts: inside,
}: ReportPage): Set<string> {
  return new Set([
    ...all.flatMap(({ row }) => (row === undefined ? [] : [checkAnchor(row)])),
    ...(history.nodes.length > 0 ? ['history'] : []),
    ...(rows.length > 0 ? ['times'] : []),
    ...(inside.length > 0 ? ['inside'] : []),
    ...(two.length > 0 ? ['contradictions'] : []),
    ...(rules === undefined || rules.books.length === 0 ? [] : ['rules']),
  ]);
}

const checkAnchor = (row: string): string => `check-${row}`;

/** Renders the dossier: checks, history, times, clauses, then the details for expert readers. */
function dossier(
  report: StoredReport,
  page: ReportPage,
  translator: Translator,
  { figures, evidence, glossary, paper = false }: ArticleOptions,
): Markup {
  const titled = (id: `page.section.${Section}`, body: Markup | undefined, locator?: string) =>
    body && section(translator.text(id), body, undefined, locator);
  return parts([
    titled('page.section.contradictions', contradictions(page), 'contradictions'),
    titled(
      'page.section.checks',
      html`<p class="origin">${renderInline(page.origin)}</p>\n${checks(page.checks, translator, glossary)}`,
      'checks',
    ),
    titled('page.section.pictures', figures && picturesHtml(report, figures, translator)),
    titled('page.section.whyMissing', whyMissing(page)),
    titled('page.section.parts', items(page.parts)),
    titled('page.section.history', steps(page, translator), 'history'),
    titled('page.section.times', times(page.times, translator), 'times'),
    clauses(page, translator, paper),
    technical(page.details, translator, paper),
    evidence && evidenceHtml(evidence, translator),
    page.colophon.length === 0
      ? undefined
      : html`<footer class="colophon">\n${definitions(page.colophon, translator, glossary)}\n</footer>`,
  ]);
}

const clauses = ({ rules }: ReportPage, translator: Translator, paper: boolean): Markup | undefined =>
  rules === undefined || (rules.books.length === 0 && !paper)
    ? undefined
    : section(rules.heading, rulesHtml(rules, translator, paper), undefined, 'rules');

const steps = ({ history }: ReportPage, translator: Translator): Markup | undefined =>
  history.nodes.length === 0 ? undefined : historyHtml(history, translator);

const parts = (all: readonly (Markup | undefined)[]): Markup =>
  lines(all.filter((part) => part !== undefined));

/** Renders the paper version: the one page on its first sheet, everything else after it; nothing can be unfolded. */
function renderOnPaper(
  report: StoredReport,
  page: ReportPage,
  translator: Translator,
  options: ArticleOptions,
): Markup {
  const one = buildOnePage(report, translator, options.inspected, undefined, options.figures);
  return article(
    translator,
    html`${storedTextNotice(page, translator)}${onePageParts(report, one, translator, { ...options, targets: new Set() })}
<div class="dossier">
<h2>${translator.text('page.section.dossier')}</h2>
${dossier(report, pageAfterOnePage(one, page), translator, options)}
</div>`,
  );
}

type Section = 'contradictions' | 'checks' | 'pictures' | 'whyMissing' | 'parts' | 'history' | 'times';

const mark = (shape: Mark): Markup => html`<span class="mark" aria-hidden="true">${MARKS[shape]}</span>`;

function checks(all: readonly Check[], translator: Translator, glossary?: string): Markup {
  const terms = groupByLabel(all).map(({ label, rows }) => {
    const row = rows[0]?.row;
    return html`<div${row !== undefined && html` id="${checkAnchor(row)}"`}><dt>${termLink(label, termOfRow(row), glossary, translator)}</dt>${rows.map(check)}</div>`;
  });
  return html`<dl class="checks">\n${lines(terms)}\n</dl>`;
}

const check = ({ mark: shape, word, notes }: Check): Markup =>
  html`<dd>${mark(shape)} <span class="word">${renderInline(word)}</span></dd>${notes.map((note) => html`<dd class="note">${renderInline(note)}</dd>`)}`;

function whyMissing({ whyMissing: all }: ReportPage): Markup | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map(
    ({ says, source }) => html`<li>${renderInline(says)} <small>${renderInline(source)}</small></li>`,
  );
  return html`<ul class="habits">\n${lines(rows)}\n</ul>`;
}

function items(all: readonly RunLine[]): Markup | undefined {
  return all.length === 0
    ? undefined
    : html`<ul>\n${lines(all.map((line) => html`<li>${renderInline(line)}</li>`))}\n</ul>`;
}

function contradictions({ contradictions: all }: ReportPage): Markup | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map(
    ({ statement, between }) =>
      html`<li>${mark('contradiction')} ${textHtml(statement)}\n${items(between)}</li>`,
  );
  return html`<ul class="contradictions">\n${lines(rows)}\n</ul>`;
}

/** Renders one table, so that times of the signer, of timestamps and of the file can be compared. */
function times(rows: readonly TimeRow[], translator: Translator): Markup | undefined {
  if (rows.length === 0) return undefined;
  const time = translator.text('page.phrase.time');
  const backing = translator.text('page.phrase.timeBacking');
  const body = rows.map(
    ({ label, line, note }) =>
      html`<tr><th scope="row">${label}</th>${cell(time, renderInline(line))}${cell(backing, renderInline(note))}</tr>`,
  );
  return html`<table class="times">\n${headerCells([translator.text('page.phrase.timeOf'), time, backing])}\n<tbody>\n${lines(body)}\n</tbody>\n</table>`;
}

function technical(groups: readonly LineGroup[], translator: Translator, paper: boolean): Markup | undefined {
  if (groups.length === 0) return undefined;
  if (paper)
    return section(translator.text('page.section.details'), definitions(groups, translator), 'technical');
  return html`<details class="technical">\n<summary>${translator.text('page.section.details')}</summary>\n${definitions(groups, translator)}\n</details>`;
}

function definitions(groups: readonly LineGroup[], translator: Translator, glossary?: string): Markup {
  const rows = groups.map(({ title, term, lines: all, anchors = [] }) => {
    const values = all.map(
      (line, at) => html`<dd${anchors[at] && html` id="${anchors[at]}"`}>${renderInline(line)}</dd>`,
    );
    return html`<div><dt>${termLink(title, term, glossary, translator)}</dt>${values}</div>`;
  });
  return html`<dl class="definitions">\n${lines(rows)}\n</dl>`;
}
