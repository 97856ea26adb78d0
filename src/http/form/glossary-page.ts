import { GLOSSARY, termMeaning, termName } from '../../core/renderers/glossary.js';
import { html, lines } from '../../core/renderers/html-escape.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import { meaningOf } from '../../core/signals/meaning.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

/** Words of reports, each with an address of its own; below them what each signal says. */
export function glossaryPage(speaks: PageLanguage): string {
  const heading = speaks.words('glossary.heading');
  const groups = GLOSSARY.map(
    ({
      group,
      terms,
    }) => html`<section aria-labelledby="of-${group}"><h2 id="of-${group}">${speaks.words(`glossary.group.${group}`)}</h2>
<dl class="glossary">
${lines(
  terms.map(
    (term) =>
      html`<div id="${term}" tabindex="-1"><dt><dfn>${speaks.say(termName(term))}</dfn></dt><dd>${speaks.say(termMeaning(term))}</dd></div>`,
  ),
)}
</dl></section>`,
  );
  const signals = SIGNAL_IDS.map(
    (id) =>
      html`<div id="${id}"><dt><code lang="en" dir="ltr">${id}</code></dt><dd>${speaks.say(meaningOf(id))}</dd></div>`,
  );
  return page({
    title: speaks.words('form.frame.title', { what: heading }),
    speaks,
    body: html`<h1>${heading}</h1>
<p>${speaks.words('glossary.about')}</p>
${lines(groups)}
<details class="all-signals">
<summary><h2>${speaks.words('glossary.signals')}</h2></summary>
<p>${speaks.words('glossary.signalsAbout')}</p>
<dl class="glossary">
${lines(signals)}
</dl>
</details>`,
  });
}
