import type { EngineInfo } from './engine.js';

/** What both engines say of a manifest store, checked and bounded once (store-json.ts), then trusted. */

export interface StatusCode {
  code: string;
  kind: 'success' | 'informational' | 'failure';
  url?: string;
  explanation?: string;
}

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

export interface ManifestRecord {
  label: string;
  claimGenerator?: string;
  claimVersion?: number;
  title?: string;
  format?: string;
  signature: SignatureRecord;
  actions: ActionRecord[];
  ingredients: IngredientRecord[];
  assertionLabels: string[];
}

export interface StoreEvidence {
  kind: 'store';
  engine: EngineInfo;
  activeManifest: string;
  manifests: ManifestRecord[];
  /** Codes of the active manifest and, apart, those of ingredients. */
  codes: { active: StatusCode[]; ingredients: StatusCode[] };
  remoteUrl?: string;
  /** An initialisation segment of fragmented BMFF: its hash runs over fragments that this file does not hold. */
  initSegmentOnly?: boolean;
}

/** Only a pointer: nothing was fetched. */
export interface RemoteEvidence {
  kind: 'remote';
  engine: EngineInfo;
  remoteUrl: string;
}

export type C2paEvidence = StoreEvidence | RemoteEvidence;
