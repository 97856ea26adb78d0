import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { type Config, readConfig } from '../../src/config.js';
import { bytesOfPath } from '../../src/core/ground/path-text.js';
import type { Report } from '../../src/core/report/report.js';
import { type AppParts, buildApp } from '../../src/http/app.js';
import type { Inspector, InspectRequest } from '../../src/isolation/inspector.js';
import type { KyselyInspections } from '../../src/store/kysely-inspections.js';
import { KyselyWebhooks } from '../../src/store/kysely-webhooks.js';
import { openStores, type Stores } from '../../src/store/stores.js';
import { memoryFolder } from '../memory-folder.js';
import { migratedIn } from '../migrated.js';
import { PROGRAM } from '../program.js';
import { TEST_KEYS } from '../secret-keys.js';
import { type AtEnd, filesIn, multipart, type Part, temporaryDirectory } from './posting.js';
import { shellReport } from './shell-report.js';

export { filesIn, multipart, shellReport, temporaryDirectory };

/** For tests of the shell itself: says what the door handed over, and nothing about the file's content. */
export class ShellInspector implements Inspector {
  readonly requests: InspectRequest[] = [];
  /** What the file at `path` held when it was asked about. */
  readonly bytes: number[] = [];

  async inspect(request: InspectRequest): Promise<Report> {
    this.requests.push(request);
    const content = await readFile(bytesOfPath(request.path));
    this.bytes.push(content.length);
    return shellReport(request, content);
  }

  async close(): Promise<void> {}
}

export interface TestApp {
  app: FastifyInstance;
  config: Config;
  inspector: ShellInspector;
  stores: Stores;
  database: Stores['database'];
  /** File names under `<data>/uploads`. */
  uploads(): string[];
}

/** SQLite in a folder of the test's, which may hold one already. */
export async function testStores(dataDir: string, atEnd: AtEnd = onTestFinished): Promise<Stores> {
  if (!existsSync(join(dataDir, 'assay.sqlite'))) await migratedIn(dataDir);
  const stores = await openStores({ dataDir });
  atEnd(() => stores.close());
  return stores;
}

/** A store whose one method does something else. */
export function storesWith(stores: Stores, over: Partial<KyselyInspections>): Stores {
  const inspections = new Proxy(stores.inspections, {
    get: (store, name) => {
      const own = Reflect.get(over, name) ?? Reflect.get(store, name);
      return typeof own === 'function' ? own.bind(store) : own;
    },
  });
  return { ...stores, inspections };
}

interface Settings extends Partial<Omit<AppParts, 'config'>> {
  env?: Record<string, string>;
  atEnd?: AtEnd;
}

export async function testApp({
  env = {},
  atEnd = onTestFinished,
  ...parts
}: Settings = {}): Promise<TestApp> {
  const dataDir = temporaryDirectory(memoryFolder(), atEnd);
  const config = readConfig({ ASSAY_DATA_DIR: dataDir, ASSAY_PORT: '0', ASSAY_JOBS: '1', ...env });
  const inspector = new ShellInspector();
  const stores = parts.stores ?? (await testStores(dataDir, atEnd));
  const app = await buildApp({
    config,
    inspector,
    stores,
    webhooks: new KyselyWebhooks(stores.database, TEST_KEYS),
    today: () => '2026-11-25',
    ...parts,
  });
  atEnd(() => app.close());
  answersAsDescribed(app, atEnd);
  return {
    app,
    config,
    inspector,
    stores,
    database: stores.database,
    uploads: () => filesIn(join(dataDir, 'uploads')),
  };
}

/** One service for all tests of a suite that leave it as it was: to make one takes longer than most of them. */
export function sharedApp(settings: Settings = {}): () => TestApp {
  const ends: Parameters<AtEnd>[0][] = [];
  let test: TestApp;
  beforeAll(async () => {
    test = await testApp({ ...settings, atEnd: (end) => void ends.push(end) });
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });
  return () => test;
}

/** What openapi.yaml lists: read out of it once for a run of the tests, which takes half a second, and then as it was read. */
function listed(): Record<string, Record<string, { responses: object }>> {
  const described = new URL('../../openapi.yaml', import.meta.url);
  // Where it was written anew meanwhile, it is read anew.
  const made = join(PROGRAM, `openapi-paths.${statSync(described).mtimeMs}.json`);
  if (!existsSync(made)) {
    const { paths } = parse(readFileSync(described, 'utf8'));
    const own = `${made}.${process.pid}`;
    writeFileSync(own, JSON.stringify(paths));
    renameSync(own, made);
  }
  return JSON.parse(readFileSync(made, 'utf8'));
}

const paths = listed();

/** Whatever a test is about: no answer has a status that openapi.yaml does not list at its operation. */
function answersAsDescribed(app: FastifyInstance, atEnd: AtEnd): void {
  const unlisted = new Set<string>();
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode }) => {
    const path = routeOptions.url?.replace(/:(\w+)/g, '{$1}') ?? '';
    const operation = paths[path]?.[method.toLowerCase()];
    if (operation !== undefined && !(statusCode in operation.responses))
      unlisted.add(`${method} ${path} answered ${statusCode}`);
  });
  atEnd(() => expect([...unlisted]).toEqual([]));
}

/** The port it listens on from now on. */
export async function listen(test: TestApp): Promise<number> {
  // A client keeps a connection for a minute after its last answer, and closing waits for it: no test is about that.
  onTestFinished(() => test.app.server.closeAllConnections());
  return Number(new URL(await test.app.listen({ port: 0, host: '127.0.0.1' })).port);
}

export const onePart = (over: Partial<Part> = {}): Part => ({
  name: 'file',
  filename: 'picture.png',
  type: 'image/png',
  content: 'some bytes',
  ...over,
});

export function upload(
  app: FastifyInstance,
  parts: Part[] = [onePart()],
  options: InjectOptions = {},
): Promise<LightMyRequestResponse> {
  const { payload, headers } = multipart(parts);
  return app.inject({
    method: 'POST',
    url: '/v1/inspections',
    payload,
    ...options,
    headers: { ...headers, ...options.headers },
  });
}

/** What browsers send. */
export const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
};
