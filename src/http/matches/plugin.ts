import type { FastifyInstance } from 'fastify';
import { MatchesSchema } from '../services/matches/match-schemas.js';
import type { Services } from '../services/services.js';
import { collectionRoutes } from './collections.js';
import { matchRoutes } from './matches.js';

/** Routes of matches and of the collections that files are compared with. */
export async function matchesPlugin(app: FastifyInstance, services: Services): Promise<void> {
  app.addSchema(MatchesSchema);
  matchRoutes(app, services);
  collectionRoutes(app, services);
}
