import type { ResourcePlugin } from '../services/plugin.js';
import { casePageRoutes } from './case-pages.js';
import { caseRoutes } from './cases.js';

/** Routes and pages of cases. */
export const casesPlugin: ResourcePlugin = {
  schemas: [],
  async register(app, services) {
    caseRoutes(app, services);
    casePageRoutes(app, services);
  },
};
