import {
  type Fingerprint,
  type FingerprintKind,
  MAX_SIMILAR_BITS,
  MAX_SIMILAR_SOUND_BITS,
} from '../../matching/fingerprint.js';
import { ORIENTATIONS, type Orientation, type PdqHash } from '../../matching/pdq.js';
import { FINGERPRINT_BYTES } from './fingerprint-arena.js';
import { matchLimits } from './match-limits.js';
import type { SearchOptions } from './matcher.js';

/** One fingerprint to search for, and the part of the query that it belongs to. */
export interface FingerprintQuery {
  fingerprint: PdqHash;
  /** 0 for a picture; for a sound the number of its first value. */
  frame: number;
  /** 0 stands for the whole picture. */
  view: number;
  orientation?: Orientation;
}

/** Query of one kind as sent to the threads. */
export interface KindQuery {
  kind: FingerprintKind;
  frames: number;
  query: Uint8Array;
}

export interface SearchParameters {
  maxDistance: number;
  limit: number;
  excluded: readonly number[];
}

const UNTURNED_COUNT = 1;
const FINGERPRINTS_PER_VIEW = ORIENTATIONS.length + UNTURNED_COUNT;
/** Long videos are searched for as they are and mirrored, because nobody turns them. */
const LONG_VIDEO_TURNS: ReadonlySet<Orientation | undefined> = new Set([undefined, 'mirrored']);

/** Returns the query of a fingerprint; `undefined` if its size does not fit its kind, so that it cannot be searched for. */
export function kindQueryOf({ kind, frames, query }: Fingerprint): KindQuery | undefined {
  if (query.length === 0) return undefined;
  if (kind === 'sound')
    return query.length % 4 === 0 && query.length >= FINGERPRINT_BYTES
      ? { kind, frames: 1, query }
      : undefined;
  const all = query.length / FINGERPRINT_BYTES;
  const ofFrame = all / frames;
  const isWhole =
    Number.isInteger(ofFrame) && (ofFrame === UNTURNED_COUNT || ofFrame % FINGERPRINTS_PER_VIEW === 0);
  return isWhole ? { kind, frames, query } : undefined;
}

export function resolveSearchOptions({
  most = MAX_SIMILAR_BITS,
  limit = matchLimits.results,
  without = [],
}: SearchOptions): SearchParameters {
  return {
    maxDistance: Math.max(0, Math.min(most, MAX_SIMILAR_BITS)),
    limit: Math.max(1, Math.min(limit, matchLimits.maxResults)),
    excluded: without,
  };
}

/** Returns the largest distance of a match for this kind. */
export const maxDistanceOf = (kind: FingerprintKind, most: number): number =>
  kind === 'sound' ? Math.min(most, MAX_SIMILAR_SOUND_BITS) : most;

/** Returns the fingerprints of a picture or of the frames of a video; of long videos only some frames. */
export function queriesOf({ frames, query }: KindQuery): { queries: FingerprintQuery[]; frames: number } {
  const perFrame = query.length / FINGERPRINT_BYTES / frames;
  const isLong = frames * perFrame > matchLimits.queries;
  const each = isLong ? Math.ceil((perFrame * LONG_VIDEO_TURNS.size) / FINGERPRINTS_PER_VIEW) : perFrame;
  const chosenFrames = Math.min(frames, Math.floor(matchLimits.queries / each));
  const queries: FingerprintQuery[] = [];
  for (let number = 0; number < chosenFrames; number += 1) {
    // The chosen frames are spread over the whole video.
    const frame = Math.floor((number * frames) / chosenFrames);
    for (let at = 0; at < perFrame; at += 1) {
      const orientation = ORIENTATIONS[(at % FINGERPRINTS_PER_VIEW) - 1];
      if (isLong && !LONG_VIDEO_TURNS.has(orientation)) continue;
      const from = (frame * perFrame + at) * FINGERPRINT_BYTES;
      queries.push({
        fingerprint: query.subarray(from, from + FINGERPRINT_BYTES),
        frame: number,
        view: Math.floor(at / FINGERPRINTS_PER_VIEW),
        ...(orientation === undefined ? {} : { orientation }),
      });
    }
  }
  return { queries, frames: chosenFrames };
}

/** Values of a sound per fingerprint: 256 bits, about a second. */
export const VALUES_PER_WINDOW = FINGERPRINT_BYTES / 4;

/**
 * Returns windows of a sound, eight values each, in runs of eight that begin one value apart. Stored windows begin
 * eight values apart, so one window of each run is aligned with them. Two sounds that differ in at most a certain share
 * of their bits have a window that differs by no more. Of long sounds some runs are skipped.
 */
export function windowsOf({ query }: KindQuery): FingerprintQuery[] {
  const last = query.length / 4 - VALUES_PER_WINDOW;
  const runs = Math.floor(last / VALUES_PER_WINDOW) + 1;
  const chosenRuns = Math.min(runs, Math.floor(matchLimits.queries / VALUES_PER_WINDOW));
  const windows: FingerprintQuery[] = [];
  for (let number = 0; number < chosenRuns; number += 1) {
    const run = Math.floor((number * runs) / chosenRuns);
    for (let at = run * VALUES_PER_WINDOW; at < (run + 1) * VALUES_PER_WINDOW && at <= last; at += 1)
      windows.push({ fingerprint: query.subarray(at * 4, at * 4 + FINGERPRINT_BYTES), frame: at, view: 0 });
  }
  return windows;
}
