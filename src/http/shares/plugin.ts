import type { ResourcePlugin } from '../services/plugin.js';
import { sharePageRoutes } from './share-pages.js';
import { sharedReportRoutes } from './shared-report.js';
import { shareRoutes } from './shares.js';

/** Routes of links to Reports. If sharing is off no such route exists, so links made earlier stop working too. */
export const sharesPlugin: ResourcePlugin = {
  schemas: [],
  async register(app, services) {
    shareRoutes(app, services);
    sharePageRoutes(app, services);
    sharedReportRoutes(app, services);
  },
};
