import { html, type Markup } from '../../core/renderers/html/escape.js';
import type { ProblemBody } from '../contract/problems/problem.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

/** Renders a problem in the page's language. */
export function renderErrorPage(problem: ProblemBody, translator: PageTranslator): string {
  return renderPage({
    title: translator.text('form.frame.title', { what: problem.title }),
    translator,
    body: html`<h1>${problem.title}</h1>
<p class="sentence">${problem.detail}</p>
${fieldList(problem)}
<p><a href="${translator.linkTo('/')}">${translator.text('form.media.title')}</a></p>
<p class="small">${problem.status} · <a href="${translator.linkTo(problem.type)}">${problem.code}</a> · <code>${problem.instance}</code></p>`,
  });
}

function fieldList({ errors = [] }: ProblemBody): Markup | '' {
  // The detail already contains a single error.
  if (errors.length < 2) return '';
  return html`<ul>${errors.map(({ pointer, detail }) => html`<li><code>${pointer}</code> ${detail}</li>`)}</ul>`;
}
