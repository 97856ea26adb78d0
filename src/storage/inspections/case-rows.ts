import type { Selectable } from 'kysely';
import { newInspectionId } from '../engine/record-id.js';
import { StoreError } from '../engine/store-error.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { CaseItemsTable, CasesTable } from '../schema/case-tables.js';
import type { InspectionsTable } from '../schema/tables.js';
import { type AuditEvents, actorMembers } from './audit-events.js';
import { CASE_BOUNDS, type ChangeOrigin } from './case-bounds.js';
import type { NewInspection } from './inspections.js';

type CaseRow = Selectable<CasesTable>;
export type CaseItemRow = Selectable<CaseItemsTable>;

/** Columns of an inspection that its case needs. */
export type CasedInspection = Pick<
  InspectionsTable,
  'id' | 'tenant' | 'created_at' | 'case_ref' | 'case_at' | 'case_by'
>;

/** Maximum attempts: another client may delete the case between two statements, but not this often. */
const MAX_LOCK_ATTEMPTS = 5;

export const newCaseRow = (tenant: string, ref: string, { at, by }: ChangeOrigin): CaseRow => ({
  ...{ id: newInspectionId(), tenant, ref, name: ref },
  ...{ created_at: at, created_by: by?.who ?? null, changed_at: at, closed_at: null, closed_by: null },
  ...{ by_word: 1, former: 0 },
});

const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

interface Which {
  tenant: string;
  id: string;
}

/**
 * Updates cases within the transactions of inspections. Cases are locked before inspections, in the order of their
 * names; deleting a case does the same, so no deadlock occurs and no inspection keeps the name of a deleted case.
 */
export class CaseLinks {
  readonly #log: AuditEvents;

  constructor(log: AuditEvents) {
    this.#log = log;
  }

  /** Locks or creates the cases of new inspections, so that they exist until the transaction ends. */
  async join(inside: StoreTransaction, news: readonly NewInspection[]): Promise<void> {
    const worded = new Map<string, NewInspection>();
    for (const one of news)
      if (one.caseRef !== undefined) worded.set(JSON.stringify([one.tenant, one.caseRef]), one);
    for (const [, { tenant, caseRef = '', createdAt: at, by }] of [...worded].sort(byKey))
      await this.#called(inside, tenant, caseRef, { at, by }, 'kept');
  }

  /**
   * Returns the case of that name, creating it if necessary. `kept` locks it against deletion, `held` against changes
   * too.
   */
  async #called(
    inside: StoreTransaction,
    tenant: string,
    ref: string,
    made: ChangeOrigin,
    how: 'kept' | 'held',
  ): Promise<CaseRow> {
    const asked = inside
      .selectFrom('cases')
      .selectAll()
      .where((eb) => eb.and({ tenant, ref }));
    const locked = how === 'kept' ? asked.forKeyShare() : asked.forUpdate();
    for (let turn = 0; turn < MAX_LOCK_ATTEMPTS; turn += 1) {
      const found = await locked.executeTakeFirst();
      if (found !== undefined) return found;
      const row = newCaseRow(tenant, ref, made);
      const { numInsertedOrUpdatedRows } = await inside
        .insertInto('cases')
        .values(row)
        .onConflict((conflict) => conflict.columns(['tenant', 'ref']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) continue;
      const { at, by } = made;
      const deed = { tenant, at, action: 'case.created', subject: row.id };
      await this.#log.append(inside, { ...deed, ...actorMembers(by) });
    }
    throw new StoreError('store.changed');
  }

  /**
   * Locks the inspection's current and future case before the inspection itself, even if they are the same, since it
   * may be deleted meanwhile. Does nothing if the inspection does not exist.
   */
  async lockCases(
    inside: StoreTransaction,
    which: Which,
    to: string | null,
    changed: ChangeOrigin,
  ): Promise<void> {
    const now = await findCaseRef(inside, which);
    if (now === undefined) return;
    const refs = [...new Set([now, to])].filter((ref) => ref !== null).sort();
    for (const ref of refs) await this.#called(inside, which.tenant, ref, changed, 'held');
  }

  /** Moves a locked inspection to another case, or to none; the former case records who did that and when. */
  async move(
    inside: StoreTransaction,
    row: CasedInspection,
    to: string | null,
    { at, by }: ChangeOrigin,
  ): Promise<void> {
    if (row.case_ref === to) return;
    const { id, tenant } = row;
    const told = { tenant, at, ...actorMembers(by), facts: { inspection: id } };
    if (row.case_ref !== null) {
      const left = await leaveCase(inside, row, at, { removed_at: at, removed_by: by?.who ?? null });
      if (left !== undefined)
        await this.#log.append(inside, { ...told, action: 'case.item.removed', subject: left });
    }
    if (to !== null) {
      const joined = await inside
        .updateTable('cases')
        .set({ changed_at: at })
        .where((eb) => eb.and({ tenant, ref: to }))
        .returning('id')
        .executeTakeFirst();
      if (joined !== undefined)
        await this.#log.append(inside, { ...told, action: 'case.item.added', subject: joined.id });
    }
    await inside
      .updateTable('inspections')
      .set({
        case_ref: to,
        ...(to === null ? { case_at: null, case_by: null } : { case_at: at, case_by: by?.who ?? null }),
      })
      .where('id', '=', id)
      .execute();
  }

  /** Locks the inspection's case, if any, before the inspection is deleted. */
  async lockCaseOf(inside: StoreTransaction, which: Which): Promise<void> {
    const ref = await findCaseRef(inside, which);
    if (ref === null || ref === undefined) return;
    await inside
      .selectFrom('cases')
      .select('id')
      .where((eb) => eb.and({ tenant: which.tenant, ref }))
      .forUpdate()
      .executeTakeFirst();
  }

  /**
   * Records that an inspection was deleted: its case records only that it was there; matches that mention it are
   * cleared too. An untouched case ends with its last inspection if that one expired.
   */
  async recordDeletion(
    inside: StoreTransaction,
    row: CasedInspection,
    how: 'deleted' | 'expired',
    at: string,
  ): Promise<void> {
    const gone = { gone_at: at, gone_how: how };
    for (const column of ['inspection', 'other'] as const)
      await inside
        .updateTable('case_items')
        .set({ content: null, ...gone })
        .where('tenant', '=', row.tenant)
        .where(column, '=', row.id)
        .where('content', 'is not', null)
        .execute();
    if (row.case_ref === null) return;
    if (how === 'expired' && (await isUntouched(inside, row))) {
      const ended = await endIfEmpty(inside, row);
      const deed = { tenant: row.tenant, at, action: 'case.deleted', facts: { reason: 'day' } };
      if (ended !== undefined) await this.#log.append(inside, { ...deed, subject: ended });
    } else await leaveCase(inside, row, at, gone);
  }
}

