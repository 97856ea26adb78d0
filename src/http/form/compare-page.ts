import { renderCompareHtml } from '../../core/renderers/html-compare.js';
import type { Report } from '../../core/report.js';
import { WORDS } from '../../core/words/all.js';
import { type PageLanguage, reportIn } from '../language.js';
import { html, trusted } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';

export interface Compared {
  id: string;
  report: Report;
}

/** Two kept reports side by side. */
export function comparePage([first, second]: readonly [Compared, Compared], speaks: PageLanguage): string {
  const { history: words, titleOf } = PAGE_WORDS[speaks.language];
  const core = WORDS[speaks.language];
  const said = ({ report }: Compared) => reportIn(report, speaks.language);
  return page({
    title: titleOf(core.compare.title),
    speaks,
    body: html`<h1>${core.compare.title}</h1>
${trusted(renderCompareHtml(said(first), said(second), core))}
<nav class="actions" aria-label="${core.compare.title}">
<a class="button quiet" href="${speaks.to(`/inspections/${first.id}`)}">${words.openFirst}</a>
<a class="button quiet" href="${speaks.to(`/inspections/${second.id}`)}">${words.openSecond}</a>
<a class="button quiet" href="${speaks.to('/inspections')}">${words.back}</a>
</nav>`,
  });
}
