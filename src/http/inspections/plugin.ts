import type { ResourcePlugin } from '../services/plugin.js';
import { createInspectionRoute } from './create-inspection.js';
import { inspectionDeskRoutes } from './inspection-desk.js';
import { inspectionRoutes } from './inspections.js';
import { noteFormRoutes } from './note-form.js';
import { retryInspectionRoute } from './retry-route.js';

/** Routes of inspections, their notes, retries and rechecks. */
export const inspectionsPlugin: ResourcePlugin = {
  schemas: [],
  async register(app, services) {
    createInspectionRoute(app, services);
    inspectionRoutes(app, services);
    inspectionDeskRoutes(app, services);
    retryInspectionRoute(app, services);
    noteFormRoutes(app, services);
  },
};
