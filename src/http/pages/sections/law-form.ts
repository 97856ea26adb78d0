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
 * choice, so no script is needed.
 */
export function renderLawForm(
  id: string,
  { jurisdiction: place, role }: LawChoice,
  translator: PageTranslator,
): Markup {
  const books = loadRulebooks();
  const places = listJurisdictions(books).map(
    (one) => [one, jurisdictionName(one, books, translator)] as const,
  );
  const roles = ROLES.map((one) => [one, translator.text(`law.role.${one}`)] as const);
  return html`<form class="choose-law" action="/inspections/${id}#law" method="get">
${languageField(translator)}${choice('jurisdiction', translator.text('form.law.place'), translator.text('form.law.asInspected'), place, places)}
${choice('role', translator.text('form.upload.role'), translator.text('form.law.asInspected'), role, roles)}
<button class="quiet" type="submit">${translator.text('form.law.submit')}</button>
<p class="small">${translator.text('form.law.cookie')}</p>
</form>`;
}
