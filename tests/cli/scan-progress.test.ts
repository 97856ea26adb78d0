import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, it, vi } from 'vitest';
import { ProgressPrinter } from '../../src/cli/scan/scan-progress.js';
import { displayWidth } from '../../src/core/renderers/text/wrap.js';

afterEach(() => vi.useRealTimers());

it.each([
  [100, 'en'],
  [60, 'en'],
  [40, 'en'],
  [60, 'zh-Hans'],
] as const)('progress takes one line of whole parts: %i columns, %s', (columns, language) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let shown = '';
  const stderr = new Writable({
    write(chunk, _, done) {
      shown = stripVTControlCharacters(String(chunk)).replace('\r', '');
      done();
    },
  });
  const io = { stdout: stderr, stderr, env: {}, isTTY: true, language };
  const progress = new ProgressPrinter('auto', io, { isTTY: true, columns });
  Object.assign(progress, { total: 1_000, files: 412, credentials: 31, ai: 12, altered: 3, errors: 2 });
  vi.advanceTimersByTime(200);
  const line = shown;
  progress.end();
  expect(displayWidth(line)).toBeLessThan(columns);
  expect(line.startsWith('[====      ] ')).toBe(true);
  const whole = language === 'en' ? /^(412 of 1,000 files|.* left|.*\/s|\d+ [a-z ]+|\d+ B)$/i : /\d/;
  const parts = line.slice('[====      ] '.length).split(' · ');
  expect(parts.length).toBeGreaterThan(columns < 60 ? 0 : 1);
  expect(parts.filter((part) => !whole.test(part))).toEqual([]);
  expect(shown).toBe('');
});
