import { html } from '../../core/renderers/html-escape.js';
import type { FirstUse } from '../first-use.js';
import type { PageLanguage } from '../language.js';
import { guideHtml } from './first-use-section.js';
import { page } from './page.js';

/** The guide, the samples and what this server lacks, for whoever comes back to them. */
export function samplesPage(guide: FirstUse, speaks: PageLanguage): string {
  const heading = speaks.words('form.firstUse.page');
  return page({
    title: speaks.words('form.frame.title', { what: heading }),
    speaks,
    body: html`<h1>${heading}</h1>
${guideHtml(guide, speaks, 'h2')}
<p><a class="button quiet" href="${speaks.to('/')}">${speaks.words('form.problem.back')}</a></p>`,
  });
}
