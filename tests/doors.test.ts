import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import type { Inspector } from '../src/isolation/inspector.js';
import { createInspector } from '../src/isolation/pool.js';
import { type RunningServer, startServer } from '../src/server.js';
import { runInspection } from '../src/worker/run.js';
import { ASSAY } from './program.js';
import { told } from './told.js';

/** One file through every door: the same Report, whoever asks. */
const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');
const AS_OF = '2026-11-25';

const FILES = [
  'fixtures/c2pa/jpeg-c2pa-trained.jpg',
  'fixtures/c2pa/mp4-c2pa-altered-data.mp4',
  'fixtures/labels/png-gb45438-two-copies-disagree.png',
  'fixtures/hostile/png-hostile-text.png',
  'fixtures/plain/not-media.txt',
];

let inspector: Inspector | undefined;
let data = '';
let trust = '';
let server: RunningServer | undefined;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'assay-doors-'));
  trust = join(data, 'trust');
  mkdirSync(join(trust, 'private'), { recursive: true });
  copyFileSync(join(ROOT, 'fixtures/ca/root.pem'), join(trust, 'private/root.pem'));
  const config = readConfig({
    ASSAY_DATA_DIR: data,
    ASSAY_TRUST_DIR: trust,
    ASSAY_PORT: '0',
    ASSAY_LOG_LEVEL: 'silent',
  });
  inspector = createInspector({ jobs: 1, trustDir: trust });
  server = await startServer(config, createInspector({ jobs: 1, trustDir: config.trustDir }));
});
afterAll(async () => {
  await server?.stop();
  await inspector?.close();
  rmSync(data, { recursive: true, force: true });
});

async function throughHttp(path: string): Promise<{ posted: unknown; got: unknown }> {
  const body = new FormData();
  body.append('asOf', AS_OF);
  body.append('file', new Blob([readFileSync(path)]), basename(path));
  const response = await fetch(`${server?.address}/v1/inspections`, { method: 'POST', body });
  expect(response.status).toBe(201);
  const again = await fetch(new URL(response.headers.get('location') ?? '', server?.address));
  const reportIn = async (answer: Response) => ((await answer.json()) as { report: unknown }).report;
  return { posted: await reportIn(response), got: await reportIn(again) };
}

describe('every door answers with the same Report', () => {
  it.each(FILES.map((file) => [file]))('%s', async (file) => {
    const path = join(ROOT, file);
    const { stdout } = await run(
      process.execPath,
      [ASSAY, 'inspect', '--json', '--as-of', AS_OF, '--', path],
      {
        env: { ...process.env, ASSAY_TRUST_DIR: trust },
      },
    );
    const cli: unknown = JSON.parse(stdout);
    const { posted, got } = await throughHttp(path);
    if (!inspector) throw new Error('there is no inspector');
    const worked = await runInspection(
      { path, name: basename(path), asOf: AS_OF, engine: 'auto' },
      { inspector },
    );
    expect(posted).toEqual(cli);
    expect(got).toEqual(cli);
    // What is kept beside a Report is no part of it.
    expect('report' in worked ? told(worked.report) : worked).toEqual(cli);
  });
});
