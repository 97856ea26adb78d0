import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { inspectAll } from '../../src/cli/inspect/inspect.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { Confinement } from '../../src/inspect/sandbox/confinement.js';
import { actingByName } from '../inspect/acting.js';
import { readerStandIn } from '../support/program.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-again-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a report of a process that failed later is followed by another where that says otherwise', async () => {
  const paths = ['takes over.png', 'lies 1.png', 'honest.png', 'falls.png'].map((name) => {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(here('../../fixtures/plain/plain.png')));
    return path;
  });
  const inspector = actingByName(
    createInspector({
      jobs: 1,
      childEntry: readerStandIn('taken-over'),
      confinement: new Confinement({ sandbox: 'off' }),
    }),
  );
  onTestFinished(() => inspector.close());
  // The streams are read only at the end, so their buffers must hold all output.
  const [stdout, stderr] = [1, 2].map(() => new PassThrough({ highWaterMark: 1024 ** 2 }));
  if (stdout === undefined || stderr === undefined) throw new Error('there are two');
  const options = { json: true, engine: 'auto', color: 'never', lang: 'en', rulebooks: [] } as const;
  const code = await inspectAll(
    paths,
    { ...options, rulebooks: [] },
    { stdout, stderr, env: {}, isTTY: false },
    inspector,
    1,
  );
  expect(code).toBe(0);
  const lines = String(stdout.read()).trimEnd().split('\n');
  const told = lines.map((line) => JSON.parse(line).asset).map(({ name, format }) => `${name}: ${format}`);
  expect(told).toEqual([
    'takes over.png: PNG',
    'lies 1.png: a lie',
    'honest.png: PNG',
    'falls.png: unrecognised',
    'lies 1.png: PNG',
  ]);
  const words = String(stderr.read());
  expect(words).toContain(`${basename(paths[1] ?? '')}: read again`);
  expect(words.match(/read again/g)).toHaveLength(1);
});
