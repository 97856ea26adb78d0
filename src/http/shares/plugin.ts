import type { FastifyInstance } from 'fastify';
import type { Services } from '../services/services.js';
import { sharePageRoutes } from './share-pages.js';
import { sharedReportRoutes } from './shared-report.js';
import { shareRoutes } from './shares.js';

/** Routes of links to Reports. If sharing is off no such route exists, so links made earlier stop working too. */
export async function sharesPlugin(app: FastifyInstance, services: Services): Promise<void> {
  shareRoutes(app, services);
  sharePageRoutes(app, services);
  sharedReportRoutes(app, services);
}
