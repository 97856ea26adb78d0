import { MatchesSchema } from '../services/matches/match-schemas.js';
import type { ResourcePlugin } from '../services/plugin.js';
import { collectionRoutes } from './collections.js';
import { matchRoutes } from './matches.js';

/** Routes of matches and of the collections that files are compared with. */
export const matchesPlugin: ResourcePlugin = {
  schemas: [MatchesSchema],
  async register(app, services) {
    matchRoutes(app, services);
    collectionRoutes(app, services);
  },
};
