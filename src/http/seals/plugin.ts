import type { ResourcePlugin } from '../services/plugin.js';
import { sealRoutes } from './seal.js';
import { sealPageRoutes } from './seal-page.js';

/** Routes of sealed bundles. */
export const sealsPlugin: ResourcePlugin = {
  schemas: [],
  async register(app, services) {
    sealRoutes(app, services);
    sealPageRoutes(app, services);
  },
};
