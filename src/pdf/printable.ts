import { readFileSync } from 'node:fs';

export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** What is to be printed. `article` is HTML of our own renderers: all that comes from a file is escaped in it. */
export interface Printable {
  title: string;
  /** BCP 47. */
  language: string;
  direction: 'ltr' | 'rtl';
  article: string;
  /** The same for whoever can set no pictures; left out: there are none. */
  withoutPictures?: string;
  /** Stands at the foot of every page: hash, versions, day of the rules. */
  footer: string;
  paper: Paper;
}

/** Names as CSS and pdfkit both know them. */
export const SHEET = { a4: 'A4', letter: 'LETTER' } as const satisfies Record<Paper, string>;

/**
 * One file that loads nothing: a policy that forbids every script and every address stands before all else, because
 * a browser reads it.
 */
export function printableHtml({ title, language, direction, article, footer, paper }: Printable): string {
  return `<!doctype html>
<html lang="${escaped(language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<style>
${stylesheet()}
${pageStyle(paper, footer)}
</style>
</head>
<body class="printed">
<main id="main">
${article}
</main>
</body>
</html>
`;
}

function pageStyle(paper: Paper, footer: string): string {
  return `@page {
  size: ${SHEET[paper]};
  margin: 18mm 15mm 20mm;
  @bottom-left { content: ${cssString(footer)}; font: 7.5pt system-ui, sans-serif; white-space: pre-line; width: 85% }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt system-ui, sans-serif }
}
/* On paper nothing can be unfolded. */
@media print {
  .printed details > summary { list-style: none }
  .printed .checks > div { break-inside: auto }
  .printed details::details-content { content-visibility: visible; display: block }
}`;
}

function stylesheet(): string {
  return readFileSync(new URL('../http/form/style.css', import.meta.url), 'utf8');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Every character that means something to CSS, or to the HTML around it, as an escape. */
function cssString(text: string): string {
  const safe = text.replace(
    /[^\p{L}\p{N} .,:;·/()+-]/gu,
    (character) => `\\${character.codePointAt(0)?.toString(16)} `,
  );
  return `"${safe}"`;
}
