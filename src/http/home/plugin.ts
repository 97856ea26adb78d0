import type { FastifyInstance } from 'fastify';
import type { Services } from '../services/services.js';
import { formRoutes } from './form-route.js';
import { historyRoutes } from './history-route.js';
import { signInRoutes } from './sign-in-route.js';

/** Pages that begin at the form: upload, history, sign-in. */
export async function homePlugin(app: FastifyInstance, services: Services): Promise<void> {
  // The parser of its forms is for its own routes.
  await app.register(async (scope) => formRoutes(scope, services));
  historyRoutes(app, services);
  signInRoutes(app, services);
}
