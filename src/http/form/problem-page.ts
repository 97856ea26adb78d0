import { speechOf } from '../../say/speech.js';
import type { PageLanguage } from '../language.js';
import { PROBLEMS, type ProblemCode } from '../problems.js';
import { html } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';

/** What stands behind the `type` of a problem. */
export function problemPage(code: ProblemCode, speaks: PageLanguage): string {
  const { problem: words, titleOf } = PAGE_WORDS[speaks.language];
  const speech = speechOf(speaks.language);
  const title = speech.words(`problem.${code}.title`);
  return page({
    title: titleOf(title),
    speaks,
    body: html`<h1>${title}</h1>
<p class="sentence">${speech.words(`problem.${code}.meaning`)}</p>
<p class="small">${words.status} ${PROBLEMS[code]} · ${words.code} <code>${code}</code></p>`,
  });
}
