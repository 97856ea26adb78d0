import type { ByteRange } from '../media/asset.js';

/**
 * Facts that the claim of one manifest states in the file's own bytes and the SDK's JSON omits. They are read by
 * core/readers/c2pa/c2pa-claims.ts.
 */
export interface ClaimFacts {
  /** 1 for `c2pa.claim`, 2 for `c2pa.claim.v2`. */
  version: 1 | 2;
  /** `specVersion` of claim_generator_info (C2PA 2.2 and later). */
  specVersion?: string;
  /** JUMBF URIs of `redacted_assertions`. */
  redacted: string[];
  /** Labels as in the bytes; the SDK's JSON calls `c2pa.actions` `c2pa.actions.v2`. */
  created: string[];
  gathered: string[];
  /** Whether the store is of type `c2um` (an update manifest). */
  update: boolean;
  /** The actions assertions, by their own labels. */
  actions: ActionsAssertion[];
  /** `c2pa.ingredient.v3` assertions and whether they name a manifest. */
  ingredientsV3: { label: string; hasManifest: boolean }[];
  /** Hard bindings with the exclusions of their hash, as byte ranges from the start of the file or as box paths. */
  hardBindings: { label: string; exclusions: Exclusion[]; hasMerkleTree?: true }[];
  /** Labels of the claim and of assertions that are present but could not be read completely. */
  unread: string[];
}

export interface ActionsAssertion {
  label: string;
  allActionsIncluded?: boolean;
  /** In the order of the bytes, with the words as written; empty words are included. */
  actions: { action?: string; digitalSourceType?: string }[];
}

/** `isC2pa`: only boxes of that path that belong to C2PA itself. */
export type Exclusion = ByteRange | { box: string; isC2pa?: true };
