import { html, type Markup } from '../../core/renderers/html/escape.js';
import type { MediaPage, Medium } from '../../service/fetching/fetched.js';
import type { RefillableField } from '../contract/queries/field-selection.js';
import type { PageTranslator } from '../services/language.js';
import type { MediaChoice } from '../services/options/link-choice.js';
import { renderPage } from './page.js';

/**
 * Lists the media of a page as text: to show the pictures themselves, the reader's browser would have to request them
 * from that site. The chosen one is fetched by the server.
 */
export function renderMediaPage(
  { page: found, request: asked }: MediaChoice,
  chosen: ReadonlyMap<RefillableField, string>,
  translator: PageTranslator,
): string {
  const first = found.media.findIndex(({ refused }) => refused === undefined);
  return renderPage({
    title: translator.text('form.frame.title', { what: translator.text('form.media.title') }),
    translator,
    script: 'form',
    body: html`<h1>${translator.text('form.media.heading')}</h1>
<p>${translator.text('form.media.about', { count: found.media.length })}</p>
${about(found, translator)}<form class="media" action="${translator.formTarget('/v1/inspections')}" method="post" enctype="multipart/form-data">
<input type="hidden" name="page" value="${found.url}">
${[...chosen].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}<fieldset>
<legend>${translator.text('form.media.which')}</legend>
<ol class="media">
${found.media.map((medium, at) => entry(medium, at, at === first, translator))}</ol>
</fieldset>
${leftOutCounts(found, translator)}${
  asked.companions?.sidecarSha256 !== undefined &&
  html`<div class="notice"><label for="sidecar">${translator.text('form.media.sidecarAgain')}</label>
<input id="sidecar" name="sidecar" type="file" multiple accept=".c2pa,.xmp,application/c2pa,application/rdf+xml"></div>\n`
}<p class="actions near"><button type="submit"${first < 0 && html` disabled`}>${translator.text('form.media.submit')}</button> <a class="button quiet" href="${translator.linkTo('/')}">${translator.text('form.media.back')}</a></p>
<p class="progress" role="status" aria-live="polite" data-waiting="${translator.text('form.link.waiting')}"></p>
</form>`,
  });
}

function about({ title, url }: MediaPage, translator: PageTranslator): Markup {
  return html`<p class="small">${title !== undefined && html`${translator.text('form.media.pageTitle')} <bdi dir="auto">${title}</bdi><br>\n`}${translator.text('form.media.pageAddress')} <bdi class="address" dir="ltr">${url}</bdi></p>
`;
}

function entry(
  { url, kind, from, width, alt, refused }: Medium,
  at: number,
  first: boolean,
  translator: PageTranslator,
): Markup {
  const facts = [
    translator.text(`fetching.kind.${kind}`),
    ...(width === undefined ? [] : [translator.text('form.media.width', { width })]),
    translator.text(`fetching.from.${from}`),
  ];
  return html`<li><input type="radio" name="url" id="medium-${at}" value="${url}" aria-describedby="medium-${at}-terms" required${first && html` checked`}${refused !== undefined && html` disabled`}>
<label for="medium-${at}"><bdi class="address" dir="ltr">${url}</bdi></label>
<p class="small" id="medium-${at}-terms">${facts.join(' · ')}${alt !== undefined && html` · ${translator.text('form.media.alt')} <q><bdi dir="auto">${alt}</bdi></q>`}${refused !== undefined && html`<br>${translator.text(`problem.${refused}.title`)}`}</p></li>
`;
}

/** Renders how many media the list leaves out. */
function leftOutCounts(
  { leftOut: more = 0, players = [], isCut }: MediaPage,
  translator: PageTranslator,
): Markup {
  const lines = [
    ...(more > 0 ? [translator.text('form.media.leftOut', { count: more })] : []),
    ...(isCut ? [translator.text('form.media.isCut')] : []),
    ...(players.length > 0 ? [translator.text('form.media.players', { count: players.length })] : []),
  ];
  return html`${lines.map((line) => html`<p class="small">${line}</p>\n`)}`;
}
