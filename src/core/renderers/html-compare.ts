import type { Report } from '../report.js';
import type { Words } from '../words/words.js';
import { type Comparison, compareReports, type Row } from './compare.js';
import { escapeHtml } from './html-escape.js';
import { inline, verbatim } from './html-runs.js';
import type { Line } from './runs.js';

/** Two Reports → an `<article>` to stand in a page. Pure; no style, no script, no address. */
export function renderCompareHtml(first: Report, second: Report, words: Words): string {
  const comparison = compareReports(first, second, words);
  const { compare } = words;
  return `<article class="report compare" lang="${escapeHtml(words.language)}">
${paragraphs([comparison.statements.join(words.marks.gap)], 'sentence')}
${paragraphs(comparison.notes, 'uncompared')}
${table(compare.sentence, comparison.facts, comparison, words)}
${table(compare.checks, comparison.checks, comparison, words)}
${signals(comparison, words)}
${clauses(comparison, words)}
</article>
`;
}

function paragraphs(all: readonly string[], kind: string): string {
  return all.map((one) => `<p class="${kind}">${escapeHtml(one)}</p>`).join('\n');
}

function head({ names }: Comparison, { compare }: Words, lead: string): string {
  const file = (title: string, name: string) =>
    `<th scope="col">${escapeHtml(title)}<br>${verbatim(name)}</th>`;
  return `<thead><tr><th scope="col">${escapeHtml(lead)}</th>${file(compare.first, names[0])}${file(compare.second, names[1])}</tr></thead>`;
}

function table(caption: string, rows: readonly Row[], comparison: Comparison, words: Words): string {
  const { compare } = words;
  const body = rows.map(({ label, first, second, same }) => {
    const word = same ? compare.same : compare.differs;
    return `<tr${same ? '' : ' class="differs"'}><th scope="row">${escapeHtml(label)} <small>${escapeHtml(word)}</small></th>${cell(compare.first, first, compare.noSignals)}${cell(compare.second, second, compare.noSignals)}</tr>`;
  });
  return `<section>
<h3>${escapeHtml(caption)}</h3>
<table class="compare">
${head(comparison, words, caption)}
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

function signals(comparison: Comparison, words: Words): string {
  const { compare } = words;
  const part = (title: string, lines: readonly Line[]) =>
    `<h4>${escapeHtml(title)}</h4>\n${lines.length === 0 ? `<p>${escapeHtml(compare.noSignals)}</p>` : `<ul>${lines.map((line) => `<li>${inline(line)}</li>`).join('')}</ul>`}`;
  const rows = comparison.otherValue.map(({ title, first, second }) => ({
    label: title,
    first: [first],
    second: [second],
    same: false,
  }));
  return `<section>
<h3>${escapeHtml(compare.signals)}</h3>
${part(compare.onlyFirst, comparison.onlyFirst)}
${part(compare.onlySecond, comparison.onlySecond)}
${part(compare.inBoth, comparison.inBoth)}
</section>
${rows.length === 0 ? '' : table(compare.otherValue, rows, comparison, words)}`;
}

function clauses(comparison: Comparison, words: Words): string {
  const { compare, phrases } = words;
  if (comparison.clauses.length === 0) {
    return `<section>\n<h3>${escapeHtml(compare.clauses)}</h3>\n<p>${escapeHtml(compare.clausesSame)}</p>\n</section>`;
  }
  const rows = comparison.clauses.map(
    ({ book, clause, title, first, second }) =>
      `<tr><th scope="row">${escapeHtml(book)} <br>${escapeHtml(clause)} <small>${escapeHtml(title)}</small></th><td data-label="${escapeHtml(compare.first)}">${escapeHtml(first)}</td><td data-label="${escapeHtml(compare.second)}">${escapeHtml(second)}</td></tr>`,
  );
  return `<section>
<h3>${escapeHtml(compare.clauses)}</h3>
<table class="compare">
${head(comparison, words, phrases.clause)}
<tbody>
${rows.join('\n')}
</tbody>
</table>
</section>`;
}
