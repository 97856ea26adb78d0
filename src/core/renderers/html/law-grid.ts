import { dayMessage } from '../../../i18n/amounts.js';
import type { Translator } from '../../../i18n/translator.js';
import { loadRulebooks } from '../../law/rulebooks/index.js';
import { jurisdictionName } from '../../law/rulebooks/jurisdictions.js';
import { punctuationFor } from '../../page/marks.js';
import type { GridCell, LawGrid } from '../../report/law-schema.js';
import { BOOK_KINDS, type BookKind, LAW_ITEMS } from '../../report/rule-terms.js';
import { cellNotes } from '../text/law-grid.js';
import { html, lines, type Markup } from './escape.js';
import { cell, headerCells, isolateQuotes, link } from './runs.js';

/** One column: the laws of a place, apart from its voluntary codes and from practice. */
interface GridColumn {
  title: string;
  books: ReadonlySet<string>;
}

/** Renders the grid as a table, which becomes cards on a narrow screen. Answers have no colour of approval. */
export function lawGridHtml(grid: LawGrid, translator: Translator): Markup {
  const about = html`<p>${translator.text('law.grid.on', { day: dayMessage(grid.asOf) })}</p>`;
  if (grid.cells.length === 0) return html`${about}\n<p>${translator.text('law.grid.none')}</p>`;
  const columns = listColumns(grid, translator);
  const rows = LAW_ITEMS.flatMap((item) => {
    const cells = grid.cells.filter((one) => one.item === item);
    if (cells.length === 0) return [];
    const values = columns.map(({ title, books }) =>
      cell(
        title,
        html`<div>${lines(cells.filter(({ rulebook }) => books.has(rulebook)).map((one) => entryHtml(one, translator)))}</div>`,
      ),
    );
    return [html`<tr><th scope="row">${translator.text(`law.item.${item}`)}</th>${values}</tr>`];
  });
  return html`${about}
<table class="law-grid">
${headerCells([translator.text('law.grid.items'), ...columns.map(({ title }) => title)])}
<tbody>
${lines(rows)}
</tbody>
</table>`;
}

function listColumns({ laws, cells }: LawGrid, translator: Translator): GridColumn[] {
  const { open, close } = punctuationFor(translator);
  const asking = laws.filter(({ rulebook }) => cells.some((one) => one.rulebook === rulebook));
  const nameOf = (jurisdiction: string, kind: BookKind): string => {
    const place = jurisdictionName(jurisdiction, loadRulebooks(), translator);
    return kind === 'law' ? place : `${place}${open}${translator.text(`law.bookKind.${kind}`)}${close}`;
  };
  return [...new Set(asking.map(({ jurisdiction }) => jurisdiction))].flatMap((place) =>
    BOOK_KINDS.flatMap((kind) => {
      const own = asking.filter((one) => one.jurisdiction === place && one.kind === kind);
      return own.length === 0
        ? []
        : [{ title: nameOf(place, kind), books: new Set(own.map(({ rulebook }) => rulebook)) }];
    }),
  );
}

function entryHtml(one: GridCell, translator: Translator): Markup {
  const { law, clause, title, text, bindsText, source, answer } = one;
  const { colon, open, close } = punctuationFor(translator);
  const name = `${law} ${clause}`;
  const cited = source.address === undefined ? html`${name}` : link(source.address, name);
  return html`<details class="grid-entry" data-answer="${answer}"><summary><strong>${isolateQuotes(text)}</strong> <span class="small">${name}</span></summary>
<p class="small">${cited}${open}${title}${close}${colon}${isolateQuotes(bindsText)}</p>
${lines(cellNotes(one, translator).map((note) => html`<p class="small">${isolateQuotes(note)}</p>`))}
</details>`;
}
