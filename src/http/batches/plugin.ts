import type { FastifyInstance } from 'fastify';
import type { Services } from '../services/services.js';
import { registerFormParser } from '../uploads/form-body.js';
import { batchPageRoutes } from './batch-pages.js';
import { BatchSchema } from './batch-schemas.js';
import { batchRoutes } from './batches.js';

/** Routes and pages of batches. */
export async function batchesPlugin(app: FastifyInstance, services: Services): Promise<void> {
  app.addSchema(BatchSchema);
  batchRoutes(app, services);
  await app.register(async (scope) => {
    registerFormParser(scope);
    batchPageRoutes(scope, services);
  });
}
