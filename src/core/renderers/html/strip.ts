import type { Translator } from '../../../i18n/translator.js';
import type { Strip, StripStep } from '../../page/history/strip.js';
import { html, lines, type Markup } from './escape.js';
import { img } from './figures.js';
import { renderInline } from './runs.js';

/** Renders the chain of earlier versions as a row of steps that wraps; `more`: fragment identifier of the whole tree. */
export function stripHtml({ caution, steps }: Strip, translator: Translator, more?: string): Markup {
  const title = translator.text('page.section.history');
  const heading = more === undefined ? html`${title}` : html`<a href="#${more}">${title}</a>`;
  return html`<section class="strip"><h2>${heading}</h2>${caution !== undefined && html`\n<p class="small">${caution}</p>`}
<ol>
${lines(steps.map((step) => stepHtml(step, translator)))}
</ol></section>`;
}

function stepHtml({ title, lines: rows, picture, isThisFile }: StripStep, translator: Translator): Markup {
  const alt = translator.text(isThisFile ? 'page.picture.previewAlt' : 'page.picture.stepAlt');
  const small = picture && html`${img(picture, alt, { step: true })}\n`;
  return html`<li${isThisFile && html` class="this-file"`}>${small}<p class="did">${renderInline(title)}</p>${rows.map((row) => html`\n<p class="small">${renderInline(row)}</p>`)}</li>`;
}
