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
  bytes: number;
  lists: Report['tool']['lists'];
  /** In the order of the store; one whose signature could not be read has the fault alone. */
  signers: {
    label: string;
    answer?: JudgeAnswer;
    unread?: ReadFault;
    signature?: ClaimSignature;
    /** Another manifest keeps a timestamp for it, or may. */
    stampedElsewhere: boolean;
  }[];
  signersFault?: ReadFault;
  claims: StoreClaims;
}

export interface OwnStoreOptions extends Pick<AnalyzeOptions, 'trustDir' | 'asOf'> {
  sidecars?: Sidecars | undefined;
}

/** The manifest store as Assay finds it, and what it says of signers and claims. */
export interface OwnStore {
  read: Read<Buffer>;
  /** There when bytes were found. */
  judged?: JudgedBytes;
}
