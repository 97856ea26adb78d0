import { Idempotency } from '../../../src/storage/access/idempotency.ts';
import { holdLeases } from '../../../src/storage/engine/lease-owner.ts';
import { openStores } from '../../../src/storage/stores.ts';
import { DeliveryRepository } from '../../../src/storage/webhooks/kysely-deliveries.ts';

// Takes all available leases for an hour, prints them, and lives on until it is killed. `unproved`: it holds no lock
// that would tell others when it is gone, like a version without such locks.
const [locator, unproved] = process.argv.slice(2);
const HOUR = 3_600_000;
const at = JSON.parse(locator);
const stores = await openStores(at);
if (unproved === undefined) await holdLeases(stores.database, at.dataDir);
const now = new Date();
const job = await stores.queue.take(HOUR);
const rejudgement = await stores.rejudgements.take(HOUR);
const until = new Date(now.getTime() + HOUR).toISOString();
const deliveries = await new DeliveryRepository(stores.database, stores.events).leaseDue(
  9,
  now.toISOString(),
  until,
);
const once = { tenant: 'local', keyId: '', key: 'word', fingerprint: 'f', subject: 's', keptMillis: HOUR };
const { outcome } = await new Idempotency(stores.database).begin(once, now);
process.stdout.write(
  `${JSON.stringify({ job: job?.id, rejudgement: rejudgement?.id, deliveries: deliveries.length, outcome })}\n`,
);
setInterval(() => {}, HOUR);
