import type { FastifyInstance } from 'fastify';
import { PublishedRulebookSchema } from '../../core/law/rulebooks/published.js';
import type { Services } from '../services/services.js';
import { lawRoutes } from './law-route.js';
import { RejudgementSchema } from './rejudgement-schemas.js';
import { rejudgementRoutes } from './rejudgements.js';
import { rulebookRoutes } from './rulebooks.js';
import { signalRoutes } from './signals.js';

/** Routes of law: rulebooks, signals, rejudgements and the law page. */
export async function lawPlugin(app: FastifyInstance, services: Services): Promise<void> {
  app.addSchema(PublishedRulebookSchema);
  app.addSchema(RejudgementSchema);
  rulebookRoutes(app);
  rejudgementRoutes(app, services);
  signalRoutes(app);
  lawRoutes(app, services);
}
