import { html, type Markup } from './html.js';

interface PageContent {
  title: string;
  body: Markup;
  /** Language of the page itself; strings of a file carry their own direction. */
  lang?: string;
  /** Only the form has a script, and works without. */
  script?: boolean;
}

/** What every page has in common. */
export function page({ title, body, lang = 'en', script = false }: PageContent): string {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
${script ? html`<script src="/assets/form.js" defer></script>` : ''}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="home" href="/">Assay</a>
<nav aria-label="Assay"><a href="/docs">For programs</a></nav>
</header>
<main id="main">
${body}
</main>
<footer class="bar">
<p>Assay says what a file declares about its origin. It does not judge what the file shows.</p>
</footer>
</body>
</html>
`.toString();
}
