import { html } from '../../core/renderers/html/escape.js';
import type { Introduction } from '../services/first-use.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';
import { renderIntroduction } from './sections/first-use-section.js';

/** Renders the guide, the samples and what is missing on this server, for readers who return to them. */
export function renderSamplesPage(guide: Introduction, translator: PageTranslator): string {
  const heading = translator.text('form.firstUse.page');
  return renderPage({
    title: translator.text('form.frame.title', { what: heading }),
    translator,
    body: html`<h1>${heading}</h1>
${renderIntroduction(guide, translator, 'h2')}
<p><a class="button quiet" href="${translator.linkTo('/')}">${translator.text('form.media.title')}</a></p>`,
  });
}
