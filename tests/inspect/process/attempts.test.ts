import { describe, expect, it } from 'vitest';
import { fault, faultMessage, type ReadFault } from '../../../src/base/fault.js';
import { message } from '../../../src/i18n/message.js';
import { FIRST_RETRY_PLAN, nextRetryPlan, type RetryPlan } from '../../../src/inspect/process/attempts.js';

const crash = fault('reader.crashed', { how: 'exception', end: '' });
const other = fault('reader.deadline', { seconds: 6 });
const c2pa = (engine?: 'native' | 'wasm') =>
  ({ step: 'c2pa', state: 'start', ...(engine && { engine }) }) as const;
const nativeDead: RetryPlan = { ...FIRST_RETRY_PLAN, engineFaults: { native: crash } };

const said = (engine: 'native' | 'wasm', why: ReadFault) =>
  message('engine.reported', { engine, why: faultMessage(why) });

describe('what the next attempt leaves out', () => {
  it('the native engine, then C2PA altogether with both reasons', () => {
    const second = nextRetryPlan(FIRST_RETRY_PLAN, c2pa('native'), crash, 'auto');
    expect(second).toEqual(nativeDead);
    expect(nextRetryPlan(nativeDead, c2pa('wasm'), other, 'auto')?.skip.c2pa).toEqual({
      ...other,
      notes: [said('native', crash), said('wasm', other)],
    });
  });

  it('the native engine too when it died while one was loaded', () => {
    expect(nextRetryPlan(FIRST_RETRY_PLAN, c2pa(), crash, 'auto')).toEqual(nativeDead);
  });

  it.each([
    { engine: 'native', choice: 'native' },
    { engine: 'wasm', choice: 'wasm' },
  ] as const)('C2PA where $choice was asked for and $engine died', ({ engine, choice }) => {
    expect(nextRetryPlan(FIRST_RETRY_PLAN, c2pa(engine), crash, choice)?.skip).toEqual({ c2pa: crash });
  });

  it.each(['native', 'wasm'] as const)(
    'nothing, once, where %s alone was asked for and a signal ended its process',
    (engine) => {
      const signal = fault('reader.crashed', { how: 'signal', end: 'SIGABRT' });
      const second = nextRetryPlan(FIRST_RETRY_PLAN, c2pa(engine), signal, engine);
      expect(second).toEqual({ ...FIRST_RETRY_PLAN, unexplained: 1 });
      expect(nextRetryPlan(second ?? FIRST_RETRY_PLAN, c2pa(engine), signal, engine)?.skip).toEqual({
        c2pa: signal,
      });
      // If another engine is left, it is tried at once.
      expect(nextRetryPlan(FIRST_RETRY_PLAN, c2pa('native'), signal, 'auto')?.unexplained).toBe(0);
    },
  );

  it('the WASM engine alone where it died of a second opinion: the native one’s word is not lost', () => {
    const second = nextRetryPlan(FIRST_RETRY_PLAN, c2pa('wasm'), crash, 'auto');
    expect(second).toEqual({ ...FIRST_RETRY_PLAN, engineFaults: { wasm: crash } });
    expect(nextRetryPlan(second ?? FIRST_RETRY_PLAN, c2pa('native'), other, 'auto')?.skip.c2pa).toBeDefined();
  });

  it('one carrier more each time', () => {
    const plan = nextRetryPlan(nativeDead, { step: 'exif', state: 'start' }, crash, 'auto');
    expect(plan).toEqual({ ...nativeDead, skip: { exif: crash } });
  });

  it('the star and the words, where a process died of looking for them', () => {
    const visible = { step: 'visible', state: 'start' } as const;
    const plan = nextRetryPlan(FIRST_RETRY_PLAN, visible, crash, 'auto');
    expect(plan).toEqual({ ...FIRST_RETRY_PLAN, visibleFault: crash });
    expect(nextRetryPlan(plan ?? FIRST_RETRY_PLAN, visible, crash, 'auto')).toBeUndefined();
  });

  it('nothing, once, where no step explains the death', () => {
    const second = nextRetryPlan(FIRST_RETRY_PLAN, undefined, crash, 'auto');
    expect(second).toEqual({ ...FIRST_RETRY_PLAN, unexplained: 1 });
    expect(nextRetryPlan(second ?? FIRST_RETRY_PLAN, undefined, crash, 'auto')).toBeUndefined();
  });

  it('everything, where opening, hashing or detecting fails, or a carrier that was to be left out', () => {
    for (const step of ['open', 'detect'] as const) {
      expect(nextRetryPlan(FIRST_RETRY_PLAN, { step, state: 'start' }, crash, 'auto')).toBeUndefined();
    }
    const plan = { ...FIRST_RETRY_PLAN, skip: { xmp: crash } };
    expect(nextRetryPlan(plan, { step: 'xmp', state: 'start' }, crash, 'auto')).toBeUndefined();
  });
});
