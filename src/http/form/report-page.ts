import { articleOf } from '../../core/renderers/html.js';
import { html } from '../../core/renderers/html-escape.js';
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
import { type ActedOn, actions, type RefusedCase } from './report-actions.js';
import { seenNotice, seenSection } from './seen-section.js';

export interface ReportPageFacts extends Beside {
  /** Whether links to it can be made here. */
  shares: boolean;
  /** Whether a bundle of it can be sealed here, by whoever reads it. */
  seals: boolean;
  /** Whether whoever reads it may have personal data shown. */
  reveals: boolean;
  /** What was exchanged to fetch the file is kept. */
  exchanges?: boolean;
  /** Whose law its reader chose to see. */
  law?: LawChoice;
  refused?: RefusedNote;
  refusedCase?: RefusedCase;
}

type ShownRecord = ActedOn &
  Pick<InspectionRecord, 'notes' | 'createdAt'> &
  Partial<Pick<InspectionRecord, 'finishedAt'>>;

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
  {
    album,
    evidence,
    parts,
    seen,
    shares,
    seals,
    reveals,
    exchanges,
    law,
    refused,
    refusedCase,
  }: ReportPageFacts,
): string {
  const { id } = record;
  const article = articleOf(report, speaks, {
    figures: figuresByAddress(`/v1/inspections/${id}`, album),
    evidence,
    inspected: inspectedOf(record),
    actions: html`${seen && seenNotice(report, seen, speaks)}${actions(report, record, speaks, { shares, seals, evidence, exchanges: exchanges && reveals, refused: refusedCase })}`,
    again: againAt(speaks, reveals),
    glossary: speaks.to('/glossary'),
    partAt: partsAt(`/inspections/${id}`, parts, speaks.to),
    ...(law === undefined ? {} : { chooseLaw: lawForm(id, law, speaks) }),
  });
  return page({
    title: speaks.words('form.frame.title', { what: report.asset.name }),
    speaks,
    script: [
      'copy',
      'times',
      ...(album === undefined ? [] : (['compare', 'lightbox'] as const)),
      ...(seen === undefined ? [] : (['seen'] as const)),
    ],
    body: html`${article}
${seen && seenSection(report, id, seen, speaks)}
${notesSection(record, speaks, { shares, refused })}`,
  });
}

/** Each that has a report of its own, by its number among those of the file. */
export function partsAt(
  base: string,
  kept: readonly number[] = [],
  to: (address: string) => string,
  before = 0,
): (number: number) => string | undefined {
  const known = new Set(kept);
  return (number) => (known.has(before + number) ? to(`${base}/parts/${before + number}`) : undefined);
}

/** Where the form takes the file again with a box ticked: what was inspected is deleted by now. */
export const againAt = ({ to }: PageLanguage, reveals: boolean): Again => ({
  file: to('/'),
  pixels: to('/?deep=on'),
  elsewhere: to('/?manifest=on'),
  ...(reveals ? { location: to('/?reveal=location') } : {}),
});
