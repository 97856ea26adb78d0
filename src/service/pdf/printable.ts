import { readFileSync } from 'node:fs';
import { html, Markup } from '../../core/renderers/html/escape.js';
import type { Block } from './blocks.js';

export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** Title and footer of every sheet, and facts of the document. */
export interface PrintStamp {
  title: string;
  /** BCP 47 tag. */
  language: string;
  /** Text at the foot of every page: hash, versions, day of the rules. */
  footer: string;
  paper: Paper;
  /** The whole content goes on one sheet, scaled down if necessary. */
  isOneSheet?: boolean;
  /** Stated creation time. Left out: now, so no two prints have the same bytes. */
  madeAt?: Date;
}

/** One HTML file. */
export interface PrintableHtml extends PrintStamp {
  direction: 'ltr' | 'rtl';
  article: Markup;
}

/** Document to print, in the forms for a browser and for the library. */
export interface Printable extends PrintableHtml {
  blocks(): readonly Block[];
}

/** Height of a sheet between the margins of `pageStyle`, less a millimetre for rounding: fully used, it makes a second sheet. */
const CONTENT_MILLIMETRES = { a4: 265, letter: 247 } as const satisfies Record<Paper, number>;

/** Paper names that both CSS and pdfkit know. */
export const PAPER_NAMES = { a4: 'A4', letter: 'LETTER' } as const satisfies Record<Paper, string>;

/**
 * Renders one HTML file that loads nothing: its content policy forbids all scripts and addresses and comes first,
 * because a browser reads the file. `scale` applies to everything except the footer.
 */
export function renderPrintableHtml(
  { title, language, direction, article, footer, paper }: PrintableHtml,
  scale = 1,
): string {
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<style>
${readStyles()}
${pageStyle(paper, footer, scale)}
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

function pageStyle(paper: Paper, footer: string, scale: number): Markup {
  return new Markup(`@page {
  size: ${PAPER_NAMES[paper]};
  margin: 14mm 15mm 17mm;
  @bottom-left { content: ${cssString(footer)}; font: 7.5pt system-ui, sans-serif; white-space: pre-line; width: 85% }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt system-ui, sans-serif }
}
@media print {
.printed { zoom: ${scale} }
/* A notice that stands on the sheet beside it needs its room. */
.printed:not(:has(main > p, .report > .notice)) .one-page { min-height: ${CONTENT_MILLIMETRES[paper] / scale}mm }
}`);
}

/** Joins the style of the pages and the changes for paper. */
const readStyles = (): Markup =>
  new Markup(
    ['../../http/pages/assets/style.css', './paper.css']
      .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
      .join('\n'),
  );

/** Escapes every character with a meaning in CSS or in the HTML around it. */
function cssString(text: string): string {
  const safe = text.replace(
    /[^\p{L}\p{N} .,:;·/()+-]/gu,
    (character) => `\\${character.codePointAt(0)?.toString(16)} `,
  );
  return `"${safe}"`;
}
