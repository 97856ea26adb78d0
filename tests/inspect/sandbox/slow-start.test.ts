import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { translatorFor } from '../../../src/i18n/translator.js';
import {
  createInspector,
  type InspectorOptions,
  readerProgramPath,
} from '../../../src/inspect/pool/create-inspector.js';
import { diagnostics } from '../../../src/inspect/protocol/diagnostics.js';
import type { IsolationStatus } from '../../../src/inspect/protocol/isolation-status.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { fixture } from '../../cli/spawn-assay.js';
import { describeWith } from '../../support/system-parts.js';

/** Creates a real reading process that is controlled by the files in its folder. */
function standIn(...files: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-slow-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // In root's sandbox another user reads it.
  chmodSync(folder, 0o755);
  const entry = join(folder, 'waits-at-start.js');
  copyFileSync(join(import.meta.dirname, '../children/waits-at-start.js'), entry);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'child.path.js'),
    `export const child = ${JSON.stringify(readerProgramPath())};`,
  );
  for (const name of files) writeFileSync(join(folder, name), '');
  return { entry, remove: (name: string) => rmSync(join(folder, name)) };
}

function watched() {
  const [held, givenUp]: [IsolationStatus[], string[]] = [[], []];
  const ends = [
    diagnostics.isolationStatus.subscribe((one) => held.push(one)),
    diagnostics.sandboxGivenUp.subscribe(({ reason }) => givenUp.push(reason)),
  ];
  onTestFinished(() => {
    for (const end of ends) end();
  });
  return { held, givenUp };
}

/** Returns the readable text of what the first isolation status leaves unprotected. */
function lostText([first]: readonly IsolationStatus[]): string {
  if (first?.missing === undefined) throw new Error('nothing was lost');
  return translatorFor('en').translate(first.missing);
}

function inspector(options: InspectorOptions) {
  const made = createInspector({ jobs: 1, ...options });
  onTestFinished(() => made.close());
  return made;
}

const request = {
  path: fixture('c2pa/png-c2pa-intact.png'),
  name: 'a.png',
  asOf: '2026-11-01',
  engine: 'auto' as const,
};

describeWith('bwrap', 'a reading process that starts slowly', () => {
  it('is waited for in its sandbox, beside another that is begun', async () => {
    const { entry, remove } = standIn('hold');
    const { held, givenUp } = watched();
    const slow = inspector({
      childEntry: entry,
      confinement: new Confinement(),
      bounds: { childStartMillis: 3_000 },
    });
    const reading = slow.inspect(request);
    await sleep(3_500);
    remove('hold');
    const { tool, reads } = await reading;
    expect([tool.isolation, tool.isolationReason, reads.c2pa.status]).toEqual([
      'sandbox',
      undefined,
      'found',
    ]);
    expect([held.map(({ level }) => level), givenUp]).toEqual([['sandbox'], []]);
  });

  it('costs the file none of its time, and where it never comes the sandbox is given up and that is told', async () => {
    const { entry } = standIn('hold', 'sandbox-only');
    const { held, givenUp } = watched();
    const slow = inspector({
      childEntry: entry,
      confinement: new Confinement(),
      // It takes 6 s in all until the sandbox is given up, longer than the file's limit.
      bounds: { childStartMillis: 2_000, taskMillis: 5_500 },
    });
    const { tool, reads } = await slow.inspect(request);
    expect([tool.isolation, tool.isolationReason, reads.c2pa.status]).toEqual([
      'process',
      'too-slow',
      'found',
    ]);
    expect(held).toMatchObject([{ reason: 'too-slow' }]);
    expect(lostText(held)).toMatch(/^No process started/);
    expect([givenUp, slow.isolation]).toEqual([
      ['too-slow'],
      { isolation: 'process', isolationReason: 'too-slow' },
    ]);
  });

  it('is an error where the sandbox is required', async () => {
    const { entry } = standIn('hold', 'sandbox-only');
    const { held, givenUp } = watched();
    const confinement = new Confinement({ sandbox: 'require' });
    const strict = inspector({ childEntry: entry, confinement, bounds: { childStartMillis: 300 } });
    await expect(strict.inspect(request)).rejects.toMatchObject({ code: 'internal' });
    expect([held, givenUp]).toEqual([[], []]);
  });
});

describeWith('bwrap', 'a sandbox that refuses', () => {
  it('is given up and told, tried again with a later process, and told when it is back', async () => {
    const { entry, remove } = standIn('refuse');
    const { held, givenUp } = watched();
    const confinement = new Confinement({ retryMillis: 0 });
    const pool = inspector({ childEntry: entry, confinement, bounds: { filesPerProcess: 1 } });
    for (let file = 0; file < 2; file += 1) {
      expect((await pool.inspect(request)).tool.isolationReason).toBe('refused');
    }
    expect(held).toMatchObject([{ reason: 'refused' }]);
    expect(lostText(held)).toContain('(bwrap: no namespaces here)');
    // The second failure has the same cause, so it is counted and not reported again.
    expect([held.length, givenUp]).toEqual([1, ['refused', 'refused']]);
    remove('refuse');
    expect((await pool.inspect(request)).tool).toMatchObject({ isolation: 'sandbox' });
    expect(held.map(({ level }) => level)).toEqual(['process', 'sandbox']);
    expect(pool.isolation).toEqual({ isolation: 'sandbox' });
  });
});
