import type { ReadFault } from '../../base/fault.js';
import type { StoreLocation } from '../c2pa/uncovered.js';
import type { Read } from '../media/carrier.js';
import type { Sidecars } from '../media/sidecars.js';
import type { StoreClaims } from '../readers/c2pa/c2pa-claims.js';
import type { AnalyzeOptions } from '../report/analyze-options.js';
import type { StoredReport } from '../report/report.js';
import type { ClaimSignature } from '../trust/formats/cose.js';
import type { JudgeResult } from '../trust/judge-signer.js';

/** Facts and judgements from the bytes of a store, independent of any engine. */
export interface VerifiedBytes {
  lists: StoredReport['tool']['lists'];
  /** Location of the store in the file; empty for a sidecar. */
  location: StoreLocation;
  /** In the order of the store. If a signature could not be read, only its fault is present. */
  signers: {
    label: string;
    answer?: JudgeResult;
    unread?: ReadFault;
    signature?: ClaimSignature;
    /** Bytes that the signature covers. */
    claim?: Buffer;
    /** Whether another manifest holds, or may hold, a timestamp for it. */
    stampedElsewhere: boolean;
  }[];
  signersFault?: ReadFault;
  claims: StoreClaims;
}

export interface EmbeddedStoreOptions extends Pick<AnalyzeOptions, 'trustDir' | 'asOf'> {
  sidecars?: Sidecars | undefined;
}

/** Bytes of a manifest store with their location in the file, which is absent for a sidecar. */
export interface StoreBytes extends StoreLocation {
  bytes: Buffer;
}

/** Manifest store as found by Assay's own parser, with its signers and claims. */
export interface EmbeddedStore {
  read: Read<StoreBytes>;
  /** Present if bytes were found. */
  verified?: VerifiedBytes;
}
