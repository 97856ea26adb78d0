import { limits } from '../core/ground/limits.js';
import { SAME_BITS, SIMILAR_BITS } from '../core/likeness/likeness.js';
import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';
import { Shelf } from '../core/likeness/shelf.js';
import { LikenessResults, type LikenessRow, type RecordFound } from './likeness-rows.js';
import { type Only, placesOf, standsUnder } from './places.js';
import type { SlimRecord } from './record.js';

/** Files of one picture, or of ones that are hardly another: at most 31 of 256 bits differ from one to the next. */
export interface AlikeFiles {
  /** Ids of records (`LikenessResults`), and how many other files have the very same bytes. */
  members: readonly { id: number; copies: number }[];
}

/** Pictures that look alike, from one to the next. */
export interface AlikeGroup {
  /** Several: 32 to 60 bits differ between them, so that one may be a version of the other. The largest first. */
  same: readonly AlikeFiles[];
  /** Files in all, without those with the same bytes as one that is listed. */
  files: number;
}

export interface Alike {
  /** The largest first; so many as a page shows. */
  groups: readonly AlikeGroup[];
  /** All there are, and the files in them. */
  count: number;
  files: number;
  /** Pictures that were compared, and those for which the bound left no room. */
  compared: number;
  left: number;
  /** Parts of pictures were compared too. */
  withCuts: boolean;
  /** Pictures of which nothing could be compared. */
  notSearchable: number;
  /** Those that are shown. */
  records: ReadonlyMap<number, RecordFound>;
}

const BYTES = FINGERPRINT_BITS / 8;

/** Undefined where no record has a fingerprint. Throws a ResultsError. */
export async function alikeIn(
  paths: readonly string[],
  only: readonly Only[] = [],
): Promise<Alike | undefined> {
  const results = new LikenessResults(paths);
  const pictures = new Pictures();
  const wants = only.length === 0 ? undefined : (record: SlimRecord) => standsUnder(placesOf(record), only);
  for await (const row of results.rows(wants)) pictures.add(row);
  if (!results.hasAny) return undefined;
  const all = pictures.groups();
  const groups = all.slice(0, limits.alikeGroups);
  const shown = groups.flatMap(({ same }) => someOf(same, limits.alikeFiles).map(({ id }) => id));
  return {
    groups,
    count: all.length,
    files: all.reduce((sum, { files }) => sum + files, 0),
    compared: pictures.count,
    left: pictures.left,
    withCuts: pictures.count <= limits.alikePicturesWithCuts,
    notSearchable: results.counts(['picture']).notSearchable,
    records: await results.records(new Set(shown)),
  };
}

/** Some of each, so that every picture of a group is seen. */
export function someOf(same: readonly AlikeFiles[], most: number): AlikeFiles['members'][number][] {
  const first = same.slice(0, most).flatMap(({ members }) => members.slice(0, 1));
  const more = same.flatMap(({ members }) => members.slice(1));
  return [...first, ...more].slice(0, most);
}

interface Picture {
  id: number;
  copies: number;
  /** All its fingerprints, the whole first. */
  shelf: Uint8Array;
}

class Pictures {
  readonly #all: Picture[] = [];
  readonly #byBytes = new Map<string, Picture>();
  left = 0;

  get count(): number {
    return this.#all.length;
  }

  add({ id, sha256, gone, shelves }: LikenessRow): void {
    const shelf = shelves.find(({ kind }) => kind === 'picture')?.shelf;
    if (shelf === undefined || gone) return;
    const known = this.#byBytes.get(sha256);
    if (known !== undefined) known.copies += 1;
    else if (this.#all.length >= limits.alikePictures) this.left += 1;
    else {
      // Beyond that nothing but the whole ones is compared, and the others need not be held.
      const own = this.#all.length >= limits.alikePicturesWithCuts ? shelf.slice(0, BYTES) : shelf;
      const picture = { id, copies: 0, shelf: own };
      this.#all.push(picture);
      this.#byBytes.set(sha256, picture);
    }
  }

  groups(): AlikeGroup[] {
    const [same, similar] = [new Sets(this.#all.length), new Sets(this.#all.length)];
    for (const { one, other, distance } of this.#near()) {
      if (distance <= SAME_BITS) same.unite(one, other);
      similar.unite(one, other);
    }
    return similar
      .groups()
      .filter((group) => group.length > 1)
      .map((group): AlikeGroup => ({ same: this.#parts(group, same), files: group.length }))
      .sort((a, b) => b.files - a.files);
  }

  #parts(group: readonly number[], same: Sets): AlikeFiles[] {
    const parts = new Map<number, AlikeFiles['members'][number][]>();
    for (const at of group) {
      const picture = this.#all[at];
      if (picture === undefined) continue;
      const part = parts.get(same.of(at)) ?? [];
      parts.set(same.of(at), part);
      part.push({ id: picture.id, copies: picture.copies });
    }
    return [...parts.values()]
      .map((members) => ({ members }))
      .sort((a, b) => b.members.length - a.members.length);
  }

  *#near(): Generator<{ one: number; other: number; distance: number }> {
    const withCuts = this.#all.length <= limits.alikePicturesWithCuts;
    const shelf = new Shelf();
    const owners: number[] = [];
    for (const [at, { shelf: own }] of this.#all.entries()) {
      const entries = withCuts ? own : own.subarray(0, BYTES);
      shelf.put(entries);
      for (let entry = 0; entry < entries.length; entry += BYTES) owners.push(at);
    }
    for (let from = 0; from < this.#all.length; from += AT_ONCE) {
      const asked = this.#all.slice(from, from + AT_ONCE).map(({ shelf: own }) => own.subarray(0, BYTES));
      // Of whole ones alone the distance is the same from either side.
      for (const { entry, query, distance } of nearIn(shelf, asked, withCuts ? 0 : from, shelf.count)) {
        const [one, other] = [from + query, owners[entry] ?? 0];
        if (one !== other) yield { one, other, distance };
      }
    }
  }
}

/** Queries of one pass over all entries. */
const AT_ONCE = 256;

/** All of them: where there are more than one answer tells, those of each half. */
function* nearIn(
  shelf: Shelf,
  asked: readonly Uint8Array[],
  from: number,
  to: number,
): Generator<{ entry: number; query: number; distance: number }> {
  const { near, more } = shelf.search(asked, SIMILAR_BITS, from, to);
  if (!more || to - from <= 1) yield* near;
  else {
    const middle = Math.floor((from + to) / 2);
    yield* nearIn(shelf, asked, from, middle);
    yield* nearIn(shelf, asked, middle, to);
  }
}

/** Which belong together. */
class Sets {
  readonly #parents: Uint32Array;

  constructor(count: number) {
    this.#parents = Uint32Array.from({ length: count }, (_none, at) => at);
  }

  of(at: number): number {
    let top = at;
    while (this.#parent(top) !== top) top = this.#parent(top);
    for (let next = at; next !== top; ) {
      const parent = this.#parent(next);
      this.#parents[next] = top;
      next = parent;
    }
    return top;
  }

  /** Under the one that comes first. */
  unite(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  groups(): number[][] {
    const groups = new Map<number, number[]>();
    for (let at = 0; at < this.#parents.length; at += 1) {
      const group = groups.get(this.of(at)) ?? [];
      groups.set(this.of(at), group);
      group.push(at);
    }
    return [...groups.values()];
  }

  #parent(at: number): number {
    return this.#parents[at] ?? at;
  }
}
