import { html, type Markup } from '../../core/renderers/html-escape.js';
import type { Said } from '../../say/said.js';
import { KINDS, type Kind } from '../../seal/names.js';
import type { PageLanguage } from '../language.js';
import { page } from './page.js';

/** What was chosen, and why nothing was sealed. */
export interface RefusedSeal {
  kind: string | undefined;
  fault: Said;
}

export interface SealFacts {
  id: string;
  /** Of the file. */
  name: string;
  /** Whether whoever reads it may have a bundle with the file. */
  mayFull: boolean;
  /** Something was inspected with the file. */
  hasSeveral: boolean;
  /** The file need not be given again. */
  isKept: boolean;
  /** Host of the time-stamping authority that is asked. */
  authority: string | undefined;
  refused?: RefusedSeal | undefined;
}

/** Says what each kind of bundle holds and what not, and downloads one. */
export function sealPage(facts: SealFacts, speaks: PageLanguage): string {
  const { id, name, authority, refused } = facts;
  const heading = speaks.words('form.report.seal');
  return page({
    title: speaks.words('form.frame.title', { what: heading }),
    speaks,
    body: html`<h1>${heading}</h1>
<p><bdi class="verbatim" dir="auto">${name}</bdi></p>
<p>${speaks.words('form.seal.about')}</p>
<form class="seal" action="${speaks.form(`/inspections/${id}/seal`)}" method="post" enctype="multipart/form-data">
${refused && html`<p class="error" id="seal-error" role="alert">${speaks.say(refused.fault)}</p>\n`}<fieldset${refused && html` aria-describedby="seal-error"`}>
<legend>${speaks.words('form.seal.kind')}</legend>
${[...KINDS].reverse().map((kind) => choice(kind, facts, speaks))}</fieldset>
${fileField(facts, speaks)}<p class="small">${authority === undefined ? speaks.words('form.seal.noStamp') : speaks.words('form.seal.stamp', { host: authority })}</p>
<p><button type="submit">${speaks.words('form.seal.submit')}</button></p>
</form>
<section class="actions" aria-label="${heading}">
<a class="button quiet" href="${speaks.to(`/inspections/${id}`)}">${speaks.words('form.share.back')}</a>
</section>`,
  });
}

/** What keeps somebody from a bundle with the file; undefined where nothing does. */
function whyNotFull({ mayFull, hasSeveral }: SealFacts, speaks: PageLanguage): string | undefined {
  if (!mayFull) return speaks.words('form.seal.fullNotAllowed');
  return hasSeveral ? speaks.words('form.seal.fullSeveral') : undefined;
}

function choice(kind: Kind, facts: SealFacts, speaks: PageLanguage): Markup {
  const whyNot = kind === 'full' ? whyNotFull(facts, speaks) : undefined;
  const chosen = facts.refused?.kind === 'full' ? 'full' : 'shareable';
  const isChosen = kind === chosen && whyNot === undefined;
  return html`<p><label><input name="kind" type="radio" value="${kind}" aria-describedby="${kind}-holds"${isChosen && html` checked`}${whyNot !== undefined && html` disabled`}> ${speaks.words(`form.seal.${kind}`)}</label></p>
<p class="small" id="${kind}-holds">${speaks.words(`form.seal.${kind}Holds`)}${whyNot !== undefined && html` <strong>${whyNot}</strong>`}</p>
`;
}

function fileField(facts: SealFacts, speaks: PageLanguage): Markup {
  if (whyNotFull(facts, speaks) !== undefined) return html``;
  if (facts.isKept) return html`<p class="small">${speaks.words('form.seal.fileKept')}</p>\n`;
  return html`<p><label for="file">${speaks.words('form.seal.file')}</label>
<input id="file" name="file" type="file" aria-describedby="file-terms"></p>
<p class="small" id="file-terms">${speaks.words('form.seal.fileGone')}</p>
`;
}
