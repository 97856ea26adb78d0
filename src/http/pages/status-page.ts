import { html } from '../../core/renderers/html/escape.js';
import { timeMessage } from '../../i18n/amounts.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

/** Renders the state of an inspection that has no report (yet). */
export function renderStatusPage(
  { id, status, request, error, uploadKeptUntil }: InspectionRecord,
  translator: PageTranslator,
  canRetry = false,
): string {
  const kept = canRetry ? uploadKeptUntil : undefined;
  const waits = status === 'queued' || status === 'running';
  return renderPage({
    title: translator.text('form.frame.title', { what: request.name }),
    translator,
    body: html`<h1>${translator.text('form.status.heading')}</h1>
<p class="notice" role="status">${translator.text(`form.status.${status}`)}</p>
<p><bdi>${request.name}</bdi></p>
${error !== undefined && html`<p>${translator.translate(error.userMessage)} <span class="small">(${error.code})</span></p>`}
${kept !== undefined && html`<p>${translator.text('form.status.storedUntil', { time: timeMessage(kept) })}</p>`}
${waits && html`<p class="small">${translator.text('form.batch.again')}</p>`}
<section class="actions" aria-label="${translator.text('form.status.actions')}">
${canRetry && html`<form action="${translator.formTarget(`/inspections/${id}/retry`)}" method="post"><button type="submit">${translator.text('form.status.retry')}</button></form>`}
<a class="button quiet" href="${translator.linkTo(`/inspections/${id}/delete`)}">${translator.text('form.status.remove')}</a>
<a class="button quiet" href="${translator.linkTo('/')}">${translator.text('form.report.another')}</a>
</section>`,
  });
}
