import type { Speech } from '../../say/speech.js';
import { html, lines, type Markup, shown } from './html-escape.js';
import { cell, heads, inline, link, textHtml } from './html-runs.js';
import { plainText } from './kept-text.js';
import { marksOf } from './marks.js';
import type { Book, RuleRow, RulesSection } from './rules.js';

/** With more books than this that say something of the file they are a table of contents; each opens by itself. */
const MOST_OPEN = 2;

/**
 * Clauses that say something of this file; the rest is one line of counts a rulebook. What each place makes of it stands on
 * the one page; on `paper`, where nothing can be unfolded, it stands here too.
 */
export function rulesHtml({ lines: brief, books }: RulesSection, speech: Speech, paper: boolean): Markup {
  const speaking = books.filter(({ rows }) => rows.length > 0);
  const open = speaking.length <= MOST_OPEN ? new Set(speaking) : new Set<Book>();
  const list =
    brief.length === 0 || !paper
      ? []
      : [html`<ul class="law">${lines(brief.map((line) => html`<li>${line}</li>`))}</ul>`];
  const silent = books.filter(({ rows }) => rows.length === 0);
  const counted = silent.map(
    ({ title, counts }) => html`<li>${inline(title)} <span class="counts">${counts}</span></li>`,
  );
  return lines([
    ...list,
    ...speaking.map((one) => (paper ? paperBook(one, speech) : book(one, open.has(one), speech))),
    ...(counted.length === 0 ? [] : [html`<ul class="silent">${lines(counted)}</ul>`]),
  ]);
}

/** By law, the clauses that see something, see nothing or ask for eyes: each in a line. */
export function briefClauses({ books }: RulesSection, speech: Speech): Markup[] {
  const { open, close, colon } = marksOf(speech);
  return books.flatMap(({ title: law, rows, rest }) => {
    const all = [...rows, ...rest.flatMap(({ rows: those }) => those.filter(({ code }) => SILENT.has(code)))];
    if (all.length === 0) return [];
    const clauses = all.map(({ reference, clause, title, outcome, missing }) => {
      const lacks =
        missing === undefined
          ? ''
          : html`${open}${speech.words('page.law.missing')}${colon}${textHtml(missing)}${close}`;
      return html`<li>${link(reference.address, clause)} ${textHtml(title)}${colon}<strong>${outcome}${lacks}</strong></li>`;
    });
    return [html`<li>${inline(law)}\n<ul>\n${lines(clauses)}\n</ul></li>`];
  });
}

const SILENT: ReadonlySet<RuleRow['code']> = new Set(['no-signal-found', 'none-seen']);

function book(
  { title, rows, rest, edition, uncompared, counts }: Book,
  open: boolean,
  speech: Speech,
): Markup {
  const { open: before, close } = marksOf(speech);
  const others = rest
    .map(({ outcome, rows: those }) => `${outcome}${before}${those.length}${close}`)
    .join(' · ');
  const about = [edition, uncompared].filter((text) => text !== undefined).join(' · ');
  return html`<details class="book"${open && html` open`}><summary><h4>${inline(title)}</h4> <span class="counts">${counts}</span></summary>
${table(rows, speech)}
${others !== '' && html`<p class="rest">${speech.words('page.law.rest')}${marksOf(speech).colon}${others}</p>`}
${about !== '' && html`<p class="uncompared">${shown(about, 4_096)}</p>`}
</details>`;
}

function paperBook({ title, rows, edition, counts, uncompared }: Book, speech: Speech): Markup {
  const about = [edition, uncompared].filter((text) => text !== undefined).join(' · ');
  return html`<section class="book"><h4>${inline(title)}</h4> <p class="counts">${counts}</p>
${table(rows, speech)}
${about !== '' && html`<p class="uncompared">${shown(about, 4_096)}</p>`}
</section>`;
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
