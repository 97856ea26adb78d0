import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import { type Comparison, compareReports, type Row } from './compare.js';
import { escapeHtml } from './html-escape.js';
import { inline, spoken, textHtml, verbatim } from './html-runs.js';
import { marksOf } from './marks.js';
import type { Line } from './runs.js';

/** Two Reports → an `<article>` to stand in a page. Pure; no style, no script, no address. */
export function renderCompareHtml(first: Report, second: Report, speech: Speech): string {
  const comparison = compareReports(first, second, speech);
  return `<article class="report compare"${spoken(speech)}>
${paragraphs([comparison.statements.join(marksOf(speech).gap)], 'sentence')}
${paragraphs(comparison.notes, 'uncompared')}
${table(speech.words('page.compare.sentence'), comparison.facts, comparison, speech)}
${table(speech.words('page.compare.checks'), comparison.checks, comparison, speech)}
${signals(comparison, speech)}
${clauses(comparison, speech)}
</article>
`;
}

function paragraphs(all: readonly string[], kind: string): string {
  return all.map((one) => `<p class="${kind}">${escapeHtml(one)}</p>`).join('\n');
}

function head({ names }: Comparison, speech: Speech, lead: string): string {
  const file = (title: string, name: string) =>
    `<th scope="col">${escapeHtml(title)}<br>${verbatim(name)}</th>`;
  return `<thead><tr><th scope="col">${escapeHtml(lead)}</th>${file(speech.words('page.compare.first'), names[0])}${file(speech.words('page.compare.second'), names[1])}</tr></thead>`;
}

function table(caption: string, rows: readonly Row[], comparison: Comparison, speech: Speech): string {
  const body = rows.map(({ label, first, second, same }) => {
    const word = same ? speech.words('page.compare.same') : speech.words('page.compare.differs');
    return `<tr${same ? '' : ' class="differs"'}><th scope="row">${escapeHtml(label)} <small>${escapeHtml(word)}</small></th>${cell(speech.words('page.compare.first'), first, speech.words('page.compare.noSignals'))}${cell(speech.words('page.compare.second'), second, speech.words('page.compare.noSignals'))}</tr>`;
  });
  return `<section>
<h3>${escapeHtml(caption)}</h3>
<table class="compare">
${head(comparison, speech, caption)}
<tbody>
${body.join('\n')}
</tbody>
</table>
</section>`;
}

function cell(label: string, lines: readonly Line[], none: string): string {
  const [only, ...more] = lines;
  const body =
    only === undefined
      ? escapeHtml(none)
      : more.length === 0
        ? inline(only)
        : `<ul>${lines.map((line) => `<li>${inline(line)}</li>`).join('')}</ul>`;
  return `<td data-label="${escapeHtml(label)}">${body}</td>`;
}

function signals(comparison: Comparison, speech: Speech): string {
  const part = (title: string, lines: readonly Line[]) =>
    `<h4>${escapeHtml(title)}</h4>\n${lines.length === 0 ? `<p>${escapeHtml(speech.words('page.compare.noSignals'))}</p>` : `<ul>${lines.map((line) => `<li>${inline(line)}</li>`).join('')}</ul>`}`;
  const rows = comparison.otherValue.map(({ title, first, second }) => ({
    label: title,
    first: [first],
    second: [second],
    same: false,
  }));
  return `<section>
<h3>${escapeHtml(speech.words('page.compare.signals'))}</h3>
${part(speech.words('page.compare.onlyFirst'), comparison.onlyFirst)}
${part(speech.words('page.compare.onlySecond'), comparison.onlySecond)}
${part(speech.words('page.compare.inBoth'), comparison.inBoth)}
</section>
${rows.length === 0 ? '' : table(speech.words('page.compare.otherValue'), rows, comparison, speech)}`;
}

function clauses(comparison: Comparison, speech: Speech): string {
  if (comparison.clauses.length === 0) {
    return `<section>\n<h3>${escapeHtml(speech.words('page.compare.clauses'))}</h3>\n<p>${escapeHtml(speech.words('page.compare.clausesSame'))}</p>\n</section>`;
  }
  const rows = comparison.clauses.map(
    ({ book, clause, title, first, second }) =>
      `<tr><th scope="row">${escapeHtml(book)} <br>${escapeHtml(clause)} <small>${textHtml(title)}</small></th><td data-label="${escapeHtml(speech.words('page.compare.first'))}">${escapeHtml(first)}</td><td data-label="${escapeHtml(speech.words('page.compare.second'))}">${escapeHtml(second)}</td></tr>`,
  );
  return `<section>
<h3>${escapeHtml(speech.words('page.compare.clauses'))}</h3>
<table class="compare">
${head(comparison, speech, speech.words('page.phrase.clause'))}
<tbody>
${rows.join('\n')}
</tbody>
</table>
</section>`;
}
