import { writeSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ReadingStep } from '../../../src/core/report/analyze-options.js';
import { ProgressWatcher } from '../../../src/inspect/process/progress-watch.js';
import { clockMillis, ProgressFile, ProgressWriter } from '../../../src/inspect/protocol/progress-file.js';

let slate: ProgressFile;
let fd: number;
let writer: ProgressWriter;

beforeEach(() => {
  slate = new ProgressFile();
  fd = slate.fd ?? -1;
  writer = new ProgressWriter(fd);
});
afterEach(() => slate.close());

const start = (step: ReadingStep['step'], engine?: ReadingStep['engine']): ReadingStep => ({
  step,
  state: 'start',
  ...(engine && { engine }),
});
const end = (step: ReadingStep['step']): ReadingStep => ({ step, state: 'end' });
const shown = (task: number) => slate.readOpenSteps(task)?.map((open) => open.step);

describe('the slate of a reading process', () => {
  it('shows the steps it is in, in the order they began', () => {
    writer.begin(7);
    writer.record(start('inside'));
    writer.record(start('c2pa', 'wasm'));
    writer.record(start('xmp'));
    expect(shown(7)).toEqual([start('inside'), start('c2pa', 'wasm'), start('xmp')]);
    writer.record(end('c2pa'));
    expect(shown(7)).toEqual([start('inside'), start('xmp')]);
    expect(writer.ended()).toMatchObject([{ step: 'c2pa', engine: 'wasm' }]);
  });

  it('tells the end of a step with the begin of the next, where that follows at once', () => {
    writer.begin(7);
    writer.record(start('xmp'));
    writer.record({ ...end('xmp'), continuesAtOnce: true });
    expect(shown(7)).toEqual([start('xmp')]);
    writer.record(start('exif'));
    expect(shown(7)).toEqual([start('exif')]);
    writer.record({ ...end('exif'), continuesAtOnce: false });
    expect(shown(7)).toEqual([]);
    expect(writer.ended()).toMatchObject([{ step: 'xmp' }, { step: 'exif' }]);
  });

  it('shows for a file of a pack the step that was written last, begun no later than what it stands for', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    writer.begin(7);
    writer.beginCoarse(8);
    expect(slate.readOpenSteps(8)).toBeUndefined();
    const before = clockMillis();
    writer.record(start('open'));
    expect(shown(8)).toEqual([start('open')]);
    writer.record(end('open'));
    writer.record(start('inside'));
    writer.record(start('c2pa', 'native'));
    const begunAt = clockMillis();
    const stale = slate.readOpenSteps(8) ?? [];
    expect(stale).toHaveLength(1);
    expect(stale[0]?.begunAt).toBeGreaterThanOrEqual(before);
    expect(stale[0]?.begunAt).toBeLessThanOrEqual(begunAt);
    // Longer than the allowed delay of a step report.
    vi.setSystemTime(Date.now() + 6);
    writer.record(start('xmp'));
    expect(shown(8)).toEqual([start('inside'), start('c2pa', 'native'), start('xmp')]);
    const open = slate.readOpenSteps(8) ?? [];
    expect(open.every((one) => one.begunAt >= before && one.begunAt <= clockMillis())).toBe(true);
    expect(open[1]?.begunAt).toBeLessThanOrEqual(begunAt);
  });

  it('shows nothing of another task', () => {
    writer.begin(1);
    writer.record(start('xmp'));
    expect(slate.readOpenSteps(2)).toBeUndefined();
    writer.begin(2);
    expect(writer.ended()).toEqual([]);
    writer.record(start('exif'));
    expect(shown(2)).toEqual([start('exif')]);
    expect(slate.readOpenSteps(1)).toBeUndefined();
    writer.rest();
    expect(slate.readOpenSteps(2)).toBeUndefined();
    expect(shown(0)).toEqual([]);
  });

  it('says nothing once it is closed, nor before anything was written', () => {
    expect(slate.readOpenSteps(0)).toBeUndefined();
    writer.begin(1);
    writer.record(start('xmp'));
    expect(shown(1)).toEqual([start('xmp')]);
    slate.close();
    expect(slate.readOpenSteps(1)).toBeUndefined();
    slate.close();
  });

  it('never throws and names known steps only, whatever stands there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        writeSync(fd, Uint8Array.of(5, 0, 0, 0, ...bytes), 0, undefined, 0);
        for (const { step } of slate.readOpenSteps(5) ?? []) expect(typeof step.step).toBe('string');
      }),
    );
  });
});

describe('the watch over steps', () => {
  it('blames the step begun last', () => {
    const watch = new ProgressWatcher(
      60_000,
      () => slate.readOpenSteps(1),
      () => undefined,
    );
    writer.begin(1);
    expect(watch.suspect()).toBeUndefined();
    writer.record(start('inside'));
    expect(watch.suspect()).toEqual(start('inside'));
    writer.record(start('c2pa', 'native'));
    writer.record(start('exif'));
    expect(watch.suspect()).toEqual(start('exif'));
    writer.record(end('exif'));
    expect(watch.suspect()).toEqual(start('c2pa', 'native'));
    watch.stop();
  });

  const overrun = (look: () => ReturnType<ProgressFile['readOpenSteps']>, millis: number) =>
    new Promise<ReadingStep>((resolve) => {
      new ProgressWatcher(millis, look, resolve);
    });

  it('says which step takes too long', async () => {
    writer.begin(1);
    writer.record(start('xmp'));
    expect(await overrun(() => slate.readOpenSteps(1), 60)).toEqual(start('xmp'));
  });

  it('is not put off by times that a process made up', async () => {
    const at = clockMillis();
    for (const begunAt of [Number.NaN, at + 1e9, Number.POSITIVE_INFINITY]) {
      const view = [{ step: start('xmp'), begunAt }];
      let looks = 0;
      const watch = new ProgressWatcher(
        30,
        () => {
          looks += 1;
          return view;
        },
        () => undefined,
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      watch.stop();
      // The file is polled at intervals; the file's own time limit ends it.
      expect(looks).toBeGreaterThan(1);
      expect(looks).toBeLessThan(30);
    }
  });
});
