import {
  type Likeness,
  type LikenessKind,
  SIMILAR_BITS,
  SIMILAR_SOUND_BITS,
} from '../core/likeness/likeness.js';
import { type Fingerprint, TURNS, type Turn } from '../core/likeness/pdq.js';
import { FINGERPRINT_BYTES } from './arena.js';
import { seenLimits } from './seen-limits.js';
import type { SearchOptions } from './seen-types.js';

/** One fingerprint that is asked with, and what it is of. */
export interface Query {
  fingerprint: Fingerprint;
  /** Of a picture 0; of a sound the number of its first value. */
  frame: number;
  /** 0: the whole. */
  view: number;
  turn?: Turn;
}

/** What is asked of one kind, as threads take it. */
export interface Asked {
  kind: LikenessKind;
  frames: number;
  query: Uint8Array;
}

export interface AskedOptions {
  most: number;
  limit: number;
  without: readonly number[];
}

const AS_IS = 1;
const OF_VIEW = TURNS.length + AS_IS;
/** Videos of many frames are asked with as they are and mirrored: nobody turns them. */
const OF_LONG_VIDEO: ReadonlySet<Turn | undefined> = new Set([undefined, 'mirrored']);

/** What fits the shape of a likeness, or undefined: then nothing can be asked with it. */
export function askedOf({ kind, frames, query }: Likeness): Asked | undefined {
  if (query.length === 0) return undefined;
  if (kind === 'sound')
    return query.length % 4 === 0 && query.length >= FINGERPRINT_BYTES
      ? { kind, frames: 1, query }
      : undefined;
  const all = query.length / FINGERPRINT_BYTES;
  const ofFrame = all / frames;
  const isWhole = Number.isInteger(ofFrame) && (ofFrame === AS_IS || ofFrame % OF_VIEW === 0);
  return isWhole ? { kind, frames, query } : undefined;
}

export function optionsOf({
  most = SIMILAR_BITS,
  limit = seenLimits.told,
  without = [],
}: SearchOptions): AskedOptions {
  return {
    most: Math.max(0, Math.min(most, SIMILAR_BITS)),
    limit: Math.max(1, Math.min(limit, seenLimits.mostTold)),
    without,
  };
}

/** How far off what is asked for may be, for this kind. */
export const mostOf = (kind: LikenessKind, most: number): number =>
  kind === 'sound' ? Math.min(most, SIMILAR_SOUND_BITS) : most;

/** The fingerprints of a picture or of the frames of a video, each with what it is of; of long videos some. */
export function queriesOf({ frames, query }: Asked): { queries: Query[]; frames: number } {
  const ofFrame = query.length / FINGERPRINT_BYTES / frames;
  const isLong = frames * ofFrame > seenLimits.queries;
  const each = isLong ? Math.ceil((ofFrame * OF_LONG_VIDEO.size) / OF_VIEW) : ofFrame;
  const asked = Math.min(frames, Math.floor(seenLimits.queries / each));
  const queries: Query[] = [];
  for (let number = 0; number < asked; number += 1) {
    // Spread over all of it.
    const frame = Math.floor((number * frames) / asked);
    for (let at = 0; at < ofFrame; at += 1) {
      const turn = TURNS[(at % OF_VIEW) - 1];
      if (isLong && !OF_LONG_VIDEO.has(turn)) continue;
      const from = (frame * ofFrame + at) * FINGERPRINT_BYTES;
      queries.push({
        fingerprint: query.subarray(from, from + FINGERPRINT_BYTES),
        frame: number,
        view: Math.floor(at / OF_VIEW),
        ...(turn === undefined ? {} : { turn }),
      });
    }
  }
  return { queries, frames: asked };
}

/** Values of a sound that make one fingerprint: 256 bits, about a second. */
export const VALUES = FINGERPRINT_BYTES / 4;

/**
 * Windows of a sound, eight values each, in runs of eight that begin one value apart: what is kept stands in windows that
 * begin eight apart, so one of each run lies as one of those. Two sounds that differ in no more than a share of their bits
 * have a window that differs in no more. Of long ones runs are left out between.
 */
export function windowsOf({ query }: Asked): Query[] {
  const last = query.length / 4 - VALUES;
  const runs = Math.floor(last / VALUES) + 1;
  const asked = Math.min(runs, Math.floor(seenLimits.queries / VALUES));
  const windows: Query[] = [];
  for (let number = 0; number < asked; number += 1) {
    const run = Math.floor((number * runs) / asked);
    for (let at = run * VALUES; at < (run + 1) * VALUES && at <= last; at += 1)
      windows.push({ fingerprint: query.subarray(at * 4, at * 4 + FINGERPRINT_BYTES), frame: at, view: 0 });
  }
  return windows;
}
