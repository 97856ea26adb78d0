import { html, type Markup } from '../../core/renderers/html-escape.js';
import type { PageLanguage } from '../language.js';
import type { ProblemBody } from '../problem.js';
import { page } from './page.js';

/** A problem for people, in the page's language. */
export function errorPage(problem: ProblemBody, speaks: PageLanguage): string {
  return page({
    title: speaks.words('form.frame.title', { what: problem.title }),
    speaks,
    body: html`<h1>${problem.title}</h1>
<p class="sentence">${problem.detail}</p>
${fieldList(problem)}
<p><a href="${speaks.to('/')}">${speaks.words('form.problem.back')}</a></p>
<p class="small">${problem.status} · <a href="${speaks.to(problem.type)}">${problem.code}</a> · <code>${problem.instance}</code></p>`,
  });
}

function fieldList({ errors = [] }: ProblemBody): Markup | '' {
  // A single one is already said whole in the detail.
  if (errors.length < 2) return '';
  return html`<ul>${errors.map(({ pointer, detail }) => html`<li><code>${pointer}</code> ${detail}</li>`)}</ul>`;
}
