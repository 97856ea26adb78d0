import type { ByteRange } from '../media/asset.js';

/**
 * What the claim of one manifest says in the file's own bytes, beyond what the SDK's JSON gives.
 * Bytes → facts: readers/c2pa-claims.ts.
 */
export interface ClaimFacts {
  /** 1 for `c2pa.claim`, 2 for `c2pa.claim.v2`. */
  version: 1 | 2;
  /** `specVersion` of claim_generator_info (C2PA 2.2 and later). */
  specVersion?: string;
  /** JUMBF URIs of `redacted_assertions`. */
  redacted: string[];
  /** Labels as they stand in the bytes: the SDK's JSON calls `c2pa.actions` `c2pa.actions.v2`. */
  created: string[];
  gathered: string[];
  /** A store of type `c2um`. */
  update: boolean;
  /** The actions assertions, by their own labels. */
  actions: ActionsAssertion[];
  /** `c2pa.ingredient.v3` assertions and whether they name a manifest. */
  ingredientsV3: { label: string; hasManifest: boolean }[];
  /** The hard bindings and what their hash leaves out, in bytes from the start of the file or by box path. */
  hardBindings: { label: string; exclusions: Exclusion[]; hasMerkleTree?: true }[];
  /** Labels of the claim and of those assertions that are there and could not be read, or not to the end. */
  unread: string[];
}

export interface ActionsAssertion {
  label: string;
  allActionsIncluded?: boolean;
  /** In the order of the bytes; the words as they stand there, the empty one included. */
  actions: { action?: string; digitalSourceType?: string }[];
}

/** `isC2pa`: among boxes of that path only those of C2PA itself. */
export type Exclusion = ByteRange | { box: string; isC2pa?: true };
