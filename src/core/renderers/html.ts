import { type Speech, speechOf } from '../../say/speech.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import type { Report } from '../report/report.js';
import { type Check, MARKS, type Mark } from './check.js';
import { checksByLabel } from './checks.js';
import { fieldAnchors, ON_PAGE } from './evidence.js';
import type { Figures } from './figures.js';
import { termLink, termOfRow } from './glossary.js';
import type { Group } from './groups.js';
import { html, lines, Markup } from './html-escape.js';
import { evidenceHtml } from './html-evidence.js';
import { picturesHtml } from './html-figures.js';
import { historyHtml } from './html-history.js';
import { type OnePageBeside, onePageParts } from './html-one-page.js';
import { rulesHtml } from './html-rules.js';
import { cell, english, heads, inline, section, spoken, textHtml } from './html-runs.js';
import { hasKeptText } from './kept-text.js';
import { behind, type Inspected, onePageOf } from './one-page.js';
import { type Page, pageOf } from './page.js';
import type { Line } from './runs.js';
import type { TimeRow } from './times.js';

/** What stands beside a Report on its page. */
export interface Beside extends OnePageBeside {
  evidence?: EvidenceSheet | undefined;
  inspected?: Inspected | undefined;
}

export const renderHtml = (
  report: Report,
  speech: Speech = speechOf('en'),
  figures?: Figures,
  evidence?: EvidenceSheet,
): string => articleOf(report, speech, { figures, evidence }).toString();

/** Report → an `<article>` to stand in a page: the one page, and all else folded below it. Pure; no style, no script. */
export function articleOf(report: Report, speech: Speech, beside: Beside = {}): Markup {
  const { figures, evidence, paper = false } = beside;
  const page = pageOf(report, speech, { figures, toField: fieldAnchors(evidence, ON_PAGE) });
  if (paper) return onPaper(report, page, speech, beside);
  const evidenced = { rules: page.rules, places: placesIn(page) };
  const one = onePageParts(report, onePageOf(report, speech, beside.inspected), speech, {
    ...beside,
    ...evidenced,
  });
  return article(
    speech,
    html`${keptWords(page, speech)}${one}
<details class="dossier" id="dossier">
<summary><h2>${speech.words('page.section.dossier')}</h2></summary>
${dossier(report, page, speech, beside)}
</details>`,
  );
}

/** The one page by itself: nothing leads to what is not there. */
export function onePageHtml(report: Report, speech: Speech, beside: Beside = {}): Markup {
  const { figures, evidence, inspected } = beside;
  const page = pageOf(report, speech, { figures, toField: fieldAnchors(evidence, ON_PAGE) });
  const one = onePageOf(report, speech, inspected, beside.partAt);
  const drawn = onePageParts(report, one, speech, { ...beside, rules: page.rules, places: new Set() });
  return article(speech, html`${keptWords(page, speech)}${drawn}`);
}

/** Where some of its words are of a version before. */
const keptWords = (page: Page, speech: Speech): Markup =>
  hasKeptText(page) ? html`<p class="notice">${speech.words('page.phrase.keptWords')}</p>\n` : html``;

function article(speech: Speech, inside: Markup): Markup {
  const made = html`<article class="report"${spoken(speech)}>\n${inside}\n</article>\n`;
  // Codes are words of English; nothing that comes from a file can hold this mark.
  return new Markup(made.toString().replaceAll('<code>', `<code${english(speech)}>`));
}

/** Addresses of the dossier that the one page leads to. */
function placesIn({
  checks: all,
  history,
  times: rows,
  contradictions: two,
  rules,
  parts: inside,
}: Page): Set<string> {
  return new Set([
    ...all.flatMap(({ row }) => (row === undefined ? [] : [checkPlace(row)])),
    ...(history.nodes.length > 0 ? ['history'] : []),
    ...(rows.length > 0 ? ['times'] : []),
    ...(inside.length > 0 ? ['inside'] : []),
    ...(two.length > 0 ? ['contradictions'] : []),
    ...(rules === undefined || rules.books.length === 0 ? [] : ['rules']),
  ]);
}

const checkPlace = (row: string): string => `check-${row}`;

/** Row by row, then the history, the times, the clauses, and what only whoever doubts all that will read. */
function dossier(
  report: Report,
  page: Page,
  speech: Speech,
  { figures, evidence, glossary, paper = false }: Beside,
): Markup {
  const titled = (id: `page.section.${Section}`, body: Markup | undefined, place?: string) =>
    body && section(speech.words(id), body, undefined, place);
  return parts([
    titled('page.section.contradictions', contradictions(page), 'contradictions'),
    titled(
      'page.section.checks',
      html`<p class="origin">${inline(page.origin)}</p>\n${checks(page.checks, speech, glossary)}`,
      'checks',
    ),
    titled('page.section.pictures', figures && picturesHtml(report, figures, speech)),
    titled('page.section.whyMissing', whyMissing(page)),
    titled('page.section.parts', items(page.parts)),
    titled('page.section.history', steps(page, speech), 'history'),
    titled('page.section.times', times(page.times, speech), 'times'),
    clauses(page, speech, paper),
    technical(page.details, speech, paper),
    evidence && evidenceHtml(evidence, speech),
    page.colophon.length === 0
      ? undefined
      : html`<footer class="colophon">\n${definitions(page.colophon, speech, glossary)}\n</footer>`,
  ]);
}

