import { type CalendarRequest, type LawChanges, listPlaces } from '../../core/law/rulebook-diff.js';
import { loadRulebooks } from '../../core/law/rulebooks/index.js';
import { jurisdictionName } from '../../core/law/rulebooks/jurisdictions.js';
import { type ChangeRow, changeRows } from '../../core/page/law/changes.js';
import { html, lines, type Markup } from '../../core/renderers/html/escape.js';
import { ROLES } from '../../core/report/rule-terms.js';
import { dayMessage } from '../../i18n/amounts.js';
import type { PageTranslator } from '../services/language.js';
import { languageField, renderPage } from './page.js';
import { choice, day } from './sections/fields.js';

export interface CalendarContent {
  asked: CalendarRequest;
  /** First and last day of the twelve months. */
  from: string;
  to: string;
  changes: LawChanges;
}

/** Renders what begins or ends in law within twelve months, day by day. Works without script. */
export function renderCalendarPage(
  { asked, from, to, changes }: CalendarContent,
  translator: PageTranslator,
): string {
  const heading = translator.text('page.calendar.title');
  const days = new Map<string, ChangeRow[]>();
  for (const row of changeRows(changes, translator)) days.set(row.on, [...(days.get(row.on) ?? []), row]);
  return renderPage({
    title: translator.text('form.frame.title', { what: heading }),
    translator,
    body: html`<h1>${heading}</h1>
<p>${translator.text('rulebook.calendar.about', { from, to })}${asked.roles !== undefined && html` ${translator.text('rulebook.calendar.watchedAnyRole')}`}</p>
${calendarForm(asked, translator)}
${days.size === 0 && html`<p>${translator.text('rulebook.noChange', { from, to })}</p>`}
${lines(
  [...days].map(
    ([on, rows]) => html`<section class="day">
<h2><time datetime="${on}">${translator.translate(dayMessage(on))}</time></h2>
${lines(rows.map(rowHtml))}
</section>`,
  ),
)}`,
  });
}

function calendarForm({ from, jurisdictions, roles }: CalendarRequest, translator: PageTranslator): Markup {
  const books = loadRulebooks();
  const places = listPlaces().map((one) => [one, jurisdictionName(one, books, translator)] as const);
  const any = translator.text('form.history.any');
  return html`<form class="choose-law" action="/law/calendar" method="get">
${languageField(translator)}${choice('jurisdiction', translator.text('form.law.place'), any, jurisdictions?.[0], places)}
${choice(
  'role',
  translator.text('form.upload.role'),
  any,
  roles?.[0],
  ROLES.map((one) => [one, translator.text(`law.role.${one}`)] as const),
)}
${day('from', translator.text('form.history.from'), from)}
<button class="quiet" type="submit">${translator.text('form.law.submit')}</button>
</form>`;
}

const rowHtml = ({ heading, lines: facts, source, language }: ChangeRow): Markup =>
  html`<article${language !== undefined && html` lang="${language}"`}>
<h3>${heading}</h3>
${lines(facts.map((line) => html`<p>${line}</p>`))}
<p class="small">${source.address === undefined ? source.title : html`<a href="${source.address}" rel="noreferrer">${source.title}</a>`}</p>
</article>`;
