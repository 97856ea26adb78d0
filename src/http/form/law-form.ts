import { loadRulebooks, placesWithLaw } from '../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../core/law/rulebooks/jurisdictions.js';
import { html, type Markup } from '../../core/renderers/html-escape.js';
import { ROLES } from '../../core/report/rule-terms.js';
import type { PageLanguage } from '../language.js';
import type { LawChoice } from '../law-choice.js';
import { languageField } from './page.js';

/** Asks a kept report for the law of another place or role; the address holds what is asked, so no script is needed. */
export function lawForm(id: string, { place, role }: LawChoice, speaks: PageLanguage): Markup {
  const books = loadRulebooks();
  const places = placesWithLaw(books).map((one) => [one, jurisdictionName(one, books, speaks)] as const);
  const roles = ROLES.map((one) => [one, speaks.words(`law.role.${one}`)] as const);
  return html`<form class="choose-law" action="/inspections/${id}#law" method="get">
${languageField(speaks)}${select('jurisdiction', speaks.words('form.law.place'), places, place, speaks)}
${select('role', speaks.words('form.law.role'), roles, role, speaks)}
<button class="quiet" type="submit">${speaks.words('form.law.submit')}</button>
<p class="small">${speaks.words('form.law.cookie')}</p>
</form>`;
}

function select(
  name: 'jurisdiction' | 'role',
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string | undefined,
  speaks: PageLanguage,
): Markup {
  return html`<p><label for="${name}">${label}</label>
<select id="${name}" name="${name}">
<option value="">${speaks.words('form.law.asInspected')}</option>
${options.map(([value, words]) => html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>\n`)}</select></p>`;
}