const clauses = ({ rules }: Page, speech: Speech, paper: boolean): Markup | undefined =>
  rules === undefined || (rules.books.length === 0 && !paper)
    ? undefined
    : section(rules.heading, rulesHtml(rules, speech, paper), undefined, 'rules');

const steps = ({ history }: Page, speech: Speech): Markup | undefined =>
  history.nodes.length === 0 ? undefined : historyHtml(history, speech);

const parts = (all: readonly (Markup | undefined)[]): Markup =>
  lines(all.filter((part) => part !== undefined));

/** As paper has it: the one page on its first sheet, and all else behind it; nothing can be unfolded. */
function onPaper(report: Report, page: Page, speech: Speech, beside: Beside): Markup {
  const one = onePageOf(report, speech, beside.inspected);
  return article(
    speech,
    html`${keptWords(page, speech)}${onePageParts(report, one, speech, { ...beside, places: new Set() })}
<div class="dossier">
<h2>${speech.words('page.section.dossier')}</h2>
${dossier(report, behind(one, page), speech, beside)}
</div>`,
  );
}

type Section = 'contradictions' | 'checks' | 'pictures' | 'whyMissing' | 'parts' | 'history' | 'times';

const mark = (shape: Mark): Markup => html`<span class="mark" aria-hidden="true">${MARKS[shape]}</span>`;

function checks(all: readonly Check[], speech: Speech, glossary?: string): Markup {
  const terms = checksByLabel(all).map(({ label, rows }) => {
    const row = rows[0]?.row;
    return html`<div${row !== undefined && html` id="${checkPlace(row)}"`}><dt>${termLink(label, termOfRow(row), glossary, speech)}</dt>${rows.map(check)}</div>`;
  });
  return html`<dl class="checks">\n${lines(terms)}\n</dl>`;
}

const check = ({ mark: shape, word, notes }: Check): Markup =>
  html`<dd>${mark(shape)} <span class="word">${inline(word)}</span></dd>${notes.map((note) => html`<dd class="note">${inline(note)}</dd>`)}`;

function whyMissing({ whyMissing: all }: Page): Markup | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map(({ says, source }) => html`<li>${inline(says)} <small>${inline(source)}</small></li>`);
  return html`<ul class="habits">\n${lines(rows)}\n</ul>`;
}

function items(all: readonly Line[]): Markup | undefined {
  return all.length === 0
    ? undefined
    : html`<ul>\n${lines(all.map((line) => html`<li>${inline(line)}</li>`))}\n</ul>`;
}

function contradictions({ contradictions: all }: Page): Markup | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map(
    ({ statement, between }) =>
      html`<li>${mark('contradiction')} ${textHtml(statement)}\n${items(between)}</li>`,
  );
  return html`<ul class="contradictions">\n${lines(rows)}\n</ul>`;
}

/** One table, so that what the signer says, what a timestamp proves and what the file says stand side by side. */
function times(rows: readonly TimeRow[], speech: Speech): Markup | undefined {
  if (rows.length === 0) return undefined;
  const time = speech.words('page.phrase.time');
  const backing = speech.words('page.phrase.timeBacking');
  const body = rows.map(
    ({ label, line, note }) =>
      html`<tr><th scope="row">${label}</th>${cell(time, inline(line))}${cell(backing, inline(note))}</tr>`,
  );
  return html`<table class="times">\n${heads([speech.words('page.phrase.timeOf'), time, backing])}\n<tbody>\n${lines(body)}\n</tbody>\n</table>`;
}

function technical(groups: readonly Group[], speech: Speech, paper: boolean): Markup | undefined {
  if (groups.length === 0) return undefined;
  if (paper) return section(speech.words('page.section.details'), definitions(groups, speech), 'technical');
  return html`<details class="technical">\n<summary>${speech.words('page.section.details')}</summary>\n${definitions(groups, speech)}\n</details>`;
}

function definitions(groups: readonly Group[], speech: Speech, glossary?: string): Markup {
  const rows = groups.map(({ title, term, lines: all, anchors = [] }) => {
    const values = all.map(
      (line, at) => html`<dd${anchors[at] && html` id="${anchors[at]}"`}>${inline(line)}</dd>`,
    );
    return html`<div><dt>${termLink(title, term, glossary, speech)}</dt>${values}</div>`;
  });
  return html`<dl class="definitions">\n${lines(rows)}\n</dl>`;
}
