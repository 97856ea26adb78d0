import type { ResourcePlugin } from '../services/plugin.js';
import { uploadRoutes } from './uploads.js';

/** Routes of resumable uploads. */
export const uploadsPlugin: ResourcePlugin = {
  schemas: [],
  async register(app, services) {
    uploadRoutes(app, services);
  },
};
