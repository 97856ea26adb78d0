import type { Translator } from '../../../i18n/translator.js';
import type { ComparisonRow, ReportComparison } from '../../page/compare.js';
import { punctuationFor } from '../../page/marks.js';
import type { RunLine } from '../../page/runs.js';
import { html, lines, type Markup } from './escape.js';
import { cell, languageAttributes, list, renderInline, section, textHtml, verbatim } from './runs.js';

/** Renders the comparison of two Reports as an `<article>` for embedding in a page. Pure; without style, script or address. */
export function renderCompareHtml(comparison: ReportComparison, translator: Translator): Markup {
  return html`<article class="report compare"${languageAttributes(translator)}>
<p class="sentence">${comparison.statements.join(punctuationFor(translator).gap)}</p>
${lines(comparison.notes.map((one) => html`<p class="uncompared">${one}</p>`))}
${comparison.plain.length > 0 && rowsHtml(translator.text('page.compare.differences'), comparison.plain, comparison, translator)}
<details><summary>${translator.text('page.compare.all')}</summary>
${rowsHtml(translator.text('page.compare.sentence'), comparison.facts, comparison, translator)}
${rowsHtml(translator.text('page.section.checks'), comparison.checks, comparison, translator)}
${signals(comparison, translator)}
${clauses(comparison, translator)}
</details>
</article>
`;
}

function table(
  lead: string,
  rows: readonly Markup[],
  { names }: ReportComparison,
  translator: Translator,
): Markup {
  const file = (title: string, name: string) => html`<th scope="col">${title}<br>${verbatim(name)}</th>`;
  return html`<table class="compare">
<thead><tr><th scope="col">${lead}</th>${file(translator.text('page.compare.first'), names[0])}${file(translator.text('page.compare.second'), names[1])}</tr></thead>
<tbody>
${lines(rows)}
</tbody>
</table>`;
}

function rowsHtml(
  caption: string,
  all: readonly ComparisonRow[],
  comparison: ReportComparison,
  translator: Translator,
): Markup {
  const rows = all.map(({ label, first, second, same }) => {
    const word = translator.text(same ? 'page.compare.same' : 'page.compare.differs');
    const head = html`<th scope="row">${label} <small>${word}</small></th>`;
    return html`<tr${!same && html` class="differs"`}>${head}${pair(value(first, translator), value(second, translator), translator)}</tr>`;
  });
  return section(caption, table(caption, rows, comparison, translator));
}

const pair = (first: Markup, second: Markup, translator: Translator): Markup =>
  html`${cell(translator.text('page.compare.first'), first)}${cell(translator.text('page.compare.second'), second)}`;

function value(lines: readonly RunLine[], translator: Translator): Markup {
  const [only, ...more] = lines;
  if (only === undefined) return html`${translator.text('page.compare.noSignals')}`;
  return more.length === 0 ? renderInline(only) : list(lines);
}

function signals(comparison: ReportComparison, translator: Translator): Markup {
  const part = (title: string, lines: readonly RunLine[]) =>
    html`<h4>${title}</h4>\n${lines.length === 0 ? html`<p>${translator.text('page.compare.noSignals')}</p>` : list(lines)}`;
  const rows = comparison.otherValue.map(({ title, first, second }) => ({
    label: title,
    first: [first],
    second: [second],
    same: false,
  }));
  const parts = [
    part(translator.text('page.compare.onlyFirst'), comparison.onlyFirst),
    part(translator.text('page.compare.onlySecond'), comparison.onlySecond),
    part(translator.text('page.compare.inBoth'), comparison.inBoth),
  ];
  return html`${section(translator.text('page.phrase.allSignals'), lines(parts))}
${rows.length > 0 && rowsHtml(translator.text('page.compare.otherValue'), rows, comparison, translator)}`;
}

function clauses(comparison: ReportComparison, translator: Translator): Markup {
  const rows = comparison.clauses.map(
    ({ book, clause, title, first, second }) =>
      html`<tr><th scope="row">${book} <br>${clause} <small>${textHtml(title)}</small></th>${pair(html`${first}`, html`${second}`, translator)}</tr>`,
  );
  return section(
    translator.text('page.compare.clauses'),
    rows.length === 0
      ? html`<p>${translator.text('page.compare.clausesSame')}</p>`
      : table(translator.text('page.phrase.clause'), rows, comparison, translator),
  );
}
