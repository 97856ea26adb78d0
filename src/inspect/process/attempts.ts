import { faultMessage, type ReadFault } from '../../base/fault.js';
import type { EngineChoice, EngineName } from '../../core/c2pa/engine-names.js';
import { CARRIERS, type Carrier, type SkippedRead } from '../../core/media/carrier.js';
import type { ReadingStep } from '../../core/report/analyze-options.js';
import { message } from '../../i18n/message.js';

/** Parts that the next attempt at a file skips because an earlier process died or hung on them. */
export interface RetryPlan {
  skip: Partial<Record<Carrier, SkippedRead>>;
  engineFaults: Partial<Record<EngineName, ReadFault>>;
  /** Fault of a process that died while reading embedded parts of the file. */
  insideFault?: ReadFault;
  /** Fault of a process that died while looking for visible marks. */
  visibleFault?: ReadFault;
  /**
   * Number of deaths that may be accidental once but are blamed on the file the second time: outside any step, or by a
   * signal in an engine that has no substitute.
   */
  unexplained: number;
}

export const FIRST_RETRY_PLAN: RetryPlan = { skip: {}, engineFaults: {}, unexplained: 0 };

/** Returns `undefined` if nothing is left to skip: the file stays unread. */
export function nextRetryPlan(
  plan: RetryPlan,
  suspect: ReadingStep | undefined,
  fault: ReadFault,
  engine: EngineChoice,
): RetryPlan | undefined {
  if (suspect === undefined) {
    return plan.unexplained === 0 ? { ...plan, unexplained: 1 } : undefined;
  }
  if (suspect.step === 'inside') return plan.insideFault ? undefined : { ...plan, insideFault: fault };
  if (suspect.step === 'visible') return plan.visibleFault ? undefined : { ...plan, visibleFault: fault };
  const carrier = CARRIERS.find((name) => name === suspect.step);
  if (carrier === undefined || plan.skip[carrier] !== undefined) return undefined;
  if (carrier !== 'c2pa') return { ...plan, skip: { ...plan.skip, [carrier]: fault } };
  const { engineFaults } = plan;
  // If no engine is named, the process died while loading one, and the native one is loaded first.
  const dead = suspect.engine ?? (engineFaults.native === undefined ? 'native' : 'wasm');
  const other = dead === 'native' ? 'wasm' : 'native';
  const faults = { ...engineFaults, [dead]: fault };
  // `both` runs each engine regardless of the other. `auto` runs the WASM engine if the native one failed, or for a
  // second opinion; a death during the second opinion costs only that: the first engine is run again without it.
  const otherIsLeft = engine === 'both' || engine === 'auto';
  if (otherIsLeft && engineFaults[dead] === undefined && engineFaults[other] === undefined) {
    return { ...plan, engineFaults: faults };
  }
  if (!otherIsLeft && isSignalFault(fault) && plan.unexplained === 0) return { ...plan, unexplained: 1 };
  return { ...plan, skip: { ...plan.skip, c2pa: combineEngineFaults(faults, fault) } };
}

/** The system also ends processes by a signal if it momentarily lacks a thread or memory. */
const isSignalFault = ({ code, params }: ReadFault): boolean =>
  code === 'reader.crashed' && params?.['how'] === 'signal';

/** Reports the last engine's fault and notes what happened to each engine. */
function combineEngineFaults({ native, wasm }: RetryPlan['engineFaults'], last: ReadFault): SkippedRead {
  if (native === undefined || wasm === undefined) return last;
  const saidBy = (engine: EngineName, fault: ReadFault) =>
    message('engine.reported', { engine, why: faultMessage(fault) });
  return { ...last, notes: [saidBy('native', native), saidBy('wasm', wasm)] };
}
