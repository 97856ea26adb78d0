import { readConfig } from '../config.js';
import { SecretKeys } from '../secrets/secret-keys.js';
import { KyselyWebhooks } from '../store/kysely-webhooks.js';
import { noDatabase } from '../store/no-database.js';
import { SqliteQueue } from '../store/sqlite-queue.js';
import { storesOn } from '../store/stores.js';
import type { ApiExamples } from './api-examples.js';
import { buildApp } from './app.js';
import { openapiYaml } from './openapi.js';

/**
 * openapi.yaml, told by an app that never listens. Nothing an operator sets shows in it. `examples`: left out, those
 * that are shipped.
 */
export async function describeApi(examples?: ApiExamples): Promise<string> {
  const idle = { inspect: () => Promise.reject(new Error('not listening')), close: async () => {} };
  const database = noDatabase();
  // Seals nothing: no request ever comes.
  const webhooks = new KyselyWebhooks(database, new SecretKeys([new Uint8Array(32)]));
  const app = await buildApp({
    config: readConfig({}),
    inspector: idle,
    webhooks,
    stores: storesOn(database, new SqliteQueue(database.query)),
  });
  try {
    await app.ready();
    return openapiYaml(app, examples);
  } finally {
    await app.close();
  }
}
