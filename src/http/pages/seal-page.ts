import { html, type Markup } from '../../core/renderers/html/escape.js';
import type { Message } from '../../i18n/message.js';
import { BUNDLE_KINDS, type BundleKind } from '../../service/sealing/names.js';
import type { PageTranslator } from '../services/language.js';
import { renderPage } from './page.js';

/** The kind that was chosen, and why nothing was sealed. */
export interface RefusedSeal {
  kind: string | undefined;
  fault: Message;
}

export interface SealFacts {
  id: string;
  /** Name of the file. */
  name: string;
  /** Whether the reader may have a bundle with the file. */
  mayFull: boolean;
  /** Whether a companion file was inspected with the file. */
  hasSeveral: boolean;
  /** Whether the upload is still stored, so that the file need not be sent again. */
  isKept: boolean;
  /** Host of the time-stamping authority that is asked. */
  authority: string | undefined;
  refused?: RefusedSeal | undefined;
}

/** Renders what each kind of bundle contains, and its download. */
export function renderSealPage(facts: SealFacts, translator: PageTranslator): string {
  const { id, name, authority, refused } = facts;
  const heading = translator.text('form.report.seal');
  return renderPage({
    title: translator.text('form.frame.title', { what: heading }),
    translator,
    body: html`<h1>${heading}</h1>
<p><bdi class="verbatim" dir="auto">${name}</bdi></p>
<p>${translator.text('form.seal.about')}</p>
<form class="seal" action="${translator.formTarget(`/inspections/${id}/seal`)}" method="post" enctype="multipart/form-data">
${refused && html`<p class="error" id="seal-error" role="alert">${translator.translate(refused.fault)}</p>\n`}<fieldset${refused && html` aria-describedby="seal-error"`}>
<legend>${translator.text('form.seal.kind')}</legend>
${[...BUNDLE_KINDS].reverse().map((kind) => choice(kind, facts, translator))}</fieldset>
${fileField(facts, translator)}<p class="small">${authority === undefined ? translator.text('form.seal.noStamp') : translator.text('form.seal.stamp', { host: authority })}</p>
<p><button type="submit">${translator.text('form.seal.submit')}</button></p>
</form>
<section class="actions" aria-label="${heading}">
<a class="button quiet" href="${translator.linkTo(`/inspections/${id}`)}">${translator.text('form.share.back')}</a>
</section>`,
  });
}

/** Returns why this reader cannot have a bundle with the file; `undefined` if they can. */
function fullRefusalReason(
  { mayFull, hasSeveral }: SealFacts,
  translator: PageTranslator,
): string | undefined {
  if (!mayFull) return translator.text('form.seal.fullNotAllowed');
  return hasSeveral ? translator.text('form.seal.fullSeveral') : undefined;
}

function choice(kind: BundleKind, facts: SealFacts, translator: PageTranslator): Markup {
  const whyNot = kind === 'full' ? fullRefusalReason(facts, translator) : undefined;
  const chosen = facts.refused?.kind === 'full' ? 'full' : 'shareable';
  const isChosen = kind === chosen && whyNot === undefined;
  return html`<p><label><input name="kind" type="radio" value="${kind}" aria-describedby="${kind}-holds"${isChosen && html` checked`}${whyNot !== undefined && html` disabled`}> ${translator.text(`form.seal.${kind}`)}</label></p>
<p class="small" id="${kind}-holds">${translator.text(`form.seal.${kind}Holds`)}${whyNot !== undefined && html` <strong>${whyNot}</strong>`}</p>
`;
}

function fileField(facts: SealFacts, translator: PageTranslator): Markup {
  if (fullRefusalReason(facts, translator) !== undefined) return html``;
  if (facts.isKept) return html`<p class="small">${translator.text('form.seal.fileStored')}</p>\n`;
  return html`<p><label for="file">${translator.text('form.seal.file')}</label>
<input id="file" name="file" type="file" aria-describedby="file-terms"></p>
<p class="small" id="file-terms">${translator.text('form.seal.fileGone')}</p>
`;
}
