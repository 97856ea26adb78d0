import type { Speech } from '../../say/speech.js';
import { html, lines, type Markup, shown } from './html-escape.js';
import { cell, heads, inline, link, textHtml } from './html-runs.js';
import { plainText } from './kept-text.js';
import { marksOf } from './marks.js';
import { type Book, inFull, namesOf, type RuleRow, type RulesSection } from './rules.js';

/** With more books than this that say something of the file they are a table of contents; each opens by itself. */
const MOST_OPEN = 2;

/** `paper` cannot be unfolded: clauses that say little stand there by name alone. */
export function rulesHtml({ lines: brief, books }: RulesSection, speech: Speech, paper: boolean): Markup {
  const speaking = books.filter(({ rows }) => rows.length > 0);
  const open = speaking.length <= MOST_OPEN ? new Set(speaking) : new Set<Book>();
  const list =
    brief.length === 0
      ? []
      : [html`<ul class="law">${lines(brief.map((line) => html`<li>${line}</li>`))}</ul>`];
  return lines([...list, ...books.map((one) => book(one, open.has(one), speech, paper))]);
}

/** Clauses that say something of this file first; those that say little stand folded under what they say. */
function book(one: Book, open: boolean, speech: Speech, paper: boolean): Markup {
  const { title, edition, counts, uncompared } = one;
  const { rows, rest } = inFull(one);
  const about = [edition, uncompared].filter((text) => text !== undefined).join(' · ');
  const inside = [
    ...(rows.length === 0 ? [] : [table(rows, speech)]),
    ...rest.map((other) => restHtml(other, speech, paper)),
    ...(about === '' ? [] : [html`<p class="uncompared">${shown(about, 4_096)}</p>`]),
  ];
  return html`<details class="book"${open && html` open`}><summary><h4>${inline(title)}</h4> <span class="counts">${counts}</span></summary>
${lines(inside)}
</details>`;
}

function restHtml(rest: Book['rest'][number], speech: Speech, paper: boolean): Markup {
  if (paper) return html`<p class="rest">${namesOf(rest, speech)}</p>`;
  const { open, close } = marksOf(speech);
  return html`<details class="rest"><summary>${rest.heading}${open}${rest.rows.length}${close}</summary>\n${table(rest.rows, speech)}\n</details>`;
}

const table = (rows: readonly RuleRow[], speech: Speech): Markup => html`<table class="rules">
${heads([speech.words('page.phrase.clause'), speech.words('page.phrase.finding'), speech.words('page.phrase.because')])}
<tbody>
${lines(rows.map((row) => ruleRow(row, speech)))}
</tbody>
</table>`;

/** The law's own words are marked as such, in their language. */
function statementHtml({ statement, quotations: [quotation] }: RuleRow): Markup {
  const text = plainText(statement);
  const quoted = quotation && `“${quotation.text}”`;
  const at = quoted === undefined ? -1 : text.indexOf(quoted);
  if (quotation === undefined || quoted === undefined || at < 0) return textHtml(statement);
  const part = (some: string) => textHtml(typeof statement === 'string' ? some : { english: some });
  return html`${part(text.slice(0, at))}<q lang="${quotation.language}">${quotation.text}</q>${part(text.slice(at + quoted.length))}`;
}

/** The outcome leads the finding that explains it; what a signal means stands before what it is called. */
function ruleRow(row: RuleRow, speech: Speech): Markup {
  const { colon } = marksOf(speech);
  const because = row.because.map(
    ({ id, meaning, anchor }) =>
      html`<li>${anchor === undefined ? meaning : html`<a href="#${anchor}">${meaning}</a>`} <code>${id}</code></li>`,
  );
  const clause = html`${link(row.reference.address, row.clause)} ${textHtml(row.title)} <small>${row.dates}</small>`;
  const finding = html`<strong>${row.outcome}${colon}</strong>${statementHtml(row)}${row.next && html` <span class="next">${row.next}</span>`}`;
  const why = html`${row.unread && `${row.becauseLabel}${colon}`}<ul>${because}</ul>`;
  return html`<tr>${cell(speech.words('page.phrase.clause'), clause)}${cell(speech.words('page.phrase.finding'), finding)}${cell(
    speech.words('page.phrase.because'),
    because.length === 0 ? html`–` : why,
  )}</tr>`;
}
