import type { Said } from '../../say/said.js';
import type { ReadFault } from '../ground/fault.js';
import type { BytesPart } from '../signals/bytes-parts.js';
import type { ConformingProduct } from '../trust/conforming-products.js';
import type { SignerJudgement } from '../trust/judge.js';
import type { ClaimFacts } from './claim-facts.js';
import type { EngineDifference } from './engine-difference.js';
import type { EngineInfo } from './engine-names.js';
import type { Uncovered } from './uncovered.js';

/** What both engines say of a manifest store, checked and bounded once (store-json.ts), then trusted. */

export interface StatusCode {
  code: string;
  kind: 'success' | 'informational' | 'failure';
  url?: string;
  explanation?: string;
}

/** The SDK's words where a segment names no hash, or one that is not in this manifest, or where that has none of segments. */
export const segmentIsUnnamed = ({ code, explanation }: StatusCode): boolean =>
  code === 'assertion.bmffHash.mismatch' &&
  /had no MerkleMap|should not be present for a fragmented/i.test(explanation ?? '');

/** And where the initialisation segment is not the one that was signed. */
export const initIsOther = ({ code, explanation }: StatusCode): boolean =>
  code === 'assertion.bmffHash.mismatch' && /inithash mismatch/i.test(explanation ?? '');

export interface ActionRecord {
  action: string;
  digitalSourceType?: string;
  softwareAgent?: string;
  description?: string;
  when?: string;
  /** JUMBF URI of the assertion and the action's index in it. */
  place: string;
}

export interface IngredientRecord {
  relationship: string;
  title?: string;
  format?: string;
  /** Label of its manifest in this store. */
  manifest?: string;
  /** Codes that the signer itself recorded when it added the ingredient: its word, not our check. */
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

/** One assertion as the SDK gives it: its data is the signer's words, bounded (store-json.ts), never trusted. */
export interface AssertionRecord {
  label: string;
  data: unknown;
  /** Its data are longer than what is kept, and may have said something. */
  leftOut?: true;
  /** C2PA 2.x: the signer vouches that it made this itself (`created_assertions`), not only gathered it. */
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
  /** Names and versions of the claim generators, v1 array and v2 object alike. */
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
  /** Codes of the active manifest and, apart, those of ingredients. */
  codes: { active: StatusCode[]; ingredients: StatusCode[] };
  remoteUrl?: string;
  /** What the claims in the file's own bytes say, by manifest label; left out where they could not be read. */
  claims?: ReadonlyMap<string, ClaimFacts>;
  /** Who signed each manifest, on which list they stand, and when: judged against the installed trust material. */
  signers?: ReadonlyMap<string, SignerJudgement>;
  /** What the hard binding leaves out beside the store; left out where that cannot be told. */
  uncovered?: Uncovered;
  /** Assay checked the active claim's signature itself, because an engine stopped before that, and it holds. */
  signatureHolds?: true;
  /** The product that the active signer's certificate name stands for, where that list is installed. */
  product?: ConformingProduct;
  /** Why certificates, claims or timestamps could not be read from the bytes, where they could not, and what is missing for it. */
  bytesFault?: BytesFault;
  /** What the other engine said, where both were asked. */
  secondOpinion?: SecondOpinion;
  /** Of a store that is called altered: Assay's own hash says so too, and no other engine was asked. */
  ownHash?: OwnHash;
  /** Why no other engine was heard on a store that this one calls altered. */
  saidAlone?: Said;
  /** The store came from a file of its own, not from the file under inspection. */
  sidecar?: true;
  /** An initialisation segment of fragmented BMFF: its hash runs over fragments that this file does not hold. */
  initSegmentOnly?: boolean;
}

/** What the active manifest states of the file's bytes, and what Assay found them to be; lower-case hexadecimal. */
export interface OwnHash {
  algorithm: string;
  stated: string;
  found: string;
}

/** Only a pointer: nothing was fetched. */
export interface RemoteEvidence {
  kind: 'remote';
  engine: EngineInfo;
  remoteUrl: string;
  secondOpinion?: SecondOpinion;
}

/** Two engines over the same bytes. */
export interface SecondOpinion {
  engine: EngineInfo;
  agrees: boolean;
  /** What only one of the two found; empty where they agree. */
  differences: EngineDifference[];
  /** What the second engine said of the active manifest; left out where it found no store. */
  codes?: StatusCode[];
}

export type C2paEvidence = StoreEvidence | RemoteEvidence;
