import { MEDIA_KINDS } from '../../core/media/media-kinds.js';
import type { Markup } from '../../core/renderers/html/escape.js';
import { escapeVerbatim, html } from '../../core/renderers/html/escape.js';
import { ORIGINS, type Origin } from '../../core/report/report.js';
import type { InspectionHead } from '../../storage/inspections/inspections.js';
import type { HistoryQuery } from '../contract/queries/history-query.js';
import type { PageTranslator } from '../services/language.js';
import { languageField, renderPage } from './page.js';
import { choice, day } from './sections/fields.js';
import { casePath, renderFilesByDay, type ThumbnailIds } from './sections/file-list.js';

export interface HistoryContent {
  query: HistoryQuery;
  items: readonly InspectionHead[];
  pictured: ThumbnailIds;
  /** Address of the next page. */
  older?: string;
  /** Whether this is a page after the first. */
  paged: boolean;
  /** Number of matching inspections per origin; `undefined` counts those without one. */
  origins: ReadonlyMap<Origin | undefined, number>;
  /** Set if the selected reports could not be compared. */
  needsTwoReports?: boolean;
}

/** Renders the list of inspections with its search form. Works without script. */
export function renderHistoryPage(content: HistoryContent, translator: PageTranslator): string {
  const { items, pictured, query: ask, origins } = content;
  return renderPage({
    title: translator.text('form.frame.title', { what: translator.text('form.history.link') }),
    translator,
    script: 'times',
    body: html`<h1>${translator.text('form.history.link')}</h1>
${content.needsTwoReports && html`<p role="alert" class="error">${translator.text('form.history.pickTwo')}</p>`}
${searchForm(ask, translator)}
${items.length === 0 ? html`<p>${translator.text('form.history.none')}</p>` : renderFilesByDay(items, pictured, translator, pagerLinks(content, translator))}
${items.length > 0 && content.older !== undefined && html`<p><a class="button quiet" rel="next" href="${translator.linkTo(content.older)}">${translator.text('form.history.older')}</a></p>`}
${renderCounts(origins, translator)}
<p><a href="${translator.linkTo('/cases')}">${translator.text('form.cases.title')}</a> · <a href="${translator.linkTo('/batches')}">${translator.text('form.batch.title')}</a></p>`,
  });
}

/** Renders one search box; the rarer filters are folded away. */
function searchForm(ask: HistoryQuery, translator: PageTranslator): Markup {
  const { q, origin, kind, from, to, ...asked } = ask;
  const narrowed = [origin, kind, from, to].some((value) => (value ?? '') !== '');
  // Filters that only an address can set, as in a program's link, are preserved; "Show all" clears them.
  const kept = HIDDEN_FILTERS.filter((name) => (asked[name] ?? '') !== '');
  const any = narrowed || kept.length > 0 || (q ?? '') !== '';
  return html`<form class="question" action="/inspections" method="get" role="search">
${languageField(translator)}<p class="ask"><label for="ask-q">${translator.text('form.history.search')}</label>
<span class="one-line"><input id="ask-q" name="q" type="search" value="${escapeVerbatim(q ?? '')}" maxlength="200" dir="auto" autocomplete="off"> <button type="submit">${translator.text('form.history.apply')}</button></span></p>
${kept.map((name) => html`<input type="hidden" name="${name}" value="${escapeVerbatim(asked[name] ?? '')}">\n`)}<details${narrowed && html` open`}>
<summary>${translator.text('form.history.filter')}</summary>
<div class="fields">
${choice(
  'origin',
  translator.text('glossary.name.declared-origin'),
  translator.text('form.history.any'),
  origin,
  ORIGINS.map((id) => [id, translator.text(`page.origin.${id}`)] as const),
)}
${choice(
  'kind',
  translator.text('form.history.kind'),
  translator.text('form.history.any'),
  kind,
  MEDIA_KINDS.map((id) => [id, translator.text(`kind.${id}`)] as const),
)}
${day('from', translator.text('form.history.from'), from)}
${day('to', translator.text('form.history.to'), to)}
</div>
</details>
${any && html`<p><a href="${translator.linkTo('/inspections')}">${translator.text('form.history.clear')}</a>${(asked.caseRef ?? '') !== '' && html` · <a href="${translator.linkTo(casePath(asked.caseRef ?? ''))}">${translator.text('form.cases.open')}</a>`}</p>`}
</form>`;
}

const HIDDEN_FILTERS = ['signer', 'signal', 'sha256', 'caseRef'] as const;

/** Length of the longest bar, in units of the picture. */
const BAR_WIDTH = 200;

/** Renders the numbers first; the bars next to them repeat the numbers and are hidden from screen readers. */
export function renderCounts(
  origins: ReadonlyMap<Origin | undefined, number>,
  translator: PageTranslator,
): Markup {
  const total = [...origins.values()].reduce((sum, one) => sum + one, 0);
  if (total === 0) return html``;
  const percent = new Intl.NumberFormat(translator.text('language.tag'), {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const whole = new Intl.NumberFormat(translator.text('language.tag'));
  const rows = [...origins]
    .sort(([, one], [, other]) => other - one)
    .map(([origin, number]) => {
      const width = Math.max(1, Math.round((number / total) * BAR_WIDTH));
      return html`<tr><th scope="row">${origin === undefined ? translator.text('form.history.unfinished') : translator.text(`page.origin.${origin}`)}</th>
<td>${whole.format(number)}</td><td>${percent.format(number / total)}</td>
<td aria-hidden="true"><svg width="${BAR_WIDTH}" height="12" viewBox="0 0 ${BAR_WIDTH} 12"><rect class="share" width="${width}" height="12"></rect></svg></td></tr>`;
    });
  return html`<table class="counts">
<caption>${translator.text('form.history.counts')}</caption>
<thead><tr><th scope="col">${translator.text('glossary.name.declared-origin')}</th><th scope="col">${translator.text('form.history.number')}</th><th scope="col">${translator.text('form.history.share')}</th><td aria-hidden="true"></td></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function pagerLinks({ older, paged }: HistoryContent, translator: PageTranslator): Markup {
  return html`${paged && html` <a class="button quiet" href="${translator.linkTo('/inspections')}">${translator.text('form.history.newest')}</a>`}${older !== undefined && html` <a class="button quiet" rel="next" href="${translator.linkTo(older)}">${translator.text('form.history.older')}</a>`}`;
}
