import { html, type Markup } from '../../core/renderers/html-escape.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { listSaid, timeSaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import type { InspectionRecord } from '../../store/inspections.js';
import { LOCAL_TENANT } from '../../store/scopes.js';
import type { Share } from '../../store/shares.js';
import type { PageLanguage } from '../language.js';
import { shareLimits } from '../share-links.js';
import { page } from './page.js';

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
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('form.share.heading') }),
    speaks,
    ...(made === undefined ? {} : { script: 'copy' as const }),
    body: html`<h1>${speaks.words('form.share.heading')}</h1>
<p><bdi class="verbatim" dir="auto">${name}</bdi></p>
${made === undefined ? '' : madeLink(made, speaks)}
${facts.revoked && html`<p class="notice" role="status">${speaks.words('form.share.revoked')}</p>`}
<h2>${speaks.words('form.share.seesHeading')}</h2>
<p>${speaks.words('form.share.sees')}</p>
<ul>
<li>${whatIsMasked(speaks)}</li>
</ul>
<form class="share" action="${speaks.form(`/inspections/${record.id}/share`)}" method="post">
<div>
<label for="days">${speaks.words('form.share.days')}</label>
<select id="days" name="days" aria-describedby="days-terms">
${CHOICES.map((days) => html`<option value="${days}"${days === shareLimits.defaultDays && html` selected`}>${speaks.words('form.share.nDays', { days })}</option>\n`)}</select>
<p class="small" id="days-terms">${speaks.words('form.share.daysTerms')}${record.expiresAt === undefined ? '' : ` ${speaks.words('form.share.atMost', { time: timeSaid(record.expiresAt) })}`}</p>
</div>
${record.notes.length > 0 && html`<p><label><input name="notes" type="checkbox" value="true"> ${speaks.words('form.share.notes', { count: record.notes.length })}</label></p>`}
${
  facts.pictures === 0
    ? ''
    : html`<p><label><input name="pictures" type="checkbox" value="true" aria-describedby="pictures-terms"> ${speaks.words('form.share.pictures', { count: facts.pictures })}</label></p>
<p class="small" id="pictures-terms">${speaks.words('form.share.picturesTerms')}</p>`
}
<p><button type="submit">${speaks.words('form.share.submit')}</button></p>
</form>
<h2>${speaks.words('form.share.links')}</h2>
${links.length === 0 ? html`<p>${speaks.words('form.share.none')}</p>` : table(record.id, links, speaks)}
<section class="actions" aria-label="${speaks.words('form.share.heading')}">
<a class="button quiet" href="${speaks.to(`/inspections/${record.id}`)}">${speaks.words('form.share.back')}</a>
</section>`,
  });
}

/** Whoever has a link sees nothing that leads to a person, whatever was asked for when the file was inspected. */
export function whatIsMasked(speaks: PageLanguage): string {
  return speaks.words('form.share.masked', {
    kinds: listSaid(PERSONAL.map((kind) => said(`form.share.kinds.${kind}`))),
  });
}

function madeLink({ url, expiresAt }: { url: string; expiresAt: string }, speaks: PageLanguage): Markup {
  return html`<div class="notice" role="status">
<p>${speaks.words('form.share.made')}</p>
<p class="copy"><label for="link">${speaks.words('form.share.link')}</label>
<input id="link" class="link" type="text" readonly autofocus value="${url}" data-copy="${speaks.words('form.share.copy')}" data-copied="${speaks.words('form.share.copied')}"></p>
<p class="small">${speaks.words('form.share.until', { time: timeSaid(expiresAt) })}</p>
</div>`;
}

function table(id: string, links: readonly Share[], speaks: PageLanguage): Markup {
  // Where nobody shows a key there is no name to tell.
  const named = links.some(({ createdBy }) => createdBy !== LOCAL_TENANT);
  return html`<table class="links">
<thead><tr><th scope="col">${speaks.words('form.share.madeAt')}</th>${named && html`<th scope="col">${speaks.words('form.share.by')}</th>`}<th scope="col">${speaks.words('form.share.expires')}</th><th scope="col">${speaks.words('form.share.withNotes')}</th><th scope="col">${speaks.words('form.share.withPictures')}</th><td></td></tr></thead>
<tbody>
${links.map(
  (one) => html`<tr>
<td data-label="${speaks.words('form.share.madeAt')}"><time datetime="${one.createdAt}">${speaks.say(timeSaid(one.createdAt))}</time></td>
${named && html`<td data-label="${speaks.words('form.share.by')}"><bdi dir="auto">${one.createdBy === LOCAL_TENANT ? '–' : one.createdBy}</bdi></td>\n`}<td data-label="${speaks.words('form.share.expires')}"><time datetime="${one.expiresAt}">${speaks.say(timeSaid(one.expiresAt))}</time></td>
<td data-label="${speaks.words('form.share.withNotes')}">${one.withNotes ? speaks.words('form.share.yes') : speaks.words('form.share.no')}</td>
<td data-label="${speaks.words('form.share.withPictures')}">${one.withPictures ? speaks.words('form.share.yes') : speaks.words('form.share.no')}</td>
<td><form action="${speaks.form(`/inspections/${id}/shares/${one.id}/revoke`)}" method="post"><button class="quiet" type="submit" aria-label="${speaks.words('form.share.revokeOf', { time: timeSaid(one.createdAt) })}">${speaks.words('form.share.revoke')}</button></form></td>
</tr>`,
)}
</tbody>
</table>`;
}
