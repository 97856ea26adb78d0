import { ROLES, type Role } from '../core/report/rule-terms.js';
import type { Scope } from './scopes.js';

/** What a key asks for where its client names nothing; all of it left out: everything is asked. */
export interface AskDefaults {
  jurisdictions?: string[];
  roles?: Role[];
  rulebooks?: string[];
}

/** Left out: the service's own setting. */
export interface KeyLimits {
  requestsPerMinute?: number;
  dailyInspections?: number;
  dailyBytes?: number;
}

export interface ApiKey {
  /** Stands in the key itself, between its prefix and its secret. */
  id: string;
  tenant: string;
  /** Of whoever made it, to tell it from others. */
  name: string;
  scopes: readonly Scope[];
  defaults: AskDefaults;
  limits: KeyLimits;
  createdAt: string;
  /** Name of the key that made it; left out: the command line, or the first start. */
  createdBy?: string;
  expiresAt?: string;
  revokedAt?: string;
  /** To the minute. */
  lastUsedAt?: string;
}

export interface NewKey {
  tenant: string;
  name: string;
  scopes: readonly Scope[];
  defaults?: AskDefaults;
  limits?: KeyLimits;
  createdBy?: string;
  expiresAt?: string;
}

/** The whole key is in nobody's hands afterwards but its holder's. */
export interface MadeKey {
  key: ApiKey;
  text: string;
}

export const KEY_PATTERN = /^assay_([a-km-z2-79]{12})_([a-km-z2-79]{52})$/;
const TENANT_PATTERN = /^[a-z0-9][a-z0-9._-]{0,63}$/;
export const KEY_NAME_CHARACTERS = 80;

export const isTenantName = (text: string): boolean => TENANT_PATTERN.test(text);
export const isKeyName = (text: string): boolean =>
  text.trim() === text && text !== '' && text.length <= KEY_NAME_CHARACTERS && !/\p{C}/u.test(text);
export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);