/** Returns `undefined` if the inspection does not exist. */
async function findCaseRef(
  inside: StoreTransaction,
  { tenant, id }: Which,
): Promise<string | null | undefined> {
  const row = await inside
    .selectFrom('inspections')
    .select('case_ref')
    .where((eb) => eb.and({ tenant, id }))
    .executeTakeFirst();
  return row?.case_ref;
}

async function isUntouched(
  inside: StoreTransaction,
  { tenant, case_ref }: CasedInspection,
): Promise<boolean> {
  const found = await inside
    .selectFrom('cases')
    .select('id')
    .where((eb) => eb.and({ tenant, ref: case_ref ?? '', by_word: 1, former: 0 }))
    .executeTakeFirst();
  if (found === undefined) return false;
  const written = await inside
    .selectFrom('case_items')
    .select('id')
    .where('case_id', '=', found.id)
    .limit(1)
    .executeTakeFirst();
  return written === undefined;
}

/** Returns the id of the case if it has ended. */
async function endIfEmpty(
  inside: StoreTransaction,
  { tenant, case_ref }: CasedInspection,
): Promise<string | undefined> {
  const other = await inside
    .selectFrom('inspections')
    .select('id')
    .where((eb) => eb.and({ tenant, case_ref: case_ref ?? '' }))
    .limit(1)
    .executeTakeFirst();
  if (other !== undefined) return undefined;
  const ended = await inside
    .deleteFrom('cases')
    .where((eb) => eb.and({ tenant, ref: case_ref ?? '' }))
    .returning('id')
    .executeTakeFirst();
  if (ended === undefined) return undefined;
  // A batch outlives its files if they expire earlier: it would name a case that is gone and would be joined to the
  // next case of that name.
  await inside
    .updateTable('batches')
    .set({ case_ref: null })
    .where((eb) => eb.and({ tenant, case_ref: case_ref ?? '' }))
    .execute();
  return ended.id;
}

/** Removes an inspection from its case, lists it individually up to a limit, and counts it. Returns the id of the case. */
async function leaveCase(
  inside: StoreTransaction,
  row: CasedInspection,
  at: string,
  how: Partial<CaseItemRow>,
): Promise<string | undefined> {
  const { tenant, case_ref: ref } = row;
  const found = await inside
    .updateTable('cases')
    .set((eb) => ({ former: eb('former', '+', 1), changed_at: at }))
    .where((eb) => eb.and({ tenant, ref: ref ?? '' }))
    .returning(['id', 'former'])
    .executeTakeFirst();
  if (found === undefined || found.former > CASE_BOUNDS.formerTold) return found?.id;
  await inside
    .insertInto('case_items')
    .values(
      itemRow({
        ...{ id: newInspectionId(), case_id: found.id, tenant, kind: 'inspection' },
        ...{ created_at: row.created_at, at: row.case_at ?? row.created_at, by: row.case_by },
        inspection: row.id,
        ...how,
      }),
    )
    .execute();
  return found.id;
}

export const itemRow = (
  row: Pick<CaseItemRow, 'id' | 'case_id' | 'tenant' | 'kind' | 'created_at' | 'at'> & Partial<CaseItemRow>,
): CaseItemRow => ({
  ...{ by: null, content: null, inspection: null, other: null },
  ...{ removed_at: null, removed_by: null, gone_at: null, gone_how: null },
  ...row,
});
