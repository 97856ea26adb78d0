import type { StorePlace } from '../c2pa/uncovered.js';
import type { ReadFault } from '../ground/fault.js';
import type { Read } from '../media/carrier.js';
import type { Sidecars } from '../media/sidecars.js';
import type { StoreClaims } from '../readers/c2pa-claims.js';
import type { AnalyzeOptions } from '../report/analyze-options.js';
import type { Report } from '../report/report.js';
import type { ClaimSignature } from '../trust/cose.js';
import type { JudgeAnswer } from '../trust/judge.js';

/** What the bytes of a store say, before any engine is asked. */
export interface JudgedBytes {
  lists: Report['tool']['lists'];
  /** Where in the file the store stands; empty where it is a file of its own. */
  place: StorePlace;
  /** In the order of the store; one whose signature could not be read has the fault alone. */
  signers: {
    label: string;
    answer?: JudgeAnswer;
    unread?: ReadFault;
    signature?: ClaimSignature;
    /** What the signature is over. */
    claim?: Buffer;
    /** Another manifest keeps a timestamp for it, or may. */
    stampedElsewhere: boolean;
  }[];
  signersFault?: ReadFault;
  claims: StoreClaims;
}

export interface OwnStoreOptions extends Pick<AnalyzeOptions, 'trustDir' | 'asOf'> {
  sidecars?: Sidecars | undefined;
}

/** The bytes of a manifest store, and where in the file they stand, unless it is a file of its own. */
export interface StoreBytes extends StorePlace {
  bytes: Buffer;
}

/** The manifest store as Assay finds it, and what it says of signers and claims. */
export interface OwnStore {
  read: Read<StoreBytes>;
  /** There when bytes were found. */
  judged?: JudgedBytes;
}
