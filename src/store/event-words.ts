import type { Inside } from './inside.js';
import type { BatchesTable, InspectionsTable } from './tables.js';

/** What a receiver sorts by, in the names of the envelope. The desk's own words; a file's words are not among them. */
export interface EventWords {
  readonly caseRef?: string;
  readonly tags: readonly string[];
  /** Id of the batch, and the place in it. */
  readonly batch?: string;
  readonly batchItem?: number;
}

/** As they stand now, within the transaction that writes the event. */
export async function eventWordsOf(inside: Inside, tenant: string, id: string): Promise<EventWords> {
  const row = await inside
    .selectFrom('inspections')
    .select(['case_ref', 'tags', 'batch_id', 'batch_item'])
    .where((eb) => eb.and({ tenant, id }))
    .executeTakeFirst();
  return row === undefined ? { tags: [] } : inspectionWords(row);
}

export function inspectionWords(
  row: Pick<InspectionsTable, 'case_ref' | 'tags' | 'batch_id' | 'batch_item'>,
): EventWords {
  return {
    ...deskWords(row),
    ...(row.batch_id === null ? {} : { batch: row.batch_id }),
    ...(row.batch_item === null ? {} : { batchItem: row.batch_item }),
  };
}

export function deskWords(row: Pick<InspectionsTable | BatchesTable, 'case_ref' | 'tags'>): EventWords {
  return { ...(row.case_ref === null ? {} : { caseRef: row.case_ref }), tags: JSON.parse(row.tags) };
}
