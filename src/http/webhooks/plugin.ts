import { registerJsonParser } from '../contract/json-body.js';
import type { ResourcePlugin } from '../services/plugin.js';
import { eventRoutes } from './events.js';
import { webhookDeliveryRoutes } from './webhook-deliveries.js';
import { WebhookMessageSchema } from './webhook-schemas.js';
import { webhookRoutes } from './webhooks.js';

/** Routes of webhooks, their deliveries and the stream of events. */
export const webhooksPlugin: ResourcePlugin = {
  schemas: [WebhookMessageSchema],
  async register(app, services) {
    eventRoutes(app, services);
    await app.register(async (scope) => {
      registerJsonParser(scope);
      webhookRoutes(scope, services);
      webhookDeliveryRoutes(scope, services);
    });
  },
};
