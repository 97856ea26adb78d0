import type { Observation } from '../core/report/report.js';

/**
 * What a record in brief is made of an Observation by, in the reading process; undefined where a record does not do.
 * `declared`: as of `PackItem`.
 */
export type RecordMaker = (observed: Observation, declared?: string) => unknown;

/** Set by the program that a reading process runs (child.ts at the top): what records are is no business of this room. */
export const recordMaker: { load?: () => Promise<RecordMaker> } = {};
