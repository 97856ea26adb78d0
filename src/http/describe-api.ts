import { readConfig } from '../config.js';
import { MemoryStore } from '../store/memory.js';
import { buildApp } from './app.js';
import { openapiYaml } from './openapi.js';

/** openapi.yaml, told by an app that never listens. Nothing an operator sets shows in it. */
export async function describeApi(): Promise<string> {
  const idle = { inspect: () => Promise.reject(new Error('not listening')), close: async () => {} };
  const app = await buildApp({ config: readConfig({}), inspector: idle, store: new MemoryStore(1) });
  try {
    await app.ready();
    return openapiYaml(app);
  } finally {
    await app.close();
  }
}
