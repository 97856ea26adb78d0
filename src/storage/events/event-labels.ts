import type { StoreTransaction } from '../engine/transaction.js';
import type { BatchesTable, InspectionsTable } from '../schema/tables.js';

/**
 * Members by which receivers sort events, named as in the envelope. They are the newsroom's own words; no text of files
 * is among them.
 */
export interface EventLabels {
  readonly caseRef?: string;
  readonly tags: readonly string[];
  /** Id of the batch, and the item number in it. */
  readonly batch?: string;
  readonly batchItem?: number;
}

/** Reads the current values, within the transaction that writes the event. */
export async function readEventLabels(
  inside: StoreTransaction,
  tenant: string,
  id: string,
): Promise<EventLabels> {
  const row = await inside
    .selectFrom('inspections')
    .select(['case_ref', 'tags', 'batch_id', 'batch_item'])
    .where((eb) => eb.and({ tenant, id }))
    .executeTakeFirst();
  return row === undefined ? { tags: [] } : inspectionLabels(row);
}

export function inspectionLabels(
  row: Pick<InspectionsTable, 'case_ref' | 'tags' | 'batch_id' | 'batch_item'>,
): EventLabels {
  return {
    ...rowLabels(row),
    ...(row.batch_id === null ? {} : { batch: row.batch_id }),
    ...(row.batch_item === null ? {} : { batchItem: row.batch_item }),
  };
}

export function rowLabels(row: Pick<InspectionsTable | BatchesTable, 'case_ref' | 'tags'>): EventLabels {
  return { ...(row.case_ref === null ? {} : { caseRef: row.case_ref }), tags: JSON.parse(row.tags) };
}
