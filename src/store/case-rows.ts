import type { Selectable } from 'kysely';
import type { CaseItemsTable, CasesTable } from './case-tables.js';
import { type ByWhom, CASE_BOUNDS } from './cases.js';
import { actedBy, type Deeds } from './deeds.js';
import type { Inside } from './inside.js';
import { newInspectionId } from './inspection-id.js';
import { type NewInspection, StoreError } from './inspections.js';
import type { InspectionsTable } from './tables.js';

type CaseRow = Selectable<CasesTable>;
export type CaseItemRow = Selectable<CaseItemsTable>;

/** Of an inspection, what its case needs. */
export type InCase = Pick<
  InspectionsTable,
  'id' | 'tenant' | 'created_at' | 'case_ref' | 'case_at' | 'case_by'
>;

/** Somebody may delete it between two looks; not so often. */
const MOST_TURNS = 5;

export const newCaseRow = (tenant: string, ref: string, { at, by }: ByWhom): CaseRow => ({
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
 * What inspections do to cases, within their own transactions. Cases are locked before inspections, and in the order of their
 * words: whoever deletes a case does the same, so that nobody waits for each other, and no inspection is left with the word
 * of a case that is gone.
 */
export class InCases {
  readonly #log: Deeds;

  constructor(log: Deeds) {
    this.#log = log;
  }

  /** Cases of inspections that are about to be made; there they stay until the transaction ends. */
  async join(inside: Inside, news: readonly NewInspection[]): Promise<void> {
    const worded = new Map<string, NewInspection>();
    for (const one of news)
      if (one.caseRef !== undefined) worded.set(JSON.stringify([one.tenant, one.caseRef]), one);
    for (const [, { tenant, caseRef = '', createdAt: at, by }] of [...worded].sort(byKey))
      await this.#called(inside, tenant, caseRef, { at, by }, 'kept');
  }

  /** The one of that word, made where there is none. `kept`: nobody deletes it meanwhile; `held`: nor changes it. */
  async #called(
    inside: Inside,
    tenant: string,
    ref: string,
    made: ByWhom,
    how: 'kept' | 'held',
  ): Promise<CaseRow> {
    const asked = inside
      .selectFrom('cases')
      .selectAll()
      .where((eb) => eb.and({ tenant, ref }));
    const locked = how === 'kept' ? asked.forKeyShare() : asked.forUpdate();
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
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
      await this.#log.append(inside, { ...deed, ...actedBy(by) });
    }
    throw new StoreError('store.changed');
  }

  /**
   * Before an inspection itself is locked: the case it is in, and the one it is to come into, also where that is the same:
   * somebody may delete that meanwhile. Nothing where it is not there.
   */
  async hold(inside: Inside, which: Which, to: string | null, changed: ByWhom): Promise<void> {
    const now = await refOf(inside, which);
    if (now === undefined) return;
    const refs = [...new Set([now, to])].filter((ref) => ref !== null).sort();
    for (const ref of refs) await this.#called(inside, which.tenant, ref, changed, 'held');
  }

  /** A locked inspection comes into another case, or into none; in the one it leaves stays who did that, and when. */
  async move(inside: Inside, row: InCase, to: string | null, { at, by }: ByWhom): Promise<void> {
    if (row.case_ref === to) return;
    const { id, tenant } = row;
    const told = { tenant, at, ...actedBy(by), facts: { inspection: id } };
    if (row.case_ref !== null) {
      const left = await leave(inside, row, at, { removed_at: at, removed_by: by?.who ?? null });
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

  /** Before an inspection is deleted: its case, if it has one. */
  async holdThatOf(inside: Inside, which: Which): Promise<void> {
    const ref = await refOf(inside, which);
    if (ref === null || ref === undefined) return;
    await inside
      .selectFrom('cases')
      .select('id')
      .where((eb) => eb.and({ tenant: which.tenant, ref }))
      .forUpdate()
      .executeTakeFirst();
  }

  /**
   * An inspection was deleted: that it was in its case stays there, and nothing else of it; what matches told of it goes, too.
   * A case that nobody wrote in ends with its last inspection where that went by its day.
   */
  async noteGone(inside: Inside, row: InCase, how: 'deleted' | 'expired', at: string): Promise<void> {
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
      const deed = { tenant: row.tenant, at, action: 'case.deleted', facts: { because: 'day' } };
      if (ended !== undefined) await this.#log.append(inside, { ...deed, subject: ended });
    } else await leave(inside, row, at, gone);
  }
}

/** Undefined where there is no such inspection. */
async function refOf(inside: Inside, { tenant, id }: Which): Promise<string | null | undefined> {
  const row = await inside
    .selectFrom('inspections')
    .select('case_ref')
    .where((eb) => eb.and({ tenant, id }))
    .executeTakeFirst();
  return row?.case_ref;
}

async function isUntouched(inside: Inside, { tenant, case_ref }: InCase): Promise<boolean> {
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

/** The id of the case, where it has ended. */
async function endIfEmpty(inside: Inside, { tenant, case_ref }: InCase): Promise<string | undefined> {
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
  // A batch outlives its files where they have an earlier day: it would name a case that is gone, and be taken into the next of
  // that word.
  await inside
    .updateTable('batches')
    .set({ case_ref: null })
    .where((eb) => eb.and({ tenant, case_ref: case_ref ?? '' }))
    .execute();
  return ended.id;
}

/** Told one by one as long as there are few; all are counted. The id of the case. */
async function leave(
  inside: Inside,
  row: InCase,
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
