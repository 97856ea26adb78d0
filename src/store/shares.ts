import type { Actor } from '../core/log/leaf.js';

/**
 * Links that let anybody who has one read one report. Whoever makes, lists or revokes says the tenant; whoever shows a
 * token says nothing else. Times are RFC 3339, UTC, milliseconds.
 */
export interface Share {
  id: string;
  tenant: string;
  inspectionId: string;
  createdAt: string;
  /** Name of the key that made it; never a secret. */
  createdBy: string;
  expiresAt: string;
  /** Whether notes that stood there when it was made are shown. */
  withNotes: boolean;
  /** Whether the small pictures that are kept with the report are shown. */
  withPictures: boolean;
}

export interface NewShare {
  tenant: string;
  inspectionId: string;
  createdBy: string;
  expiresAt: string;
  withNotes: boolean;
  withPictures: boolean;
  /** For the log. */
  by?: Actor;
}

/** Id and token of a link: its owner knows it by the one, whoever has it by the other (`shareToken`). */
export interface ShareParts {
  id: string;
  token: string;
}

/** `made`: the token is in nobody's hands afterwards but its holder's. */
export type Making =
  | { outcome: 'made'; share: Share; token: string }
  | { outcome: 'no-inspection' }
  | { outcome: 'too-many' };

/** 160 bits. */
export const SHARE_TOKEN_CHARACTERS = 32;
export const SHARE_TOKEN = /^[a-km-z2-79]{32}$/;
