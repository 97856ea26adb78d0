import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import { type Comparison, compareReports, type Row } from './compare.js';
import { html, lines, type Markup } from './html-escape.js';
import { cell, inline, list, section, spoken, textHtml, verbatim } from './html-runs.js';
import { marksOf } from './marks.js';
import type { Line } from './runs.js';

/** Two Reports → an `<article>` to stand in a page. Pure; no style, no script, no address. */
export function renderCompareHtml(first: Report, second: Report, speech: Speech): Markup {
  const comparison = compareReports(first, second, speech);
  return html`<article class="report compare"${spoken(speech)}>
<p class="sentence">${comparison.statements.join(marksOf(speech).gap)}</p>
${lines(comparison.notes.map((one) => html`<p class="uncompared">${one}</p>`))}
${rowsHtml(speech.words('page.compare.sentence'), comparison.facts, comparison, speech)}
${rowsHtml(speech.words('page.compare.checks'), comparison.checks, comparison, speech)}
${signals(comparison, speech)}
${clauses(comparison, speech)}
</article>
`;
}

function table(lead: string, rows: readonly Markup[], { names }: Comparison, speech: Speech): Markup {
  const file = (title: string, name: string) => html`<th scope="col">${title}<br>${verbatim(name)}</th>`;
  return html`<table class="compare">
<thead><tr><th scope="col">${lead}</th>${file(speech.words('page.compare.first'), names[0])}${file(speech.words('page.compare.second'), names[1])}</tr></thead>
<tbody>
${lines(rows)}
</tbody>
</table>`;
}

function rowsHtml(caption: string, all: readonly Row[], comparison: Comparison, speech: Speech): Markup {
  const rows = all.map(({ label, first, second, same }) => {
    const word = speech.words(same ? 'page.compare.same' : 'page.compare.differs');
    const head = html`<th scope="row">${label} <small>${word}</small></th>`;
    return html`<tr${!same && html` class="differs"`}>${head}${pair(value(first, speech), value(second, speech), speech)}</tr>`;
  });
  return section(caption, table(caption, rows, comparison, speech));
}

const pair = (first: Markup, second: Markup, speech: Speech): Markup =>
  html`${cell(speech.words('page.compare.first'), first)}${cell(speech.words('page.compare.second'), second)}`;

function value(lines: readonly Line[], speech: Speech): Markup {
  const [only, ...more] = lines;
  if (only === undefined) return html`${speech.words('page.compare.noSignals')}`;
  return more.length === 0 ? inline(only) : list(lines);
}

function signals(comparison: Comparison, speech: Speech): Markup {
  const part = (title: string, lines: readonly Line[]) =>
    html`<h4>${title}</h4>\n${lines.length === 0 ? html`<p>${speech.words('page.compare.noSignals')}</p>` : list(lines)}`;
  const rows = comparison.otherValue.map(({ title, first, second }) => ({
    label: title,
    first: [first],
    second: [second],
    same: false,
  }));
  const parts = [
    part(speech.words('page.compare.onlyFirst'), comparison.onlyFirst),
    part(speech.words('page.compare.onlySecond'), comparison.onlySecond),
    part(speech.words('page.compare.inBoth'), comparison.inBoth),
  ];
  return html`${section(speech.words('page.compare.signals'), lines(parts))}
${rows.length > 0 && rowsHtml(speech.words('page.compare.otherValue'), rows, comparison, speech)}`;
}

function clauses(comparison: Comparison, speech: Speech): Markup {
  const rows = comparison.clauses.map(
    ({ book, clause, title, first, second }) =>
      html`<tr><th scope="row">${book} <br>${clause} <small>${textHtml(title)}</small></th>${pair(html`${first}`, html`${second}`, speech)}</tr>`,
  );
  return section(
    speech.words('page.compare.clauses'),
    rows.length === 0
      ? html`<p>${speech.words('page.compare.clausesSame')}</p>`
      : table(speech.words('page.phrase.clause'), rows, comparison, speech),
  );
}
