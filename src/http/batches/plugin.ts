import type { ResourcePlugin } from '../services/plugin.js';
import { registerFormParser } from '../uploads/form-body.js';
import { batchPageRoutes } from './batch-pages.js';
import { BatchSchema } from './batch-schemas.js';
import { batchRoutes } from './batches.js';

/** Routes and pages of batches. */
export const batchesPlugin: ResourcePlugin = {
  schemas: [BatchSchema],
  async register(app, services) {
    batchRoutes(app, services);
    await app.register(async (scope) => {
      registerFormParser(scope);
      batchPageRoutes(scope, services);
    });
  },
};
