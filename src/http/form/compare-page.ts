import { type Figure, sameShape } from '../../core/renderers/figures.js';
import { renderCompareHtml } from '../../core/renderers/html-compare.js';
import { html, type Markup, shown } from '../../core/renderers/html-escape.js';
import type { Report } from '../../core/report/report.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

export interface Compared {
  id: string;
  report: Report;
  /** Left out: none was made. */
  preview?: Figure | undefined;
}

/** Two kept reports side by side. */
export function comparePage([first, second]: readonly [Compared, Compared], speaks: PageLanguage): string {
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('page.compare.title') }),
    speaks,
    wide: true,
    ...(first.preview === undefined || second.preview === undefined ? {} : { script: 'compare' as const }),
    body: html`<h1>${speaks.words('page.compare.title')}</h1>
${pictures([first, second], speaks)}
<h2>${speaks.words('page.compare.differences')}</h2>
${renderCompareHtml(first.report, second.report, speaks)}
<nav class="actions" aria-label="${speaks.words('page.compare.title')}">
<a class="button quiet" href="${speaks.to(`/inspections/${first.id}`)}">${speaks.words('form.history.openFirst')}</a>
<a class="button quiet" href="${speaks.to(`/inspections/${second.id}`)}">${speaks.words('form.history.openSecond')}</a>
<a class="button quiet" href="${speaks.to('/inspections')}">${speaks.words('form.history.back')}</a>
</nav>`,
  });
}

/** What the eye can compare comes first; laid on each other only where both have one shape. */
function pictures([first, second]: readonly [Compared, Compared], speaks: PageLanguage): Markup {
  const overlay =
    first.preview !== undefined &&
    second.preview !== undefined &&
    sameShape(first.preview, second.preview) &&
    html` data-overlay="${speaks.words('page.compare.overlay')}" data-slider="${speaks.words('page.compare.slider')}" data-shown="${speaks.words('page.compare.shown', { percent: '{}' })}"`;
  return html`<div class="figures two"${overlay}>
${figure(first, speaks.words('page.compare.first'), speaks)}${figure(second, speaks.words('page.compare.second'), speaks)}</div>`;
}

function figure({ report, preview }: Compared, which: string, speaks: PageLanguage): Markup {
  const { name } = report.asset;
  const picture =
    preview === undefined
      ? html`<p class="small no-picture">${speaks.words('page.compare.noPicture')}</p>`
      : html`<img class="small-picture" src="${preview.src}" width="${preview.width}" height="${preview.height}" alt="${speaks.words('page.compare.pictureOf', { which, name })}">`;
  return html`<figure>${picture}<figcaption>${which} <bdi class="verbatim" dir="auto">${shown(name)}</bdi></figcaption></figure>
`;
}
