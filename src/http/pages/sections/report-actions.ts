import { escapeVerbatim, html, type Markup } from '../../../core/renderers/html/escape.js';
import type { StoredReport } from '../../../core/report/report.js';
import type { InspectionRecord } from '../../../storage/inspections/inspections.js';
import { deskLimits } from '../../services/desk-fields.js';
import type { PageTranslator } from '../../services/language.js';
import type { PageAttachments } from '../report-attachments.js';
import { casePath } from './file-list.js';

/** Members of an inspection that its actions need. */
export type ActionSubject = Pick<InspectionRecord, 'id'> &
  Partial<Pick<InspectionRecord, 'caseRef' | 'tags'>>;

/** Case reference and tags that were entered and cannot be stored as they are, with the reason. */
export interface RefusedCase {
  caseRef: string;
  tags: string;
  fault: string;
}

interface ActionOptions {
  /** Whether share links can be made. */
  shares: boolean;
  /** Whether this reader can seal a bundle of it. */
  seals: boolean;
  evidence?: PageAttachments['evidence'];
  /** Whether the HTTP exchanges of its download are stored and this reader may have them. */
  exchanges?: boolean | undefined;
  refused?: RefusedCase | undefined;
}

/** Renders the actions on a report: beside its name, or at the foot of a phone. Deletion stands last, away from sharing. */
export function renderReportActions(
  report: StoredReport,
  record: ActionSubject,
  translator: PageTranslator,
  { shares, seals, evidence, exchanges, refused }: ActionOptions,
): Markup {
  const { id } = record;
  const at = `/v1/inspections/${id}`;
  return html`<section class="actions bar-of-actions" aria-label="${translator.text('form.report.actions')}">
${shares && html`<a class="button" href="${translator.linkTo(`/inspections/${id}/share`)}">${translator.text('form.share.open')}</a>\n`}<a class="button quiet" href="${translator.withLanguage(`${at}/finding.pdf`)}" download="assay-finding.pdf">${translator.text('form.report.finding')}</a>
${caseAndTags(record, refused, translator)}
<details class="more">
<summary class="button quiet">${translator.text('form.report.more')}</summary>
<div class="panel">
<ul>
<li><a href="${translator.withLanguage(`${at}/report.pdf`)}" download="assay-report.pdf">${translator.text('form.report.pdf')}</a></li>
<li><a href="${translator.withLanguage(`${at}/report.html`)}" download="assay-report.html">${translator.text('form.report.html')}</a></li>
<li><a href="${translator.linkTo(`${at}/report.json`)}" download="assay-report.json">${translator.text('form.report.json')}</a></li>
${evidence !== undefined && evidence.carriers.length > 0 && html`<li><a href="${translator.linkTo(`${at}/evidence`)}" download="assay-evidence.json">${translator.text('form.report.evidence')}</a></li>\n`}${crJsonItem(report, translator.linkTo(`${at}/crjson`), translator.text('form.report.crJson'))}${exchanges && html`<li><a href="${translator.linkTo(`${at}/exchanges`)}" download="assay-exchanges.warc.gz">${translator.text('form.report.exchanges')}</a></li>\n`}${seals && html`<li><a href="${translator.linkTo(`/inspections/${id}/seal`)}">${translator.text('form.report.seal')}</a></li>\n`}<li><a href="${translator.linkTo('/')}">${translator.text('form.report.another')}</a></li>
</ul>
<p class="remove"><a href="${translator.linkTo(`/inspections/${id}/delete`)}">${translator.text('form.report.remove')}</a></p>
</div>
</details>
</section>`;
}

/** Shown if the file carries manifests. Whether they could be exported is only known at the address. */
function crJsonItem({ contentCredentials }: StoredReport, address: string, label: string): Markup {
  if (contentCredentials.presence !== 'present') return html``;
  return html`<li><a href="${address}" download="assay-manifests.json">${label}</a></li>\n`;
}

function caseAndTags(
  { id, caseRef = '', tags = [] }: ActionSubject,
  refused: RefusedCase | undefined,
  translator: PageTranslator,
): Markup {
  const value = refused ?? { caseRef, tags: tags.join(', '), fault: '' };
  const wrong = refused !== undefined;
  const told = wrong && html` aria-invalid="true" aria-describedby="case-error"`;
  const set = [
    ...(caseRef === ''
      ? []
      : [html`${translator.text('page.footer.case')} <bdi dir="auto">${caseRef}</bdi>`]),
    ...tags.map((tag) => html`<bdi class="tag" dir="auto">${tag}</bdi>`),
  ];
  return html`<details class="more" id="case"${wrong && html` open`}>
<summary class="button quiet">${translator.text('form.case.heading')}</summary>
<div class="panel">
${set.length > 0 && html`<p>${set.map((one, at) => html`${at > 0 && ' · '}${one}`)}</p>\n`}${caseRef !== '' && html`<p><a href="${translator.linkTo(casePath(caseRef))}">${translator.text('form.cases.open')}</a></p>\n`}<form action="${translator.formTarget(`/inspections/${id}/case`)}" method="post">
${wrong && html`<p class="error" id="case-error" role="alert">${value.fault}</p>\n`}<div class="fields">
<p><label for="caseRef">${translator.text('form.case.field')}</label>
<input id="caseRef" name="caseRef" value="${escapeVerbatim(value.caseRef)}" maxlength="${deskLimits.caseRefCharacters}" dir="auto" autocomplete="off"${told}></p>
<p><label for="tags">${translator.text('form.case.tags')}</label>
<input id="tags" name="tags" value="${escapeVerbatim(value.tags)}" dir="auto" autocomplete="off"${told}></p>
</div>
<p><button type="submit">${translator.text('form.cases.save')}</button></p>
</form>
</div>
</details>`;
}
