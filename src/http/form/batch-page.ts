import { html, type Markup } from '../../core/renderers/html-escape.js';
import type { Origin } from '../../core/report/report.js';
import { timeSaid } from '../../say/amounts.js';
import type { Batch } from '../../store/batches.js';
import { INSPECTION_STATUSES, type InspectionHead, type InspectionStatus } from '../../store/inspections.js';
import type { PageLanguage } from '../language.js';
import type { SeenCounts } from '../seen-before.js';
import { caseAddress, filesTable, type Pictured } from './file-list.js';
import { counts } from './history-page.js';
import { page } from './page.js';

type Counts = Readonly<Record<InspectionStatus, number>>;

export interface BatchContent {
  batch: Batch;
  counts: Counts;
  /** How many of each origin; `undefined`: those without one. */
  origins: ReadonlyMap<Origin | undefined, number>;
  /** In the order they were given. */
  items: readonly InspectionHead[];
  pictured: Pictured;
  /** Kept files that look alike. */
  seen?: SeenCounts;
  /** Address of what follows. */
  further?: string;
  /** Whether this is not the first page. */
  paged: boolean;
}

/** One batch: how far it is, what its files declare, and the files. */
export function batchPage(content: BatchContent, speaks: PageLanguage): string {
  const { batch, origins, items } = content;
  const runs = batch.finishedAt === undefined;
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('form.batch.title') }),
    speaks,
    script: 'times',
    wide: true,
    body: html`<h1>${speaks.words('form.batch.title')}</h1>
<p class="notice" role="status">${stateOf(batch, content.counts, speaks)}</p>
${actions(batch, runs, speaks)}
<p>${speaks.words('form.batch.begun')}: <time class="at" datetime="${batch.createdAt}">${speaks.say(timeSaid(batch.createdAt))}</time>${batch.caseRef !== undefined && html` · ${speaks.words('form.history.caseRef')}: <a href="${speaks.to(caseAddress(batch.caseRef))}"><bdi dir="auto">${batch.caseRef}</bdi></a>`}</p>
${runs && html`<p class="small">${speaks.words('form.batch.again')}</p>`}
${items.length === 0 ? html`<p>${speaks.words('form.history.none')}</p>` : filesTable(items, content.pictured, speaks, content.seen?.counts)}
${content.seen !== undefined && content.seen.left > 0 && html`<p class="small">${speaks.words('form.batch.alikeLeft', { count: content.seen.left })}</p>`}
${ways(content, speaks)}
${counts(origins, speaks)}
${content.counts.done < batch.total && states(content.counts, speaks)}
<p><a href="${speaks.to('/batches')}">${speaks.words('form.batch.list')}</a></p>`,
  });
}

/** All of it, to be taken along: what has not been looked at yet is named as such in both. */
function actions({ id }: Batch, runs: boolean, speaks: PageLanguage): Markup {
  const at = `/batches/${id}`;
  return html`<section class="actions near" aria-label="${speaks.words('form.batch.title')}">
<a class="button" href="${speaks.said(`${at}/files.csv`)}" download="assay-files.csv">${speaks.words('form.batch.csv')}</a>
<a class="button quiet" href="${speaks.said(`${at}/reports.zip`)}" download="assay-reports.zip">${speaks.words('form.batch.zip')}</a>
<a class="button quiet" href="${speaks.to('/')}">${speaks.words('form.batch.another')}</a>
${runs && html`<form action="${speaks.form(`/batches/${id}/cancel`)}" method="post"><button class="quiet" type="submit">${speaks.words('form.batch.cancel')}</button></form>\n<small>${speaks.words('form.batch.cancelTerms')}</small>`}
</section>`;
}

export interface BatchesContent {
  batches: readonly { batch: Batch; counts: Counts }[];
  /** Address of what follows. */
  older?: string;
  paged: boolean;
}

/** The list of batches. */
export function batchesPage({ batches, older, paged }: BatchesContent, speaks: PageLanguage): string {
  const rows = batches.map(
    ({ batch, counts: of }) => html`<tr>
<td data-label="${speaks.words('form.batch.begun')}"><a href="${speaks.to(`/batches/${batch.id}`)}"><time class="at" datetime="${batch.createdAt}">${speaks.say(timeSaid(batch.createdAt))}</time></a>${batch.caseRef !== undefined && html` <small><bdi dir="auto">${batch.caseRef}</bdi></small>`}</td>
<td data-label="${speaks.words('form.batch.files')}">${whole(speaks, batch.total)}</td>
<td data-label="${speaks.words('form.batch.state')}">${stateOf(batch, of, speaks)}</td>
</tr>`,
  );
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('form.batch.list') }),
    speaks,
    script: 'times',
    body: html`<h1>${speaks.words('form.batch.list')}</h1>
<p>${speaks.words('form.batch.about')}</p>
${
  batches.length === 0
    ? html`<p>${speaks.words('form.batch.none')}</p>`
    : html`<table class="history">
<caption class="visually-hidden">${speaks.words('form.batch.list')}</caption>
<thead><tr><th scope="col">${speaks.words('form.batch.begun')}</th><th scope="col">${speaks.words('form.batch.files')}</th><th scope="col">${speaks.words('form.batch.state')}</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`
}
<nav class="actions" aria-label="${speaks.words('form.batch.list')}">
${paged && html`<a class="button quiet" href="${speaks.to('/batches')}">${speaks.words('form.history.newest')}</a>`}
${older !== undefined && html`<a class="button quiet" rel="next" href="${speaks.to(older)}">${speaks.words('form.history.older')}</a>`}
<a class="button quiet" href="${speaks.to('/inspections')}">${speaks.words('form.history.back')}</a>
</nav>`,
  });
}

function stateOf(batch: Batch, of: Counts, speaks: PageLanguage): string {
  const { total } = batch;
  const ended = of.done + of.failed;
  if (batch.cancelledAt !== undefined) return speaks.words('form.batch.cancelled', { ended, total });
  return batch.finishedAt === undefined
    ? speaks.words('form.batch.running', { ended, total })
    : speaks.words('form.batch.done', { total });
}

function states(of: Counts, speaks: PageLanguage): Markup {
  const rows = INSPECTION_STATUSES.filter((status) => of[status] > 0).map(
    (status) =>
      html`<tr><th scope="row">${speaks.words(`form.history.status.${status}`)}</th><td>${whole(speaks, of[status])}</td></tr>`,
  );
  if (rows.length === 0) return html``;
  return html`<table class="counts">
<caption>${speaks.words('form.batch.byState')}</caption>
<thead><tr><th scope="col">${speaks.words('form.batch.state')}</th><th scope="col">${speaks.words('form.history.number')}</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function ways({ batch, further, paged }: BatchContent, speaks: PageLanguage): Markup {
  if (further === undefined && !paged) return html``;
  return html`<nav class="actions" aria-label="${speaks.words('form.batch.files')}">
${paged && html`<a class="button quiet" href="${speaks.to(`/batches/${batch.id}`)}">${speaks.words('form.batch.first')}</a>`}
${further !== undefined && html`<a class="button quiet" rel="next" href="${speaks.to(further)}">${speaks.words('form.batch.further')}</a>`}
</nav>`;
}

const whole = (speaks: PageLanguage, number: number): string =>
  new Intl.NumberFormat(speaks.words('language.tag')).format(number);
