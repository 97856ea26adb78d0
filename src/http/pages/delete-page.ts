import { html } from '../../core/renderers/html/escape.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

/** Renders a confirmation: a deletion cannot be undone. */
export function renderDeletePage(
  { id, name, links }: { id: string; name: string; links: number },
  translator: PageTranslator,
): string {
  const heading = translator.text('form.delete.heading');
  return renderPage({
    title: translator.text('form.frame.title', { what: heading }),
    translator,
    body: html`<h1>${heading}</h1>
<p><bdi class="verbatim" dir="auto">${name}</bdi></p>
<p>${translator.text('form.delete.goes')}${links > 0 && html` ${translator.text('form.delete.links', { count: links })}`}</p>
<section class="actions" aria-label="${heading}">
<form action="${translator.formTarget(`/inspections/${id}/delete`)}" method="post"><button type="submit">${translator.text('form.delete.submit')}</button></form>
<a class="button quiet" href="${translator.linkTo(`/inspections/${id}`)}">${translator.text('form.delete.keep')}</a>
</section>`,
  });
}
