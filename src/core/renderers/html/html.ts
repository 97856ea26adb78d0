import type { Translator } from '../../../i18n/translator.js';
import { type Check, MARKS, type Mark } from '../../page/check.js';
import { groupByLabel } from '../../page/checks.js';
import type { Dossier } from '../../page/dossier.js';
import { termOfRow } from '../../page/glossary.js';
import type { LineGroup } from '../../page/groups.js';
import type { ReportPage } from '../../page/page.js';
import type { RunLine } from '../../page/runs.js';
import type { TimeRow } from '../../page/times.js';
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

/**
 * Renders a page as an `<article>` for embedding in a document: the one page, and everything else folded below it, or on
 * paper behind it. Pure; without style or script.
 */
export function renderArticle(
  page: ReportPage,
  translator: Translator,
  options: OnePageOptions = {},
): Markup {
  const { isPaper } = page;
  const title = html`<h2>${translator.text('page.section.dossier')}</h2>`;
  const one = onePageParts(page, translator, {
    ...options,
    targets: isPaper ? new Set<string>() : collectTargets(page),
  });
  const rest = dossier(page, translator, options.glossary);
  return article(
    translator,
    html`${englishNotice(page, translator)}${one}
${isPaper ? html`<div class="dossier">\n${title}\n${rest}\n</div>` : html`<details class="dossier" id="dossier">\n<summary>${title}</summary>\n${rest}\n</details>`}`,
  );
}

/** Renders the one page alone, without links to the missing dossier. */
export const renderOnePageHtml = (
  page: ReportPage,
  translator: Translator,
  options: OnePageOptions = {},
): Markup =>
  article(
    translator,
    html`${englishNotice(page, translator)}${onePageParts(page, translator, { ...options, targets: new Set() })}`,
  );

/** Returns a notice if some texts of a law are English. */
const englishNotice = ({ isPartlyEnglish }: ReportPage, translator: Translator): Markup =>
  isPartlyEnglish ? html`<p class="notice">${translator.text('page.phrase.englishTexts')}</p>\n` : html``;

function article(translator: Translator, inside: Markup): Markup {
  const made = html`<article class="report"${languageAttributes(translator)}>\n${inside}\n</article>\n`;
  // Codes are English words; the replaced markup cannot occur in text from a file, which is escaped.
  return new Markup(made.toString().replaceAll('<code>', `<code${englishAttribute(translator)}>`));
}

/** Returns the fragment identifiers of the dossier that the one page links to. */
function collectTargets({ contradictions: two, dossier: found }: ReportPage): Set<string> {
  const { checks: all, history, times: rows, rules, parts: inside } = found;
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
  { dossier: found, contradictions: two, pictures, isPaper }: ReportPage,
  translator: Translator,
  glossary: string | undefined,
): Markup {
  const titled = (id: `page.section.${Section}`, body: Markup | undefined, locator?: string) =>
    body && section(translator.text(id), body, undefined, locator);
  const { history, colophon, evidence, rules } = found;
  return parts([
    titled('page.section.contradictions', contradictions(two), 'contradictions'),
    titled(
      'page.section.checks',
      html`<p class="origin">${renderInline(found.origin)}</p>\n${checks(found.checks, translator, glossary)}`,
      'checks',
    ),
    titled('page.section.pictures', pictures && picturesHtml(pictures, translator)),
    titled('page.section.whyMissing', whyMissing(found)),
    titled('page.section.parts', items(found.parts)),
    titled(
      'page.section.history',
      history.nodes.length === 0 ? undefined : historyHtml(history, translator),
      'history',
    ),
    titled('page.section.times', times(found.times, translator), 'times'),
    rules === undefined || (rules.books.length === 0 && !isPaper)
      ? undefined
      : section(rules.heading, rulesHtml(rules, translator, isPaper), undefined, 'rules'),
    technical(found.details, translator, isPaper),
    isPaper ? undefined : evidence && evidenceHtml(evidence, translator),
    colophon.length === 0
      ? undefined
      : html`<footer class="colophon">\n${definitions(colophon, translator, glossary)}\n</footer>`,
  ]);
}

const parts = (all: readonly (Markup | undefined)[]): Markup =>
  lines(all.filter((part) => part !== undefined));

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

function whyMissing({ whyMissing: all }: Dossier): Markup | undefined {
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

function contradictions(all: ReportPage['contradictions']): Markup | undefined {
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
