import { isPublicAddress } from '../../base/net/address-check.js';
import { buildPage } from '../../core/page/page.js';
import type { InspectionFacts } from '../../core/page/viewer.js';
import { html } from '../../core/renderers/html/escape.js';
import { renderArticle } from '../../core/renderers/html/html.js';
import type { ReinspectTargets } from '../../core/renderers/html/one-page.js';
import type { StoredReport } from '../../core/report/report.js';
import type { FileOrigin } from '../../storage/inspections/exchanges.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { PageTranslator } from '../services/language.js';
import type { LawChoice } from '../services/options/law-choice.js';
import { linkedFigures } from '../services/page-figures.js';
import { renderPage } from './page.js';
import type { PageAttachments } from './report-attachments.js';
import { renderLawForm } from './sections/law-form.js';
import { renderMatchesLead, renderMatchesSection } from './sections/matches-section.js';
import { type RefusedNote, renderNotesSection } from './sections/notes-section.js';
import { type ActionSubject, type RefusedCase, renderReportActions } from './sections/report-actions.js';

export interface ReportPageFacts extends PageAttachments {
  /** Whether share links can be made. */
  shares: boolean;
  /** Whether this reader can seal a bundle of it. */
  seals: boolean;
  /** Whether the reader may see personal data unmasked. */
  reveals: boolean;
  /** Origin of a downloaded file, if its HTTP exchanges are stored. Its address may contain personal data. */
  origin?: FileOrigin | undefined;
  /** Law selection of the reader. */
  law?: LawChoice;
  refused?: RefusedNote;
  refusedCase?: RefusedCase;
}

type ShownRecord = ActionSubject &
  Pick<InspectionRecord, 'notes' | 'createdAt'> &
  Partial<Pick<InspectionRecord, 'finishedAt'>>;

export const toInspected = ({
  createdAt,
  finishedAt,
  caseRef,
}: Omit<ShownRecord, 'id' | 'notes'>): InspectionFacts => ({
  at: finishedAt ?? createdAt,
  ...(caseRef === undefined ? {} : { caseReference: caseRef }),
});

/** Renders a stored report in the reader's language, with the actions of this server: export and deletion. */
export function renderReportPage(
  report: StoredReport,
  record: ShownRecord,
  translator: PageTranslator,
  {
    album,
    evidence,
    parts,
    matches: seen,
    shares,
    seals,
    reveals,
    origin,
    law,
    refused,
    refusedCase,
  }: ReportPageFacts,
): string {
  const { id } = record;
  const partAddress = partLinks(`/inspections/${id}`, parts, translator.linkTo);
  const page = buildPage(report, translator, {
    figures: linkedFigures(`/v1/inspections/${id}`, album),
    evidence,
    inspected: toInspected(record),
    hasPart: (number) => partAddress(number) !== undefined,
  });
  const article = renderArticle(page, translator, {
    archive: seen && renderMatchesLead(report, id, seen, translator),
    actions: renderReportActions(report, record, translator, {
      shares,
      seals,
      evidence,
      exchanges: origin !== undefined && reveals,
      refused: refusedCase,
    }),
    reinspect: reinspectTargets(id, translator, reveals),
    fileLink: reveals && report.asset.kind === 'image' ? publicLink(origin) : undefined,
    glossary: translator.linkTo('/glossary'),
    partAddress,
    ...(law === undefined ? {} : { chooseLaw: renderLawForm(id, report.tool.asOf, law, translator) }),
  });
  return renderPage({
    title: translator.text('form.frame.title', { what: report.asset.name }),
    translator,
    script: [
      'again',
      'copy',
      'times',
      ...(album === undefined ? [] : (['compare', 'lightbox'] as const)),
      ...(seen === undefined ? [] : (['seen'] as const)),
    ],
    body: html`${article}
${seen && renderMatchesSection(report, id, { ...seen, reveals }, translator)}
${renderNotesSection(record, translator, { shares, refused })}`,
  });
}

/** Returns the address of the file if others can reach it; a search by picture has no use for one of an inner network. */
const publicLink = (origin: FileOrigin | undefined): string | undefined =>
  origin?.address !== undefined && isPublicAddress(origin.address) ? origin.url : undefined;

/** Returns the addresses of the parts that have their own report, by their number within the file. */
export function partLinks(
  base: string,
  kept: readonly number[] = [],
  to: (address: string) => string,
  before = 0,
): (number: number) => string | undefined {
  const known = new Set(kept);
  return (number) => (known.has(before + number) ? to(`${base}/parts/${before + number}`) : undefined);
}

/** Targets of further questions about the file; the form takes it again where its upload was deleted. */
export const reinspectTargets = (
  id: string,
  { linkTo: to, formTarget }: PageTranslator,
  canReveal: boolean,
): ReinspectTargets => ({
  again: formTarget(`/inspections/${id}/again`),
  elsewhere: to('/?manifest=on'),
  file: to('/'),
  canReveal,
});
