import { listJurisdictions, loadRulebooks } from '../../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../../core/law/rulebooks/jurisdictions.js';
import { html, type Markup } from '../../../core/renderers/html/escape.js';
import { ROLES } from '../../../core/report/rule-terms.js';
import type { PageTranslator } from '../../services/language.js';
import type { LawChoice } from '../../services/options/law-choice.js';
import { languageField } from '../page.js';

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
${languageField(translator)}${select('jurisdiction', translator.text('form.law.place'), places, place, translator)}
${select('role', translator.text('form.upload.role'), roles, role, translator)}
<button class="quiet" type="submit">${translator.text('form.law.submit')}</button>
<p class="small">${translator.text('form.law.cookie')}</p>
</form>
<p><a href="${translator.linkTo(`/inspections/${id}/law-grid`)}">${translator.text('law.grid.title')}</a></p>`;
}

function select(
  name: 'jurisdiction' | 'role',
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string | undefined,
  translator: PageTranslator,
): Markup {
  return html`<p><label for="${name}">${label}</label>
<select id="${name}" name="${name}">
<option value="">${translator.text('form.law.asInspected')}</option>
${options.map(([value, words]) => html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>\n`)}</select></p>`;
}
