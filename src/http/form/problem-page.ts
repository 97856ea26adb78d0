import { PROBLEMS, type ProblemCode } from '../problems.js';
import { html } from './html.js';
import { page } from './page.js';

/** What stands behind the `type` of a problem. */
export function problemPage(code: ProblemCode): string {
  const { title, status, meaning } = PROBLEMS[code];
  return page({
    title: `${title} – Assay`,
    body: html`<h1>${title}</h1>
<p class="sentence">${meaning}</p>
<p class="small">HTTP status ${status} · code <code>${code}</code></p>`,
  });
}
