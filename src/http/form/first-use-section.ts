import { html, type Markup } from '../../core/renderers/html-escape.js';
import type { FirstUse } from '../first-use.js';
import type { PageLanguage } from '../language.js';
import { SAMPLE_NAMES } from '../samples/samples.js';

const STEPS = ['form.firstUse.choose', 'form.firstUse.read', 'form.firstUse.unchecked'] as const;

/** A short guide, files to begin with, and what this host lacks. */
export function firstUseSection(guide: FirstUse, speaks: PageLanguage): Markup {
  return html`<section class="first-use" aria-labelledby="first-use">
<h2 id="first-use">${speaks.words('form.firstUse.heading')}</h2>
${guideHtml(guide, speaks, 'h3')}
</section>`;
}

export function guideHtml({ lacking, mayMend }: FirstUse, speaks: PageLanguage, level: 'h2' | 'h3'): Markup {
  const heading = (text: string) => (level === 'h2' ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
  return html`<ol>
${STEPS.map((step) => html`<li>${speaks.words(step)}</li>\n`)}</ol>
${heading(speaks.words('form.firstUse.samples'))}
<p>${speaks.words('form.firstUse.samplesTerms')}</p>
<ul class="samples">
${SAMPLE_NAMES.map(
  (name) =>
    html`<li class="sample"><form action="${speaks.form(`/samples/${name}`)}" method="post"><button class="quiet wide" type="submit">${speaks.words(`form.sample.${name}.button`)}</button></form> <span>${speaks.words(`form.sample.${name}.shows`)}</span></li>\n`,
)}</ul>
${
  lacking.length > 0 &&
  html`${heading(speaks.words('form.firstUse.lacking'))}
${host(lacking, mayMend, speaks)}`
}`;
}

function host(lacking: FirstUse['lacking'], mayMend: boolean, speaks: PageLanguage): Markup {
  return html`<dl class="definitions">
${lacking.map(
  ({ name, lost, remedy }) =>
    html`<div><dt>${name}</dt><dd>${lost ?? ''}</dd>${mayMend && remedy !== undefined && html`<dd class="small">${withCode(remedy)}</dd>`}</div>\n`,
)}</dl>
${mayMend && html`<p class="small">${withCode(speaks.words('form.firstUse.doctor'))}</p>`}`;
}

/** What stands between backticks is typed as it is. */
const withCode = (text: string): Markup[] =>
  text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
