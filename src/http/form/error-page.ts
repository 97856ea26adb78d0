import type { PageLanguage } from '../language.js';
import type { ProblemBody } from '../problem.js';
import { PROBLEMS } from '../problems.js';
import { html, type Markup } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';
import type { ProblemWords } from './words/page-words.js';

/** A problem for people. */
export function errorPage(problem: ProblemBody, speaks: PageLanguage): string {
  const { problem: words, titleOf } = PAGE_WORDS[speaks.language];
  const row = words.rows?.[problem.code] ?? PROBLEMS[problem.code];
  const detail =
    problem.detail === PROBLEMS[problem.code].meaning ? row.meaning : words.detail(problem.detail);
  return page({
    title: titleOf(row.title),
    speaks,
    body: html`<h1>${row.title}</h1>
<p class="sentence">${detail}</p>
${fieldList(problem, words)}
<p><a href="${speaks.to('/')}">${words.back}</a></p>
<p class="small">${problem.status} · <a href="${speaks.to(problem.type)}">${problem.code}</a> · <code>${problem.instance}</code></p>`,
  });
}

function fieldList({ errors = [] }: ProblemBody, words: ProblemWords): Markup | '' {
  // A single one is already said whole in the detail.
  if (errors.length < 2) return '';
  return html`<ul>${errors.map(({ pointer, detail }) => html`<li><code>${pointer}</code> ${words.detail(detail)}</li>`)}</ul>`;
}
