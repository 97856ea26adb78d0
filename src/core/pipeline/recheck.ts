import type { Asset } from '../media/asset.js';
import type { Observation } from '../report/report.js';
import type { Personal } from '../signals/personal.js';
import { UndeterminedError, type UndeterminedFact } from '../trust/cannot-tell.js';
import { reconclude } from './reconclude.js';
import { rejudgeStoredTrust } from './reverify-store.js';
import type { StoredTrust } from './stored-trust-schema.js';
import { STORED_TRUST_FORMAT } from './stored-trust-schema.js';

export { UNDETERMINED_FACTS } from '../trust/cannot-tell.js';

/** `cannotTell`: the judgement that cannot be made without the file. */
export type StoredRejudgeResult = { observed: Observation } | { cannotTell: UndeterminedFact };

/** JSON content of the file that is made from a stored inspection. */
export interface StoredInspection {
  report: Observation['report'];
  kept: StoredTrust;
  reveal?: Personal[];
}

/** Judges a stored inspection again with the trust lists that are installed now. */
export async function rejudge(
  asset: Asset,
  options: { asOf: string; trustDir?: string },
): Promise<StoredRejudgeResult> {
  const {
    report,
    kept: storedTrust,
    reveal,
  }: StoredInspection = JSON.parse((await asset.read(0, asset.bytes)).toString('utf8'));
  if (storedTrust.format !== STORED_TRUST_FORMAT) return { cannotTell: 'format' };
  try {
    const { store, lists } = await rejudgeStoredTrust(storedTrust, options);
    const { asOf } = options;
    return {
      observed: reconclude({ report, unknowable: [], fittingHints: [] }, store, {
        asOf,
        lists,
        ...(reveal ? { reveal } : {}),
      }),
    };
  } catch (error) {
    if (error instanceof UndeterminedError) return { cannotTell: error.what };
    throw error;
  }
}
