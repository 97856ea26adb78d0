import { setTimeout as delay } from 'node:timers/promises';
import { type Said, said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import type { Speech } from '../say/speech.js';

/**
 * `found`: there, and works. `limited`: works, with something lacking. `not-found`: not there, and Assay does without.
 * `not-used`: nobody asked for it. `failed`: asked for or needed, and does not work.
 */
export const PART_STATES = ['found', 'limited', 'not-found', 'not-used', 'failed'] as const;
export type PartState = (typeof PART_STATES)[number];

/** In the order that doctor shows them. Each has its name in the catalogues, `doctor.name.…`. */
export const PART_IDS = [
  'assay',
  'node',
  'machine',
  'code',
  'engine-native',
  'engine-wasm',
  'isolation',
  'system-calls',
  'trust-lists',
  'ffmpeg',
  'fpcalc',
  'archives',
  'chromium',
  'fonts',
  'law',
  'sqlite',
  'postgresql',
  'fingerprints',
  'links',
  'disk',
  'secret-key',
  'seal-key',
] as const;
export type PartId = (typeof PART_IDS)[number];

/** One thing this machine may have. */
export interface Part {
  id: PartId;
  state: PartState;
  /** What was found: a version, a count, a place. */
  detail: Said;
  /** What is lost as it stands; a sentence. */
  lost?: Said;
  /** What would bring it. */
  remedy?: Said;
}

/** The same in words, for whoever runs it. */
export interface ToldPart {
  id: PartId;
  name: string;
  state: PartState;
  detail: string;
  lost?: string;
  remedy?: string;
}

export function partTold({ id, state, detail, lost, remedy }: Part, speech: Speech): ToldPart {
  return {
    id,
    name: speech.words(`doctor.name.${id}`),
    state,
    detail: speech.say(detail),
    ...(lost && { lost: speech.say(lost) }),
    ...(remedy && { remedy: speech.say(remedy) }),
  };
}

export const asWritten = (text: string): Said => said('text.asWritten', { text });

/** The parts themselves never throw what was foreseen; whatever else they throw, or their silence, is told as a fault. */
export async function inTime(id: PartId, millis: number, look: () => Promise<Part[]>): Promise<Part[]> {
  const late = new AbortController();
  const failed = (detail: Said): Part[] => [{ id, state: 'failed', detail }];
  const silence = delay(millis, undefined, { signal: late.signal }).then(
    () => failed(said('doctor.late', { seconds: String(millis / 1000) })),
    () => [],
  );
  try {
    return await Promise.race([look(), silence]);
  } catch (error) {
    return failed(errorSaid(error));
  } finally {
    late.abort();
  }
}
