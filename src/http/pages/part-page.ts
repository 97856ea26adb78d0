import { shortenName } from '../../base/quoted.js';
import { buildPage } from '../../core/page/page.js';
import { html } from '../../core/renderers/html/escape.js';
import { renderArticle } from '../../core/renderers/html/html.js';
import { isolateQuotes } from '../../core/renderers/html/runs.js';
import type { StoredReport } from '../../core/report/report.js';
import { dayMessage } from '../../i18n/amounts.js';
import { message } from '../../i18n/message.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { PageTranslator } from '../services/language.js';
import type { StoredPart } from '../services/part-report.js';
import { renderPage } from './page.js';
import { partLinks, reinspectTargets, toInspected } from './report-page.js';

interface PartFacts extends StoredPart {
  record: InspectionRecord;
  /** Address of the file's page; those of its parts lie below it. */
  base: string;
  /** Whether the reader has only a share link. */
  visitor: boolean;
}

/** Renders the report on one part, with a link back to the file that contains it. */
export function renderPartPage(
  { number, report, parts, record, base, visitor }: PartFacts,
  translator: PageTranslator,
): string {
  const { createdAt, finishedAt } = record;
  const dated = { createdAt, ...(finishedAt === undefined ? {} : { finishedAt }) };
  const ofBefore = olderReportDay(report, record);
  const partAddress = partLinks(base, parts, translator.linkTo, number);
  const page = buildPage(report, translator, {
    inspected: toInspected(visitor ? dated : record),
    hasPart: (one) => partAddress(one) !== undefined,
  });
  const article = renderArticle(page, translator, {
    glossary: translator.linkTo('/glossary'),
    // The question is asked of the whole file; its parts are then read with the same options.
    ...(visitor ? {} : { reinspect: reinspectTargets(record.id, translator, false) }),
    // Parts of this part continue the numbering from its own number.
    partAddress,
  });
  const name = message('text.quoted', { text: shortenName(record.request.name) });
  return renderPage({
    title: translator.text('form.frame.title', { what: report.asset.name || record.request.name }),
    translator,
    visitor,
    script: visitor ? ['copy', 'times'] : ['again', 'copy', 'times'],
    body: html`<div class="part-of"><p>${isolateQuotes(translator.text('page.inside.partOf', { number, name }))}</p>
${ofBefore !== undefined && html`<p>${translator.text('page.inside.ofDay', { day: dayMessage(ofBefore) })}</p>\n`}<p><a href="${translator.linkTo(base)}">${translator.text('page.inside.back')}</a></p></div>
${article}`,
  });
}

/**
 * Returns the day of a part's report if it is older than the file's report, which was made again from stored data.
 * Reports list trust lists only for a file with credentials, so lists are compared only if both reports have them.
 */
function olderReportDay({ tool }: StoredReport, record: InspectionRecord): string | undefined {
  const { tool: ofFile } = requireStoredReport(record);
  const ofOne = tool.lists.length === 0 || ofFile.lists.length === 0;
  const asked = ({ asOf, lists, rulebooks }: StoredReport['tool']) =>
    JSON.stringify([asOf, ofOne ? [] : lists, rulebooks]);
  const isOfBefore = record.changes?.notApplied !== undefined || asked(tool) !== asked(ofFile);
  return isOfBefore ? tool.asOf : undefined;
}
