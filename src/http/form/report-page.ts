import { articleOf } from '../../core/renderers/html.js';
import { html, type Markup } from '../../core/renderers/html-escape.js';
import type { Report } from '../../core/report/report.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Beside } from '../beside-report.js';
import { figuresByAddress } from '../figures.js';
import type { PageLanguage } from '../language.js';
import { notesSection, type RefusedNote } from './notes-section.js';
import { page } from './page.js';

export interface ReportPageFacts extends Beside {
  /** Whether links to it can be made here. */
  shares: boolean;
  refused?: RefusedNote;
}

/** A kept report, in the reader's language, with what its door adds: how to take it along and how to delete it. */
export function renderReportPage(
  report: Report,
  record: Pick<InspectionRecord, 'id' | 'notes'>,
  speaks: PageLanguage,
  { album, evidence, shares, refused }: ReportPageFacts,
): string {
  const { id } = record;
  return page({
    title: speaks.words('form.frame.title', { what: report.asset.name }),
    speaks,
    ...(album === undefined ? {} : { script: 'compare' }),
    body: html`<h1>${speaks.words('form.report.heading')}</h1>
${articleOf(report, speaks, { figures: figuresByAddress(`/v1/inspections/${id}`, album), evidence })}
${notesSection(record, speaks, { shares, refused })}
<section class="actions" aria-label="${speaks.words('form.report.actions')}">
${shares && html`<a class="button" href="${speaks.to(`/inspections/${id}/share`)}">${speaks.words('form.share.open')}</a>`}
<a class="button quiet" href="${speaks.said(`/v1/inspections/${id}/report.pdf`)}" download="assay-report.pdf">${speaks.words('form.report.pdf')}</a>
<a class="button quiet" href="${speaks.said(`/v1/inspections/${id}/report.html`)}" download="assay-report.html">${speaks.words('form.report.html')}</a>
<a class="button quiet" href="${speaks.to(`/v1/inspections/${id}/report.json`)}" download="assay-report.json">${speaks.words('form.report.json')}</a>
${evidenceLink(evidence, speaks.to(`/v1/inspections/${id}/evidence`), speaks.words('form.report.evidence'))}
${crJsonLink(report, speaks.to(`/v1/inspections/${id}/crjson`), speaks.words('form.report.crJson'))}
<a class="button quiet" href="${speaks.to('/')}">${speaks.words('form.report.another')}</a>
<form action="${speaks.form(`/inspections/${id}/delete`)}" method="post"><button class="quiet" type="submit">${speaks.words('form.report.remove')}</button></form>
</section>`,
  });
}

function evidenceLink(evidence: Beside['evidence'], address: string, label: string): Markup {
  if (evidence === undefined || evidence.carriers.length === 0) return html``;
  return html`<a class="button quiet" href="${address}" download="assay-evidence.json">${label}</a>`;
}

/** Where the file carries manifests. Whether they could be exported, the address says. */
function crJsonLink({ contentCredentials }: Report, address: string, label: string): Markup {
  if (contentCredentials.presence !== 'present') return html``;
  return html`<a class="button quiet" href="${address}" download="assay-manifests.json">${label}</a>`;
}
