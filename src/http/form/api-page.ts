import { html, type Markup } from '../../core/renderers/html-escape.js';
import { LANGUAGES } from '../../say/languages.js';
import { speechOf } from '../../say/speech.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

const SEND = "curl -F file=@photo.jpg 'https://assay.example.org/v1/inspections'";
const HEADLINE =
  "curl -F file=@photo.jpg 'https://assay.example.org/v1/inspections?fields=report.summary.headline'";
const KEY = 'Authorization: Bearer …';

/** What the API is, for whoever wants to know whether to read on; the documentation itself is of programs. */
export function apiPage(speaks: PageLanguage): string {
  const { words } = speaks;
  const command = (says: string, line: string): Markup =>
    html`<p>${says}</p>\n<pre class="command"><code lang="en" dir="ltr">${line}</code></pre>`;
  const link = (address: string, says: string): Markup => html`<li><a href="${address}">${says}</a></li>`;
  return page({
    title: words('form.frame.title', { what: words('programs.heading') }),
    speaks,
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
${link(speaks.to('/v1/signals'), words('programs.signals'))}
<li>${words('programs.problems')}</li>
</ul>`,
  });
}

/** Leads from the interactive documentation, which is a foreign program, back to our pages: in each language. */
export function wayBack(basePath: string): string {
  const links = LANGUAGES.map(
    (language) =>
      html` <a href="${basePath}/api?lang=${language}" lang="${language}" hreflang="${language}">${speechOf(language).words('programs.back')}</a>`,
  );
  return html`<nav class="way-back" aria-label="Assay">${links}</nav>`.toString();
}
