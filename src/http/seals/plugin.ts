import type { FastifyInstance } from 'fastify';
import type { Services } from '../services/services.js';
import { sealRoutes } from './seal.js';
import { sealPageRoutes } from './seal-page.js';

/** Routes of sealed bundles. */
export async function sealsPlugin(app: FastifyInstance, services: Services): Promise<void> {
  sealRoutes(app, services);
  sealPageRoutes(app, services);
}
