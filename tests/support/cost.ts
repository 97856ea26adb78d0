import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';

/**
 * Writes the cost of each test file as a line of JSON into the file that `ASSAY_TEST_COST` names: seconds of processor
 * time of vitest's process and of its reaped children, wall-clock seconds, and the number of started processes.
 */
const out = process.env['ASSAY_TEST_COST'];
if (out) {
  const begun = now();
  afterAll(async () => {
    // Waits for ended processes, which count only once they have been reaped.
    await setTimeout(200);
    const ended = now();
    const file = relative(resolve(import.meta.dirname, '../..'), expect.getState().testPath ?? '');
    const line = {
      file,
      own: ended.own - begun.own,
      children: ended.children - begun.children,
      wall: ended.wall - begun.wall,
      started: ended.started - begun.started,
    };
    appendFileSync(out, `${JSON.stringify(line)}\n`);
  });
}

function now() {
  const { user, system } = process.cpuUsage();
  // The fields follow the name in brackets: utime and stime are fields 14 and 15, those of children 16 and 17, in
  // hundredths of a second.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return {
    own: (user + system) / 1e6,
    children: (Number(fields[13]) + Number(fields[14])) / 100,
    wall: performance.now() / 1000,
    started: counted(),
  };
}

/** Files share a process, so its own time counts once for all of them. */
function counted(): number {
  const shared = globalThis as { assayStarted?: { count: number } };
  if (shared.assayStarted === undefined) {
    const state = { count: 0 };
    shared.assayStarted = state;
    subscribe('child_process', () => {
      state.count += 1;
    });
  }
  return shared.assayStarted.count;
}
