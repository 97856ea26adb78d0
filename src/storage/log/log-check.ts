import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { asRecord, type JsonRecord, parseJsonRecord } from '../../base/json-shape.js';
import { parseHead, verifyHeadByKey } from '../../core/transparency-log/checkpoint.js';
import { hashLeafText, personDigest } from '../../core/transparency-log/leaf.js';
import { TILE_HASHES } from '../../core/transparency-log/proofs.js';
import { GrowingTree, rootOf, type TreeHash } from '../../core/transparency-log/tree.js';
import type { QueryExecutor } from '../engine/transaction.js';
import { parseTree } from './log-rows.js';
import { splitDigests, toDigest } from './log-tiles.js';

/** Problems of a log, most serious first. */
export const LOG_PROBLEMS = [
  /** A leaf was changed. */
  'changed',
  'removed',
  'swapped',
  /** Leaves exist beyond the end of the log. */
  'added',
  /** The log differed when this head was signed. */
  'head',
  /** A head is not signed by the key. */
  'key',
  /** A head belongs to a longer log. */
  'shorter',
  /** The log's size or inner hashes do not match its leaves. */
  'tree',
  /** The person stored with a leaf does not match the leaf. */
  'person',
  /** Leaves are missing as if pruned, but no leaf records that. */
  'pruned',
  /** Lines in place of a head. */
  'unreadable',
  /** No signed head was compared: there is none, or the given file has none of these logs. */
  'noHeads',
] as const;
export type LogProblemCode = (typeof LOG_PROBLEMS)[number];

export interface LogProblem {
  code: LogProblemCode;
  /** Index of the leaf. */
  index?: number;
  /** Index of the other leaf, for `swapped`. */
  with?: number;
  /** Size in the head. */
  size?: number;
  /** First line of a head in a file. */
  line?: number;
  /** Where `noHeads` found none: in the given file of heads, or among those stored in the database (`kept`). */
  from?: 'file' | 'kept';
}

export interface VerifiedLog {
  tenant: string;
  origin?: string;
  size: number;
  /** Base64; root computed from the current leaves. */
  root: string;
  /** Only the hashes remain of leaves before this index. */
  pruned: number;
  /** Number of entries from before the log existed, which cannot be verified. */
  beforeTheLog: number;
  /** Number of signed heads that were compared. */
  heads: { kept: number; file: number };
  /** First problems of each kind; `count` includes all. */
  problems: LogProblem[];
  count: number;
}

/** Head from a file. */
export interface GivenHead {
  line: number;
  text: string;
}

const MAX_PER_KIND = 100;
const TILES_AT_ONCE = 8;

/** Returns the tenant of a head: the name of its log ends in the tenant's. */
export const tenantOfOrigin = (origin: string): string => origin.slice(origin.lastIndexOf('/') + 1);

interface VerifyOptions {
  heads: readonly GivenHead[];
  /** Key that must have signed them; if absent, signatures are not checked. */
  key: KeyObject | undefined;
}

/** Leaves are pruned once a day; two prunings during one check do not occur. */
const MAX_ATTEMPTS = 3;

/**
 * Rebuilds a tenant's tree from the stored data and compares it with every signed head. Read-only; works while servers
 * add to the log.
 */
export async function verifyLog(
  query: QueryExecutor,
  tenant: string,
  against: VerifyOptions,
): Promise<VerifiedLog> {
  for (let tries = 1; ; tries += 1) {
    const checked = await verifyOnce(query, tenant, against);
    // Leaves pruned meanwhile would be reported as removed.
    if (tries === MAX_ATTEMPTS || (await readPruned(query, tenant)) === checked.pruned) return checked;
  }
}

async function readPruned(query: QueryExecutor, tenant: string): Promise<number> {
  const row = await query
    .selectFrom('log_trees')
    .select('pruned')
    .where('tenant', '=', tenant)
    .executeTakeFirst();
  return Number(row?.pruned ?? 0);
}

