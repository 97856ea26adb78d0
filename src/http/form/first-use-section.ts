import type { FirstUse } from '../first-use.js';
import type { PageLanguage } from '../language.js';
import { SAMPLE_NAMES } from '../samples/samples.js';
import { html, type Markup } from './html.js';
import { PAGE_WORDS } from './words/all.js';

/** A short guide, files to begin with, and what this host lacks. */
export function firstUseSection({ lacking, mayMend }: FirstUse, speaks: PageLanguage): Markup {
  const { firstUse: words } = PAGE_WORDS[speaks.language];
  return html`<section class="first-use" aria-labelledby="first-use">
<h2 id="first-use">${words.heading}</h2>
<ol>
${words.steps.map((step) => html`<li>${step}</li>\n`)}</ol>
<h3>${words.samples}</h3>
<p>${words.samplesTerms}</p>
<ul class="samples">
${SAMPLE_NAMES.map(
  (name) =>
    html`<li class="sample"><form action="${speaks.form(`/samples/${name}`)}" method="post"><button class="quiet wide" type="submit">${words.sample[name].button}</button></form> <span>${words.sample[name].shows}</span></li>\n`,
)}</ul>
${lacking.length === 0 ? '' : host(lacking, mayMend, speaks)}
</section>`;
}

function host(lacking: FirstUse['lacking'], mayMend: boolean, { language }: PageLanguage): Markup {
  const { firstUse: words } = PAGE_WORDS[language];
  return html`<h3>${words.lacking}</h3>
<dl class="definitions">
${lacking.map(
  ({ name, lost, remedy }) =>
    html`<div><dt>${name}</dt><dd>${lost ?? ''}</dd>${mayMend && remedy !== undefined ? html`<dd class="small">${withCode(remedy)}</dd>` : ''}</div>\n`,
)}</dl>
${mayMend ? html`<p class="small">${withCode(words.doctor)}</p>` : ''}`;
}

/** What stands between backticks is typed as it is. */
const withCode = (text: string): Markup[] =>
  text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
