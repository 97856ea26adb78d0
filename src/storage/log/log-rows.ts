import { randomBytes } from 'node:crypto';
import {
  createLeaf,
  formatLeaf,
  hashLeafText,
  type LeafPerson,
  type LogEvent,
} from '../../core/transparency-log/leaf.js';
import { GrowingTree, type TreeHash } from '../../core/transparency-log/tree.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { LogTreesTable } from '../schema/log-tables.js';
import { fillTiles, splitDigests } from './log-tiles.js';

const SALT_BYTES = 16;
/** Rows per statement: SQLite allows 32,766 values, and a row has 7. */
const ROWS_AT_ONCE = 1_000;

type Tree = Pick<LogTreesTable, 'size' | 'peaks'>;

/** Returns the tree stored in a row of `log_trees`. */
export const parseTree = ({ size, peaks }: Tree): GrowingTree =>
  GrowingTree.restore(Number(size), splitDigests(peaks));

/** Returns the row of a tenant's log, locked until the transaction ends, so that writers are serialized. */
export async function lockTree(inside: StoreTransaction, tenant: string): Promise<LogTreesTable> {
  const held = () =>
    inside.selectFrom('log_trees').selectAll().where('tenant', '=', tenant).forUpdate().executeTakeFirst();
  const there = await held();
  if (there !== undefined) return there;
  await inside
    .insertInto('log_trees')
    .values({ tenant, size: 0, peaks: Buffer.alloc(0), headed: 0, pruned: 0, origin: null, numbers_from: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await held();
  if (made === undefined) throw new Error('the row of a log cannot be held');
  return made;
}

/** Adds leaves to a log whose row is locked; returns the new size. */
export async function addLeaves(
  inside: StoreTransaction,
  row: LogTreesTable,
  events: readonly LogEvent[],
): Promise<number> {
  const { tenant } = row;
  const tree = parseTree(row);
  const before = tree.size;
  const salts = randomBytes(SALT_BYTES * events.length);
  const added: TreeHash[] = [];
  const leaves = [];
  const persons = [];
  for (const [at, event] of events.entries()) {
    const index = before + at;
    const person = toLeafPerson(event, salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES));
    const leaf = createLeaf(event, index, person);
    const text = formatLeaf(leaf);
    const hash = hashLeafText(text);
    tree.add(hash);
    added.push(hash);
    leaves.push({
      tenant,
      at_index: index,
      hash,
      leaf: text,
      subject: leaf.subject ?? null,
      at: leaf.at,
      asked: leaf.operation === undefined ? 0 : 1,
    });
    if (person !== undefined) {
      const { salt, who, keyId } = person;
      persons.push({ tenant, at_index: index, at: leaf.at, salt, who, key_id: keyId ?? null });
    }
  }
  for (let first = 0; first < leaves.length; first += ROWS_AT_ONCE) {
    const some = leaves.slice(first, first + ROWS_AT_ONCE);
    await inside.insertInto('log_leaves').values(some).execute();
  }
  for (let first = 0; first < persons.length; first += ROWS_AT_ONCE) {
    const some = persons.slice(first, first + ROWS_AT_ONCE);
    await inside.insertInto('log_persons').values(some).execute();
  }
  await fillTiles(inside, tenant, { before, added });
  await inside
    .updateTable('log_trees')
    .set({ size: tree.size, peaks: Buffer.concat(tree.peaks) })
    .where('tenant', '=', tenant)
    .execute();
  return tree.size;
}

function toLeafPerson({ who, keyId }: LogEvent, salt: Buffer): LeafPerson | undefined {
  if (who === undefined) return undefined;
  return { who, salt: salt.toString('base64'), ...(keyId === undefined ? {} : { keyId }) };
}
