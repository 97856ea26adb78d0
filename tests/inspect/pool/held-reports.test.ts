import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { fixture } from '../../cli/spawn-assay.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-held-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns a function that runs the garbage collector, which the engine exposes only by a flag. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

it('a report is held by nobody once its reader is done with it, while the process that read it lives on', async () => {
  const path = join(folder, 'note.txt');
  writeFileSync(path, 'a note');
  const inspector = createInspector({ jobs: 1 });
  try {
    const ask = { path, name: 'note.txt', asOf: '2026-11-26', engine: 'auto' } as const;
    const first = new WeakRef((await inspector.inspect(ask)).asset);
    const second = await inspector.inspect({ ...ask, path: fixture('plain/plain.png'), name: 'plain.png' });
    expect(second.asset.mediaType).toBe('image/png');
    const collect = collector();
    await expect
      .poll(async () => {
        // A weak reference that was just dereferenced keeps its object until the turn ends.
        await sleep(0);
        collect();
        return first.deref();
      })
      .toBeUndefined();
  } finally {
    await inspector.close();
  }
});
