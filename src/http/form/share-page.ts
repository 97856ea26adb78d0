import { PERSONAL } from '../../core/signal.js';
import { WORDS } from '../../core/words/all.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Share } from '../../store/shares.js';
import type { PageLanguage } from '../language.js';
import { shareLimits } from '../share-links.js';
import { html, type Markup } from './html.js';
import { page } from './page.js';
import { PAGE_WORDS } from './words/all.js';

export interface ShareFacts {
  record: Pick<InspectionRecord, 'id' | 'expiresAt' | 'notes'>;
  /** Of the file. */
  name: string;
  links: readonly Share[];
  /** Small pictures that are kept with the report. */
  pictures: number;
  /** A link that was just made: shown this once. */
  made?: { url: string; expiresAt: string };
  revoked?: boolean;
}

const CHOICES = [1, shareLimits.defaultDays, 30, shareLimits.mostDays] as const;

/** Says what a link shows and until when before one is made; lists those that hold. */
export function sharePage(facts: ShareFacts, speaks: PageLanguage): string {
  const { record, name, links, made } = facts;
  const { share: words, titleOf } = PAGE_WORDS[speaks.language];
  return page({
    title: titleOf(words.heading),
    speaks,
    body: html`<h1>${words.heading}</h1>
<p><bdi class="verbatim" dir="auto">${name}</bdi></p>
${made === undefined ? '' : madeLink(made, speaks)}
${facts.revoked ? html`<p class="notice" role="status">${words.revoked}</p>` : ''}
<h2>${words.seesHeading}</h2>
<p>${words.sees}</p>
<ul>
<li>${whatIsMasked(speaks)}</li>
</ul>
<form class="share" action="${speaks.form(`/inspections/${record.id}/share`)}" method="post">
<div>
<label for="days">${words.days}</label>
<select id="days" name="days" aria-describedby="days-terms">
${CHOICES.map((days) => html`<option value="${days}"${days === shareLimits.defaultDays ? html` selected` : ''}>${words.nDays(days)}</option>\n`)}</select>
<p class="small" id="days-terms">${words.daysTerms}${record.expiresAt === undefined ? '' : ` ${words.atMost(WORDS[speaks.language].time(record.expiresAt))}`}</p>
</div>
${record.notes.length === 0 ? '' : html`<p><label><input name="notes" type="checkbox" value="true"> ${words.notes(record.notes.length)}</label></p>`}
${
  facts.pictures === 0
    ? ''
    : html`<p><label><input name="pictures" type="checkbox" value="true" aria-describedby="pictures-terms"> ${words.pictures(facts.pictures)}</label></p>
<p class="small" id="pictures-terms">${words.picturesTerms}</p>`
}
<p><button type="submit">${words.submit}</button></p>
</form>
<h2>${words.links}</h2>
${links.length === 0 ? html`<p>${words.none}</p>` : table(record.id, links, speaks)}
<section class="actions" aria-label="${words.heading}">
<a class="button quiet" href="${speaks.to(`/inspections/${record.id}`)}">${words.back}</a>
</section>`,
  });
}

/** Whoever has a link sees nothing that leads to a person, whatever was asked for when the file was inspected. */
export function whatIsMasked({ language }: PageLanguage): string {
  const { share: words } = PAGE_WORDS[language];
  const list = new Intl.ListFormat(language, { style: 'long', type: 'conjunction' });
  return words.masked(list.format(PERSONAL.map((kind) => words.kinds[kind])));
}

function madeLink(
  { url, expiresAt }: { url: string; expiresAt: string },
  { language }: PageLanguage,
): Markup {
  const { share: words } = PAGE_WORDS[language];
  return html`<div class="notice" role="status">
<p>${words.made}</p>
<p><label for="link">${words.link}</label>
<input id="link" class="link" type="text" readonly autofocus value="${url}"></p>
<p class="small">${words.until(WORDS[language].time(expiresAt))}</p>
</div>`;
}

function table(id: string, links: readonly Share[], speaks: PageLanguage): Markup {
  const { share: words } = PAGE_WORDS[speaks.language];
  const { time } = WORDS[speaks.language];
  return html`<table class="links">
<thead><tr><th scope="col">${words.madeAt}</th><th scope="col">${words.by}</th><th scope="col">${words.expires}</th><th scope="col">${words.withNotes}</th><th scope="col">${words.withPictures}</th><td></td></tr></thead>
<tbody>
${links.map(
  (one) => html`<tr>
<td data-label="${words.madeAt}"><time datetime="${one.createdAt}">${time(one.createdAt)}</time></td>
<td data-label="${words.by}"><bdi dir="auto">${one.createdBy}</bdi></td>
<td data-label="${words.expires}"><time datetime="${one.expiresAt}">${time(one.expiresAt)}</time></td>
<td data-label="${words.withNotes}">${one.withNotes ? words.yes : words.no}</td>
<td data-label="${words.withPictures}">${one.withPictures ? words.yes : words.no}</td>
<td><form action="${speaks.form(`/inspections/${id}/shares/${one.id}/revoke`)}" method="post"><button class="quiet" type="submit" aria-label="${words.revokeOf(time(one.createdAt))}">${words.revoke}</button></form></td>
</tr>`,
)}
</tbody>
</table>`;
}
