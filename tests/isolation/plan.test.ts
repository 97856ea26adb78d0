import { describe, expect, it } from 'vitest';
import { fault, faultSaid, type ReadFault } from '../../src/core/ground/fault.js';
import { FIRST_PLAN, nextPlan, type Plan } from '../../src/isolation/plan.js';
import { said as saying } from '../../src/say/said.js';

const crash = fault('reader.crashed', { how: 'exception', end: '' });
const other = fault('reader.deadline', { seconds: 6 });
const c2pa = (engine?: 'native' | 'wasm') =>
  ({ step: 'c2pa', state: 'start', ...(engine && { engine }) }) as const;
const nativeDead: Plan = { ...FIRST_PLAN, engineFaults: { native: crash } };

const said = (engine: 'native' | 'wasm', why: ReadFault) =>
  saying('engine.said', { engine, why: faultSaid(why) });

describe('what the next attempt leaves out', () => {
  it('the native engine, then C2PA altogether with both reasons', () => {
    const second = nextPlan(FIRST_PLAN, c2pa('native'), crash, 'auto');
    expect(second).toEqual(nativeDead);
    expect(nextPlan(nativeDead, c2pa('wasm'), other, 'auto')?.skip.c2pa).toEqual({
      ...other,
      notes: [said('native', crash), said('wasm', other)],
    });
  });

  it('the native engine too when it died while one was loaded', () => {
    expect(nextPlan(FIRST_PLAN, c2pa(), crash, 'auto')).toEqual(nativeDead);
  });

  it.each([
    { engine: 'native', choice: 'native' },
    { engine: 'wasm', choice: 'wasm' },
  ] as const)('C2PA where $choice was asked for and $engine died', ({ engine, choice }) => {
    expect(nextPlan(FIRST_PLAN, c2pa(engine), crash, choice)?.skip).toEqual({ c2pa: crash });
  });

  it.each(['native', 'wasm'] as const)(
    'nothing, once, where %s alone was asked for and a signal ended its process',
    (engine) => {
      const signal = fault('reader.crashed', { how: 'signal', end: 'SIGABRT' });
      const second = nextPlan(FIRST_PLAN, c2pa(engine), signal, engine);
      expect(second).toEqual({ ...FIRST_PLAN, unexplained: 1 });
      expect(nextPlan(second ?? FIRST_PLAN, c2pa(engine), signal, engine)?.skip).toEqual({ c2pa: signal });
      // Where another engine is left, it is asked at once.
      expect(nextPlan(FIRST_PLAN, c2pa('native'), signal, 'auto')?.unexplained).toBe(0);
    },
  );

  it('the WASM engine alone where it died of a second opinion: the native one’s word is not lost', () => {
    const second = nextPlan(FIRST_PLAN, c2pa('wasm'), crash, 'auto');
    expect(second).toEqual({ ...FIRST_PLAN, engineFaults: { wasm: crash } });
    expect(nextPlan(second ?? FIRST_PLAN, c2pa('native'), other, 'auto')?.skip.c2pa).toBeDefined();
  });

  it('one carrier more each time', () => {
    const plan = nextPlan(nativeDead, { step: 'exif', state: 'start' }, crash, 'auto');
    expect(plan).toEqual({ ...nativeDead, skip: { exif: crash } });
  });

  it('nothing, once, where no step explains the death', () => {
    const second = nextPlan(FIRST_PLAN, undefined, crash, 'auto');
    expect(second).toEqual({ ...FIRST_PLAN, unexplained: 1 });
    expect(nextPlan(second ?? FIRST_PLAN, undefined, crash, 'auto')).toBeUndefined();
  });

  it('everything, where opening, hashing or detecting fails, or a carrier that was to be left out', () => {
    for (const step of ['open', 'detect'] as const) {
      expect(nextPlan(FIRST_PLAN, { step, state: 'start' }, crash, 'auto')).toBeUndefined();
    }
    const plan = { ...FIRST_PLAN, skip: { xmp: crash } };
    expect(nextPlan(plan, { step: 'xmp', state: 'start' }, crash, 'auto')).toBeUndefined();
  });
});