async function verifyOnce(
  query: QueryExecutor,
  tenant: string,
  { heads: others, key }: VerifyOptions,
): Promise<VerifiedLog> {
  const found = new ProblemCollector();
  // Read before the size, because a head signed meanwhile may have more leaves.
  const kept = await query
    .selectFrom('log_heads')
    .select(['size', 'checkpoint'])
    .where('tenant', '=', tenant)
    .orderBy('size')
    .execute();
  const row = await query.selectFrom('log_trees').selectAll().where('tenant', '=', tenant).executeTakeFirst();
  const size = Number(row?.size ?? 0);
  const pruned = Number(row?.pruned ?? 0);
  const heads = signedHeads({ tenant, kept, others }, key, found);
  const walk = new LeafWalk(query, tenant, { size, pruned, heads, found });
  const tree = await walk.all();
  if (row !== undefined) verifyRow(row, tree, found);
  for (const [at, ofSize] of heads)
    if (at > size) for (const head of ofSize) found.add({ code: 'shorter', ...head.place });
  if (
    pruned > 0 &&
    !walk.saidPruned.has(pruned) &&
    !(await isPruningRecorded(query, tenant, { pruned, size }))
  )
    found.add({ code: 'pruned', index: pruned });
  const beyond = await query
    .selectFrom('log_leaves')
    .select((eb) => eb.fn.min<number | null>('at_index').as('first'))
    .where('tenant', '=', tenant)
    // Reads the current size in the same statement. Without a tree row, no leaf belongs to a log.
    .where('at_index', '>=', sql<number>`coalesce((select size from log_trees where tenant = ${tenant}), 0)`)
    .executeTakeFirst();
  if (beyond?.first !== null && beyond?.first !== undefined)
    found.add({ code: 'added', index: Number(beyond.first) });
  const { before } = await query
    .selectFrom('audit')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('tenant', '=', tenant)
    .executeTakeFirstOrThrow();
  return {
    tenant,
    ...(row?.origin ? { origin: row.origin } : {}),
    size,
    root: (tree ?? new GrowingTree()).root.toString('base64'),
    pruned,
    beforeTheLog: Number(before),
    heads: { kept: kept.length, file: others.length },
    problems: found.sorted(),
    count: found.count,
  };
}

type HeadsBySize = Map<number, { root: TreeHash; place: { size: number; line?: number } }[]>;

function signedHeads(
  {
    tenant,
    kept,
    others,
  }: {
    tenant: string;
    kept: readonly { size: number; checkpoint: string }[];
    others: readonly GivenHead[];
  },
  key: KeyObject | undefined,
  found: ProblemCollector,
): HeadsBySize {
  const heads: HeadsBySize = new Map();
  const all = [
    ...kept.map(({ size, checkpoint }) => ({ text: checkpoint, place: { size: Number(size) } })),
    ...others.map(({ text, line }) => ({ text, place: { size: parseHead(text)?.size ?? 0, line } })),
  ];
  for (const { text, place } of all) {
    const head = parseHead(text);
    if (head === undefined || head.size !== place.size) found.add({ code: 'unreadable', ...place });
    else if (key !== undefined && verifyHeadByKey(text, key) === undefined)
      found.add({ code: 'key', ...place });
    // One key signs the logs of all tenants, so one log could be replaced by another together with its heads.
    else if (tenantOfOrigin(head.origin) !== tenant) found.add({ code: 'head', ...place });
    else heads.set(head.size, [...(heads.get(head.size) ?? []), { root: head.root, place }]);
  }
  return heads;
}

