import type { FastifyInstance } from 'fastify';
import { registerJsonParser } from '../contract/json-body.js';
import type { Services } from '../services/services.js';
import { eventRoutes } from './events.js';
import { webhookDeliveryRoutes } from './webhook-deliveries.js';
import { WebhookMessageSchema } from './webhook-schemas.js';
import { webhookRoutes } from './webhooks.js';

/** Routes of webhooks, their deliveries and the stream of events. */
export async function webhooksPlugin(app: FastifyInstance, services: Services): Promise<void> {
  app.addSchema(WebhookMessageSchema);
  eventRoutes(app, services);
  await app.register(async (scope) => {
    registerJsonParser(scope);
    webhookRoutes(scope, services);
    webhookDeliveryRoutes(scope, services);
  });
}
