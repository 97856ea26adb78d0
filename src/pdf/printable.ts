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
  /** When it says it was made. Left out: now; then no two prints are the same bytes. */
  madeAt?: Date;
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
 * a browser reads it. `scale`: of all but the foot.
 */
export function printableHtml(
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
${ownStyle()}
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
  size: ${SHEET[paper]};
  margin: 14mm 15mm 17mm;
  @bottom-left { content: ${cssString(footer)}; font: 7.5pt system-ui, sans-serif; white-space: pre-line; width: 85% }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt system-ui, sans-serif }
}
.printed { zoom: ${scale} }`);
}

/** Of the pages on a screen, and what differs on paper. */
const ownStyle = (): Markup =>
  new Markup(
    ['../http/form/style.css', './paper.css']
      .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
      .join('\n'),
  );

/** Every character that means something to CSS, or to the HTML around it, as an escape. */
function cssString(text: string): string {
  const safe = text.replace(
    /[^\p{L}\p{N} .,:;·/()+-]/gu,
    (character) => `\\${character.codePointAt(0)?.toString(16)} `,
  );
  return `"${safe}"`;
}
