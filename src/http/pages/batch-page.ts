import { html, type Markup } from '../../core/renderers/html/escape.js';
import type { Origin } from '../../core/report/report.js';
import { timeMessage } from '../../i18n/amounts.js';
import type { Batch } from '../../storage/inspections/batches.js';
import {
  INSPECTION_STATUSES,
  type InspectionHead,
  type InspectionStatus,
} from '../../storage/inspections/inspections.js';
import type { PageTranslator } from '../services/language.js';
import { renderCounts } from './history-page.js';
import { renderPage } from './page.js';
import type { SimilarCounts } from './page-matches.js';
import { casePath, renderFilesTable, type ThumbnailIds } from './sections/file-list.js';

type Counts = Readonly<Record<InspectionStatus, number>>;

export interface BatchContent {
  batch: Batch;
  counts: Counts;
  /** Number of files per origin; `undefined` counts those without one. */
  origins: ReadonlyMap<Origin | undefined, number>;
  /** In the order in which the files were sent. */
  items: readonly InspectionHead[];
  pictured: ThumbnailIds;
  /** Number of stored files that look alike. */
  matches?: SimilarCounts;
  /** Address of the next page. */
  further?: string;
  /** Whether this is a page after the first. */
  paged: boolean;
}

/** Renders one batch: its progress, the origins of its files, and the files. */
export function renderBatchPage(content: BatchContent, translator: PageTranslator): string {
  const { batch, origins, items } = content;
  const runs = batch.finishedAt === undefined;
  return renderPage({
    title: translator.text('form.frame.title', { what: translator.text('form.batch.title') }),
    translator,
    script: 'times',
    wide: true,
    body: html`<h1>${translator.text('form.batch.title')}</h1>
<p class="notice" role="status">${stateText(batch, content.counts, translator)}</p>
${actions(batch, runs, translator)}
<p>${translator.text('form.batch.begun')}: <time class="at" datetime="${batch.createdAt}">${translator.translate(timeMessage(batch.createdAt))}</time>${batch.caseRef !== undefined && html` · ${translator.text('form.case.field')}: <a href="${translator.linkTo(casePath(batch.caseRef))}"><bdi dir="auto">${batch.caseRef}</bdi></a>`}</p>
${runs && html`<p class="small">${translator.text('form.batch.again')}</p>`}
${items.length === 0 ? html`<p>${translator.text('form.history.none')}</p>` : renderFilesTable(items, content.pictured, translator, content.matches?.counts)}
${content.matches !== undefined && content.matches.unknown > 0 && html`<p class="small">${translator.text('form.batch.similarLeft', { count: content.matches.unknown })}</p>`}
${pagerLinks(content, translator)}
${renderCounts(origins, translator)}
${content.counts.done < batch.total && states(content.counts, translator)}
<p><a href="${translator.linkTo('/batches')}">${translator.text('form.batch.title')}</a></p>`,
  });
}

/** Downloads of the whole batch; both list the files that were not inspected yet as such. */
function actions({ id }: Batch, runs: boolean, translator: PageTranslator): Markup {
  const at = `/batches/${id}`;
  return html`<section class="actions near" aria-label="${translator.text('form.batch.title')}">
<a class="button" href="${translator.withLanguage(`${at}/files.csv`)}" download="assay-files.csv">${translator.text('form.batch.csv')}</a>
<a class="button quiet" href="${translator.withLanguage(`${at}/reports.zip`)}" download="assay-reports.zip">${translator.text('form.batch.zip')}</a>
<a class="button quiet" href="${translator.linkTo('/')}">${translator.text('form.batch.another')}</a>
${runs && html`<form action="${translator.formTarget(`/batches/${id}/cancel`)}" method="post"><button class="quiet" type="submit">${translator.text('form.batch.cancel')}</button></form>\n<small>${translator.text('form.batch.cancelTerms')}</small>`}
</section>`;
}

export interface BatchesContent {
  batches: readonly { batch: Batch; counts: Counts }[];
  /** Address of the next page. */
  older?: string;
  paged: boolean;
}

/** Renders the list of batches. */
export function renderBatchesPage(
  { batches, older, paged }: BatchesContent,
  translator: PageTranslator,
): string {
  const rows = batches.map(
    ({ batch, counts: of }) => html`<tr>
<td data-label="${translator.text('form.batch.begun')}"><a href="${translator.linkTo(`/batches/${batch.id}`)}"><time class="at" datetime="${batch.createdAt}">${translator.translate(timeMessage(batch.createdAt))}</time></a>${batch.caseRef !== undefined && html` <small><bdi dir="auto">${batch.caseRef}</bdi></small>`}</td>
<td data-label="${translator.text('form.batch.files')}">${formatCount(translator, batch.total)}</td>
<td data-label="${translator.text('form.batch.state')}">${stateText(batch, of, translator)}</td>
</tr>`,
  );
  return renderPage({
    title: translator.text('form.frame.title', { what: translator.text('form.batch.title') }),
    translator,
    script: 'times',
    body: html`<h1>${translator.text('form.batch.title')}</h1>
<p>${translator.text('form.batch.about')}</p>
${
  batches.length === 0
    ? html`<p>${translator.text('form.batch.none')}</p>`
    : html`<table class="history">
<caption class="visually-hidden">${translator.text('form.batch.title')}</caption>
<thead><tr><th scope="col">${translator.text('form.batch.begun')}</th><th scope="col">${translator.text('form.batch.files')}</th><th scope="col">${translator.text('form.batch.state')}</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`
}
<nav class="actions" aria-label="${translator.text('form.batch.title')}">
${paged && html`<a class="button quiet" href="${translator.linkTo('/batches')}">${translator.text('form.history.newest')}</a>`}
${older !== undefined && html`<a class="button quiet" rel="next" href="${translator.linkTo(older)}">${translator.text('form.history.older')}</a>`}
<a class="button quiet" href="${translator.linkTo('/inspections')}">${translator.text('form.history.back')}</a>
</nav>`,
  });
}

function stateText(batch: Batch, of: Counts, translator: PageTranslator): string {
  const { total } = batch;
  const ended = of.done + of.failed;
  if (batch.cancelledAt !== undefined) return translator.text('form.batch.cancelled', { ended, total });
  return batch.finishedAt === undefined
    ? translator.text('form.batch.running', { ended, total })
    : translator.text('form.batch.done', { total });
}

function states(of: Counts, translator: PageTranslator): Markup {
  const rows = INSPECTION_STATUSES.filter((status) => of[status] > 0).map(
    (status) =>
      html`<tr><th scope="row">${translator.text(`form.history.status.${status}`)}</th><td>${formatCount(translator, of[status])}</td></tr>`,
  );
  if (rows.length === 0) return html``;
  return html`<table class="counts">
<caption>${translator.text('form.batch.byState')}</caption>
<thead><tr><th scope="col">${translator.text('form.batch.state')}</th><th scope="col">${translator.text('form.history.number')}</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function pagerLinks({ batch, further, paged }: BatchContent, translator: PageTranslator): Markup {
  if (further === undefined && !paged) return html``;
  return html`<nav class="actions" aria-label="${translator.text('form.batch.files')}">
${paged && html`<a class="button quiet" href="${translator.linkTo(`/batches/${batch.id}`)}">${translator.text('form.batch.first')}</a>`}
${further !== undefined && html`<a class="button quiet" rel="next" href="${translator.linkTo(further)}">${translator.text('form.batch.further')}</a>`}
</nav>`;
}

const formatCount = (translator: PageTranslator, number: number): string =>
  new Intl.NumberFormat(translator.text('language.tag')).format(number);
