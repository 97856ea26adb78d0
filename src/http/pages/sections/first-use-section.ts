import { html, type Markup } from '../../../core/renderers/html/escape.js';
import type { Introduction } from '../../services/first-use.js';
import type { PageTranslator } from '../../services/language.js';
import { SAMPLE_NAMES } from '../../services/samples/samples.js';

const STEPS = ['form.firstUse.choose', 'form.firstUse.read', 'form.firstUse.unchecked'] as const;

/** Renders a short guide, sample files, and what is missing on this host. */
export function renderIntroductionSection(guide: Introduction, translator: PageTranslator): Markup {
  return html`<section class="first-use" aria-labelledby="first-use">
<h2 id="first-use">${translator.text('form.firstUse.heading')}</h2>
${renderIntroduction(guide, translator, 'h3')}
</section>`;
}

export function renderIntroduction(
  { missingParts: lacking, canFix: mayMend }: Introduction,
  translator: PageTranslator,
  level: 'h2' | 'h3',
): Markup {
  const heading = (text: string) => (level === 'h2' ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
  return html`<ol>
${STEPS.map((step) => html`<li>${translator.text(step)}</li>\n`)}</ol>
${heading(translator.text('form.firstUse.samples'))}
<p>${translator.text('form.firstUse.samplesTerms')}</p>
<ul class="samples">
${SAMPLE_NAMES.map(
  (name) =>
    html`<li class="sample"><form action="${translator.formTarget(`/samples/${name}`)}" method="post"><button class="quiet wide" type="submit">${translator.text(`form.sample.${name}.button`)}</button></form> <span>${translator.text(`form.sample.${name}.shows`)}</span></li>\n`,
)}</ul>
${
  lacking.length > 0 &&
  html`${heading(translator.text('form.firstUse.lacking'))}
${missingPartsSection(lacking, mayMend, translator)}`
}`;
}

function missingPartsSection(
  lacking: Introduction['missingParts'],
  mayMend: boolean,
  translator: PageTranslator,
): Markup {
  return html`<dl class="definitions">
${lacking.map(
  ({ name, lost, remedy }) =>
    html`<div><dt>${name}</dt><dd>${lost ?? ''}</dd>${mayMend && remedy !== undefined && html`<dd class="small">${withCode(remedy)}</dd>`}</div>\n`,
)}</dl>
${mayMend && html`<p class="small">${withCode(translator.text('form.firstUse.doctor'))}</p>`}`;
}

/** Renders text between backticks as code. */
const withCode = (text: string): Markup[] =>
  text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
