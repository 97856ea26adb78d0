import { renderCompareHtml } from '../../core/renderers/html-compare.js';
import { html } from '../../core/renderers/html-escape.js';
import type { Report } from '../../core/report/report.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

export interface Compared {
  id: string;
  report: Report;
}

/** Two kept reports side by side. */
export function comparePage([first, second]: readonly [Compared, Compared], speaks: PageLanguage): string {
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('page.compare.title') }),
    speaks,
    body: html`<h1>${speaks.words('page.compare.title')}</h1>
${renderCompareHtml(first.report, second.report, speaks)}
<nav class="actions" aria-label="${speaks.words('page.compare.title')}">
<a class="button quiet" href="${speaks.to(`/inspections/${first.id}`)}">${speaks.words('form.history.openFirst')}</a>
<a class="button quiet" href="${speaks.to(`/inspections/${second.id}`)}">${speaks.words('form.history.openSecond')}</a>
<a class="button quiet" href="${speaks.to('/inspections')}">${speaks.words('form.history.back')}</a>
</nav>`,
  });
}
