import { listJurisdictions, loadRulebooks } from '../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../core/law/rulebooks/jurisdictions.js';
import { html, lines } from '../../core/renderers/html/escape.js';
import { lawGridHtml } from '../../core/renderers/html/law-grid.js';
import type { LawGrid } from '../../core/report/law-schema.js';
import { ROLES, type Role } from '../../core/report/rule-terms.js';
import type { PageTranslator } from '../services/language.js';
import { languageField, renderPage } from './page.js';

export interface LawGridPage {
  id: string;
  /** Base name of the file. */
  name: string;
  places: readonly string[];
  role?: Role | undefined;
  asOf: string;
  /** Absent if no place is chosen: a table of the laws of all places would be too wide to read. */
  grid?: LawGrid;
  /** Query of the same table in the API. */
  query: string;
}

/** Renders the page with the grid of a stored Report; its form works without script. */
export function renderLawGridPage(
  { id, name, places, role, asOf, grid, query }: LawGridPage,
  translator: PageTranslator,
): string {
  const title = translator.text('law.grid.title');
  const books = loadRulebooks();
  const boxes = listJurisdictions(books).map(
    (one) =>
      html`<label><input type="checkbox" name="jurisdiction" value="${one}"${places.includes(one) && html` checked`}> ${jurisdictionName(one, books, translator)}</label>`,
  );
  const roles = ROLES.map(
    (one) =>
      html`<option value="${one}"${one === role && html` selected`}>${translator.text(`law.role.${one}`)}</option>`,
  );
  const at = `/v1/inspections/${id}/law-grid`;
  const files = (['csv', 'json'] as const).map(
    (form) =>
      html`<a class="button quiet" href="${translator.withLanguage(`${at}?${query}&format=${form}`)}" download="assay-law-grid.${form}">${translator.text(`law.grid.${form}`)}</a>`,
  );
  return renderPage({
    title: translator.text('form.frame.title', { what: name }),
    translator,
    wide: true,
    body: html`<h1>${title}</h1>
<p><bdi dir="auto">${name}</bdi> · <a href="${translator.linkTo(`/inspections/${id}`)}">${translator.text('law.grid.back')}</a></p>
<form class="choose-law" action="/inspections/${id}/law-grid" method="get">
${languageField(translator)}<fieldset class="places"><legend>${translator.text('law.grid.places')}</legend>
${lines(boxes)}
</fieldset>
<p><label for="role">${translator.text('form.upload.role')}</label>
<select id="role" name="role"><option value=""></option>${roles}</select></p>
<p><label for="asOf">${translator.text('law.grid.day')}</label>
<input id="asOf" name="asOf" type="date" value="${asOf}"></p>
<button class="quiet" type="submit">${translator.text('law.grid.show')}</button>
</form>
${grid !== undefined && html`${lawGridHtml(grid, translator)}\n<p class="bar-of-actions">${lines(files)}</p>`}`,
  });
}
