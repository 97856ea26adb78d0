import { type Speech, speechOf } from '../../say/speech.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import type { Report } from '../report/report.js';
import { type Check, MARKS, type Mark } from './check.js';
import { checksByLabel } from './checks.js';
import { fieldAnchors, ON_PAGE } from './evidence.js';
import type { Figures } from './figures.js';
import type { Group } from './groups.js';
import { html, lines, Markup } from './html-escape.js';
import { evidenceHtml } from './html-evidence.js';
import { picturesHtml, previewHtml } from './html-figures.js';
import { historyHtml } from './html-history.js';
import { rulesHtml } from './html-rules.js';
import { cell, english, heads, inline, section, spoken, textHtml, verbatim } from './html-runs.js';
import { hasKeptText } from './kept-text.js';
import { type Page, pageOf } from './page.js';
import type { Line } from './runs.js';
import type { TimeRow } from './times.js';
import { visible } from './visible.js';

/** What stands beside a Report on its page. */
interface Beside {
  figures?: Figures | undefined;
  evidence?: EvidenceSheet | undefined;
  /** Nothing can be unfolded. */
  paper?: boolean;
  /** What a door offers to do with it: after what is read first. */
  actions?: Markup;
}

export const renderHtml = (
  report: Report,
  speech: Speech = speechOf('en'),
  figures?: Figures,
  evidence?: EvidenceSheet,
): string => articleOf(report, speech, { figures, evidence }).toString();

/** Report → an `<article>` to stand in a page. Pure; no style, no script, no address but https. */
export function articleOf(
  report: Report,
  speech: Speech,
  { figures, evidence, paper = false, actions }: Beside = {},
): Markup {
  const page = pageOf(report, speech, { figures, toField: fieldAnchors(evidence, ON_PAGE) });
  const titled = (id: `page.section.${Section}`, body: Markup | undefined, kind?: string) =>
    body && section(speech.words(id), body, kind);
  const preview = figures && previewHtml(report, figures, speech);
  const parts = [
    titled('page.section.declares', declares(page, speech, preview), preview && 'beside'),
    actions,
    titled('page.section.contradictions', contradictions(page)),
    titled('page.section.checks', checks(page.checks)),
    titled('page.section.pictures', figures && picturesHtml(report, figures, speech)),
    titled('page.section.whyMissing', whyMissing(page)),
    titled('page.section.parts', items(page.parts)),
    page.rules && section(page.rules.heading, rulesHtml(page.rules, speech, paper)),
    titled(
      'page.section.history',
      page.history.nodes.length === 0 ? undefined : historyHtml(page.history, speech),
    ),
    titled('page.section.times', times(page.times, speech)),
    technical(page.details, speech),
    evidence && evidenceHtml(evidence, speech),
  ];
  const article = html`<article class="report"${spoken(speech)}>
<header>
<h2>${verbatim(page.name)}</h2>
<p class="facts">${inline(page.facts)}</p>
</header>
${hasKeptText(page) && html`<p class="notice">${speech.words('page.phrase.keptWords')}</p>\n`}${lines(parts.filter((part) => part !== undefined))}
<footer class="colophon">
${definitions(page.colophon)}
</footer>
</article>
`;
  // Codes are words of English; nothing that comes from a file can hold this mark.
  return new Markup(article.toString().replaceAll('<code>', `<code${english(speech)}>`));
}

type Section =
  | 'declares'
  | 'contradictions'
  | 'checks'
  | 'pictures'
  | 'whyMissing'
  | 'parts'
  | 'history'
  | 'times';

const declares = (page: Page, speech: Speech, beside: Markup | undefined): Markup =>
  html`${
    page.headline !== undefined &&
    html`<p class="headline">${sentence(page.headline)}</p>
`
  }${
    page.fourFacts.length > 0 &&
    html`<dl class="four-facts">${page.fourFacts.map(({ label, text }) => html`<div><dt>${label}</dt><dd>${sentence(text)}</dd></div>`)}</dl>
`
  }<p class="sentence">${textHtml(page.sentence, sentence)}</p>
<p class="origin">${inline(page.origin)}</p>
<p class="next">${speech.words('page.phrase.nextStep')}${page.next}</p>${beside && html`\n${beside}`}`;

/** A name in curly quotes comes from the file: it must not turn the words around it. */
function sentence(text: string): Markup {
  const parts = visible(text, 4_096).split(/(“[^”]*”)/);
  return html`${parts.map((part, at) => (at % 2 === 1 ? html`<bdi dir="auto">${part}</bdi>` : part))}`;
}

const mark = (shape: Mark): Markup => html`<span class="mark" aria-hidden="true">${MARKS[shape]}</span>`;

function checks(all: readonly Check[]): Markup {
  const terms = checksByLabel(all).map(
    ({ label, rows }) => html`<div><dt>${label}</dt>${rows.map(check)}</div>`,
  );
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

function technical(groups: readonly Group[], speech: Speech): Markup | undefined {
  if (groups.length === 0) return undefined;
  return html`<details class="technical">\n<summary>${speech.words('page.section.details')}</summary>\n${definitions(groups)}\n</details>`;
}

function definitions(groups: readonly Group[]): Markup {
  const rows = groups.map(({ title, lines: all, anchors = [] }) => {
    const values = all.map(
      (line, at) => html`<dd${anchors[at] && html` id="${anchors[at]}"`}>${inline(line)}</dd>`,
    );
    return html`<div><dt>${title}</dt>${values}</div>`;
  });
  return html`<dl class="definitions">\n${lines(rows)}\n</dl>`;
}
