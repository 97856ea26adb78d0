import type { Database } from '../store/database.js';
import { KyselyWebhooks } from '../store/kysely-webhooks.js';
import type { DeliveryStore } from '../store/webhooks.js';
import { WebhookCourier } from './courier.js';
import { WebhookSender } from './send.js';
import type { AllowedHosts } from './target.js';

/** A courier under way; stopping it closes its connections too. */
export function startCourier(
  { database }: { database: Database },
  deliveries: DeliveryStore,
  allowed: AllowedHosts,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const sender = new WebhookSender(allowed);
  const courier = new WebhookCourier({ webhooks: new KyselyWebhooks(database), deliveries, sender, onError });
  courier.start();
  return {
    stop: async () => {
      await courier.stop();
      await sender.close();
    },
  };
}
