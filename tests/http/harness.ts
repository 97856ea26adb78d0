import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { encodePath } from '../../src/base/path-text.js';
import { type Config, readConfig } from '../../src/config/settings.js';
import type { StoredReport } from '../../src/core/report/report.js';
import { buildApp } from '../../src/http/app.js';
import type { AppOptions } from '../../src/http/services/create-services.js';
import type { Inspector, InspectRequest } from '../../src/inspect/pool/inspector.js';
import type { InspectionRepository } from '../../src/storage/inspections/kysely-inspections.js';
import { openStores, type Stores } from '../../src/storage/stores.js';
import { WebhookRepository } from '../../src/storage/webhooks/kysely-webhooks.js';
import { memoryFolder } from '../support/memory-folder.js';
import { migratedIn } from '../support/migrated.js';
import { PROGRAM } from '../support/program.js';
import { TEST_KEYS } from '../support/secret-keys.js';
import { type AtEnd, filesIn, multipart, type Part, temporaryDirectory } from './posting.js';
import { shellReport } from './shell-report.js';

export { filesIn, multipart, shellReport, temporaryDirectory };

/** For tests of the HTTP layer itself: reports what the service passed on, and nothing about the file's content. */
export class ShellInspector implements Inspector {
  readonly requests: InspectRequest[] = [];
  /** Size of the file at `path` at each inspection. */
  readonly bytes: number[] = [];

  async inspect(request: InspectRequest): Promise<StoredReport> {
    this.requests.push(request);
    const content = await readFile(encodePath(request.path));
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
  /** Returns the file names under `<data>/uploads`. */
  uploads(): string[];
}

/** Opens SQLite in a folder of the test, which may contain a database already. */
export async function testStores(dataDir: string, atEnd: AtEnd = onTestFinished): Promise<Stores> {
  if (!existsSync(join(dataDir, 'assay.sqlite'))) await migratedIn(dataDir);
  const stores = await openStores({ dataDir });
  atEnd(() => stores.close());
  return stores;
}

/** Returns stores with some methods replaced. */
export function storesWith(stores: Stores, over: Partial<InspectionRepository>): Stores {
  const inspections = new Proxy(stores.inspections, {
    get: (store, name) => {
      const own = Reflect.get(over, name) ?? Reflect.get(store, name);
      return typeof own === 'function' ? own.bind(store) : own;
    },
  });
  return { ...stores, inspections };
}

interface Settings extends Partial<Omit<AppOptions, 'config'>> {
  env?: Record<string, string>;
  /** Settings that are derived and have no variable. */
  config?: Partial<Config>;
  atEnd?: AtEnd;
}

export async function testApp({
  env = {},
  config: over = {},
  atEnd = onTestFinished,
  ...parts
}: Settings = {}): Promise<TestApp> {
  const dataDir = temporaryDirectory(memoryFolder(), atEnd);
  const read = readConfig({ ASSAY_DATA_DIR: dataDir, ASSAY_PORT: '0', ASSAY_JOBS: '1', ...env });
  const config = { ...read, ...over };
  const inspector = new ShellInspector();
  const stores = parts.stores ?? (await testStores(dataDir, atEnd));
  const app = await buildApp({
    config,
    inspector,
    stores,
    webhooks: new WebhookRepository(stores.database, TEST_KEYS),
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

/**
 * Shares one service among all tests of a suite that leave it unchanged, because creating one takes longer than most
 * tests.
 */
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

/** Returns the paths of openapi.yaml, parsed once per test run and cached, because parsing takes half a second. */
function listed(): Record<string, Record<string, { responses: object }>> {
  const described = new URL('../../openapi.yaml', import.meta.url);
  // The cache is keyed by the file's modification time, so a regenerated file is parsed again.
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

/** Asserts in every test that no answer has a status which openapi.yaml does not list for its operation. */
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

/** Starts listening and returns the port. */
export async function listen(test: TestApp): Promise<number> {
  // A client keeps a connection for a minute after its last answer, and closing would wait for it.
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

/** Headers that browsers send. */
export const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
};
