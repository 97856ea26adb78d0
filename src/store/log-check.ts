import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { asRecord, type JsonRecord, jsonRecordIn } from '../core/ground/json-shape.js';
import { headBy, headIn } from '../core/log/checkpoint.js';
import { hashOfText, personDigest } from '../core/log/leaf.js';
import { TILE_HASHES } from '../core/log/proofs.js';
import { type Digest, GrowingTree, rootOf } from '../core/log/tree.js';
import type { Query } from './inside.js';
import { treeOf } from './log-rows.js';
import { digestOf, digestsOf } from './log-tiles.js';

/** What may be wrong with a log, by what weighs most. */
export const LOG_PROBLEMS = [
  /** A leaf is not what it was. */
  'changed',
  'removed',
  'swapped',
  /** There are leaves beyond the end of the log. */
  'added',
  /** The log was another one when this head was signed. */
  'head',
  /** A head is not signed by the key. */
  'key',
  /** A head is of a longer log. */
  'shorter',
  /** What the log says of itself (size, inner hashes) does not fit its leaves. */
  'tree',
  /** Who it was, as it stands beside a leaf, is not who the leaf says. */
  'person',
  /** Leaves are gone as if their time had been over, and no leaf says so. */
  'pruned',
  /** Lines in place of a head. */
  'unreadable',
  /** Nothing was held against a signed head: there is none, or none of these logs in the file that was given. */
  'noHeads',
] as const;
export type LogProblemCode = (typeof LOG_PROBLEMS)[number];

export interface LogProblem {
  code: LogProblemCode;
  /** Of the leaf. */
  index?: number;
  /** `swapped`: of the other one. */
  with?: number;
  /** Of the head. */
  size?: number;
  /** Of a head that a file holds: where it begins. */
  line?: number;
  /** `noHeads`: where they were looked for. */
  from?: 'file' | 'kept';
}

export interface CheckedLog {
  tenant: string;
  origin?: string;
  size: number;
  /** Base64, of the leaves as they are now. */
  root: string;
  /** Leaves before this one have left no more than their hashes. */
  pruned: number;
  /** Entries of before there was a log: nothing shows whether they are what they were. */
  beforeTheLog: number;
  /** Signed heads that were held against it. */
  heads: { kept: number; file: number };
  /** The first of each kind; `count` has them all. */
  problems: LogProblem[];
  count: number;
}

/** A head from elsewhere. */
export interface OtherHead {
  line: number;
  text: string;
}

const MOST_OF_A_KIND = 100;
const TILES_AT_ONCE = 8;

/** Whose log a head is of: its name ends in the tenant's. */
export const tenantOfOrigin = (origin: string): string => origin.slice(origin.lastIndexOf('/') + 1);

interface Against {
  heads: readonly OtherHead[];
  /** By which they have to be signed; left out: that is not asked. */
  key: KeyObject | undefined;
}

/** Once a day leaves are pruned; that this falls into a check twice does not happen. */
const MOST_TRIES = 3;

/**
 * Builds one tenant's tree anew from what is kept and holds it against every signed head that there is. Reads alone, also
 * while servers add to the log.
 */
export async function checkLog(query: Query, tenant: string, against: Against): Promise<CheckedLog> {
  for (let tries = 1; ; tries += 1) {
    const checked = await checkOnce(query, tenant, against);
    // What was pruned meanwhile would be told as removed.
    if (tries === MOST_TRIES || (await prunedNow(query, tenant)) === checked.pruned) return checked;
  }
}

async function prunedNow(query: Query, tenant: string): Promise<number> {
  const row = await query
    .selectFrom('log_trees')
    .select('pruned')
    .where('tenant', '=', tenant)
    .executeTakeFirst();
  return Number(row?.pruned ?? 0);
}