function verifyRow(
  row: { size: number; peaks: Buffer },
  tree: GrowingTree | undefined,
  found: ProblemCollector,
): void {
  try {
    const said = parseTree(row);
    // A missing hash has been reported with its leaf.
    if (tree === undefined || (said.size === tree.size && said.root.equals(tree.root))) return;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  found.add({ code: 'tree' });
}

/** Returns whether the pruning was just recorded: its leaf is still waiting, or comes after the examined ones. */
async function isPruningRecorded(
  query: QueryExecutor,
  tenant: string,
  { pruned, size }: { pruned: number; size: number },
): Promise<boolean> {
  const says = (text: string | null) => prunedToOf(parseJsonRecord(text ?? '')) === pruned;
  const waiting = await query
    .selectFrom('log_waiting')
    .select('event')
    .where('tenant', '=', tenant)
    .where('event', 'like', '%"log.pruned"%')
    .execute();
  if (waiting.some(({ event }) => says(event))) return true;
  const placed = await query
    .selectFrom('log_leaves')
    .select('leaf')
    .where('tenant', '=', tenant)
    .where('at_index', '>=', size)
    .where('leaf', 'like', '%"log.pruned"%')
    .execute();
  return placed.some(({ leaf }) => says(leaf));
}

/** Returns the time of the oldest entry that still has its person; all earlier ones expired together. */
async function findOldestPerson(query: QueryExecutor, tenant: string): Promise<string | undefined> {
  const { at } = await query
    .selectFrom('log_persons')
    .select((eb) => eb.fn.min<string | null>('at').as('at'))
    .where('tenant', '=', tenant)
    .executeTakeFirstOrThrow();
  return at ?? undefined;
}

interface LeafRow {
  at_index: number;
  hash: Buffer;
  leaf: string | null;
  subject: string | null;
  at: string;
  asked: number;
}

/** Reads all leaves in order, some tiles at a time. */
class LeafWalk {
  readonly #query: QueryExecutor;
  readonly #tenant: string;
  readonly #size: number;
  readonly #pruned: number;
  readonly #heads: HeadsBySize;
  readonly #found: ProblemCollector;
  /** `undefined` once a hash is missing: the later roots cannot be computed. */
  #tree: GrowingTree | undefined = new GrowingTree();
  /** Leaves at wrong positions: their index, and the index where they belong. */
  readonly #misplaced: { index: number; belongs: number }[] = [];
  readonly #missing: number[] = [];
  readonly saidPruned = new Set<number>();
  /** Time of the oldest entry with its person, at the start. */
  #personsFrom: string | undefined;
  /** Later leaves whose persons are missing. */
  readonly #personless: { index: number; at: string }[] = [];

  constructor(
    query: QueryExecutor,
    tenant: string,
    of: { size: number; pruned: number; heads: HeadsBySize; found: ProblemCollector },
  ) {
    this.#query = query;
    this.#tenant = tenant;
    this.#size = of.size;
    this.#pruned = of.pruned;
    this.#heads = of.heads;
    this.#found = of.found;
  }

  async all(): Promise<GrowingTree | undefined> {
    this.#compare();
    this.#personsFrom = await findOldestPerson(this.#query, this.#tenant);
    for (let tile = 0; tile * TILE_HASHES < this.#size; tile += TILES_AT_ONCE) await this.#some(tile);
    await this.#upperTiles();
    this.#placeMisplaced();
    for (const index of this.#missing) this.#found.add({ code: 'removed', index });
    await this.#missPersons();
    return this.#tree;
  }

  async #some(first: number): Promise<void> {
    const from = first * TILE_HASHES;
    const to = Math.min(from + TILES_AT_ONCE * TILE_HASHES, this.#size);
    const rows = await this.#query
      .selectFrom('log_leaves')
      .select(['at_index', 'hash', 'leaf', 'subject', 'at', 'asked'])
      .where('tenant', '=', this.#tenant)
      .where('at_index', '>=', from)
      .where('at_index', '<', to)
      .execute();
    const tiles = await this.#query
      .selectFrom('log_tiles')
      .select(['at_index', 'hashes', 'root'])
      .where('tenant', '=', this.#tenant)
      .where('level', '=', 0)
      .where('at_index', '>=', first)
      .where('at_index', '<', first + TILES_AT_ONCE)
      .execute();
    const leaves = new Map(rows.map((row) => [Number(row.at_index), row]));
    const kept = new Map(tiles.map((tile) => [Number(tile.at_index), tile]));
    for (let tile = first; tile * TILE_HASHES < to; tile += 1) {
      const row = kept.get(tile);
      const hashes = row && splitDigests(row.hashes);
      const isWhole = (tile + 1) * TILE_HASHES <= this.#size;
      const fits = row && hashes?.length === TILE_HASHES && rootOf(hashes).equals(toDigest(row.root));
      if (isWhole ? !fits : row !== undefined && !(await this.#isFull(tile)))
        this.#found.add({ code: 'tree', index: tile * TILE_HASHES });
      for (let index = tile * TILE_HASHES; index < Math.min((tile + 1) * TILE_HASHES, to); index += 1)
        this.#leaf(index, leaves.get(index), hashes?.[index % TILE_HASHES]);
    }
    await this.#persons(leaves, from, to);
  }

  /** Returns whether the log has grown past that tile since. */
  async #isFull(tile: number): Promise<boolean> {
    const row = await this.#query
      .selectFrom('log_trees')
      .select('size')
      .where('tenant', '=', this.#tenant)
      .executeTakeFirst();
    return (tile + 1) * TILE_HASHES <= Number(row?.size ?? 0);
  }

  #leaf(index: number, row: LeafRow | undefined, tiled: TreeHash | undefined): void {
    const expected = tiled ?? (row && toDigest(row.hash));
    if (expected === undefined) this.#tree = undefined;
    else this.#tree?.add(expected);
    this.#compare();
    if (row === undefined || row.leaf === null) {
      if (index >= this.#pruned) this.#missing.push(index);
      else if (row === undefined ? tiled === undefined : expected && !toDigest(row.hash).equals(expected))
        this.#found.add({ code: 'removed', index });
      return;
    }
    const leaf = parseJsonRecord(row.leaf);
    const belongs = leaf?.['index'];
    if (leaf?.['action'] === 'log.pruned') {
      const to = prunedToOf(leaf);
      if (to !== undefined) this.saidPruned.add(to);
    }
    if (typeof belongs === 'number' && Number.isSafeInteger(belongs) && belongs !== index) {
      this.#misplaced.push({ index, belongs });
      return;
    }
    const hash = hashLeafText(row.leaf);
    const fits =
      expected !== undefined &&
      hash.equals(expected) &&
      toDigest(row.hash).equals(expected) &&
      leaf !== undefined &&
      (leaf['subject'] ?? null) === row.subject &&
      leaf['at'] === row.at &&
      (leaf['operation'] === undefined ? 0 : 1) === row.asked;
    if (!fits) this.#found.add({ code: 'changed', index });
  }

  /** Compares the tree built so far with the heads of its size. */
  #compare(): void {
    const tree = this.#tree;
    if (tree === undefined) return;
    const heads = this.#heads.get(tree.size);
    if (heads === undefined) return;
    const { root } = tree;
    for (const head of heads) if (!head.root.equals(root)) this.#found.add({ code: 'head', ...head.place });
  }

  async #persons(leaves: ReadonlyMap<number, LeafRow>, from: number, to: number): Promise<void> {
    const rows = await this.#query
      .selectFrom('log_persons')
      .select(['at_index', 'at', 'salt', 'who', 'key_id'])
      .where('tenant', '=', this.#tenant)
      .where('at_index', '>=', from)
      .where('at_index', '<', to)
      .execute();
    const there = new Set(rows.map(({ at_index }) => Number(at_index)));
    for (const [index, { leaf: text, at }] of leaves) {
      if (index < this.#pruned || there.has(index) || at <= (this.#personsFrom ?? at)) continue;
      // Matches canonical JSON; within a string the quotation marks would be escaped. A misplaced leaf is reported
      // elsewhere.
      if (!text?.includes('"person":"') || parseJsonRecord(text)?.['index'] !== index) continue;
      this.#personless.push({ index, at });
    }
    for (const { at_index, at, salt, who, key_id } of rows) {
      const index = Number(at_index);
      const leaf = parseJsonRecord(leaves.get(index)?.leaf ?? '');
      if (leaf === undefined) continue;
      const digest = personDigest({ salt, who, ...(key_id === null ? {} : { keyId: key_id }) });
      // A misplaced leaf is reported elsewhere.
      if (leaf['index'] !== index) continue;
      if (leaf['person'] !== digest || leaf['at'] !== at) this.#found.add({ code: 'person', index });
    }
  }

  /**
   * Persons are removed for all entries up to one time; if an older one still exists, a missing later one was removed
   * improperly.
   */
  async #missPersons(): Promise<void> {
    if (this.#personless.length === 0) return;
    const from = await findOldestPerson(this.#query, this.#tenant);
    for (const { index, at } of this.#personless)
      if (from !== undefined && at > from) this.#found.add({ code: 'person', index });
  }

  /** Checks the upper tiles, which consist of the roots of the tiles below. */
  async #upperTiles(): Promise<void> {
    const rows = await this.#query
      .selectFrom('log_tiles')
      .select(['level', 'at_index', 'hashes', 'root'])
      .where('tenant', '=', this.#tenant)
      .where('level', '>', 0)
      .execute();
    for (const { level, at_index, hashes, root } of rows) {
      const index = Number(at_index);
      const below = await this.#query
        .selectFrom('log_tiles')
        .select('root')
        .where('tenant', '=', this.#tenant)
        .where('level', '=', level - 1)
        .where('at_index', '>=', index * TILE_HASHES)
        .where('at_index', '<', (index + 1) * TILE_HASHES)
        .orderBy('at_index')
        .execute();
      const roots = below.map((one) => toDigest(one.root));
      if (!Buffer.concat(roots).equals(toDigest(hashes)) || !rootOf(roots).equals(toDigest(root)))
        this.#found.add({ code: 'tree', index: index * TILE_HASHES ** (level + 1) });
    }
  }

  /**
   * Two leaves at each other's position were swapped. If all following leaves moved to lower indexes, leaves before
   * them were removed; if to higher ones, leaves were inserted.
   */
  #placeMisplaced(): void {
    const belongs = new Map(this.#misplaced.map((one) => [one.index, one.belongs]));
    for (let at = 0; at < this.#misplaced.length; at += 1) {
      const one = this.#misplaced[at];
      if (one === undefined) break;
      const { index } = one;
      if (belongs.get(one.belongs) === index) {
        if (index < one.belongs) this.#found.add({ code: 'swapped', index, with: one.belongs });
        continue;
      }
      const run = this.#runFrom(at);
      this.#shifted(one, run);
      at += run - 1;
    }
  }

  /** Returns the number of consecutive leaves that moved by the same distance as the one at `at`. */
  #runFrom(at: number): number {
    const first = this.#misplaced[at];
    let run = 1;
    for (let next = this.#misplaced[at + run]; first && next; next = this.#misplaced[at + run]) {
      if (next.belongs - next.index !== first.belongs - first.index || next.index !== first.index + run)
        break;
      run += 1;
    }
    return run;
  }

  #shifted({ index, belongs }: { index: number; belongs: number }, run: number): void {
    const shift = belongs - index;
    if (run === 1) this.#found.add({ code: 'changed', index });
    else if (shift < 0) this.#found.add({ code: 'added', index: index + shift });
    else {
      for (let gone = 0; gone < Math.min(shift, MAX_PER_KIND); gone += 1)
        this.#found.add({ code: 'removed', index: index + gone });
      // The end has moved with them.
      if (index + run === this.#missing[0]) this.#missing.splice(0, shift);
    }
  }
}

function prunedToOf(leaf: JsonRecord | undefined): number | undefined {
  const to = asRecord(leaf?.['facts'])?.['to'];
  return typeof to === 'number' ? to : undefined;
}

/** Counts all problems and names the first of each kind. */
class ProblemCollector {
  readonly #named = new Map<LogProblemCode, LogProblem[]>();
  count = 0;

  add(problem: LogProblem): void {
    this.count += 1;
    const named = this.#named.get(problem.code) ?? [];
    if (named.length < MAX_PER_KIND) named.push(problem);
    this.#named.set(problem.code, named);
  }

  sorted(): LogProblem[] {
    return LOG_PROBLEMS.flatMap((code) =>
      (this.#named.get(code) ?? []).sort((a, b) => (a.index ?? a.size ?? 0) - (b.index ?? b.size ?? 0)),
    );
  }
}
