import { html, type Markup } from '../../core/renderers/html/escape.js';
import { LANGUAGES, MISSING_TEXTS } from '../../i18n/languages.js';
import { translatorFor } from '../../i18n/translator.js';
import type { PageTranslator } from '../services/language.js';

/** Scripts of the pages, each served as its own file (http/ops/assets.ts). All pages load `copies`, which deletes old copies. */
export type PageScript = 'again' | 'copies' | 'form' | 'compare' | 'lightbox' | 'copy' | 'seen' | 'times';

interface PageContent {
  title: string;
  body: Markup;
  /** Language of the page itself; strings of a file carry their own direction. */
  translator: PageTranslator;
  /** Scripts to load; the page also works without them. */
  script?: PageScript | readonly PageScript[];
  /** The reader has only a share link: the page links to nothing that needs a key, and its title names no file. */
  visitor?: boolean;
  /** For pages with wide tables. */
  wide?: boolean;
}

/** Renders the frame that all pages share. */
export function renderPage({
  title,
  body,
  translator: speaks,
  script = [],
  visitor = false,
  wide = false,
}: PageContent): string {
  const missing = MISSING_TEXTS[speaks.language];
  return html`<!doctype html>
<html lang="${speaks.language}" dir="${speaks.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${visitor ? sharedTitle(speaks) : html`<title>${title}</title>\n`}<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${['copies', script].flat().map((one) => html`<script src="/assets/${one}.js" type="module"></script>\n`)}
</head>
<body${wide && html` class="wide"`}>
<a class="skip" href="#main">${speaks.text('form.frame.skip')}</a>
<header class="bar">
${visitor ? html`<span class="home">Assay</span>` : html`<a class="home" href="${speaks.linkTo('/')}">Assay</a>`}
<nav aria-label="${speaks.text('form.frame.nav')}"><details class="menu"><summary>${speaks.text('form.frame.menu')}</summary><div>${languageLinks(speaks)}${!visitor && html` <a href="${speaks.linkTo('/inspections')}">${speaks.text('form.history.link')}</a> <a href="${speaks.linkTo('/cases')}">${speaks.text('form.cases.title')}</a>`} <a href="${speaks.linkTo('/glossary')}">${speaks.text('page.section.terms')}</a> <a href="${speaks.linkTo('/law/calendar')}">${speaks.text('page.calendar.title')}</a>${!visitor && html` <a href="${speaks.linkTo('/api')}">${speaks.text('form.frame.forPrograms')}</a>`}${speaks.isSignedIn && !visitor && html`<form action="${speaks.formTarget('/sign-out')}" method="post"><button class="quiet" type="submit">${speaks.text('form.signIn.out')}</button></form>`}</div></details></nav>
</header>
<main id="main" tabindex="-1">
${body}
</main>
<footer class="bar">
<p>${speaks.text('form.frame.footer')}</p>
${missing > 0 && html`<p>${speaks.text('form.frame.partial', { count: missing })}</p>\n`}</footer>
</body>
</html>
`.toString();
}

/**
 * Title of every page behind a share link. Chat programs show it to all who see the link; without a description they
 * would take a text of the page.
 */
function sharedTitle(translator: PageTranslator): Markup {
  const words = translator.text('form.share.preview');
  return html`<title>${words}</title>
<meta name="description" content="${words}">
<meta property="og:title" content="${words}">
<meta property="og:description" content="${words}">
`;
}

/** A GET form drops the query of its target address, so the language is sent as a field. */
export const languageField = ({ requestedLanguage: asked }: PageTranslator): Markup =>
  asked === undefined ? html`` : html`<input type="hidden" name="lang" value="${asked}">\n`;

/** Each language is named as its speakers call it; the page's own is no link. */
function languageLinks(translator: PageTranslator): Markup {
  const links = LANGUAGES.map((language) => {
    const { name } = translatorFor(language);
    return language === translator.language
      ? html`<span lang="${language}" aria-current="true">${name}</span>\n`
      : html`<a href="${translator.inLanguage(language)}" lang="${language}" hreflang="${language}">${name}</a>\n`;
  });
  return html`<span class="languages" role="group" aria-label="${translator.text('form.frame.languages')}">${links}</span>`;
}
