import { WORDS } from '../../core/words/all.js';
import { speechOf } from '../../say/speech.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { PageLanguage } from '../language.js';
import { html } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';

/** Where an inspection stands that has no report (yet). */
export function statusPage(
  { id, status, request, error, uploadKeptUntil }: InspectionRecord,
  speaks: PageLanguage,
  mayBeTriedAgain = false,
): string {
  const { status: words, report, titleOf } = PAGE_WORDS[speaks.language];
  const kept = mayBeTriedAgain ? uploadKeptUntil : undefined;
  const waits = status === 'queued' || status === 'running';
  return page({
    title: titleOf(request.name),
    speaks,
    body: html`<h1>${words.heading}</h1>
<p class="notice" role="status">${words[status]}</p>
<p><bdi>${request.name}</bdi></p>
${error === undefined ? '' : html`<p>${speechOf(speaks.language).say(error.said)} <span class="small">(${error.code})</span></p>`}
${kept === undefined ? '' : html`<p>${words.keptUntil(WORDS[speaks.language].time(kept))}</p>`}
${waits ? html`<p class="small">${words.again}</p>` : ''}
<section class="actions" aria-label="${words.actions}">
${mayBeTriedAgain ? html`<form action="${speaks.form(`/inspections/${id}/retry`)}" method="post"><button type="submit">${words.retry}</button></form>` : ''}
<form action="${speaks.form(`/inspections/${id}/delete`)}" method="post"><button class="quiet" type="submit">${words.remove}</button></form>
<a class="button quiet" href="${speaks.to('/')}">${report.another}</a>
</section>`,
  });
}
