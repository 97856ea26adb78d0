import { describe, expect, it } from 'vitest';
import { fault, faultMessage, type ReadFault } from '../../../../src/base/fault.js';
import { message } from '../../../../src/i18n/message.js';
import { FIRST_RETRY_PLAN, nextRetryPlan } from '../../../../src/inspect/process/attempts.js';

const crash = fault('reader.crashed', { how: 'exception', end: '' });
const other = fault('reader.deadline', { seconds: 6 });
const died = (engine: 'native' | 'wasm') => ({ step: 'c2pa', engine, state: 'start' }) as const;

const said = (engine: 'native' | 'wasm', why: ReadFault) =>
  message('engine.reported', { engine, why: faultMessage(why) });

describe('a death where both engines are asked', () => {
  it.each(['native', 'wasm'] as const)('of the %s engine leaves out that engine only', (engine) => {
    expect(nextRetryPlan(FIRST_RETRY_PLAN, died(engine), crash, 'both')).toEqual({
      ...FIRST_RETRY_PLAN,
      engineFaults: { [engine]: crash },
    });
  });

  it.each([
    ['native', 'wasm', [crash, other]],
    ['wasm', 'native', [other, crash]],
  ] as const)('of %s and then %s leaves out C2PA, and says why of each', (first, second, [native, wasm]) => {
    const plan = nextRetryPlan(FIRST_RETRY_PLAN, died(first), crash, 'both') ?? FIRST_RETRY_PLAN;
    expect(nextRetryPlan(plan, died(second), other, 'both')?.skip).toEqual({
      c2pa: { ...other, notes: [said('native', native), said('wasm', wasm)] },
    });
  });

  it('while one is loaded is blamed on the one that is loaded first of those left', () => {
    const loading = { step: 'c2pa', state: 'start' } as const;
    const plan = nextRetryPlan(FIRST_RETRY_PLAN, loading, crash, 'both') ?? FIRST_RETRY_PLAN;
    expect(plan.engineFaults).toEqual({ native: crash });
    expect(nextRetryPlan(plan, loading, other, 'both')?.skip.c2pa).toBeDefined();
  });
});
