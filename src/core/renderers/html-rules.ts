import type { Speech } from '../../say/speech.js';
import { escapeHtml } from './html-escape.js';
import { inline, link, textHtml } from './html-runs.js';
import { marksOf } from './marks.js';
import type { Book, RuleRow, RulesSection } from './rules.js';

/** With more books than this that say something of the file they are a table of contents; each opens by itself. */
const MOST_OPEN = 2;

export function rulesHtml({ books }: RulesSection, speech: Speech): string {
  const speaking = books.filter(({ rows }) => rows.length > 0);
  const open = speaking.length <= MOST_OPEN ? new Set(speaking) : new Set<Book>();
  return books.map((one) => book(one, open.has(one), speech)).join('\n');
}

/** Clauses that say something of this file first; those that say little stand folded under what they say. */
function book(one: Book, open: boolean, speech: Speech): string {
  const { title, edition, rows, rest, uncompared } = one;
  const about = [edition, uncompared].filter((text) => text !== undefined).join(' · ');
  const inside = [
    ...(rows.length === 0 ? [] : [table(rows, speech)]),
    ...others(one, speech),
    ...(about === '' ? [] : [`<p class="uncompared">${escapeHtml(about, 4_096)}</p>`]),
  ];
  return `<details class="book"${open ? ' open' : ''}><summary><h4>${inline(title)}</h4> <span class="counts">${escapeHtml(countsOf(rows, rest, speech))}</span></summary>
${inside.join('\n')}
</details>`;
}

/** One kind alone is what the book's own fold holds. */
function others({ rows, rest }: Book, speech: Speech): string[] {
  const [only] = rest;
  if (only !== undefined && rest.length === 1 && rows.length === 0) return [table(only.rows, speech)];
  return rest.map(
    (one) =>
      `<details class="rest"><summary>${escapeHtml(`${one.heading}${marksOf(speech).open}${one.rows.length}${marksOf(speech).close}`)}</summary>\n${table(one.rows, speech)}\n</details>`,
  );
}

/** `answered (2) · no signal found (3)`: what is inside, without opening it. */
function countsOf(rows: readonly RuleRow[], rest: Book['rest'], speech: Speech): string {
  const counts = new Map<string, number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  for (const { outcome, rows: those } of rest) counts.set(outcome, those.length);
  return [...counts]
    .map(([outcome, count]) => `${outcome}${marksOf(speech).open}${count}${marksOf(speech).close}`)
    .join(' · ');
}

function table(rows: readonly RuleRow[], speech: Speech): string {
  const clause = speech.words('page.phrase.clause');
  const finding = speech.words('page.phrase.finding');
  const because = speech.words('page.phrase.because');
  const heads = [clause, finding, because].map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('');
  return `<table class="rules">
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => ruleRow(row, speech)).join('\n')}
</tbody>
</table>`;
}

/** The outcome leads the finding that explains it; what a signal means stands before what it is called. */
function ruleRow(row: RuleRow, speech: Speech): string {
  const cell = (label: string, body: string): string => `<td data-label="${escapeHtml(label)}">${body}</td>`;
  const because = row.because.map(({ id, meaning, anchor }) => {
    const said = escapeHtml(meaning);
    return `<li>${anchor === undefined ? said : `<a href="#${anchor}">${said}</a>`} <code>${escapeHtml(id)}</code></li>`;
  });
  const before =
    row.becauseLabel === speech.words('page.phrase.because')
      ? ''
      : `${escapeHtml(row.becauseLabel)}${marksOf(speech).colon}`;
  const next = row.next === undefined ? '' : ` <span class="next">${escapeHtml(row.next)}</span>`;
  return `<tr>${[
    cell(
      speech.words('page.phrase.clause'),
      `${link(row.reference.address, row.clause)} ${textHtml(row.title)} <small>${escapeHtml(row.dates)}</small>`,
    ),
    cell(
      speech.words('page.phrase.finding'),
      `<strong>${escapeHtml(`${row.outcome}${marksOf(speech).colon}`)}</strong>${textHtml(row.statement)}${next}`,
    ),
    cell(
      speech.words('page.phrase.because'),
      because.length === 0 ? '–' : `${before}<ul>${because.join('')}</ul>`,
    ),
  ].join('')}</tr>`;
}
