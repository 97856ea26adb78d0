import type { Asset } from '../media/asset.js';
import type { Observation } from '../report/report.js';
import type { Personal } from '../signals/personal.js';
import { CannotTell, type Untold } from '../trust/cannot-tell.js';
import { concludeAgain } from './conclude-again.js';
import type { KeptTrust } from './kept-trust-shape.js';
import { KEPT_FORMAT } from './kept-trust-shape.js';
import { judgeKept } from './rejudge-store.js';

export { UNTOLD } from '../trust/cannot-tell.js';

/** `cannotTell`: what could not be told without the file. */
export type AgainAnswer = { observed: Observation } | { cannotTell: Untold };

/** What a file that was made of a kept inspection holds, as JSON. */
export interface KeptInspection {
  report: Observation['report'];
  kept: KeptTrust;
  reveal?: Personal[];
}

/** The observation of a kept inspection anew, against the lists that are installed now. */
export async function judgedAgain(
  asset: Asset,
  options: { asOf: string; trustDir?: string },
): Promise<AgainAnswer> {
  const { report, kept, reveal }: KeptInspection = JSON.parse(
    (await asset.read(0, asset.bytes)).toString('utf8'),
  );
  if (kept.format !== KEPT_FORMAT) return { cannotTell: 'format' };
  try {
    const { store, lists } = await judgeKept(kept, options);
    const { asOf } = options;
    return {
      observed: concludeAgain({ report, unknowable: [], fittingHints: [] }, store, {
        asOf,
        lists,
        ...(reveal ? { reveal } : {}),
      }),
    };
  } catch (error) {
    if (error instanceof CannotTell) return { cannotTell: error.what };
    throw error;
  }
}
