import { type Kysely, sql } from 'kysely';
import { upgradeLegacyReportText } from '../../../core/pipeline/legacy-report.js';
import type { EvidenceView } from '../../../core/report/evidence-sheet.js';
import type { Report } from '../../../core/report/report.js';
import type { DerivativesTable, InspectionsTable, ReportsTable } from '../tables.js';

type Old = Kysely<{
  inspections: InspectionsTable;
  inspection_reports: ReportsTable;
  inspection_derivatives: DerivativesTable;
}>;

const ROWS_AT_ONCE = 50;
/** Kinds of attachments that may show personal data. */
const APART = ['evidence', 'crjson', 'trust'];

/**
 * Moves Reports with revealed personal data to a separate row and masks the original, so that readers of the one cannot
 * show the other. Few inspections are affected; an interrupted migration starts again.
 */
export async function up(given: Kysely<never>): Promise<void> {
  const query = given as unknown as Old;
  for (let last = ''; ; ) {
    const rows = await query
      .selectFrom('inspections')
      .innerJoin('inspection_reports', 'inspection_reports.inspection_id', 'inspections.id')
      .select(['id', 'report', 'changes'])
      .where('id', '>', last)
      .where('request', 'like', '%"reveal":[%')
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
    for (const row of rows) await keepApart(query, row);
    if (rows.length < ROWS_AT_ONCE) return;
    last = rows.at(-1)?.id ?? last;
  }
}

async function keepApart(
  query: Old,
  { id, report: text, changes }: { id: string; report: string; changes: string | null },
): Promise<void> {
  const report = parsed<Report>(upgradeLegacyReportText(text));
  // A damaged Report cannot be read.
  if (report?.tool?.revealed === undefined) return;
  const { maskLegacyReport: maskedOfBefore, maskLegacyEvidence: maskedSheetOfBefore } = await import(
    '../../../core/pipeline/legacy-revealed.js'
  );
  const { maskCrJson } = await import('../../../core/masking/mask-cr-json.js');
  const masked = maskedOfBefore(report);
  await query
    .updateTable('inspection_reports')
    .set({ report: JSON.stringify(masked) })
    .where('inspection_id', '=', id)
    .execute();
  await query
    .updateTable('inspections')
    .set({
      sentence: (masked.summary.sentence ?? '').replaceAll('\0', '\uFFFD'),
      changes: changes === null ? null : withoutValues(changes),
    })
    .where('id', '=', id)
    .execute();
  const kept = await query
    .selectFrom('inspection_derivatives')
    .selectAll()
    .where('inspection_id', '=', id)
    .where('kind', 'in', APART)
    .execute();
  await query
    .updateTable('inspection_derivatives')
    .set({ kind: sql<string>`'revealed-' || kind` })
    .where('inspection_id', '=', id)
    .where('kind', 'in', APART)
    .execute();
  const json = 'application/json';
  const beside = [
    { kind: 'revealed-report', media_type: json, content: Buffer.from(text) },
    ...kept.flatMap(({ kind, media_type, content }) => {
      const said = Buffer.from(content).toString('utf8');
      if (kind === 'evidence') {
        const sheet = parsed<EvidenceView>(said);
        const shown = sheet && JSON.stringify(maskedSheetOfBefore(sheet, report));
        return shown === undefined ? [] : [{ kind, media_type, content: Buffer.from(shown) }];
      }
      if (kind !== 'crjson') return [];
      // The reason for a missing manifest store contains no data of the file.
      const shown = media_type === json ? maskCrJson(said, []).crJson : said;
      return [{ kind, media_type, content: Buffer.from(shown) }];
    }),
  ];
  for (const one of beside) {
    await query
      .insertInto('inspection_derivatives')
      .values({ inspection_id: id, ...one })
      .execute();
  }
}

/** Removes values from the changes of a recheck, since they come from the unmasked Report; the pointers suffice. */
function withoutValues(changes: string): string {
  const { answer = [], ...causes } = parsed<{ answer?: { pointer: string }[] }>(changes) ?? {};
  return JSON.stringify({ ...causes, answer: answer.map(({ pointer }) => ({ pointer })) });
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
