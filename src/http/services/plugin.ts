import type { FastifyInstance } from 'fastify';
import type { Services } from './services.js';

/** Routes of one resource with the schemas that they refer to by name. */
export interface ResourcePlugin {
  /** Registered on the app and not in the scope of the routes: Fastify would collect all schemas again for each scope. */
  schemas: readonly object[];
  register(scope: FastifyInstance, services: Services): Promise<void>;
}
