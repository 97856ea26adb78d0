import { html } from '../../core/renderers/html/escape.js';
import { PROBLEMS, type ProblemCode } from '../contract/problems/problems.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

/** Renders the page that the `type` of a problem points to. */
export function renderProblemPage(code: ProblemCode, translator: PageTranslator): string {
  const title = translator.text(`problem.${code}.title`);
  return renderPage({
    title: translator.text('form.frame.title', { what: title }),
    translator,
    body: html`<h1>${title}</h1>
<p class="sentence">${translator.text(`problem.${code}.meaning`)}</p>
<p class="small">${translator.text('form.problem.status')} ${PROBLEMS[code]} · ${translator.text('form.problem.code')} <code>${code}</code></p>`,
  });
}
