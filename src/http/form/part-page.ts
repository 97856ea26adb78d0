import { plainName } from '../../core/ground/quoted.js';
import { articleOf } from '../../core/renderers/html.js';
import { html } from '../../core/renderers/html-escape.js';
import { quotesApart } from '../../core/renderers/html-runs.js';
import type { Report } from '../../core/report/report.js';
import { daySaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import type { InspectionRecord } from '../../store/inspections.js';
import type { PageLanguage } from '../language.js';
import type { KeptPart } from '../part-report.js';
import { reportOf } from '../send-inspection.js';
import { page } from './page.js';
import { againAt, inspectedOf, partsAt } from './report-page.js';

interface PartFacts extends KeptPart {
  record: InspectionRecord;
  /** The page of the file, in whose folder those of its parts stand. */
  base: string;
  /** Whoever reads it has a link and no more. */
  visitor: boolean;
}

/** The report on a part alone, and the way back to the file it stands in. */
export function partPage(
  { number, report, parts, record, base, visitor }: PartFacts,
  speaks: PageLanguage,
): string {
  const { createdAt, finishedAt } = record;
  const dated = { createdAt, ...(finishedAt === undefined ? {} : { finishedAt }) };
  const ofBefore = ofDay(report, record);
  const article = articleOf(report, speaks, {
    inspected: inspectedOf(visitor ? dated : record),
    glossary: speaks.to('/glossary'),
    // The file is given again, and what stands inside is read as it is asked of that.
    ...(visitor ? {} : { again: againAt(speaks, false) }),
    // Its own parts are numbered from it on.
    partAt: partsAt(base, parts, speaks.to, number),
  });
  const name = said('text.quoted', { text: plainName(record.request.name) });
  return page({
    title: speaks.words('form.frame.title', { what: report.asset.name || record.request.name }),
    speaks,
    visitor,
    script: ['copy', 'times'],
    body: html`<div class="part-of"><p>${quotesApart(speaks.words('page.inside.partOf', { number, name }))}</p>
${ofBefore !== undefined && html`<p>${speaks.words('page.inside.ofDay', { day: daySaid(ofBefore) })}</p>\n`}<p><a href="${speaks.to(base)}">${speaks.words('page.inside.back')}</a></p></div>
${article}`,
  });
}

/**
 * The day of a report that was kept as it was while that of the file was made anew of what is kept. Lists stand only in
 * reports on what has credentials: where one of the two has none, they tell nothing.
 */
function ofDay({ tool }: Report, record: InspectionRecord): string | undefined {
  const { tool: ofFile } = reportOf(record);
  const ofOne = tool.lists.length === 0 || ofFile.lists.length === 0;
  const asked = ({ asOf, lists, rulebooks }: Report['tool']) =>
    JSON.stringify([asOf, ofOne ? [] : lists, rulebooks]);
  const isOfBefore = record.changes?.notAsked !== undefined || asked(tool) !== asked(ofFile);
  return isOfBefore ? tool.asOf : undefined;
}
