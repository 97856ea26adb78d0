import type { Actor } from '../../core/transparency-log/leaf.js';

/**
 * Links that let anybody who has one read one report. Creating, listing and revoking require the tenant; presenting a
 * token requires nothing else. Times are RFC 3339, UTC, milliseconds.
 */
export interface Share {
  id: string;
  tenant: string;
  inspectionId: string;
  createdAt: string;
  /** Name of the creator's key; never a secret. */
  createdBy: string;
  expiresAt: string;
  /** Whether notes that existed at its creation are shown. */
  withNotes: boolean;
  /** Whether the small pictures stored with the report are shown. */
  withPictures: boolean;
}

export interface NewShare {
  tenant: string;
  inspectionId: string;
  createdBy: string;
  expiresAt: string;
  withNotes: boolean;
  withPictures: boolean;
  /** Actor for the log. */
  by?: Actor;
}

/** Id and token of a link: its owner refers to it by the id, its users present the token (`shareToken`). */
export interface ShareParts {
  id: string;
  token: string;
}

/** `made`: the token is not stored. */
export type CreateShareOutcome =
  | { outcome: 'made'; share: Share; token: string }
  | { outcome: 'no-inspection' }
  | { outcome: 'too-many' };

/** 160 bits. */
export const SHARE_TOKEN_CHARACTERS = 32;
export const SHARE_TOKEN = /^[a-km-z2-79]{32}$/;
