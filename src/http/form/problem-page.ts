import { html } from '../../core/renderers/html-escape.js';
import type { PageLanguage } from '../language.js';
import { PROBLEMS, type ProblemCode } from '../problems.js';
import { page } from './page.js';

/** What stands behind the `type` of a problem. */
export function problemPage(code: ProblemCode, speaks: PageLanguage): string {
  const title = speaks.words(`problem.${code}.title`);
  return page({
    title: speaks.words('form.frame.title', { what: title }),
    speaks,
    body: html`<h1>${title}</h1>
<p class="sentence">${speaks.words(`problem.${code}.meaning`)}</p>
<p class="small">${speaks.words('form.problem.status')} ${PROBLEMS[code]} · ${speaks.words('form.problem.code')} <code>${code}</code></p>`,
  });
}
