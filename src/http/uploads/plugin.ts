import type { FastifyInstance } from 'fastify';
import type { Services } from '../services/services.js';
import { uploadRoutes } from './uploads.js';

/** Routes of resumable uploads. */
export async function uploadsPlugin(app: FastifyInstance, services: Services): Promise<void> {
  uploadRoutes(app, services);
}
