import { html, type Markup } from '../../core/renderers/html/escape.js';
import { LANGUAGES } from '../../i18n/languages.js';
import { translatorFor } from '../../i18n/translator.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

const SEND = "curl -F file=@photo.jpg 'https://assay.example.org/v1/inspections'";
const HEADLINE =
  "curl -F file=@photo.jpg 'https://assay.example.org/v1/inspections?fields=report.summary.headline'";
const KEY = 'Authorization: Bearer …';

/** Renders an introduction to the API; its documentation itself is for programs. */
export function renderApiPage(translator: PageTranslator): string {
  const { text: words } = translator;
  const command = (says: string, line: string): Markup =>
    html`<p>${says}</p>\n<pre class="command"><code lang="en" dir="ltr">${line}</code></pre>`;
  const link = (address: string, says: string): Markup => html`<li><a href="${address}">${says}</a></li>`;
  return renderPage({
    title: words('form.frame.title', { what: words('programs.heading') }),
    translator,
    body: html`<h1>${words('programs.heading')}</h1>
<p>${words('programs.about')}</p>
<h2>${words('programs.example')}</h2>
${command(words('programs.send'), SEND)}
${command(words('programs.headline'), HEADLINE)}
<p>${words('programs.address', { address: 'assay.example.org' })}</p>
<p>${words('programs.key', { header: KEY })}</p>
<h2>${words('programs.more')}</h2>
<ul>
${link('/docs/', words('programs.interactive'))}
${link('/openapi.json', words('programs.openapi'))}
${link(translator.linkTo('/v1/signals'), words('programs.signals'))}
<li>${words('programs.problems')}</li>
</ul>`,
  });
}

/** Renders links from the interactive documentation, a third-party program, back to Assay's pages, in each language. */
export function renderBackLinks(basePath: string): string {
  const links = LANGUAGES.map(
    (language) =>
      html` <a href="${basePath}/api?lang=${language}" lang="${language}" hreflang="${language}">${translatorFor(language).text('programs.back')}</a>`,
  );
  return html`<nav class="way-back" aria-label="Assay">${links}</nav>`.toString();
}
