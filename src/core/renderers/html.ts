import type { Report } from '../report.js';
import { en } from '../words/en.js';
import type { Words } from '../words/words.js';
import type { Check, Mark } from './checks.js';
import type { Group } from './groups.js';
import { escapeHtml } from './html-escape.js';
import { historyHtml } from './html-history.js';
import { inline, link, verbatim } from './html-runs.js';
import { type Page, pageOf } from './page.js';
import type { Book, RuleRow, RulesSection } from './rules.js';
import type { Line } from './runs.js';

/** Shapes that differ without colour; the word beside each says the same. */
const MARKS = { present: '●', none: '○', 'not-checked': '–', contradiction: '△' } as const satisfies Record<
  Mark,
  string
>;

/** Report → an `<article>` to stand in a page. Pure; no style, no script, no address but https. */
export function renderHtml(report: Report, words: Words = en): string {
  const page = pageOf(report, words);
  return `<article class="report" lang="${escapeHtml(words.language)}">
<header>
<h2>${verbatim(page.name)}</h2>
<p class="facts">${inline(page.facts)}</p>
</header>
${[
  declares(page, words),
  section(words.sections.checks, checks(page.checks)),
  list(words.sections.parts, page.parts),
  contradictions(page, words),
  page.rules ? rules(page.rules, words) : '',
  tree(page, words),
  times(page, words),
  technical(page.details, words),
]
  .filter((part) => part !== '')
  .join('\n')}
<footer class="colophon">
${definitions(page.colophon)}
</footer>
</article>
`;
}

function section(title: string, body: string): string {
  return `<section>\n<h3>${escapeHtml(title)}</h3>\n${body}\n</section>`;
}

function declares(page: Page, words: Words): string {
  return section(
    words.sections.declares,
    `<p class="sentence">${sentence(page.sentence)}</p>
<p class="origin">${inline(page.origin)}</p>
<p class="next">${escapeHtml(words.phrases.nextStep)} ${escapeHtml(page.next)}</p>`,
  );
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

function rules({ heading, books }: RulesSection, words: Words): string {
  return section(heading, books.map((book) => ruleBook(book, words)).join('\n'));
}

function ruleBook({ id, edition, rows, rest, uncompared }: Book, words: Words): string {
  const { clause, finding, outcome, because } = words.phrases;
  const heads = [clause, finding, outcome, because]
    .map((head) => `<th scope="col">${escapeHtml(head)}</th>`)
    .join('');
  const caption = escapeHtml([id, edition].filter((one) => one !== undefined).join(' · '));
  const table =
    rows.length === 0
      ? `<p><strong>${caption}</strong></p>`
      : `<table class="rules">
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => ruleRow(row, words)).join('\n')}
</tbody>
</table>`;
  const others = rest.map(
    (one) => `<p class="rest">${escapeHtml(`${one.outcome}: ${one.clauses.join('; ')}`, 4_096)}</p>`,
  );
  const note =
    uncompared === undefined ? [] : [`<p class="uncompared">${escapeHtml(`${uncompared}.`, 4_096)}</p>`];
  return [table, ...others, ...note].join('\n');
}

function ruleRow(row: RuleRow, { phrases }: Words): string {
  const cell = (label: string, body: string): string => `<td data-label="${escapeHtml(label)}">${body}</td>`;
  const because = row.because
    .map(({ id, meaning }) => `<li><code>${escapeHtml(id)}</code> ${escapeHtml(meaning)}</li>`)
    .join('');
  const before = row.becauseLabel === phrases.because ? '' : `${escapeHtml(row.becauseLabel)}: `;
  return `<tr>${[
    cell(
      phrases.clause,
      `${link(row.reference.address, row.clause)} ${escapeHtml(row.title)} <small>${escapeHtml(row.dates)}</small>`,
    ),
    cell(phrases.finding, escapeHtml(row.statement)),
    cell(phrases.outcome, escapeHtml(row.outcome)),
    cell(phrases.because, because === '' ? '–' : `${before}<ul>${because}</ul>`),
  ].join('')}</tr>`;
}

function tree(page: Page, words: Words): string {
  return page.history.nodes.length === 0
    ? ''
    : section(words.sections.history, historyHtml(page.history, words));
}

function times({ times: rows }: Page, words: Words): string {
  return rows.length === 0
    ? ''
    : section(
        words.sections.times,
        definitions(rows.map(({ label, line }) => ({ title: label, lines: [line] }))),
      );
}

function technical(groups: readonly Group[], words: Words): string {
  if (groups.length === 0) return '';
  return `<details class="technical">\n<summary>${escapeHtml(words.sections.details)}</summary>\n${definitions(groups)}\n</details>`;
}

function definitions(groups: readonly Group[]): string {
  const rows = groups.map(({ title, lines }) => {
    return `<div><dt>${escapeHtml(title)}</dt>${lines.map((line) => `<dd>${inline(line)}</dd>`).join('')}</div>`;
  });
  return `<dl class="definitions">\n${rows.join('\n')}\n</dl>`;
}
