import { listJurisdictions, loadRulebooks } from '../../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../../core/law/rulebooks/jurisdictions.js';
import { html, type Markup } from '../../../core/renderers/html/escape.js';
import { ROLES } from '../../../core/report/rule-terms.js';
import type { PageTranslator } from '../../services/language.js';
import type { LawChoice } from '../../services/options/law-choice.js';
import { languageField } from '../page.js';
import { choice } from './fields.js';

/**
 * Renders the form that shows a stored report under the law of another jurisdiction or role; the address holds the
 * choice, so no script is needed. Another day makes another report, because signers are judged by it, too.
 */
export function renderLawForm(
  id: string,
  asOf: string,
  { jurisdiction: place, role }: LawChoice,
  translator: PageTranslator,
): Markup {
  const books = loadRulebooks();
  const places = listJurisdictions(books).map(
    (one) => [one, jurisdictionName(one, books, translator)] as const,
  );
  const roles = ROLES.map((one) => [one, translator.text(`law.role.${one}`)] as const);
  return html`<form class="choose-law" action="/inspections/${id}#law" method="get">
${languageField(translator)}${choice('jurisdiction', translator.text('form.law.place'), translator.text('form.law.choosePlace'), place, places)}
${choice('role', translator.text('form.upload.role'), translator.text('form.law.chooseRole'), role, roles)}
<button class="quiet" type="submit">${translator.text('form.law.submit')}</button>
<p class="small">${translator.text('form.law.cookie')}</p>
</form>
<details class="other-day"><summary>${translator.text('form.law.otherDay')}</summary>
<form class="choose-law again" action="${translator.formTarget(`/inspections/${id}/again`)}" method="post" data-sending="${translator.text('page.again.sending')}">
<p><label for="asOf">${translator.text('form.law.asOf')}</label>
<input id="asOf" name="asOf" type="date" value="${asOf}" required aria-describedby="asOf-terms"></p>
<button class="quiet" type="submit">${translator.text('form.law.asOfAsk')}</button>
<p class="small" id="asOf-terms">${translator.text('form.law.asOfTerms')}</p>
</form>
</details>
<p><a href="${translator.linkTo(`/inspections/${id}/law-grid`)}">${translator.text('law.grid.title')}</a></p>`;
}
