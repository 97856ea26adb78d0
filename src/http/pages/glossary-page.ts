import { GLOSSARY, termMeaning, termName } from '../../core/page/glossary.js';
import { html, lines } from '../../core/renderers/html/escape.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { meaningMessage } from '../../core/signals/meaning.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

/** Renders the terms of reports, each with its own anchor, followed by the meaning of each signal. */
export function renderGlossaryPage(translator: PageTranslator): string {
  const heading = translator.text('page.section.terms');
  const groups = GLOSSARY.map(
    ({
      group,
      terms,
    }) => html`<section aria-labelledby="of-${group}"><h2 id="of-${group}">${translator.text(`glossary.group.${group}`)}</h2>
<dl class="glossary">
${lines(
  terms.map(
    (term) =>
      html`<div id="${term}" tabindex="-1"><dt><dfn>${translator.translate(termName(term))}</dfn></dt><dd>${translator.translate(termMeaning(term))}</dd></div>`,
  ),
)}
</dl></section>`,
  );
  const signals = SIGNAL_IDS.map(
    (id) =>
      html`<div id="${id}"><dt><code lang="en" dir="ltr">${id}</code></dt><dd>${translator.translate(meaningMessage(id))}</dd></div>`,
  );
  return renderPage({
    title: translator.text('form.frame.title', { what: heading }),
    translator,
    body: html`<h1>${heading}</h1>
<p>${translator.text('glossary.about')}</p>
${lines(groups)}
<details class="all-signals">
<summary><h2>${translator.text('glossary.signals')}</h2></summary>
<p>${translator.text('glossary.signalsAbout')}</p>
<dl class="glossary">
${lines(signals)}
</dl>
</details>`,
  });
}
