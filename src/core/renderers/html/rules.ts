import type { Translator } from '../../../i18n/translator.js';
import { toPlainText } from '../../page/display-text.js';
import { groupByKind, type RulebookSection, type RuleRow, type RulesSection } from '../../page/law/rules.js';
import { punctuationFor } from '../../page/marks.js';
import { escapeText, html, lines, type Markup } from './escape.js';
import { cell, headerCells, link, renderInline, textHtml } from './runs.js';

/**
 * If more rulebooks than this say something about the file, they are listed as a table of contents and unfold
 * individually.
 */
const MAX_OPEN = 2;

/**
 * Renders the clauses that say something about this file; the others are one line of counts per rulebook. Jurisdiction
 * summaries are on the one page; on `paper`, where nothing can be unfolded, they are repeated here.
 */
export function rulesHtml(
  { lines: brief, books }: RulesSection,
  translator: Translator,
  paper: boolean,
): Markup {
  const speaking = books.filter(({ rows }) => rows.length > 0);
  const open = speaking.length <= MAX_OPEN ? new Set(speaking) : new Set<RulebookSection>();
  const list =
    brief.length === 0 || !paper
      ? []
      : [html`<ul class="law">${lines(brief.map((line) => html`<li>${line}</li>`))}</ul>`];
  return lines([
    ...list,
    ...groupByKind(books).flatMap(({ heading, books: those }) => {
      const silent = those.filter(({ rows }) => rows.length === 0);
      const counted = silent.map(
        ({ title, counts }) => html`<li>${renderInline(title)} <span class="counts">${counts}</span></li>`,
      );
      return [
        ...(heading === undefined ? [] : [html`<p class="kind"><strong>${heading}</strong></p>`]),
        ...those
          .filter(({ rows }) => rows.length > 0)
          .map((one) => (paper ? paperBook(one, translator) : book(one, open.has(one), translator))),
        ...(counted.length === 0 ? [] : [html`<ul class="silent">${lines(counted)}</ul>`]),
      ];
    }),
  ]);
}

/** Returns, by law, one line per clause whose outcome is a finding, no finding or a manual check. */
export function briefClauses({ books }: RulesSection, translator: Translator): Markup[] {
  const { open, close, colon } = punctuationFor(translator);
  return books.flatMap(({ title: law, rows, rest }) => {
    const all = [...rows, ...rest.flatMap(({ rows: those }) => those.filter(({ code }) => SILENT.has(code)))];
    if (all.length === 0) return [];
    const clauses = all.map(({ reference, clause, title, outcome, missing }) => {
      const lacks =
        missing === undefined
          ? ''
          : html`${open}${translator.text('page.law.missing')}${colon}${textHtml(missing)}${close}`;
      return html`<li>${link(reference.address, clause)} ${textHtml(title)}${colon}<strong>${outcome}${lacks}</strong></li>`;
    });
    return [html`<li>${renderInline(law)}\n<ul>\n${lines(clauses)}\n</ul></li>`];
  });
}

const SILENT: ReadonlySet<RuleRow['code']> = new Set(['no-signal-found', 'none-seen']);

function book(
  { title, rows, rest, edition, uncompared, counts }: RulebookSection,
  open: boolean,
  translator: Translator,
): Markup {
  const { open: before, close } = punctuationFor(translator);
  const others = rest
    .map(({ outcome, rows: those }) => `${outcome}${before}${those.length}${close}`)
    .join(' · ');
  const about = [edition, uncompared].filter((text) => text !== undefined).join(' · ');
  return html`<details class="book"${open && html` open`}><summary><h4>${renderInline(title)}</h4> <span class="counts">${counts}</span></summary>
${table(rows, translator)}
${others !== '' && html`<p class="rest">${translator.text('page.law.rest')}${punctuationFor(translator).colon}${others}</p>`}
${about !== '' && html`<p class="uncompared">${escapeText(about, 4_096)}</p>`}
</details>`;
}

function paperBook(
  { title, rows, edition, counts, uncompared }: RulebookSection,
  translator: Translator,
): Markup {
  const about = [edition, uncompared].filter((text) => text !== undefined).join(' · ');
  return html`<section class="book"><h4>${renderInline(title)}</h4> <p class="counts">${counts}</p>
${table(rows, translator)}
${about !== '' && html`<p class="uncompared">${escapeText(about, 4_096)}</p>`}
</section>`;
}

const table = (rows: readonly RuleRow[], translator: Translator): Markup => html`<table class="rules">
${headerCells([translator.text('page.phrase.clause'), translator.text('page.phrase.finding'), translator.text('page.phrase.because')])}
<tbody>
${lines(rows.map((row) => ruleRow(row, translator)))}
</tbody>
</table>`;

/** Quotations of the law are marked as such, in their language. */
function statementHtml({ statement, quotations: [quotation] }: RuleRow): Markup {
  const text = toPlainText(statement);
  const quoted = quotation && `“${quotation.text}”`;
  const at = quoted === undefined ? -1 : text.indexOf(quoted);
  if (quotation === undefined || quoted === undefined || at < 0) return textHtml(statement);
  const part = (some: string) => textHtml(typeof statement === 'string' ? some : { english: some });
  return html`${part(text.slice(0, at))}<q lang="${quotation.language}">${quotation.text}</q>${part(text.slice(at + quoted.length))}`;
}

/** The outcome precedes the finding that explains it, and the meaning of a signal its id. */
function ruleRow(row: RuleRow, translator: Translator): Markup {
  const { colon } = punctuationFor(translator);
  const because = row.because.map(
    ({ id, meaning, anchor }) =>
      html`<li>${anchor === undefined ? meaning : html`<a href="#${anchor}">${meaning}</a>`} <code>${id}</code></li>`,
  );
  const clause = html`${link(row.reference.address, row.clause)} ${textHtml(row.title)} <small>${row.dates}</small>`;
  const finding = html`<strong>${row.outcome}${colon}</strong>${statementHtml(row)}${row.next && html` <span class="next">${row.next}</span>`}`;
  const why = html`${row.unread && `${row.becauseLabel}${colon}`}<ul>${because}</ul>`;
  return html`<tr>${cell(translator.text('page.phrase.clause'), clause)}${cell(translator.text('page.phrase.finding'), finding)}${cell(
    translator.text('page.phrase.because'),
    because.length === 0 ? html`–` : why,
  )}</tr>`;
}
