import type { EngineChoice, EngineName } from '../core/c2pa/engine-names.js';
import { faultSaid, type ReadFault } from '../core/ground/fault.js';
import { CARRIERS, type Carrier, type Skipped } from '../core/media/carrier.js';
import type { Step } from '../core/report/analyze-options.js';
import { said } from '../say/said.js';

/** What the next attempt at a file leaves out, because an earlier process died or hung on it. */
export interface Plan {
  skip: Partial<Record<Carrier, Skipped>>;
  engineFaults: Partial<Record<EngineName, ReadFault>>;
  /** What it died of while it looked into what stands inside the file. */
  insideFault?: ReadFault;
  /** Deaths that may be bad luck once; twice is the file: outside any step, or by a signal in an engine that no other stands for. */
  unexplained: number;
}

export const FIRST_PLAN: Plan = { skip: {}, engineFaults: {}, unexplained: 0 };

/** Undefined when there is nothing left to leave out: the file stays unread. */
export function nextPlan(
  plan: Plan,
  suspect: Step | undefined,
  fault: ReadFault,
  engine: EngineChoice,
): Plan | undefined {
  if (suspect === undefined) {
    return plan.unexplained === 0 ? { ...plan, unexplained: 1 } : undefined;
  }
  if (suspect.step === 'inside') return plan.insideFault ? undefined : { ...plan, insideFault: fault };
  const carrier = CARRIERS.find((name) => name === suspect.step);
  if (carrier === undefined || plan.skip[carrier] !== undefined) return undefined;
  if (carrier !== 'c2pa') return { ...plan, skip: { ...plan.skip, [carrier]: fault } };
  const { engineFaults } = plan;
  // No engine named: it died while one was being loaded, and the native one is loaded first.
  const dead = suspect.engine ?? (engineFaults.native === undefined ? 'native' : 'wasm');
  const other = dead === 'native' ? 'wasm' : 'native';
  const faults = { ...engineFaults, [dead]: fault };
  // `both` asks each whatever the other does. `auto` asks the WASM engine where the native one failed, or for a second
  // opinion, and what dies of the second opinion costs that opinion alone: the first engine is asked again without it.
  const otherIsLeft = engine === 'both' || engine === 'auto';
  if (otherIsLeft && engineFaults[dead] === undefined && engineFaults[other] === undefined) {
    return { ...plan, engineFaults: faults };
  }
  if (!otherIsLeft && isSignal(fault) && plan.unexplained === 0) return { ...plan, unexplained: 1 };
  return { ...plan, skip: { ...plan.skip, c2pa: noEngine(faults, fault) } };
}

/** The machine, too, ends processes so: where it has no thread or no memory for one at that moment. */
const isSignal = ({ code, params }: ReadFault): boolean =>
  code === 'reader.crashed' && params?.['how'] === 'signal';

/** The fault is the last engine’s; what became of each is noted beside it. */
function noEngine({ native, wasm }: Plan['engineFaults'], last: ReadFault): Skipped {
  if (native === undefined || wasm === undefined) return last;
  const saidBy = (engine: EngineName, fault: ReadFault) =>
    said('engine.said', { engine, why: faultSaid(fault) });
  return { ...last, notes: [saidBy('native', native), saidBy('wasm', wasm)] };
}
