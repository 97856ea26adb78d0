import { limits } from '../../base/limits.js';
import { MAX_SAME_BITS, MAX_SIMILAR_BITS } from '../../matching/fingerprint.js';
import { HashIndex } from '../../matching/hash-index.js';
import { HASH_BITS } from '../../matching/pdq.js';
import { type GroupFilter, groupKeysOf, matchesFilters } from '../records/groups.js';
import type { ScanRecord } from '../records/record.js';
import { FingerprintResults, type FingerprintRow, type FoundRecord } from './fingerprint-rows.js';

/** Files of the same or nearly the same picture: at most 31 of 256 bits differ from one to the next. */
export interface AlikeFiles {
  /** Ids of records (`FingerprintResults`), each with the number of other files that have the same bytes. */
  members: readonly { id: number; copies: number }[];
}

/** Pictures that look alike, each near the next. */
export interface AlikeGroup {
  /** Sets of files, the largest first. Between sets 32 to 60 bits differ, so one picture may be a version of the other. */
  same: readonly AlikeFiles[];
  /** Number of files, not counting copies with the same bytes. */
  files: number;
}

export interface AlikePictures {
  /** Largest groups first, limited to what a page shows. */
  groups: readonly AlikeGroup[];
  /** Number of all groups; `files` counts the files in them. */
  count: number;
  files: number;
  /** Pictures compared; `notCompared` counts those beyond the limit. */
  compared: number;
  notCompared: number;
  /** Whether parts of pictures were compared too. */
  withCuts: boolean;
  /** Pictures without a fingerprint that can be compared. */
  notSearchable: number;
  /** Records of the files in `groups`. */
  records: ReadonlyMap<number, FoundRecord>;
}

const FINGERPRINT_BYTES = HASH_BITS / 8;

/** Returns `undefined` if no record has a fingerprint. Throws `ResultsError` if results cannot be read. */
export async function findAlike(
  paths: readonly string[],
  only: readonly GroupFilter[] = [],
): Promise<AlikePictures | undefined> {
  const results = new FingerprintResults(paths);
  const pictures = new Pictures();
  const wants =
    only.length === 0 ? undefined : (record: ScanRecord) => matchesFilters(groupKeysOf(record), only);
  for await (const row of results.rows(wants)) pictures.add(row);
  if (!results.hasAny) return undefined;
  const all = pictures.groups();
  const groups = all.slice(0, limits.similarGroups);
  const shown = groups.flatMap(({ same }) => selectMembers(same, limits.similarFiles).map(({ id }) => id));
  return {
    groups,
    count: all.length,
    files: all.reduce((sum, { files }) => sum + files, 0),
    compared: pictures.count,
    notCompared: pictures.left,
    withCuts: pictures.count <= limits.similarPicturesWithCrops,
    notSearchable: results.counts(['picture']).notSearchable,
    records: await results.records(new Set(shown)),
  };
}

/** Selects files so that every picture of a group is represented. */
export function selectMembers(same: readonly AlikeFiles[], most: number): AlikeFiles['members'][number][] {
  const first = same.slice(0, most).flatMap(({ members }) => members.slice(0, 1));
  const more = same.flatMap(({ members }) => members.slice(1));
  return [...first, ...more].slice(0, most);
}

interface Picture {
  id: number;
  copies: number;
  /** All fingerprints of the picture, the whole one first. */
  shelf: Uint8Array;
}

class Pictures {
  readonly #all: Picture[] = [];
  readonly #byBytes = new Map<string, Picture>();
  left = 0;

  get count(): number {
    return this.#all.length;
  }

