import type { PageLanguage } from '../language.js';
import type { ProblemBody } from '../problem.js';
import { html, type Markup } from './html.js';
import { page } from './page.js';
import { detailOf, detailWords, problemWords } from './problem-words.js';

/** A problem for people. */
export function errorPage(problem: ProblemBody, speaks: PageLanguage): string {
  const { title } = problemWords(problem.code, speaks);
  return page({
    title: speaks.words('form.frame.title', { what: title }),
    speaks,
    body: html`<h1>${title}</h1>
<p class="sentence">${detailOf(problem, speaks)}</p>
${fieldList(problem, speaks)}
<p><a href="${speaks.to('/')}">${speaks.words('form.problem.back')}</a></p>
<p class="small">${problem.status} · <a href="${speaks.to(problem.type)}">${problem.code}</a> · <code>${problem.instance}</code></p>`,
  });
}

function fieldList({ errors = [] }: ProblemBody, speaks: PageLanguage): Markup | '' {
  // A single one is already said whole in the detail.
  if (errors.length < 2) return '';
  return html`<ul>${errors.map(({ pointer, detail }) => html`<li><code>${pointer}</code> ${detailWords(detail, speaks)}</li>`)}</ul>`;
}
