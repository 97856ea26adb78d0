import { html, type Markup } from '../../core/renderers/html-escape.js';
import type { Medium, Page } from '../../fetching/fetched.js';
import type { ToChoose } from '../asked-link.js';
import type { KeptField } from '../chosen.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

/**
 * The media of a page as words: to show the pictures themselves, the reader's browser would have to ask for them. One is
 * chosen, and asked for then.
 */
export function mediaPage(
  { page: found, asked }: ToChoose,
  chosen: ReadonlyMap<KeptField, string>,
  speaks: PageLanguage,
): string {
  const first = found.media.findIndex(({ refused }) => refused === undefined);
  return page({
    title: speaks.words('form.frame.title', { what: speaks.words('form.media.title') }),
    speaks,
    script: 'form',
    body: html`<h1>${speaks.words('form.media.heading')}</h1>
<p>${speaks.words('form.media.about', { count: found.media.length })}</p>
${about(found, speaks)}<form class="media" action="${speaks.form('/v1/inspections')}" method="post" enctype="multipart/form-data">
<input type="hidden" name="page" value="${found.url}">
${[...chosen].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}<fieldset>
<legend>${speaks.words('form.media.which')}</legend>
<ol class="media">
${found.media.map((medium, at) => entry(medium, at, at === first, speaks))}</ol>
</fieldset>
${leftOut(found, speaks)}${
  asked.beside?.sidecarSha256 !== undefined &&
  html`<div class="notice"><label for="sidecar">${speaks.words('form.media.sidecarAgain')}</label>
<input id="sidecar" name="sidecar" type="file" multiple accept=".c2pa,.xmp,application/c2pa,application/rdf+xml"></div>\n`
}<p class="actions near"><button type="submit"${first < 0 && html` disabled`}>${speaks.words('form.media.submit')}</button> <a class="button quiet" href="${speaks.to('/')}">${speaks.words('form.media.back')}</a></p>
<p class="progress" role="status" aria-live="polite" data-waiting="${speaks.words('form.link.waiting')}"></p>
</form>`,
  });
}

function about({ title, url }: Page, speaks: PageLanguage): Markup {
  return html`<p class="small">${title !== undefined && html`${speaks.words('form.media.pageTitle')} <bdi dir="auto">${title}</bdi><br>\n`}${speaks.words('form.media.pageAddress')} <bdi class="address" dir="ltr">${url}</bdi></p>
`;
}

function entry(
  { url, kind, from, width, alt, refused }: Medium,
  at: number,
  first: boolean,
  speaks: PageLanguage,
): Markup {
  const facts = [
    speaks.words(`fetching.kind.${kind}`),
    ...(width === undefined ? [] : [speaks.words('form.media.width', { width })]),
    speaks.words(`fetching.from.${from}`),
  ];
  return html`<li><input type="radio" name="url" id="medium-${at}" value="${url}" aria-describedby="medium-${at}-terms" required${first && html` checked`}${refused !== undefined && html` disabled`}>
<label for="medium-${at}"><bdi class="address" dir="ltr">${url}</bdi></label>
<p class="small" id="medium-${at}-terms">${facts.join(' · ')}${alt !== undefined && html` · ${speaks.words('form.media.alt')} <q><bdi dir="auto">${alt}</bdi></q>`}${refused !== undefined && html`<br>${speaks.words(`problem.${refused}.title`)}`}</p></li>
`;
}

/** What is not in the list is counted. */
function leftOut({ leftOut: more = 0, players = [], isCut }: Page, speaks: PageLanguage): Markup {
  const lines = [
    ...(more > 0 ? [speaks.words('form.media.leftOut', { count: more })] : []),
    ...(isCut ? [speaks.words('form.media.isCut')] : []),
    ...(players.length > 0 ? [speaks.words('form.media.players', { count: players.length })] : []),
  ];
  return html`${lines.map((line) => html`<p class="small">${line}</p>\n`)}`;
}
