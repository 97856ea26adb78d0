import type { FastifyInstance } from 'fastify';
import type { Services } from '../services/services.js';
import { createInspectionRoute } from './create-inspection.js';
import { inspectionDeskRoutes } from './inspection-desk.js';
import { inspectionRoutes } from './inspections.js';
import { noteFormRoutes } from './note-form.js';
import { retryInspectionRoute } from './retry-route.js';

/** Routes of inspections, their notes, retries and rechecks. */
export async function inspectionsPlugin(app: FastifyInstance, services: Services): Promise<void> {
  createInspectionRoute(app, services);
  inspectionRoutes(app, services);
  inspectionDeskRoutes(app, services);
  retryInspectionRoute(app, services);
  noteFormRoutes(app, services);
}
