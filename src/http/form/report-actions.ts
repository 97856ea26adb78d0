import { asTyped, html, type Markup } from '../../core/renderers/html-escape.js';
import type { Report } from '../../core/report/report.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Beside } from '../beside-report.js';
import { deskLimits } from '../desk-words.js';
import type { PageLanguage } from '../language.js';

/** Of an inspection what its actions need. */
export type ActedOn = Pick<InspectionRecord, 'id'> & Partial<Pick<InspectionRecord, 'caseRef' | 'tags'>>;

/** What was written for case and tags and cannot be kept as it is, and why. */
export interface RefusedCase {
  caseRef: string;
  tags: string;
  fault: string;
}

interface Acting {
  /** Whether links to it can be made here. */
  shares: boolean;
  /** Whether a bundle of it can be sealed here, by whoever reads it. */
  seals: boolean;
  evidence?: Beside['evidence'];
  /** What was exchanged to fetch it is kept, and whoever reads may have it. */
  exchanges?: boolean | undefined;
  refused?: RefusedCase | undefined;
}

/** What can be done with a report: it stands after the headline, and most of it is one step away. */
export function actions(
  report: Report,
  record: ActedOn,
  speaks: PageLanguage,
  { shares, seals, evidence, exchanges, refused }: Acting,
): Markup {
  const { id } = record;
  const at = `/v1/inspections/${id}`;
  return html`<section class="actions near" aria-label="${speaks.words('form.report.actions')}">
${shares && html`<a class="button" href="${speaks.to(`/inspections/${id}/share`)}">${speaks.words('form.share.open')}</a>\n`}<a class="button quiet" href="${speaks.said(`${at}/finding.pdf`)}" download="assay-finding.pdf">${speaks.words('form.report.finding')}</a>
<a class="button quiet" href="${speaks.said(`${at}/report.pdf`)}" download="assay-report.pdf">${speaks.words('form.report.pdf')}</a>
${seals && html`<a class="button quiet" href="${speaks.to(`/inspections/${id}/seal`)}">${speaks.words('form.report.seal')}</a>\n`}<a class="button quiet" href="${speaks.to('/')}">${speaks.words('form.report.another')}</a>
<a class="button quiet" href="${speaks.to(`/inspections/${id}/delete`)}">${speaks.words('form.report.remove')}</a>
<details class="more">
<summary>${speaks.words('form.report.more')}</summary>
<ul>
<li><a href="${speaks.said(`${at}/report.html`)}" download="assay-report.html">${speaks.words('form.report.html')}</a></li>
<li><a href="${speaks.to(`${at}/report.json`)}" download="assay-report.json">${speaks.words('form.report.json')}</a></li>
${evidence !== undefined && evidence.carriers.length > 0 && html`<li><a href="${speaks.to(`${at}/evidence`)}" download="assay-evidence.json">${speaks.words('form.report.evidence')}</a></li>\n`}${crJson(report, speaks.to(`${at}/crjson`), speaks.words('form.report.crJson'))}${exchanges && html`<li><a href="${speaks.to(`${at}/exchanges`)}" download="assay-exchanges.warc.gz">${speaks.words('form.report.exchanges')}</a></li>\n`}</ul>
</details>
${caseAndTags(record, refused, speaks)}
</section>`;
}

/** Where the file carries manifests. Whether they could be exported, the address says. */
function crJson({ contentCredentials }: Report, address: string, label: string): Markup {
  if (contentCredentials.presence !== 'present') return html``;
  return html`<li><a href="${address}" download="assay-manifests.json">${label}</a></li>\n`;
}

function caseAndTags(
  { id, caseRef = '', tags = [] }: ActedOn,
  refused: RefusedCase | undefined,
  speaks: PageLanguage,
): Markup {
  const value = refused ?? { caseRef, tags: tags.join(', '), fault: '' };
  const wrong = refused !== undefined;
  const told = wrong && html` aria-invalid="true" aria-describedby="case-error"`;
  const set = [
    ...(caseRef === '' ? [] : [html`${speaks.words('form.case.word')} <bdi dir="auto">${caseRef}</bdi>`]),
    ...tags.map((tag) => html`<bdi class="tag" dir="auto">${tag}</bdi>`),
  ];
  return html`<details class="more" id="case"${wrong && html` open`}>
<summary>${speaks.words('form.case.heading')}${set.length > 0 && html`: ${set.map((one, at) => html`${at > 0 && ' · '}${one}`)}`}</summary>
<form action="${speaks.form(`/inspections/${id}/case`)}" method="post">
${wrong && html`<p class="error" id="case-error" role="alert">${value.fault}</p>\n`}<div class="fields">
<p><label for="caseRef">${speaks.words('form.case.field')}</label>
<input id="caseRef" name="caseRef" value="${asTyped(value.caseRef)}" maxlength="${deskLimits.caseRefCharacters}" dir="auto" autocomplete="off"${told}></p>
<p><label for="tags">${speaks.words('form.case.tags')}</label>
<input id="tags" name="tags" value="${asTyped(value.tags)}" dir="auto" autocomplete="off"${told}></p>
</div>
<p><button type="submit">${speaks.words('form.case.submit')}</button></p>
</form>
</details>`;
}
