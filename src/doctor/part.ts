import { setTimeout as delay } from 'node:timers/promises';

/**
 * `found`: there, and works. `limited`: works, with something lacking. `not-found`: not there, and Assay does without.
 * `not-used`: nobody asked for it. `failed`: asked for or needed, and does not work.
 */
export const PART_STATES = ['found', 'limited', 'not-found', 'not-used', 'failed'] as const;
export type PartState = (typeof PART_STATES)[number];

/** One thing this machine may have, in words for whoever runs it. */
export interface Part {
  id: string;
  name: string;
  state: PartState;
  /** What was found: a version, a count, a place. */
  detail: string;
  /** What is lost as it stands; a sentence. */
  lost?: string;
  /** What would bring it. */
  remedy?: string;
}

/** The parts themselves never throw what was foreseen; whatever else they throw, or their silence, is told as a fault. */
export async function inTime(
  id: string,
  name: string,
  millis: number,
  look: () => Promise<Part[]>,
): Promise<Part[]> {
  const late = new AbortController();
  const silence = delay(millis, undefined, { signal: late.signal }).then(
    (): Part[] => [{ id, name, state: 'failed', detail: `did not answer within ${millis / 1000} seconds` }],
    () => [],
  );
  try {
    return await Promise.race([look(), silence]);
  } catch (error) {
    return [{ id, name, state: 'failed', detail: error instanceof Error ? error.message : String(error) }];
  } finally {
    late.abort();
  }
}
