import type { Observation } from '../../core/report/report.js';

/**
 * Makes a summary record from an Observation in the reading process; returns `undefined` if a record does not suffice.
 * `declared`: see `PackItem`.
 */
export type RecordMaker = (observed: Observation, declared?: string) => unknown;

/** Set by the program that runs as reading process, because this module does not know what records are. */
export const recordMaker: { load?: () => Promise<RecordMaker> } = {};
