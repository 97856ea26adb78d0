import type { ResourcePlugin } from '../services/plugin.js';
import { ReadinessSchema } from '../services/readiness.js';
import { assetRoutes } from './assets.js';
import { auditRoutes } from './audit.js';
import { capabilityRoutes } from './capabilities-route.js';
import { docsRoutes, interactiveDocs } from './docs.js';
import { healthRoutes } from './health.js';
import { helpRoutes } from './help.js';
import { keyRoutes } from './keys.js';
import { logRoutes } from './log.js';
import { problemRoutes } from './problems.js';
import { sampleRoutes } from './samples.js';
import { trustListRoutes } from './trust-lists.js';

/** Routes about the server itself, its documentation and static files. */
export const opsPlugin: ResourcePlugin = {
  schemas: [ReadinessSchema],
  async register(app, services) {
    trustListRoutes(app, services);
    capabilityRoutes(app, services);
    keyRoutes(app, services);
    auditRoutes(app, services);
    logRoutes(app, services);
    healthRoutes(app, services);
    docsRoutes(app);
    await app.register((scope) => interactiveDocs(scope, services.config.access.basePath));
    helpRoutes(app);
    sampleRoutes(app, services);
    assetRoutes(app);
    problemRoutes(app);
  },
};
