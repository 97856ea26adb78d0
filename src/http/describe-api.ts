import { SecretKeys } from '../base/secrets/secret-keys.js';
import { readConfig } from '../config/settings.js';
import { createEmptyDatabase } from '../storage/engine/no-database.js';
import { SqliteQueue } from '../storage/queue/sqlite-queue.js';
import { createStores } from '../storage/stores.js';
import { WebhookRepository } from '../storage/webhooks/kysely-webhooks.js';
import { buildApp } from './app.js';
import type { ApiExamples } from './openapi/api-examples.js';
import { formatOpenapiYaml } from './openapi/openapi.js';

/**
 * Generates openapi.yaml from an app that never listens. No operator setting shows in it. `examples` defaults to the
 * shipped ones.
 */
export async function describeApi(examples?: ApiExamples): Promise<string> {
  const idle = { inspect: () => Promise.reject(new Error('not listening')), close: async () => {} };
  const database = createEmptyDatabase();
  // The key encrypts nothing: no request ever comes.
  const webhooks = new WebhookRepository(database, new SecretKeys([new Uint8Array(32)]));
  const app = await buildApp({
    config: readConfig({}),
    inspector: idle,
    webhooks,
    stores: createStores(database, new SqliteQueue(database.query)),
  });
  try {
    await app.ready();
    return formatOpenapiYaml(app, examples);
  } finally {
    await app.close();
  }
}
