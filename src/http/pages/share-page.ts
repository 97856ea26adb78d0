import { html, type Markup } from '../../core/renderers/html/escape.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { listMessage, timeMessage } from '../../i18n/amounts.js';
import { message } from '../../i18n/message.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { Share } from '../../storage/inspections/shares.js';
import type { PageTranslator } from '../services/language.js';
import { shareLimits } from '../services/share-links.js';
import { renderPage } from './page.js';

export interface ShareFacts {
  record: Pick<InspectionRecord, 'id' | 'expiresAt' | 'notes'>;
  /** Name of the file. */
  name: string;
  links: readonly Share[];
  /** Number of thumbnails that are stored with the report. */
  pictures: number;
  /** A link that was just made, shown only this once. */
  newLink?: { url: string; expiresAt: string };
  wasRevoked?: boolean;
}

const CHOICES = [1, shareLimits.defaultDays, 30, shareLimits.mostDays] as const;

/** Renders what a link shows and until when, before one is made; lists the links in force. */
export function renderSharePage(facts: ShareFacts, translator: PageTranslator): string {
  const { record, name, links, newLink: made } = facts;
  return renderPage({
    title: translator.text('form.frame.title', { what: translator.text('form.share.open') }),
    translator,
    ...(made === undefined ? {} : { script: 'copy' as const }),
    body: html`<h1>${translator.text('form.share.open')}</h1>
<p><bdi class="verbatim" dir="auto">${name}</bdi></p>
${made === undefined ? '' : renderNewLink(made, translator)}
${facts.wasRevoked && html`<p class="notice" role="status">${translator.text('form.share.revoked')}</p>`}
<h2>${translator.text('form.share.seesHeading')}</h2>
<p>${translator.text('form.share.sees')}</p>
<ul>
<li>${maskedKindsText(translator)}</li>
</ul>
<form class="share" action="${translator.formTarget(`/inspections/${record.id}/share`)}" method="post">
<div>
<label for="days">${translator.text('form.share.days')}</label>
<select id="days" name="days" aria-describedby="days-terms">
${CHOICES.map((days) => html`<option value="${days}"${days === shareLimits.defaultDays && html` selected`}>${translator.text('form.share.nDays', { days })}</option>\n`)}</select>
<p class="small" id="days-terms">${translator.text('form.share.daysTerms')}${record.expiresAt === undefined ? '' : ` ${translator.text('form.share.atMost', { time: timeMessage(record.expiresAt) })}`}</p>
</div>
${record.notes.length > 0 && html`<p><label><input name="notes" type="checkbox" value="true"> ${translator.text('form.share.notes', { count: record.notes.length })}</label></p>`}
${
  facts.pictures === 0
    ? ''
    : html`<p><label><input name="pictures" type="checkbox" value="true" aria-describedby="pictures-terms"> ${translator.text('form.share.pictures', { count: facts.pictures })}</label></p>
<p class="small" id="pictures-terms">${translator.text('form.share.picturesTerms')}</p>`
}
<p><button type="submit">${translator.text('form.share.submit')}</button></p>
</form>
<h2>${translator.text('form.share.links')}</h2>
${links.length === 0 ? html`<p>${translator.text('form.share.none')}</p>` : table(record.id, links, translator)}
<section class="actions" aria-label="${translator.text('form.share.open')}">
<a class="button quiet" href="${translator.linkTo(`/inspections/${record.id}`)}">${translator.text('form.share.back')}</a>
</section>`,
  });
}

/** Renders which kinds of personal data every link masks, whatever the inspection was asked to reveal. */
export function maskedKindsText(translator: PageTranslator): string {
  return translator.text('form.share.masked', {
    kinds: listMessage(PERSONAL.map((kind) => message(`form.share.kinds.${kind}`))),
  });
}

function renderNewLink(
  { url, expiresAt }: { url: string; expiresAt: string },
  translator: PageTranslator,
): Markup {
  return html`<div class="notice" role="status">
<p>${translator.text('form.share.made')}</p>
<p class="copy"><label for="link">${translator.text('form.share.link')}</label>
<input id="link" class="link" type="text" readonly autofocus value="${url}" data-copy="${translator.text('page.copy.copy')}" data-copied="${translator.text('form.share.copied')}"></p>
<p class="small">${translator.text('form.share.until', { time: timeMessage(expiresAt) })}</p>
</div>`;
}

function table(id: string, links: readonly Share[], translator: PageTranslator): Markup {
  // Without keys (the local tenant) there is no name to show.
  const named = links.some(({ createdBy }) => createdBy !== LOCAL_TENANT);
  return html`<table class="links">
<thead><tr><th scope="col">${translator.text('form.share.madeAt')}</th>${named && html`<th scope="col">${translator.text('form.share.by')}</th>`}<th scope="col">${translator.text('form.share.expires')}</th><th scope="col">${translator.text('form.share.withNotes')}</th><th scope="col">${translator.text('form.share.withPictures')}</th><td></td></tr></thead>
<tbody>
${links.map(
  (one) => html`<tr>
<td data-label="${translator.text('form.share.madeAt')}"><time datetime="${one.createdAt}">${translator.translate(timeMessage(one.createdAt))}</time></td>
${named && html`<td data-label="${translator.text('form.share.by')}"><bdi dir="auto">${one.createdBy === LOCAL_TENANT ? '–' : one.createdBy}</bdi></td>\n`}<td data-label="${translator.text('form.share.expires')}"><time datetime="${one.expiresAt}">${translator.translate(timeMessage(one.expiresAt))}</time></td>
<td data-label="${translator.text('form.share.withNotes')}">${one.withNotes ? translator.text('form.share.yes') : translator.text('form.share.no')}</td>
<td data-label="${translator.text('form.share.withPictures')}">${one.withPictures ? translator.text('form.share.yes') : translator.text('form.share.no')}</td>
<td><form action="${translator.formTarget(`/inspections/${id}/shares/${one.id}/revoke`)}" method="post"><button class="quiet" type="submit" aria-label="${translator.text('form.share.revokeOf', { time: timeMessage(one.createdAt) })}">${translator.text('form.share.revoke')}</button></form></td>
</tr>`,
)}
</tbody>
</table>`;
}
