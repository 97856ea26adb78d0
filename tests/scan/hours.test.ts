import { describe, expect, it } from 'vitest';
import { Hours, waitUntilOpen } from '../../src/scan/run/hours.js';
import { prestart } from '../../src/scan/sources/prestarted.js';
import { BandwidthLimiter } from '../../src/scan/sources/s3/bandwidth.js';
import { parseCsvRows } from '../../src/scan/sources/s3/csv-rows.js';

const at = (hour: number, minute: number, second = 0) => new Date(2024, 4, 1, hour, minute, second);

describe('hours of the day', () => {
  it('are open from their first minute to before their last, over midnight too', () => {
    const night = Hours.parse('22:00-06:00');
    const day = Hours.parse('09:30-17:00');
    expect([21, 22, 0, 5, 6].map((hour) => night?.isOpen(at(hour, 0)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect([at(9, 29), at(9, 30), at(16, 59), at(17, 0)].map((one) => day?.isOpen(one))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(night?.millisToChange(at(21, 59, 30))).toBe(30_000);
    expect(night?.millisToChange(at(5, 0))).toBe(3_600_000);
    expect(day?.millisToChange(at(17, 0))).toBe(16.5 * 3_600_000);
  });

  it('are written as hours and minutes, and have a length', () => {
    for (const text of ['22-06', '24:00-06:00', '22:60-06:00', '08:00-08:00', ''])
      expect(Hours.parse(text), text).toBeUndefined();
  });

  it('hold nobody up who was interrupted', async () => {
    const now = new Date();
    const later = `${String((now.getHours() + 2) % 24).padStart(2, '0')}:00-${String((now.getHours() + 3) % 24).padStart(2, '0')}:00`;
    const interruption = new AbortController();
    let waits = 0;
    const waited = waitUntilOpen(Hours.parse(later) as Hours, {
      interrupted: interruption.signal,
      onWait: () => {
        waits += 1;
        interruption.abort();
      },
    });
    await waited;
    expect(waits).toBe(1);
  });
});

it('a bandwidth is of all that is fetched together', async () => {
  const none = new AbortController().signal;
  const slow = new BandwidthLimiter(1_000_000);
  const begun = performance.now();
  await Promise.all([slow.take(40_000, none), slow.take(40_000, none)]);
  expect(performance.now() - begun).toBeGreaterThan(70);
  const ended = AbortSignal.abort();
  await slow.take(1e12, ended);
});

describe('sources begun ahead', () => {
  async function* source(name: string, log: string[]): AsyncGenerator<string> {
    log.push(name);
    yield `${name}1`;
    yield `${name}2`;
  }
  const all = async (inputs: AsyncIterable<string> | string[], log: string[], most: number) => {
    const found: string[] = [];
    const begin = (name: string) => ({ source: source(name, log), ahead: name !== 'walk' });
    for await (const one of prestart(inputs, begin, most)) {
      found.push(one);
      log.push(`=${one}`);
    }
    return found;
  };

  it('keep their order, and no more of them than may be', async () => {
    const log: string[] = [];
    expect(await all(['a', 'walk', 'b', 'c'], log, 3)).toEqual([
      'a1',
      'a2',
      'walk1',
      'walk2',
      'b1',
      'b2',
      'c1',
      'c2',
    ]);
    expect(log.indexOf('b')).toBeLessThan(log.indexOf('=a1'));
    expect(log.indexOf('walk')).toBeGreaterThan(log.indexOf('=a2'));
    expect(log.indexOf('c')).toBeGreaterThan(log.indexOf('=a2'));
  });

  it('are given while the list has not come to its end', async () => {
    let more: (() => void) | undefined;
    const names = async function* () {
      yield 'a';
      await new Promise<void>((resolve) => {
        more = resolve;
      });
      yield 'b';
    };
    const log: string[] = [];
    const found: string[] = [];
    const begin = (name: string) => ({ source: source(name, log), ahead: true });
    for await (const one of prestart(names(), begin, 4)) {
      found.push(one);
      if (one === 'a2') more?.();
    }
    expect(found).toEqual(['a1', 'a2', 'b1', 'b2']);
  });
});

it('rows of CSV are what RFC 4180 says, in whatever pieces they come', async () => {
  const text = '"a","b ""q"", c","d\ne"\r\nf,,"g"\n\n"ü"';
  for (const size of [1, 3, 100]) {
    const pieces = async function* () {
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
    };
    const rows: string[][] = [];
    for await (const row of parseCsvRows(pieces())) rows.push(row);
    expect(rows).toEqual([['a', 'b "q", c', 'd\ne'], ['f', '', 'g'], ['ü']]);
  }
  const endless = async function* () {
    yield Buffer.from(`"${'x'.repeat(70_000)}`);
  };
  await expect(parseCsvRows(endless()).next()).rejects.toMatchObject({ code: 'not-readable' });
});
