import type { StoreTransaction } from '../engine/transaction.js';
import type { InspectionRecord, NewInspection } from './inspections.js';

/**
 * Contract of batches: many files inspected together. Each item is an inspection of its own; a batch is finished when
 * all of them have ended, and publishes `batch.done` once.
 */
export interface Batch {
  /** Id made by `newInspectionId`. */
  id: string;
  tenant: string;
  createdAt: string;
  /** Number of items at the start. */
  total: number;
  caseRef?: string;
  tags: string[];
  cancelledAt?: string;
  finishedAt?: string;
  /** If absent, stored until somebody deletes it. */
  expiresAt?: string;
}

export interface NewBatch extends Omit<Batch, 'total' | 'cancelledAt' | 'finishedAt'> {
  /** Inspections in the order of items; each names its batch and its item number, starting at 1. */
  inspections: readonly NewInspection[];
  /** Uploads consumed by the items. */
  uploads: readonly string[];
}

export interface BatchPage {
  items: Batch[];
  /** Cursor of the next page; absent at the end. */
  next?: string;
}

export interface BatchItem {
  /** Number of the item, starting at 1, in the given order. */
  item: number;
  record: InspectionRecord;
}

/** Called by the inspection store with the number of items that ended, in the same transaction. */
export type EndedHandler = (
  inside: StoreTransaction,
  batch: { tenant: string; id: string },
  ended: number,
  at: string,
) => Promise<void>;