  add({ id, sha256, gone, fingerprints: shelves }: FingerprintRow): void {
    const shelf = shelves.find(({ kind }) => kind === 'picture')?.shelf;
    if (shelf === undefined || gone) return;
    const known = this.#byBytes.get(sha256);
    if (known !== undefined) known.copies += 1;
    else if (this.#all.length >= limits.similarPictures) this.left += 1;
    else {
      // Beyond this number only whole pictures are compared, so the other fingerprints are dropped.
      const own =
        this.#all.length >= limits.similarPicturesWithCrops ? shelf.slice(0, FINGERPRINT_BYTES) : shelf;
      const picture = { id, copies: 0, shelf: own };
      this.#all.push(picture);
      this.#byBytes.set(sha256, picture);
    }
  }

  groups(): AlikeGroup[] {
    const [same, similar] = [new UnionFind(this.#all.length), new UnionFind(this.#all.length)];
    for (const { one, other, distance } of this.#near()) {
      if (distance <= MAX_SAME_BITS) same.unite(one, other);
      similar.unite(one, other);
    }
    return similar
      .groups()
      .filter((group) => group.length > 1)
      .map((group): AlikeGroup => ({ same: this.#parts(group, same), files: group.length }))
      .sort((a, b) => b.files - a.files);
  }

  #parts(group: readonly number[], same: UnionFind): AlikeFiles[] {
    const parts = new Map<number, AlikeFiles['members'][number][]>();
    for (const at of group) {
      const picture = this.#all[at];
      if (picture === undefined) continue;
      const part = parts.get(same.find(at)) ?? [];
      parts.set(same.find(at), part);
      part.push({ id: picture.id, copies: picture.copies });
    }
    return [...parts.values()]
      .map((members) => ({ members }))
      .sort((a, b) => b.members.length - a.members.length);
  }

  *#near(): Generator<{ one: number; other: number; distance: number }> {
    const withCuts = this.#all.length <= limits.similarPicturesWithCrops;
    const shelf = new HashIndex();
    const owners: number[] = [];
    for (const [at, { shelf: own }] of this.#all.entries()) {
      const entries = withCuts ? own : own.subarray(0, FINGERPRINT_BYTES);
      shelf.append(entries);
      for (let entry = 0; entry < entries.length; entry += FINGERPRINT_BYTES) owners.push(at);
    }
    for (let from = 0; from < this.#all.length; from += QUERIES_PER_PASS) {
      const asked = this.#all
        .slice(from, from + QUERIES_PER_PASS)
        .map(({ shelf: own }) => own.subarray(0, FINGERPRINT_BYTES));
      // Between whole pictures the distance is symmetric, so each pair is compared once.
      for (const { entry, query, distance } of searchNear(shelf, asked, withCuts ? 0 : from, shelf.count)) {
        const [one, other] = [from + query, owners[entry] ?? 0];
        if (one !== other) yield { one, other, distance };
      }
    }
  }
}

/** Queries per pass over all entries. */
const QUERIES_PER_PASS = 256;

/** Yields all near entries. If there are more than one search returns, each half is searched separately. */
function* searchNear(
  shelf: HashIndex,
  queries: readonly Uint8Array[],
  from: number,
  to: number,
): Generator<{ entry: number; query: number; distance: number }> {
  const { matches: near, hasMore: more } = shelf.search(queries, MAX_SIMILAR_BITS, from, to);
  if (!more || to - from <= 1) yield* near;
  else {
    const middle = Math.floor((from + to) / 2);
    yield* searchNear(shelf, queries, from, middle);
    yield* searchNear(shelf, queries, middle, to);
  }
}

/** Union-find over pictures. */
class UnionFind {
  readonly #parents: Uint32Array;

  constructor(count: number) {
    this.#parents = Uint32Array.from({ length: count }, (_none, at) => at);
  }

  find(at: number): number {
    let top = at;
    while (this.#parent(top) !== top) top = this.#parent(top);
    for (let next = at; next !== top; ) {
      const parent = this.#parent(next);
      this.#parents[next] = top;
      next = parent;
    }
    return top;
  }

  /** Joins two sets; the smaller number becomes the root. */
  unite(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  groups(): number[][] {
    const groups = new Map<number, number[]>();
    for (let at = 0; at < this.#parents.length; at += 1) {
      const group = groups.get(this.find(at)) ?? [];
      groups.set(this.find(at), group);
      group.push(at);
    }
    return [...groups.values()];
  }

  #parent(at: number): number {
    return this.#parents[at] ?? at;
  }
}
