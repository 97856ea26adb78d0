import type { ProblemBody } from '../problem.js';
import { html, type Markup } from './html.js';
import { page } from './page.js';

/** A problem for people. */
export function errorPage(problem: ProblemBody): string {
  return page({
    title: `${problem.title} – Assay`,
    body: html`<h1>${problem.title}</h1>
<p class="sentence">${problem.detail}</p>
${fieldList(problem)}
<p><a href="/">Choose a file</a></p>
<p class="small">${problem.status} · <a href="${problem.type}">${problem.code}</a> · <code>${problem.instance}</code></p>`,
  });
}

function fieldList({ errors = [] }: ProblemBody): Markup | '' {
  // A single one is already said whole in the detail.
  if (errors.length < 2) return '';
  return html`<ul>${errors.map(({ pointer, detail }) => html`<li><code>${pointer}</code> ${detail}</li>`)}</ul>`;
}
