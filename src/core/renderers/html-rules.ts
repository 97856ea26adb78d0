import type { Words } from '../words/words.js';
import { escapeHtml } from './html-escape.js';
import { link } from './html-runs.js';
import type { Book, RuleRow, RulesSection } from './rules.js';

/** With more books than this that say something of the file they are a table of contents; each opens by itself. */
const MOST_OPEN = 2;

export function rulesHtml({ books }: RulesSection, words: Words): string {
  const speaking = books.filter(({ rows }) => rows.length > 0);
  const open = speaking.length <= MOST_OPEN ? new Set(speaking) : new Set<Book>();
  return books.map((one) => book(one, open.has(one), words)).join('\n');
}

/** Clauses that say something of this file first; those that say little stand folded under what they say. */
function book(one: Book, open: boolean, words: Words): string {
  const { title, edition, rows, rest, uncompared } = one;
  const about = [edition, uncompared].filter((text) => text !== undefined).join(' · ');
  const inside = [
    ...(rows.length === 0 ? [] : [table(rows, words)]),
    ...others(one, words),
    ...(about === '' ? [] : [`<p class="uncompared">${escapeHtml(about, 4_096)}</p>`]),
  ];
  return `<details class="book"${open ? ' open' : ''}><summary><h4>${escapeHtml(title)}</h4> <span class="counts">${escapeHtml(countsOf(rows, rest, words))}</span></summary>
${inside.join('\n')}
</details>`;
}

/** One kind alone is what the book's own fold holds. */
function others({ rows, rest }: Book, words: Words): string[] {
  const [only] = rest;
  if (only !== undefined && rest.length === 1 && rows.length === 0) return [table(only.rows, words)];
  return rest.map(
    (one) =>
      `<details class="rest"><summary>${escapeHtml(`${one.outcome}${words.marks.open}${one.rows.length}${words.marks.close}`)}</summary>\n${table(one.rows, words)}\n</details>`,
  );
}

/** `answered (2) · no signal found (3)`: what is inside, without opening it. */
function countsOf(rows: readonly RuleRow[], rest: Book['rest'], { marks }: Words): string {
  const counts = new Map<string, number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  for (const { outcome, rows: those } of rest) counts.set(outcome.toLowerCase(), those.length);
  return [...counts].map(([outcome, count]) => `${outcome}${marks.open}${count}${marks.close}`).join(' · ');
}

function table(rows: readonly RuleRow[], words: Words): string {
  const { clause, finding, because } = words.phrases;
  const heads = [clause, finding, because].map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('');
  return `<table class="rules">
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => ruleRow(row, words)).join('\n')}
</tbody>
</table>`;
}

/** The outcome leads the finding that explains it; what a signal means stands before what it is called. */
function ruleRow(row: RuleRow, { phrases, marks }: Words): string {
  const cell = (label: string, body: string): string => `<td data-label="${escapeHtml(label)}">${body}</td>`;
  const because = row.because.map(({ id, meaning, anchor }) => {
    const said = escapeHtml(meaning);
    return `<li>${anchor === undefined ? said : `<a href="#${anchor}">${said}</a>`} <code>${escapeHtml(id)}</code></li>`;
  });
  const before = row.becauseLabel === phrases.because ? '' : `${escapeHtml(row.becauseLabel)}${marks.colon}`;
  const next = row.next === undefined ? '' : ` <span class="next">${escapeHtml(row.next)}</span>`;
  return `<tr>${[
    cell(
      phrases.clause,
      `${link(row.reference.address, row.clause)} ${escapeHtml(row.title)} <small>${escapeHtml(row.dates)}</small>`,
    ),
    cell(
      phrases.finding,
      `<strong>${escapeHtml(`${row.outcome}${marks.colon}`)}</strong>${escapeHtml(row.statement)}${next}`,
    ),
    cell(phrases.because, because.length === 0 ? '–' : `${before}<ul>${because.join('')}</ul>`),
  ].join('')}</tr>`;
}