async function checkOnce(query: Query, tenant: string, { heads: others, key }: Against): Promise<CheckedLog> {
  const found = new Findings();
  // Before the size: what is signed meanwhile may be a head of more leaves.
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
  const walk = new Walk(query, tenant, { size, pruned, heads, found });
  const tree = await walk.all();
  if (row !== undefined) checkRow(row, tree, found);
  for (const [at, ofSize] of heads)
    if (at > size) for (const head of ofSize) found.add({ code: 'shorter', ...head.place });
  if (pruned > 0 && !walk.saidPruned.has(pruned) && !(await saidSince(query, tenant, { pruned, size })))
    found.add({ code: 'pruned', index: pruned });
  const beyond = await query
    .selectFrom('log_leaves')
    .select((eb) => eb.fn.min<number | null>('at_index').as('first'))
    .where('tenant', '=', tenant)
    // In one statement with the size of now. Where no row says a size, no leaf belongs to a log.
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

type Heads = Map<number, { root: Digest; place: { size: number; line?: number } }[]>;

function signedHeads(
  {
    tenant,
    kept,
    others,
  }: {
    tenant: string;
    kept: readonly { size: number; checkpoint: string }[];
    others: readonly OtherHead[];
  },
  key: KeyObject | undefined,
  found: Findings,
): Heads {
  const heads: Heads = new Map();
  const all = [
    ...kept.map(({ size, checkpoint }) => ({ text: checkpoint, place: { size: Number(size) } })),
    ...others.map(({ text, line }) => ({ text, place: { size: headIn(text)?.size ?? 0, line } })),
  ];
  for (const { text, place } of all) {
    const head = headIn(text);
    if (head === undefined || head.size !== place.size) found.add({ code: 'unreadable', ...place });
    else if (key !== undefined && headBy(text, key) === undefined) found.add({ code: 'key', ...place });
    // One key signs the logs of all tenants: one of them could be put in the place of another, heads and all.
    else if (tenantOfOrigin(head.origin) !== tenant) found.add({ code: 'head', ...place });
    else heads.set(head.size, [...(heads.get(head.size) ?? []), { root: head.root, place }]);
  }
  return heads;
}

function checkRow(
  row: { size: number; peaks: Buffer },
  tree: GrowingTree | undefined,
  found: Findings,
): void {
  try {
    const said = treeOf(row);
    // Where a hash is gone, that leaf has been told of already.
    if (tree === undefined || (said.size === tree.size && said.root.equals(tree.root))) return;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  found.add({ code: 'tree' });
}

/** Pruned just now: the leaf that says so has no place yet, or got it behind those that were looked at. */
async function saidSince(
  query: Query,
  tenant: string,
  { pruned, size }: { pruned: number; size: number },
): Promise<boolean> {
  const says = (text: string | null) => factTo(jsonRecordIn(text ?? '')) === pruned;
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

/** Of whom the oldest entry is that still says who it was; all before it are gone together, as their time is over. */
async function oldestPerson(query: Query, tenant: string): Promise<string | undefined> {
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

/** All leaves in their order, some tiles at a time. */
class Walk {
  readonly #query: Query;
  readonly #tenant: string;
  readonly #size: number;
  readonly #pruned: number;
  readonly #heads: Heads;
  readonly #found: Findings;
  /** Undefined once a hash is gone: what follows has no root any more. */
  #tree: GrowingTree | undefined = new GrowingTree();
  /** Of leaves that stand where others belong: their place, and where they belong. */
  readonly #misplaced: { index: number; belongs: number }[] = [];
  readonly #missing: number[] = [];
  readonly saidPruned = new Set<number>();
  /** When the oldest was that still says who it was, at the beginning. */
  #personsFrom: string | undefined;
  /** Leaves younger than that whose persons are not there. */
  readonly #personless: { index: number; at: string }[] = [];

  constructor(
    query: Query,
    tenant: string,
    of: { size: number; pruned: number; heads: Heads; found: Findings },
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
    this.#personsFrom = await oldestPerson(this.#query, this.#tenant);
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
      const hashes = row && digestsOf(row.hashes);
      const isWhole = (tile + 1) * TILE_HASHES <= this.#size;
      const fits = row && hashes?.length === TILE_HASHES && rootOf(hashes).equals(digestOf(row.root));
      if (isWhole ? !fits : row !== undefined && !(await this.#isFull(tile)))
        this.#found.add({ code: 'tree', index: tile * TILE_HASHES });
      for (let index = tile * TILE_HASHES; index < Math.min((tile + 1) * TILE_HASHES, to); index += 1)
        this.#leaf(index, leaves.get(index), hashes?.[index % TILE_HASHES]);
    }
    await this.#persons(leaves, from, to);
  }

  /** Whether the log has grown past that tile since. */
  async #isFull(tile: number): Promise<boolean> {
    const row = await this.#query
      .selectFrom('log_trees')
      .select('size')
      .where('tenant', '=', this.#tenant)
      .executeTakeFirst();
    return (tile + 1) * TILE_HASHES <= Number(row?.size ?? 0);
  }

  #leaf(index: number, row: LeafRow | undefined, tiled: Digest | undefined): void {
    const expected = tiled ?? (row && digestOf(row.hash));
    if (expected === undefined) this.#tree = undefined;
    else this.#tree?.add(expected);
    this.#compare();
    if (row === undefined || row.leaf === null) {
      if (index >= this.#pruned) this.#missing.push(index);
      else if (row === undefined ? tiled === undefined : expected && !digestOf(row.hash).equals(expected))
        this.#found.add({ code: 'removed', index });
      return;
    }
    const leaf = jsonRecordIn(row.leaf);
    const belongs = leaf?.['index'];
    if (leaf?.['action'] === 'log.pruned') {
      const to = factTo(leaf);
      if (to !== undefined) this.saidPruned.add(to);
    }
    if (typeof belongs === 'number' && Number.isSafeInteger(belongs) && belongs !== index) {
      this.#misplaced.push({ index, belongs });
      return;
    }
    const hash = hashOfText(row.leaf);
    const fits =
      expected !== undefined &&
      hash.equals(expected) &&
      digestOf(row.hash).equals(expected) &&
      leaf !== undefined &&
      (leaf['subject'] ?? null) === row.subject &&
      leaf['at'] === row.at &&
      (leaf['operation'] === undefined ? 0 : 1) === row.asked;
    if (!fits) this.#found.add({ code: 'changed', index });
  }

  /** The tree as far as it is built, against the heads of that size. */
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
      // In canonical form; within a text its quotation marks would be escaped. Of a leaf in another's place it says nothing new.
      if (!text?.includes('"person":"') || jsonRecordIn(text)?.['index'] !== index) continue;
      this.#personless.push({ index, at });
    }
    for (const { at_index, at, salt, who, key_id } of rows) {
      const index = Number(at_index);
      const leaf = jsonRecordIn(leaves.get(index)?.leaf ?? '');
      if (leaf === undefined) continue;
      const digest = personDigest({ salt, who, ...(key_id === null ? {} : { keyId: key_id }) });
      // Of a leaf that is in another's place this says nothing new.
      if (leaf['index'] !== index) continue;
      if (leaf['person'] !== digest || leaf['at'] !== at) this.#found.add({ code: 'person', index });
    }
  }

  /** Who it was goes by its day, for all entries up to one moment alike: where an older one is still there, a younger was taken. */
  async #missPersons(): Promise<void> {
    if (this.#personless.length === 0) return;
    const from = await oldestPerson(this.#query, this.#tenant);
    for (const { index, at } of this.#personless)
      if (from !== undefined && at > from) this.#found.add({ code: 'person', index });
  }

  /** Tiles above the leaves are made of the roots of those below. */
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
      const roots = below.map((one) => digestOf(one.root));
      if (!Buffer.concat(roots).equals(digestOf(hashes)) || !rootOf(roots).equals(digestOf(root)))
        this.#found.add({ code: 'tree', index: index * TILE_HASHES ** (level + 1) });
    }
  }

  /**
   * Two that stand in each other's place were swapped. Where all that follow have moved up, something before them was taken
   * away; where they have moved on, something was put in.
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

  /** How many behind one another have moved as far as the one there. */
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
      for (let gone = 0; gone < Math.min(shift, MOST_OF_A_KIND); gone += 1)
        this.#found.add({ code: 'removed', index: index + gone });
      // The end has moved up with them.
      if (index + run === this.#missing[0]) this.#missing.splice(0, shift);
    }
  }
}

function factTo(leaf: JsonRecord | undefined): number | undefined {
  const to = asRecord(leaf?.['facts'])?.['to'];
  return typeof to === 'number' ? to : undefined;
}

/** Every one counts, and the first of each kind are named. */
class Findings {
  readonly #named = new Map<LogProblemCode, LogProblem[]>();
  count = 0;

  add(problem: LogProblem): void {
    this.count += 1;
    const named = this.#named.get(problem.code) ?? [];
    if (named.length < MOST_OF_A_KIND) named.push(problem);
    this.#named.set(problem.code, named);
  }

  sorted(): LogProblem[] {
    return LOG_PROBLEMS.flatMap((code) =>
      (this.#named.get(code) ?? []).sort((a, b) => (a.index ?? a.size ?? 0) - (b.index ?? b.size ?? 0)),
    );
  }
}
