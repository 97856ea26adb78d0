import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config/settings.js';
import { type RunningServer, startServer } from '../src/http/server.js';
import { inspect } from '../src/index.js';
import { createInspector } from '../src/inspect/pool/create-inspector.js';
import type { Inspector } from '../src/inspect/pool/inspector.js';
import { runInspection } from '../src/service/inspections/run.js';
import { fetched } from './support/fetched.js';
import { told } from './support/localized.js';
import { ASSAY } from './support/program.js';

/** Inspects one file through every entry point: the Report is the same for every caller. */
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
    ASSAY_ALLOWED_PATHS: join(ROOT, 'fixtures'),
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
    // Attachments of a Report are not part of it.
    expect('report' in worked ? told(worked.report) : worked).toEqual(cli);
  });
});

const SIGNED = join(ROOT, 'fixtures/c2pa/jpeg-c2pa-trained.jpg');
type Read = { tool: { c2paEngines: { name: string }[] }; contentCredentials: { engine?: { name: string } } };
const command = async (...args: string[]) =>
  (await run(process.execPath, [ASSAY, ...args], { env: { ...process.env, ASSAY_TRUST_DIR: trust } })).stdout;

async function posted(url: string, fields: Record<string, string>): Promise<Read> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', new Blob([readFileSync(SIGNED)]), basename(SIGNED));
  const response = await fetch(`${server?.address}${url}`, { method: 'POST', body });
  return ((await response.json()) as { report: Read }).report;
}

/** The file is in a folder that the server may read, and a worker reads it. */
async function batched(): Promise<Read> {
  const answer = await fetched(`${server?.address}/v1/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ engine: 'wasm', items: [{ path: SIGNED }] }),
  });
  const results = `${server?.address}${answer.headers.get('location')}/results`;
  const lines = async () =>
    (await (await fetch(results)).text())
      .trim()
      .split('\n')
      .map((line): { report?: Read } => JSON.parse(line));
  await expect.poll(async () => (await lines())[0]?.report, { timeout: 30_000 }).toBeDefined();
  const [{ report } = {}] = await lines();
  if (report === undefined) throw new Error('there is no Report');
  return report;
}

/** Law whose findings are reported and summed up. */
const LAW = { jurisdiction: 'CN', role: 'platform' };
interface Judged {
  law?: { jurisdiction: string; role?: string }[];
  findings: { rulebook: string; binds: string[] }[];
}
const LAW_DOORS: Record<string, () => Promise<Judged>> = {
  inspect: async () =>
    JSON.parse(await command('inspect', '--json', '--jurisdiction', 'CN', '--role', 'platform', SIGNED)),
  scan: async () => {
    const asked = ['--full', '--jurisdiction', 'CN', '--role', 'platform'];
    const lines = (await command('scan', ...asked, SIGNED)).trim().split('\n');
    return lines.map((line) => JSON.parse(line)).find((line) => 'report' in line).report;
  },
  query: async () => (await posted('/v1/inspections?jurisdiction=CN&role=platform', {})) as never,
  form: async () => (await posted('/v1/inspections', LAW)) as never,
  library: () => inspect(SIGNED, { jurisdiction: 'CN', role: 'platform' }),
};

describe('the law that is asked for is told clause by clause, and summed up', () => {
  it.each(Object.entries(LAW_DOORS))('%s', async (_, read) => {
    const { law, findings } = await read();
    expect(law?.map(({ jurisdiction, role }) => [jurisdiction, role])).toEqual([['CN', 'platform']]);
    expect(findings.length).toBeGreaterThan(0);
    for (const { rulebook, binds } of findings) {
      expect(rulebook).toMatch(/^cn-/);
      expect(binds.some((role) => role === 'platform' || role === 'anyone')).toBe(true);
    }
  });
});

const DOORS: Record<string, () => Promise<Read>> = {
  inspect: async () => JSON.parse(await command('inspect', '--json', '--engine', 'wasm', SIGNED)),
  scan: async () => {
    const lines = (await command('scan', '--full', '--engine', 'wasm', SIGNED)).trim().split('\n');
    const record = lines.map((line) => JSON.parse(line)).find((line) => 'report' in line);
    return record.report;
  },
  query: () => posted('/v1/inspections?engine=wasm', {}),
  form: () => posted('/v1/inspections', { engine: 'wasm' }),
  batch: batched,
  library: () => inspect(SIGNED, { engine: 'wasm' }),
  'library, in process': () => inspect(SIGNED, { engine: 'wasm', isolation: 'none' }),
};

describe('the engine that is asked for reads, and the Report names it alone', () => {
  it.each(Object.entries(DOORS))('%s', async (_, read) => {
    const { tool, contentCredentials } = await read();
    expect(tool.c2paEngines.map(({ name }) => name)).toEqual(['wasm']);
    expect(contentCredentials.engine?.name).toBe('wasm');
  });
});
