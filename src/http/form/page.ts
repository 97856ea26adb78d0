import { LANGUAGES } from '../../say/languages.js';
import type { PageLanguage } from '../language.js';
import { html, type Markup } from './html.js';
import { PAGE_WORDS } from './words/all.js';

interface PageContent {
  title: string;
  body: Markup;
  /** Of the page itself; strings of a file carry their own direction. */
  speaks: PageLanguage;
  /** Which of ours; the page works without. */
  script?: 'form' | 'compare';
  /** Whoever reads it has a link and no more: nothing leads to what takes a key. */
  visitor?: boolean;
}

/** What every page has in common. */
export function page({ title, body, speaks, script, visitor = false }: PageContent): string {
  const words = PAGE_WORDS[speaks.language];
  return html`<!doctype html>
<html lang="${speaks.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${script ? html`<script src="/assets/${script}.js" defer></script>` : ''}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="bar">
${visitor ? html`<span class="home">Assay</span>` : html`<a class="home" href="${speaks.to('/')}">Assay</a>`}
<nav aria-label="Assay">${languageLinks(speaks)}${visitor ? '' : html` <a href="${speaks.to('/inspections')}">${words.history.link}</a> <a href="/docs">${words.forPrograms}</a>`}</nav>
${speaks.signedIn && !visitor ? html`<form action="${speaks.form('/sign-out')}" method="post"><button class="quiet" type="submit">${words.signIn.out}</button></form>` : ''}
</header>
<main id="main" tabindex="-1">
${body}
</main>
<footer class="bar">
<p>${words.footer}</p>
</footer>
</body>
</html>
`.toString();
}

/** Each language is called as its speakers call it; the page's own is no link. */
function languageLinks(speaks: PageLanguage): Markup {
  const links = LANGUAGES.map((language) => {
    const { itself } = PAGE_WORDS[language];
    return language === speaks.language
      ? html`<span lang="${language}" aria-current="true">${itself}</span>\n`
      : html`<a href="${speaks.here(language)}" lang="${language}" hreflang="${language}">${itself}</a>\n`;
  });
  return html`<span class="languages" role="group" aria-label="${PAGE_WORDS[speaks.language].languages}">${links}</span>`;
}
