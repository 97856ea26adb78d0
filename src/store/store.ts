import type { Report } from '../core/report.js';

/** A finished inspection. The id and the time are the door's; the Report knows neither. */
export interface InspectionRecord {
  /** See inspection-id.ts: whoever knows it may read and delete the report. */
  id: string;
  /** RFC 3339, UTC. */
  createdAt: string;
  report: Report;
}

/**
 * Keeps finished inspections, at most as many as it was told; the oldest go first.
 * tests/contracts/store.ts says the rest, and every store passes it.
 */
export interface InspectionStore {
  /** Resolves once the record will be there after a crash, as far as this kind of store can promise. */
  put(record: InspectionRecord): Promise<void>;
  /** Undefined where there is none. A record that is there and cannot be read rejects with a `StoreError`. */
  get(id: string): Promise<InspectionRecord | undefined>;
  /** False where there was none. */
  delete(id: string): Promise<boolean>;
}

export const STORE_ERROR_CODES = ['store.bad-id', 'store.corrupt'] as const;
export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

export class StoreError extends Error {
  override name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
