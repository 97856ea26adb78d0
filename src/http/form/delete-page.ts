import { html } from '../../core/renderers/html-escape.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

/** Asks once more: what is deleted cannot be brought back. */
export function deletePage(
  { id, name, links }: { id: string; name: string; links: number },
  speaks: PageLanguage,
): string {
  const heading = speaks.words('form.delete.heading');
  return page({
    title: speaks.words('form.frame.title', { what: heading }),
    speaks,
    body: html`<h1>${heading}</h1>
<p><bdi class="verbatim" dir="auto">${name}</bdi></p>
<p>${speaks.words('form.delete.goes')}${links > 0 && html` ${speaks.words('form.delete.links', { count: links })}`}</p>
<section class="actions" aria-label="${heading}">
<form action="${speaks.form(`/inspections/${id}/delete`)}" method="post"><button type="submit">${speaks.words('form.delete.submit')}</button></form>
<a class="button quiet" href="${speaks.to(`/inspections/${id}`)}">${speaks.words('form.delete.keep')}</a>
</section>`,
  });
}
