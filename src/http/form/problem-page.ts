import type { PageLanguage } from '../language.js';
import { PROBLEMS, type ProblemCode } from '../problems.js';
import { html } from './html.js';
import { page } from './page.js';
import { problemWords } from './problem-words.js';

/** What stands behind the `type` of a problem. */
export function problemPage(code: ProblemCode, speaks: PageLanguage): string {
  const { title, meaning } = problemWords(code, speaks);
  return page({
    title: speaks.words('form.frame.title', { what: title }),
    speaks,
    body: html`<h1>${title}</h1>
<p class="sentence">${meaning}</p>
<p class="small">${speaks.words('form.problem.status')} ${PROBLEMS[code].status} · ${speaks.words('form.problem.code')} <code>${code}</code></p>`,
  });
}
