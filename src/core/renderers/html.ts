import type { EvidenceSheet } from '../evidence-sheet.js';
import type { Report } from '../report.js';
import { en } from '../words/en/index.js';
import type { Words } from '../words/words.js';
import type { Check, Mark } from './checks.js';
import { fieldAnchors, ON_PAGE } from './evidence.js';
import type { Figures } from './figures.js';
import type { Group } from './groups.js';
import { escapeHtml } from './html-escape.js';
import { evidenceHtml } from './html-evidence.js';
import { picturesHtml, previewHtml } from './html-figures.js';
import { historyHtml } from './html-history.js';
import { rulesHtml } from './html-rules.js';
import { inline, verbatim } from './html-runs.js';
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
  words: Words = en,
  figures?: Figures,
  evidence?: EvidenceSheet,
): string {
  const page = pageOf(report, words, { figures, toField: fieldAnchors(evidence, ON_PAGE) });
  const article = `<article class="report" lang="${escapeHtml(words.language)}">
<header>
<h2>${verbatim(page.name)}</h2>
<p class="facts">${inline(page.facts)}</p>
</header>
${[
  declares(page, words, figures ? previewHtml(report, figures, words) : ''),
  contradictions(page, words),
  section(words.sections.checks, checks(page.checks)),
  pictures(report, figures, words),
  whyMissing(page, words),
  list(words.sections.parts, page.parts),
  page.rules ? section(page.rules.heading, rulesHtml(page.rules, words)) : '',
  tree(page, words),
  times(page, words),
  technical(page.details, words),
  evidence ? evidenceHtml(evidence, words) : '',
]
  .filter((part) => part !== '')
  .join('\n')}
<footer class="colophon">
${definitions(page.colophon)}
</footer>
</article>
`;
  // Codes are words of English; nothing that comes from a file can hold this mark.
  return words.language === 'en' ? article : article.replaceAll('<code>', '<code lang="en">');
}

function section(title: string, body: string): string {
  return `<section>\n<h3>${escapeHtml(title)}</h3>\n${body}\n</section>`;
}

function declares(page: Page, words: Words, beside: string): string {
  const body = section(
    words.sections.declares,
    `<p class="sentence">${sentence(page.sentence)}</p>
<p class="origin">${inline(page.origin)}</p>
<p class="next">${escapeHtml(words.phrases.nextStep)}${escapeHtml(page.next)}</p>${beside === '' ? '' : `\n${beside}`}`,
  );
  return beside === '' ? body : body.replace('<section>', '<section class="beside">');
}

function pictures(report: Report, figures: Figures | undefined, words: Words): string {
  const body = figures === undefined ? '' : picturesHtml(report, figures, words);
  return body === '' ? '' : section(words.sections.pictures, body);
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

function whyMissing({ whyMissing: all }: Page, words: Words): string {
  if (all.length === 0) return '';
  const rows = all.map(
    ({ says, source }) => `<li>${escapeHtml(says)} <small>${escapeHtml(source)}</small></li>`,
  );
  return section(words.sections.whyMissing, `<ul class="habits">\n${rows.join('\n')}\n</ul>`);
}

function list(title: string, lines: readonly Line[]): string {
  return lines.length === 0 ? '' : section(title, items(lines));
}

function items(lines: readonly Line[]): string {
  return `<ul>\n${lines.map((line) => `<li>${inline(line)}</li>`).join('\n')}\n</ul>`;
}

function contradictions({ contradictions: all }: Page, words: Words): string {
  if (all.length === 0) return '';
  const rows = all.map(({ statement, between }) => {
    const pair = items(between);
    return `<li>${mark('contradiction')} ${escapeHtml(statement)}\n${pair}</li>`;
  });
  return section(words.sections.contradictions, `<ul class="contradictions">\n${rows.join('\n')}\n</ul>`);
}

function tree(page: Page, words: Words): string {
  return page.history.nodes.length === 0
    ? ''
    : section(words.sections.history, historyHtml(page.history, words));
}

/** One table, so that what the signer says, what a timestamp proves and what the file says stand side by side. */
function times({ times: rows }: Page, { sections, phrases }: Words): string {
  if (rows.length === 0) return '';
  const heads = [phrases.timeOf, phrases.time, phrases.timeBacking]
    .map((head) => `<th scope="col">${escapeHtml(head)}</th>`)
    .join('');
  const body = rows.map(
    ({ label, line, note }) =>
      `<tr><th scope="row">${escapeHtml(label)}</th><td data-label="${escapeHtml(phrases.time)}">${inline(line)}</td><td data-label="${escapeHtml(phrases.timeBacking)}">${inline(note)}</td></tr>`,
  );
  return section(
    sections.times,
    `<table class="times">\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`,
  );
}

function technical(groups: readonly Group[], words: Words): string {
  if (groups.length === 0) return '';
  return `<details class="technical">\n<summary>${escapeHtml(words.sections.details)}</summary>\n${definitions(groups)}\n</details>`;
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
