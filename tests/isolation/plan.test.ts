import { describe, expect, it } from 'vitest';
import { FIRST_PLAN, nextPlan, type Plan } from '../../src/isolation/plan.js';

const fault = { code: 'reader.crashed', reason: 'It crashed.' };
const other = { code: 'reader.deadline', reason: 'It hung.' };
const c2pa = (engine?: 'native' | 'wasm') =>
  ({ step: 'c2pa', state: 'start', ...(engine && { engine }) }) as const;
const nativeDead: Plan = { ...FIRST_PLAN, engineFaults: { native: fault } };

describe('what the next attempt leaves out', () => {
  it('the native engine, then C2PA altogether with both reasons', () => {
    const second = nextPlan(FIRST_PLAN, c2pa('native'), fault, 'auto');
    expect(second).toEqual(nativeDead);
    expect(nextPlan(nativeDead, c2pa('wasm'), other, 'auto')?.skip.c2pa).toEqual({
      code: 'reader.deadline',
      reason: 'Native C2PA engine: It crashed. WASM C2PA engine: It hung.',
    });
  });

  it('the native engine too when it died while one was loaded', () => {
    expect(nextPlan(FIRST_PLAN, c2pa(), fault, 'auto')).toEqual(nativeDead);
  });

  it.each([
    { engine: 'native', choice: 'native' },
    { engine: 'wasm', choice: 'wasm' },
  ] as const)('C2PA where $choice was asked for and $engine died', ({ engine, choice }) => {
    expect(nextPlan(FIRST_PLAN, c2pa(engine), fault, choice)?.skip).toEqual({ c2pa: fault });
  });

  it('the WASM engine alone where it died of a second opinion: the native one’s word is not lost', () => {
    const second = nextPlan(FIRST_PLAN, c2pa('wasm'), fault, 'auto');
    expect(second).toEqual({ ...FIRST_PLAN, engineFaults: { wasm: fault } });
    expect(nextPlan(second ?? FIRST_PLAN, c2pa('native'), other, 'auto')?.skip.c2pa).toBeDefined();
  });

  it('one carrier more each time', () => {
    const plan = nextPlan(nativeDead, { step: 'exif', state: 'start' }, fault, 'auto');
    expect(plan).toEqual({ ...nativeDead, skip: { exif: fault } });
  });

  it('nothing, once, where no step explains the death', () => {
    const second = nextPlan(FIRST_PLAN, undefined, fault, 'auto');
    expect(second).toEqual({ ...FIRST_PLAN, unexplained: 1 });
    expect(nextPlan(second ?? FIRST_PLAN, undefined, fault, 'auto')).toBeUndefined();
  });

  it('everything, where opening, hashing or detecting fails, or a carrier that was to be left out', () => {
    for (const step of ['open', 'hash', 'detect'] as const) {
      expect(nextPlan(FIRST_PLAN, { step, state: 'start' }, fault, 'auto')).toBeUndefined();
    }
    const plan = { ...FIRST_PLAN, skip: { xmp: fault } };
    expect(nextPlan(plan, { step: 'xmp', state: 'start' }, fault, 'auto')).toBeUndefined();
  });
});
