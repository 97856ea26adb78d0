import { readFileSync } from 'node:fs';
import { html, Markup } from '../core/renderers/html-escape.js';
import type { Block } from './blocks.js';

export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** What stands on every sheet. */
export interface Stamp {
  title: string;
  /** BCP 47. */
  language: string;
  /** Stands at the foot of every page: hash, versions, day of the rules. */
  footer: string;
  paper: Paper;
  /** All of it goes on one sheet, in smaller letters where it must. */
  oneSheet?: boolean;
}

/** One file of HTML. */
export interface PrintableHtml extends Stamp {
  direction: 'ltr' | 'rtl';
  article: Markup;
}

/** What is to be printed, for a browser and for whoever has none. */
export interface Printable extends PrintableHtml {
  blocks(): readonly Block[];
}

/** Names as CSS and pdfkit both know them. */
export const SHEET = { a4: 'A4', letter: 'LETTER' } as const satisfies Record<Paper, string>;

/**
 * One file that loads nothing: a policy that forbids every script and every address stands before all else, because
 * a browser reads it.
 */
export function printableHtml({ title, language, direction, article, footer, paper }: PrintableHtml): string {
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<style>
${ownStyle()}
${pageStyle(paper, footer)}
</style>
</head>
<body class="printed">
<main id="main">
${article}
</main>
</body>
</html>
`.toString();
}

function pageStyle(paper: Paper, footer: string): Markup {
  return new Markup(`@page {
  size: ${SHEET[paper]};
  margin: 18mm 15mm 20mm;
  @bottom-left { content: ${cssString(footer)}; font: 7.5pt system-ui, sans-serif; white-space: pre-line; width: 85% }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt system-ui, sans-serif }
}
/* On paper nothing can be unfolded, and little room is left empty. */
@media print {
  .printed { font-size: 9pt; line-height: 1.35; --step: 2.6px }
  .printed p, .printed ul, .printed ol { margin-block: 0 3pt }
  .printed details > summary { list-style: none }
  .printed .checks > div { break-inside: auto }
  .printed details::details-content { content-visibility: visible; display: block }
  .printed h1, .printed h1.headline { margin-block: 0 5pt; font-size: 17pt; line-height: 1.2 }
  .printed h2 { margin-block: 7pt 3pt; font-size: 13pt }
  .printed .one-page h2 { margin-block: 0 2pt; font-size: 9.5pt }
  .printed h3 { margin-block: 8pt 3pt; font-size: 11pt; break-after: avoid }
  .printed h4 { margin-block: 5pt 2pt; font-size: 9.5pt; break-after: avoid }
  .printed .one-page { break-after: avoid }
  .printed ul.four-facts { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 5pt; margin-bottom: 7pt }
  .printed .fact { gap: 5pt; padding: 4pt 5pt; line-height: 1.25 }
  .printed .fact .label { font-size: 7.5pt }
  .printed .icon { width: 15pt; height: 15pt }
  .printed .first { gap: 9pt }
  .printed .first:has(> .preview) { grid-template-columns: 58mm minmax(0, 1fr) }
  .printed .first:has(> .preview.many) { grid-template-columns: 80mm minmax(0, 1fr) }
  .printed .first .small-picture { max-height: 75mm; width: auto; max-width: 100% }
  .printed .first .frames { grid-template-columns: repeat(3, minmax(0, 1fr)) }
  .printed figcaption { font-size: 7.5pt }
  .printed .quotable { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 6pt; margin-bottom: 6pt }
  .printed .quotable ul { gap: 3pt }
  .printed .quotable li { padding: 3pt 5pt; border-inline-start-width: 2pt }
  .printed .question-box { margin-top: 7pt }
  .printed .question-box .copyable { padding: 4pt 6pt; border: 0.5pt solid var(--line); white-space: pre-line }
  .printed .more-facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 7pt 14pt; margin-top: 8pt }
  .printed .more-facts dl > div { gap: 0 6pt; padding: 0 }
  .printed .colophon { margin-top: 8pt; padding-top: 4pt; font-size: 7.5pt }
  .printed .colophon .definitions { display: block; margin: 0 }
  .printed .colophon .definitions > div { display: grid; grid-template-columns: 26mm minmax(0, 1fr) }
  .printed .colophon dt, .printed .colophon dd { padding: 0 }
  .printed article > .dossier { break-before: page; font-size: 8.2pt }
  .printed article > .dossier > h2 { margin-top: 0 }
  .printed .dossier > section > h3 { margin-top: 9pt }
  .printed .technical > .definitions { display: block; columns: 2; column-gap: 14pt; font-size: 7.2pt; line-height: 1.3 }
  .printed .technical > .definitions > div { display: block; padding: 0 0 3pt }
  .printed .technical > .definitions dt { font-weight: 600; break-after: avoid }
  .printed .technical > .definitions dd { padding: 0 0 1pt; overflow-wrap: anywhere }
  .printed .checks dt, .printed .checks dd, .printed .checks > div { padding-block: 1pt }
  .printed table { font-size: 7.8pt }
  .printed :is(th, td) { padding: 2pt 4pt 2pt 0; overflow-wrap: anywhere }
  .printed .dossier li + li, .printed .dossier li { margin-block: 0 }
  .printed ul.silent, .printed ul.law { margin: 0; padding: 0; list-style: none }
  .printed pre { font-size: 6.6pt }
}
}`);
}

const ownStyle = (): Markup =>
  new Markup(readFileSync(new URL('../http/form/style.css', import.meta.url), 'utf8'));

/** Every character that means something to CSS, or to the HTML around it, as an escape. */
function cssString(text: string): string {
  const safe = text.replace(
    /[^\p{L}\p{N} .,:;·/()+-]/gu,
    (character) => `\\${character.codePointAt(0)?.toString(16)} `,
  );
  return `"${safe}"`;
}
