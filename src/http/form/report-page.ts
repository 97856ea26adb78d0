import { articleOf } from '../../core/renderers/html.js';
import { html, type Markup } from '../../core/renderers/html-escape.js';
import type { Again } from '../../core/renderers/html-one-page.js';
import type { Inspected } from '../../core/renderers/one-page.js';
import type { Report } from '../../core/report/report.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Beside } from '../beside-report.js';
import { figuresByAddress } from '../figures.js';
import type { PageLanguage } from '../language.js';
import type { LawChoice } from '../law-choice.js';
import { lawForm } from './law-form.js';
import { notesSection, type RefusedNote } from './notes-section.js';
import { page } from './page.js';

export interface ReportPageFacts extends Beside {
  /** Whether links to it can be made here. */
  shares: boolean;
  /** Whether whoever reads it may have personal data shown. */
  reveals: boolean;
  /** Whose law its reader chose to see. */
  law?: LawChoice;
  refused?: RefusedNote;
}

type ShownRecord = Pick<InspectionRecord, 'id' | 'notes' | 'createdAt'> &
  Partial<Pick<InspectionRecord, 'finishedAt' | 'caseRef'>>;

export const inspectedOf = ({
  createdAt,
  finishedAt,
  caseRef,
}: Omit<ShownRecord, 'id' | 'notes'>): Inspected => ({
  at: finishedAt ?? createdAt,
  ...(caseRef === undefined ? {} : { caseReference: caseRef }),
});

/** A kept report, in the reader's language, with what its door adds: how to take it along and how to delete it. */
export function renderReportPage(
  report: Report,
  record: ShownRecord,
  speaks: PageLanguage,
  { album, evidence, shares, reveals, law, refused }: ReportPageFacts,
): string {
  const { id } = record;
  const article = articleOf(report, speaks, {
    figures: figuresByAddress(`/v1/inspections/${id}`, album),
    evidence,
    inspected: inspectedOf(record),
    actions: actions(report, record, speaks, { shares, evidence }),
    again: againAt(speaks, reveals),
    ...(law === undefined ? {} : { chooseLaw: lawForm(id, law, speaks) }),
  });
  return page({
    title: speaks.words('form.frame.title', { what: report.asset.name }),
    speaks,
    script: ['copy', 'times', ...(album === undefined ? [] : (['compare', 'lightbox'] as const))],
    body: html`${article}
${notesSection(record, speaks, { shares, refused })}`,
  });
}

/** Where the form takes the file again with a box ticked: what was inspected is deleted by now. */
const againAt = ({ to }: PageLanguage, reveals: boolean): Again => ({
  file: to('/'),
  pixels: to('/?deep=on'),
  elsewhere: to('/?manifest=on'),
  ...(reveals ? { location: to('/?reveal=location') } : {}),
});

/** What can be done with a report: it stands after what is read first. */
function actions(
  report: Report,
  { id }: ShownRecord,
  speaks: PageLanguage,
  { shares, evidence }: Pick<ReportPageFacts, 'shares' | 'evidence'>,
): Markup {
  return html`<section class="actions" aria-label="${speaks.words('form.report.actions')}">
${shares && html`<a class="button" href="${speaks.to(`/inspections/${id}/share`)}">${speaks.words('form.share.open')}</a>`}
<a class="button quiet" href="${speaks.said(`/v1/inspections/${id}/report.pdf`)}" download="assay-report.pdf">${speaks.words('form.report.pdf')}</a>
<a class="button quiet" href="${speaks.said(`/v1/inspections/${id}/report.html`)}" download="assay-report.html">${speaks.words('form.report.html')}</a>
<a class="button quiet" href="${speaks.to(`/v1/inspections/${id}/report.json`)}" download="assay-report.json">${speaks.words('form.report.json')}</a>
${evidenceLink(evidence, speaks.to(`/v1/inspections/${id}/evidence`), speaks.words('form.report.evidence'))}
${crJsonLink(report, speaks.to(`/v1/inspections/${id}/crjson`), speaks.words('form.report.crJson'))}
<a class="button quiet" href="${speaks.to('/')}">${speaks.words('form.report.another')}</a>
<form action="${speaks.form(`/inspections/${id}/delete`)}" method="post"><button class="quiet" type="submit">${speaks.words('form.report.remove')}</button></form>
</section>`;
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
