import { describe, expect, it } from 'vitest';
import { FIRST_PLAN, nextPlan } from '../../src/isolation/plan.js';

const fault = { code: 'reader.crashed', reason: 'It crashed.' };
const other = { code: 'reader.deadline', reason: 'It hung.' };
const died = (engine: 'native' | 'wasm') => ({ step: 'c2pa', engine, state: 'start' }) as const;

describe('a death where both engines are asked', () => {
  it.each(['native', 'wasm'] as const)('of the %s engine leaves out that engine only', (engine) => {
    expect(nextPlan(FIRST_PLAN, died(engine), fault, 'both')).toEqual({
      ...FIRST_PLAN,
      engineFaults: { [engine]: fault },
    });
  });

  it.each([
    ['native', 'wasm', 'Native C2PA engine: It crashed. WASM C2PA engine: It hung.'],
    ['wasm', 'native', 'Native C2PA engine: It hung. WASM C2PA engine: It crashed.'],
  ] as const)('of %s and then %s leaves out C2PA, and says why of each', (first, second, reason) => {
    const plan = nextPlan(FIRST_PLAN, died(first), fault, 'both') ?? FIRST_PLAN;
    expect(nextPlan(plan, died(second), other, 'both')?.skip).toEqual({
      c2pa: { code: 'reader.deadline', reason },
    });
  });

  it('while one is loaded is blamed on the one that is loaded first of those left', () => {
    const loading = { step: 'c2pa', state: 'start' } as const;
    const plan = nextPlan(FIRST_PLAN, loading, fault, 'both') ?? FIRST_PLAN;
    expect(plan.engineFaults).toEqual({ native: fault });
    expect(nextPlan(plan, loading, other, 'both')?.skip.c2pa).toBeDefined();
  });
});
