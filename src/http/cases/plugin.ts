import type { FastifyInstance } from 'fastify';
import type { Services } from '../services/services.js';
import { casePageRoutes } from './case-pages.js';
import { caseRoutes } from './cases.js';

/** Routes and pages of cases. */
export async function casesPlugin(app: FastifyInstance, services: Services): Promise<void> {
  caseRoutes(app, services);
  casePageRoutes(app, services);
}
