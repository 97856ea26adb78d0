import { ROLES, type Role } from '../../core/report/rule-terms.js';
import type { Scope } from './scopes.js';

/** Default options of a key for requests without their own; if all are absent, everything is included. */
export interface KeyDefaults {
  jurisdictions?: string[];
  roles?: Role[];
  rulebooks?: string[];
}

/** If absent, the service's own limit applies. */
export interface KeyLimits {
  requestsPerMinute?: number;
  dailyInspections?: number;
  dailyBytes?: number;
}

export interface ApiKey {
  /** Part of the key's text between prefix and secret. */
  id: string;
  tenant: string;
  /** Name given by its creator. */
  name: string;
  scopes: readonly Scope[];
  defaults: KeyDefaults;
  limits: KeyLimits;
  createdAt: string;
  /** Name of the key that created it; absent if created by the command line or the first start. */
  createdBy?: string;
  expiresAt?: string;
  revokedAt?: string;
  /** Rounded to the minute. */
  lastUsedAt?: string;
}

export interface NewKey {
  tenant: string;
  name: string;
  scopes: readonly Scope[];
  defaults?: KeyDefaults;
  limits?: KeyLimits;
  createdBy?: string;
  expiresAt?: string;
}

/** New key with its full text, which is not stored. */
export interface CreatedKey {
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
