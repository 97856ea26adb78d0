import { type Speech, speechOf } from '../../say/speech.js';
import type { EvidenceSheet } from '../report/evidence-sheet.js';
import type { Report } from '../report/report.js';
import type { Check, Mark } from './checks.js';
import { fieldAnchors, ON_PAGE } from './evidence.js';
import type { Figures } from './figures.js';
import type { Group } from './groups.js';
import { escapeHtml } from './html-escape.js';
import { evidenceHtml } from './html-evidence.js';
import { picturesHtml, previewHtml } from './html-figures.js';
import { historyHtml } from './html-history.js';
import { rulesHtml } from './html-rules.js';
import { english, inline, spoken, textHtml, verbatim } from './html-runs.js';
import { hasKeptText } from './kept-text.js';
import { type Page, pageOf } from './page.js';
import type { Line } from './runs.js';

/** Shapes that differ without colour; the word beside each says the same. */
const MARKS = { present: '●', none: '○', 'not-checked': '–', contradiction: '△' } as const satisfies Record<
  Mark,
  string
>;

/** Report → an `<article>` to stand in a page. Pure; no style, no script, no address but https. */
export function renderHtml(
  report: Report,
  speech: Speech = speechOf('en'),
  figures?: Figures,
  evidence?: EvidenceSheet,
): string {
  const page = pageOf(report, speech, { figures, toField: fieldAnchors(evidence, ON_PAGE) });
  const article = `<article class="report"${spoken(speech)}>
<header>
<h2>${verbatim(page.name)}</h2>
<p class="facts">${inline(page.facts)}</p>
</header>
${hasKeptText(page) ? `<p class="notice">${escapeHtml(speech.words('page.phrase.keptWords'))}</p>\n` : ''}${[
  declares(page, speech, figures ? previewHtml(report, figures, speech) : ''),
  contradictions(page, speech),
  section(speech.words('page.section.checks'), checks(page.checks)),
  pictures(report, figures, speech),
  whyMissing(page, speech),
  list(speech.words('page.section.parts'), page.parts),
  page.rules ? section(page.rules.heading, rulesHtml(page.rules, speech)) : '',
  tree(page, speech),
  times(page, speech),
  technical(page.details, speech),
  evidence ? evidenceHtml(evidence, speech) : '',
]
  .filter((part) => part !== '')
  .join('\n')}
<footer class="colophon">
${definitions(page.colophon)}
</footer>
</article>
`;
  // Codes are words of English; nothing that comes from a file can hold this mark.
  return article.replaceAll('<code>', `<code${english(speech)}>`);
}

function section(title: string, body: string): string {
  return `<section>\n<h3>${escapeHtml(title)}</h3>\n${body}\n</section>`;
}

function declares(page: Page, speech: Speech, beside: string): string {
  const body = section(
    speech.words('page.section.declares'),
    `<p class="sentence">${textHtml(page.sentence, sentence)}</p>
<p class="origin">${inline(page.origin)}</p>
<p class="next">${escapeHtml(speech.words('page.phrase.nextStep'))}${escapeHtml(page.next)}</p>${beside === '' ? '' : `\n${beside}`}`,
  );
  return beside === '' ? body : body.replace('<section>', '<section class="beside">');
}

function pictures(report: Report, figures: Figures | undefined, speech: Speech): string {
  const body = figures === undefined ? '' : picturesHtml(report, figures, speech);
  return body === '' ? '' : section(speech.words('page.section.pictures'), body);
}

/** A name in curly quotes comes from the file: it must not turn the words around it. */
function sentence(text: string): string {
  return escapeHtml(text, 4_096).replace(/“[^”]*”/g, (quoted) => `<bdi dir="auto">${quoted}</bdi>`);
}

function mark(shape: Mark): string {
  return `<span class="mark" aria-hidden="true">${MARKS[shape]}</span>`;
}

/** Neighbours of one label share its term. */
function checks(all: readonly Check[]): string {
  const groups: { label: string; rows: string[] }[] = [];
  for (const one of all) {
    const last = groups.at(-1);
    if (last?.label === one.label) last.rows.push(check(one));
    else groups.push({ label: one.label, rows: [check(one)] });
  }
  const terms = groups.map(({ label, rows }) => `<div><dt>${escapeHtml(label)}</dt>${rows.join('')}</div>`);
  return `<dl class="checks">\n${terms.join('\n')}\n</dl>`;
}

function check({ mark: shape, word, notes }: Check): string {
  const rest = notes.map((note) => `<dd class="note">${inline(note)}</dd>`).join('');
  return `<dd>${mark(shape)} <span class="word">${inline(word)}</span></dd>${rest}`;
}

function whyMissing({ whyMissing: all }: Page, speech: Speech): string {
  if (all.length === 0) return '';
  const rows = all.map(({ says, source }) => `<li>${inline(says)} <small>${inline(source)}</small></li>`);
  return section(speech.words('page.section.whyMissing'), `<ul class="habits">\n${rows.join('\n')}\n</ul>`);
}

function list(title: string, lines: readonly Line[]): string {
  return lines.length === 0 ? '' : section(title, items(lines));
}

function items(lines: readonly Line[]): string {
  return `<ul>\n${lines.map((line) => `<li>${inline(line)}</li>`).join('\n')}\n</ul>`;
}

function contradictions({ contradictions: all }: Page, speech: Speech): string {
  if (all.length === 0) return '';
  const rows = all.map(({ statement, between }) => {
    const pair = items(between);
    return `<li>${mark('contradiction')} ${textHtml(statement)}\n${pair}</li>`;
  });
  return section(
    speech.words('page.section.contradictions'),
    `<ul class="contradictions">\n${rows.join('\n')}\n</ul>`,
  );
}

function tree(page: Page, speech: Speech): string {
  return page.history.nodes.length === 0
    ? ''
    : section(speech.words('page.section.history'), historyHtml(page.history, speech));
}

/** One table, so that what the signer says, what a timestamp proves and what the file says stand side by side. */
function times({ times: rows }: Page, speech: Speech): string {
  if (rows.length === 0) return '';
  const heads = [
    speech.words('page.phrase.timeOf'),
    speech.words('page.phrase.time'),
    speech.words('page.phrase.timeBacking'),
  ]
    .map((head) => `<th scope="col">${escapeHtml(head)}</th>`)
    .join('');
  const body = rows.map(
    ({ label, line, note }) =>
      `<tr><th scope="row">${escapeHtml(label)}</th><td data-label="${escapeHtml(speech.words('page.phrase.time'))}">${inline(line)}</td><td data-label="${escapeHtml(speech.words('page.phrase.timeBacking'))}">${inline(note)}</td></tr>`,
  );
  return section(
    speech.words('page.section.times'),
    `<table class="times">\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`,
  );
}

function technical(groups: readonly Group[], speech: Speech): string {
  if (groups.length === 0) return '';
  return `<details class="technical">\n<summary>${escapeHtml(speech.words('page.section.details'))}</summary>\n${definitions(groups)}\n</details>`;
}

function definitions(groups: readonly Group[]): string {
  const rows = groups.map(({ title, lines, anchors = [] }) => {
    const values = lines.map((line, index) => {
      const anchor = anchors[index];
      return `<dd${anchor === undefined ? '' : ` id="${anchor}"`}>${inline(line)}</dd>`;
    });
    return `<div><dt>${escapeHtml(title)}</dt>${values.join('')}</div>`;
  });
  return `<dl class="definitions">\n${rows.join('\n')}\n</dl>`;
}
