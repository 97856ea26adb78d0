import type { Origin } from '../../core/report.js';
import { WORDS } from '../../core/words/all.js';
import type { Batch } from '../../store/batches.js';
import { INSPECTION_STATUSES, type InspectionStatus } from '../../store/inspections.js';
import type { PageLanguage } from '../language.js';
import { counts, type HistoryItem, list } from './history-page.js';
import { html, type Markup } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';

type Counts = Readonly<Record<InspectionStatus, number>>;

export interface BatchContent {
  batch: Batch;
  counts: Counts;
  /** How many of each origin; `undefined`: those without one. */
  origins: ReadonlyMap<Origin | undefined, number>;
  /** In the order they were given. */
  items: readonly HistoryItem[];
  /** Address of what follows. */
  further?: string;
  /** Whether this is not the first page. */
  paged: boolean;
}

/** One batch: how far it is, what its files declare, and the files. */
export function batchPage(content: BatchContent, speaks: PageLanguage): string {
  const { batch, origins, items } = content;
  const { batch: words, history, titleOf } = PAGE_WORDS[speaks.language];
  const core = WORDS[speaks.language];
  const runs = batch.finishedAt === undefined;
  return page({
    title: titleOf(words.title),
    speaks,
    body: html`<h1>${words.title}</h1>
<p class="notice" role="status">${stateOf(batch, content.counts, speaks)}</p>
<p>${words.begun}: <time datetime="${batch.createdAt}">${core.time(batch.createdAt)}</time>${batch.caseRef === undefined ? '' : html` · ${history.caseRef}: <bdi dir="auto">${batch.caseRef}</bdi>`}</p>
${runs ? html`<p class="small">${words.again}</p>` : ''}
${states(content.counts, speaks)}
${counts(origins, speaks)}
${items.length === 0 ? html`<p>${history.none}</p>` : list(items, speaks)}
${ways(content, speaks)}
<section class="actions">
<a class="button quiet" href="/v1/batches/${batch.id}/results">${words.results}</a>
${runs ? html`<form action="${speaks.form(`/batches/${batch.id}/cancel`)}" method="post"><button class="quiet" type="submit">${words.cancel}</button></form>\n<small>${words.cancelTerms}</small>` : ''}
<a class="button quiet" href="${speaks.to('/batches')}">${words.list}</a>
</section>`,
  });
}

export interface BatchesContent {
  batches: readonly { batch: Batch; counts: Counts }[];
  /** Address of what follows. */
  older?: string;
  paged: boolean;
}

/** The list of batches. */
export function batchesPage({ batches, older, paged }: BatchesContent, speaks: PageLanguage): string {
  const { batch: words, history, titleOf } = PAGE_WORDS[speaks.language];
  const core = WORDS[speaks.language];
  const rows = batches.map(
    ({ batch, counts: of }) => html`<tr>
<td data-label="${words.begun}"><a href="${speaks.to(`/batches/${batch.id}`)}"><time datetime="${batch.createdAt}">${core.time(batch.createdAt)}</time></a>${batch.caseRef === undefined ? '' : html` <small><bdi dir="auto">${batch.caseRef}</bdi></small>`}</td>
<td data-label="${words.files}">${whole(speaks, batch.total)}</td>
<td data-label="${words.state}">${stateOf(batch, of, speaks)}</td>
</tr>`,
  );
  return page({
    title: titleOf(words.list),
    speaks,
    body: html`<h1>${words.list}</h1>
<p>${words.about}</p>
${
  batches.length === 0
    ? html`<p>${words.none}</p>`
    : html`<table class="history">
<caption class="visually-hidden">${words.list}</caption>
<thead><tr><th scope="col">${words.begun}</th><th scope="col">${words.files}</th><th scope="col">${words.state}</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`
}
<nav class="actions" aria-label="${words.list}">
${paged ? html`<a class="button quiet" href="${speaks.to('/batches')}">${history.newest}</a>` : ''}
${older === undefined ? '' : html`<a class="button quiet" rel="next" href="${speaks.to(older)}">${history.older}</a>`}
<a class="button quiet" href="${speaks.to('/inspections')}">${history.back}</a>
</nav>`,
  });
}

function stateOf(batch: Batch, of: Counts, speaks: PageLanguage): string {
  const { batch: words } = PAGE_WORDS[speaks.language];
  const total = whole(speaks, batch.total);
  const ended = whole(speaks, of.done + of.failed);
  if (batch.cancelledAt !== undefined) return words.cancelled(ended, total);
  return batch.finishedAt === undefined ? words.running(ended, total) : words.done(total);
}

function states(of: Counts, speaks: PageLanguage): Markup {
  const { batch: words, history } = PAGE_WORDS[speaks.language];
  const rows = INSPECTION_STATUSES.filter((status) => of[status] > 0).map(
    (status) =>
      html`<tr><th scope="row">${history.status[status]}</th><td>${whole(speaks, of[status])}</td></tr>`,
  );
  if (rows.length === 0) return html``;
  return html`<table class="counts">
<caption>${words.byState}</caption>
<thead><tr><th scope="col">${words.state}</th><th scope="col">${history.number}</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function ways({ batch, further, paged }: BatchContent, speaks: PageLanguage): Markup {
  const { batch: words } = PAGE_WORDS[speaks.language];
  if (further === undefined && !paged) return html``;
  return html`<nav class="actions" aria-label="${words.files}">
${paged ? html`<a class="button quiet" href="${speaks.to(`/batches/${batch.id}`)}">${words.first}</a>` : ''}
${further === undefined ? '' : html`<a class="button quiet" rel="next" href="${speaks.to(further)}">${words.further}</a>`}
</nav>`;
}

const whole = ({ language }: PageLanguage, number: number): string =>
  new Intl.NumberFormat(language).format(number);
