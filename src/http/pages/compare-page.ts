import { compareReports, type Likeness } from '../../core/page/compare.js';
import { buildPageHead } from '../../core/page/head.js';
import { type Figure, haveSameShape } from '../../core/page/history/figures.js';
import { punctuationFor } from '../../core/page/marks.js';
import { renderCompareHtml } from '../../core/renderers/html/compare.js';
import { escapeText, html, type Markup } from '../../core/renderers/html/escape.js';
import { facts } from '../../core/renderers/html/one-page.js';
import { isolateQuotes } from '../../core/renderers/html/runs.js';
import type { StoredReport } from '../../core/report/report.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

export interface ComparedReport {
  id: string;
  report: StoredReport;
  /** Left out: no preview was made. */
  preview?: Figure | undefined;
}

/** Renders two stored reports side by side. */
export function renderComparePage(
  [first, second]: readonly [ComparedReport, ComparedReport],
  translator: PageTranslator,
  likeness?: Likeness,
): string {
  return renderPage({
    title: translator.text('form.frame.title', { what: translator.text('page.compare.title') }),
    translator,
    wide: true,
    ...(first.preview === undefined || second.preview === undefined ? {} : { script: 'compare' as const }),
    body: html`<h1>${translator.text('page.compare.title')}</h1>
<div class="compared">
${answer(first.report, translator.text('page.compare.first'), translator)}
${answer(second.report, translator.text('page.compare.second'), translator)}
</div>
${pictures([first, second], translator)}
${renderCompareHtml(compareReports(first.report, second.report, translator, likeness), translator)}
<nav class="actions" aria-label="${translator.text('page.compare.title')}">
<a class="button quiet" href="${translator.linkTo(`/inspections/${first.id}`)}">${translator.text('form.history.openFirst')}</a>
<a class="button quiet" href="${translator.linkTo(`/inspections/${second.id}`)}">${translator.text('form.history.openSecond')}</a>
<a class="button quiet" href="${translator.linkTo('/inspections')}">${translator.text('form.history.back')}</a>
</nav>`,
  });
}

/** Renders what each report says first. */
function answer(report: StoredReport, which: string, translator: PageTranslator): Markup {
  const head = buildPageHead(report, translator);
  const { colon } = punctuationFor(translator);
  return html`<section><h2>${which}${colon}${isolateQuotes(head.headline ?? head.name)}</h2>
${facts({ ...head, isPaper: true }, translator, new Set())}</section>`;
}

/** Renders the pictures first; the overlay only if both have the same aspect ratio. */
function pictures(
  [first, second]: readonly [ComparedReport, ComparedReport],
  translator: PageTranslator,
): Markup {
  const overlay =
    first.preview !== undefined &&
    second.preview !== undefined &&
    haveSameShape(first.preview, second.preview) &&
    html` data-overlay="${translator.text('page.compare.overlay')}" data-slider="${translator.text('page.compare.slider')}" data-shown="${translator.text('page.compare.shown', { percent: '{}' })}"`;
  return html`<div class="figures two"${overlay}>
${figure(first, translator.text('page.compare.first'), translator)}${figure(second, translator.text('page.compare.second'), translator)}</div>`;
}

function figure({ report, preview }: ComparedReport, which: string, translator: PageTranslator): Markup {
  const { name } = report.asset;
  const picture =
    preview === undefined
      ? html`<p class="small no-picture">${translator.text('page.compare.noPicture')}</p>`
      : html`<img class="small-picture" src="${preview.src}" width="${preview.width}" height="${preview.height}" alt="${translator.text('page.compare.pictureOf', { which, name })}">`;
  return html`<figure>${picture}<figcaption>${which} <bdi class="verbatim" dir="auto">${escapeText(name)}</bdi></figcaption></figure>
`;
}
