import { resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { Asset } from '../../src/core/media/asset.js';
import { Peaks, waveform } from '../../src/core/readers/pictures/waveform.js';

const peaksOf = (columns: number, samples: readonly number[], pieces = 1) => {
  const peaks = new Peaks(columns);
  const each = Math.ceil(samples.length / pieces);
  for (let at = 0; at < samples.length; at += each) peaks.add(Int16Array.from(samples.slice(at, at + each)));
  return peaks.columns();
};

it('a sound of any length comes to so many columns, each as loud as its loudest', () => {
  expect(peaksOf(4, [])).toEqual([]);
  expect(peaksOf(4, [5, -7])).toEqual([
    { low: 5, high: 5 },
    { low: -7, high: -7 },
  ]);
  const long = Array.from({ length: 100_000 }, (_, at) => (at < 50_000 ? at % 100 : -(at % 10)));
  const columns = peaksOf(10, long);
  expect(columns).toHaveLength(10);
  expect(columns[0]).toEqual({ low: 0, high: 99 });
  expect(columns.at(-1)).toEqual({ low: -9, high: 0 });
  expect(peaksOf(10, long, 37)).toEqual(columns);
});

it('one peak in a long silence is seen where it is', () => {
  const long = new Array<number>(1_000_000).fill(0);
  long[250_001] = 32_767;
  const loud = peaksOf(100, long).flatMap(({ high }, at) => (high > 0 ? [at] : []));
  expect(loud).toHaveLength(1);
  expect(Math.abs((loud[0] ?? 0) - 25)).toBeLessThanOrEqual(1);
});

it('without ffmpeg there is none, for that reason', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const asset = await Asset.open(resolve(import.meta.dirname, '../../fixtures/plain/plain.mp3'));
  const none = await waveform(asset);
  await asset.close();
  vi.unstubAllEnvs();
  expect(none).toMatchObject({ code: 'carrier.notRead', params: { what: 'ffmpeg' } });
});
