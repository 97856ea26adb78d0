import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { drawWaveform, Peaks } from '../../../src/core/readers/pictures/waveform.js';
import { describeWith } from '../../support/system-parts.js';

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
  const asset = await Asset.open(resolve(import.meta.dirname, '../../../fixtures/plain/plain.mp3'));
  const none = await drawWaveform(asset);
  await asset.close();
  vi.unstubAllEnvs();
  expect(none).toMatchObject({ code: 'carrier.notRead', params: { what: 'ffmpeg' } });
});

describeWith('ffmpeg', 'drawn', () => {
  /** Returns how many rows of a column are drawn, by its fraction of the width. */
  async function rows(name: string, source: string) {
    const folder = mkdtempSync(join(tmpdir(), 'assay-waveform-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, name);
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, path]);
    const asset = await Asset.open(path);
    const wave = await drawWaveform(asset);
    await asset.close();
    if ('code' in wave || wave.kind !== 'waveform') throw new Error(JSON.stringify(wave));
    const pixels = sharp(Buffer.from(wave.webp, 'base64')).raw();
    const { data, info } = await pixels.toBuffer({ resolveWithObject: true });
    const at = (part: number) => {
      const x = Math.floor(part * info.width);
      const column = Array.from({ length: info.height }, (_, y) => data[(y * info.width + x) * 4 + 3] ?? 0);
      return column.filter((alpha) => alpha > 127).length;
    };
    return { wave, at };
  }

  it.each(['wav', 'mp3', 'm4a'])('a %s is loud where it is', async (ending) => {
    const { wave, at } = await rows(`half.${ending}`, "aevalsrc='0.9*sin(2*PI*440*t)*lt(t,5)':d=10:s=44100");
    expect(wave.cut).toBeUndefined();
    expect(wave.seconds).toBeCloseTo(10, 0);
    expect(at(0.25)).toBeGreaterThan(190);
    expect(at(0.75)).toBeLessThan(12);
  });

  it('what is opposite in two channels is no silence', async () => {
    const { at } = await rows('opposite.wav', "aevalsrc='0.9*sin(2*PI*440*t)|-0.9*sin(2*PI*440*t)':d=2");
    expect(at(0.5)).toBeGreaterThan(190);
  });
});
