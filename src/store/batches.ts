import type { Inside } from './inside.js';
import type { InspectionRecord, NewInspection } from './inspections.js';

/**
 * The contract of batches: many files asked about at once. Each item is an inspection of its own; a batch is finished
 * when none of them waits or runs any more, and says so once (`batch.done`).
 */
export interface Batch {
  /** See inspection-id.ts. */
  id: string;
  tenant: string;
  createdAt: string;
  /** How many items it began with. */
  total: number;
  caseRef?: string;
  tags: string[];
  cancelledAt?: string;
  finishedAt?: string;
  /** Left out: kept until somebody deletes it. */
  expiresAt?: string;
}

export interface NewBatch extends Omit<Batch, 'total' | 'cancelledAt' | 'finishedAt'> {
  /** In the order of its items; each says its batch and its place in it, from 1. */
  inspections: readonly NewInspection[];
  /** Uploads that its items use up. */
  uploads: readonly string[];
}

export interface BatchPage {
  items: Batch[];
  /** Give it back for what follows; left out at the end. */
  next?: string;
}

export interface BatchItem {
  /** From 1, in the order they were given. */
  item: number;
  record: InspectionRecord;
}

/** For the store of inspections: so many of a batch have ended, in the transaction in which they did. */
export type NoteEnded = (
  inside: Inside,
  batch: { tenant: string; id: string },
  ended: number,
  at: string,
) => Promise<void>;
