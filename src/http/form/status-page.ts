import { html } from '../../core/renderers/html-escape.js';
import { timeSaid } from '../../say/amounts.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

/** Where an inspection stands that has no report (yet). */
export function statusPage(
  { id, status, request, error, uploadKeptUntil }: InspectionRecord,
  speaks: PageLanguage,
  mayBeTriedAgain = false,
): string {
  const kept = mayBeTriedAgain ? uploadKeptUntil : undefined;
  const waits = status === 'queued' || status === 'running';
  return page({
    title: speaks.words('form.frame.title', { what: request.name }),
    speaks,
    body: html`<h1>${speaks.words('form.status.heading')}</h1>
<p class="notice" role="status">${speaks.words(`form.status.${status}`)}</p>
<p><bdi>${request.name}</bdi></p>
${error !== undefined && html`<p>${speaks.say(error.said)} <span class="small">(${error.code})</span></p>`}
${kept !== undefined && html`<p>${speaks.words('form.status.keptUntil', { time: timeSaid(kept) })}</p>`}
${waits && html`<p class="small">${speaks.words('form.status.again')}</p>`}
<section class="actions" aria-label="${speaks.words('form.status.actions')}">
${mayBeTriedAgain && html`<form action="${speaks.form(`/inspections/${id}/retry`)}" method="post"><button type="submit">${speaks.words('form.status.retry')}</button></form>`}
<a class="button quiet" href="${speaks.to(`/inspections/${id}/delete`)}">${speaks.words('form.status.remove')}</a>
<a class="button quiet" href="${speaks.to('/')}">${speaks.words('form.report.another')}</a>
</section>`,
  });
}
