import type { ResourcePlugin } from '../services/plugin.js';
import { formRoutes } from './form-route.js';
import { historyRoutes } from './history-route.js';
import { signInRoutes } from './sign-in-route.js';

/** Pages that begin at the form: upload, history, sign-in. */
export const homePlugin: ResourcePlugin = {
  schemas: [],
  async register(app, services) {
    // The parser of its forms is for its own routes.
    await app.register(async (scope) => formRoutes(scope, services));
    historyRoutes(app, services);
    signInRoutes(app, services);
  },
};
