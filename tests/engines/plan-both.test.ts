import { describe, expect, it } from 'vitest';
import { fault, faultSaid, type ReadFault } from '../../src/core/ground/fault.js';
import { FIRST_PLAN, nextPlan } from '../../src/isolation/plan.js';
import { said as saying } from '../../src/say/said.js';

const crash = fault('reader.crashed', { how: 'exception', end: '' });
const other = fault('reader.deadline', { seconds: 6 });
const died = (engine: 'native' | 'wasm') => ({ step: 'c2pa', engine, state: 'start' }) as const;

const said = (engine: 'native' | 'wasm', why: ReadFault) =>
  saying('engine.said', { engine, why: faultSaid(why) });

describe('a death where both engines are asked', () => {
  it.each(['native', 'wasm'] as const)('of the %s engine leaves out that engine only', (engine) => {
    expect(nextPlan(FIRST_PLAN, died(engine), crash, 'both')).toEqual({
      ...FIRST_PLAN,
      engineFaults: { [engine]: crash },
    });
  });

  it.each([
    ['native', 'wasm', [crash, other]],
    ['wasm', 'native', [other, crash]],
  ] as const)('of %s and then %s leaves out C2PA, and says why of each', (first, second, [native, wasm]) => {
    const plan = nextPlan(FIRST_PLAN, died(first), crash, 'both') ?? FIRST_PLAN;
    expect(nextPlan(plan, died(second), other, 'both')?.skip).toEqual({
      c2pa: { ...other, notes: [said('native', native), said('wasm', wasm)] },
    });
  });

  it('while one is loaded is blamed on the one that is loaded first of those left', () => {
    const loading = { step: 'c2pa', state: 'start' } as const;
    const plan = nextPlan(FIRST_PLAN, loading, crash, 'both') ?? FIRST_PLAN;
    expect(plan.engineFaults).toEqual({ native: crash });
    expect(nextPlan(plan, loading, other, 'both')?.skip.c2pa).toBeDefined();
  });
});
