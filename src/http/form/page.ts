import { html, type Markup } from '../../core/renderers/html-escape.js';
import { LANGUAGES } from '../../say/languages.js';
import { speechOf } from '../../say/speech.js';
import type { PageLanguage } from '../language.js';

/** Each is a file of its own beside this one (routes/assets.ts). */
export type PageScript = 'form' | 'compare' | 'lightbox' | 'copy' | 'seen' | 'times';

interface PageContent {
  title: string;
  body: Markup;
  /** Of the page itself; strings of a file carry their own direction. */
  speaks: PageLanguage;
  /** Which of ours; the page works without. */
  script?: PageScript | readonly PageScript[];
  /** Whoever reads it has a link and no more: nothing leads to what takes a key. */
  visitor?: boolean;
  /** Columns that take more than a line of text. */
  wide?: boolean;
}

/** What every page has in common. */
export function page({
  title,
  body,
  speaks,
  script = [],
  visitor = false,
  wide = false,
}: PageContent): string {
  return html`<!doctype html>
<html lang="${speaks.language}" dir="${speaks.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${[script].flat().map((one) => html`<script src="/assets/${one}.js" defer></script>\n`)}
</head>
<body${wide && html` class="wide"`}>
<a class="skip" href="#main">${speaks.words('form.frame.skip')}</a>
<header class="bar">
${visitor ? html`<span class="home">Assay</span>` : html`<a class="home" href="${speaks.to('/')}">Assay</a>`}
<nav aria-label="${speaks.words('form.frame.nav')}">${languageLinks(speaks)}${!visitor && html` <a href="${speaks.to('/inspections')}">${speaks.words('form.history.link')}</a> <a href="${speaks.to('/cases')}">${speaks.words('form.cases.title')}</a>`} <a href="${speaks.to('/glossary')}">${speaks.words('glossary.heading')}</a>${!visitor && html` <a href="${speaks.to('/api')}">${speaks.words('form.frame.forPrograms')}</a>`}</nav>
${speaks.signedIn && !visitor && html`<form action="${speaks.form('/sign-out')}" method="post"><button class="quiet" type="submit">${speaks.words('form.signIn.out')}</button></form>`}
</header>
<main id="main" tabindex="-1">
${body}
</main>
<footer class="bar">
<p>${speaks.words('form.frame.footer')}</p>
</footer>
</body>
</html>
`.toString();
}

/** A form that asks by address leaves out what its target's address asks for: the language goes along as a field. */
export const languageField = ({ asked }: PageLanguage): Markup =>
  asked === undefined ? html`` : html`<input type="hidden" name="lang" value="${asked}">\n`;

/** Each language is called as its speakers call it; the page's own is no link. */
function languageLinks(speaks: PageLanguage): Markup {
  const links = LANGUAGES.map((language) => {
    const { name } = speechOf(language);
    return language === speaks.language
      ? html`<span lang="${language}" aria-current="true">${name}</span>\n`
      : html`<a href="${speaks.here(language)}" lang="${language}" hreflang="${language}">${name}</a>\n`;
  });
  return html`<span class="languages" role="group" aria-label="${speaks.words('form.frame.languages')}">${links}</span>`;
}
