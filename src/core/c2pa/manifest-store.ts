import type { ReadFault } from '../../base/fault.js';
import type { Message } from '../../i18n/message.js';
import type { BytesPart } from '../signals/bytes-parts.js';
import type { SignerJudgement } from '../trust/judge-signer.js';
import type { ConformingProduct } from '../trust/lists/conforming-products.js';
import type { ClaimFacts } from './claim-facts.js';
import type { EngineDifference } from './engine-difference.js';
import type { EngineInfo } from './engine-names.js';
import type { StatedRegion } from './stated-region.js';
import type { UncoveredContent } from './uncovered.js';

/**
 * Evidence types of a manifest store. The engines' JSON is checked and bounded once (store-json.ts) and trusted from
 * then on.
 */

export interface StatusCode {
  code: string;
  kind: 'success' | 'informational' | 'failure';
  url?: string;
  explanation?: string;
}

/**
 * Returns whether the SDK complains that a segment names no hash, names a hash that is not in this manifest, or that
 * the manifest has no hashes of segments.
 */
export const isUnnamedSegment = ({ code, explanation }: StatusCode): boolean =>
  code === 'assertion.bmffHash.mismatch' &&
  /had no MerkleMap|should not be present for a fragmented/i.test(explanation ?? '');

/** Returns whether the SDK complains that the initialisation segment is not the one that was signed. */
export const isOtherInit = ({ code, explanation }: StatusCode): boolean =>
  code === 'assertion.bmffHash.mismatch' && /inithash mismatch/i.test(explanation ?? '');

export interface ActionRecord {
  action: string;
  digitalSourceType?: string;
  softwareAgent?: string;
  description?: string;
  when?: string;
  regions?: StatedRegion[];
  /** The action states changes that are not among `regions`. */
  moreRegions?: true;
  /** JUMBF URI of the assertion and the action's index in it. */
  locator: string;
}

export interface IngredientRecord {
  relationship: string;
  title?: string;
  format?: string;
  /** Label of its manifest in this store. */
  manifest?: string;
  /** Codes that the signer recorded when it added the ingredient: the signer's statement, not checked by Assay. */
  recorded: StatusCode[];
}

export interface SignatureRecord {
  algorithm?: string;
  /** O of the leaf certificate's subject; the SDK calls it issuer. */
  organisation?: string;
  commonName?: string;
  serial?: string;
  /** Time of the attached timestamp, RFC 3339. */
  time?: string;
}

/** Assertion as the SDK returns it. Its data are the signer's words: bounded (store-json.ts) but never trusted. */
export interface AssertionRecord {
  label: string;
  data: unknown;
  /** The data exceeded the bound and were dropped; they may have contained a statement. */
  leftOut?: true;
  /** C2PA 2.x: the signer vouches that it made this assertion itself (`created_assertions`) and did not only gather it. */
  created?: boolean;
}

export interface ManifestRecord {
  label: string;
  claimGenerator?: string;
  claimVersion?: number;
  title?: string;
  format?: string;
  signature: SignatureRecord;
  actions: ActionRecord[];
  ingredients: IngredientRecord[];
  assertions: AssertionRecord[];
  /** Names and versions of the claim generators, from the v1 array or the v2 object. */
  claimGenerators: { name: string; version?: string }[];
  hasThumbnail: boolean;
}

export interface BytesFault extends ReadFault {
  missing: readonly BytesPart[];
}

export interface StoreEvidence {
  kind: 'store';
  engine: EngineInfo;
  activeManifest: string;
  manifests: ManifestRecord[];
  /** Codes of the active manifest, separate from those of ingredients. */
  codes: { active: StatusCode[]; ingredients: StatusCode[] };
  remoteUrl?: string;
  /** Facts from the claims in the file's own bytes, by manifest label. Absent if they could not be read. */
  claims?: ReadonlyMap<string, ClaimFacts>;
  /** Signer of each manifest with its trust list and time, judged with the installed trust material. */
  signers?: ReadonlyMap<string, SignerJudgement>;
  /** Content that the hard binding excludes besides the store. Absent if unknown. */
  uncovered?: UncoveredContent;
  /** Assay verified the signature of the active claim itself, because an engine stopped before that. */
  signatureHolds?: true;
  /** Product named by the active signer's certificate. Present only if the list of products is installed. */
  product?: ConformingProduct;
  /**
   * Reason why certificates, claims or timestamps could not be read from the bytes, with the parts missing because of
   * it.
   */
  bytesFault?: BytesFault;
  /** Answer of the other engine, if both were asked. */
  secondOpinion?: SecondOpinion;
  /** Present only on a store reported as altered: Assay's own hash confirms it, and no other engine was asked. */
  ownHash?: OwnHash;
  /** Reason why no other engine was asked about a store that this one reports as altered. */
  soleEngine?: Message;
  /** The store came from a sidecar, not from the inspected file. */
  sidecar?: true;
  /** Initialisation segment of fragmented BMFF: its hash covers fragments that are not in this file. */
  initSegmentOnly?: boolean;
}

/** Hash stated by the active manifest and hash computed by Assay, as lower-case hexadecimal. */
export interface OwnHash {
  algorithm: string;
  stated: string;
  found: string;
}

/** Reference to a remote manifest; nothing was fetched. */
export interface RemoteEvidence {
  kind: 'remote';
  engine: EngineInfo;
  remoteUrl: string;
  secondOpinion?: SecondOpinion;
}

/** Comparison of two engines on the same bytes. */
export interface SecondOpinion {
  engine: EngineInfo;
  agrees: boolean;
  /** Findings of only one engine; empty if they agree. */
  differences: EngineDifference[];
  /** The second engine's codes of the active manifest. Absent if it found no store. */
  codes?: StatusCode[];
}

export type C2paEvidence = StoreEvidence | RemoteEvidence;
