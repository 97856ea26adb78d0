import { Idempotency } from '../../../src/store/idempotency.ts';
import { KyselyDeliveries } from '../../../src/store/kysely-deliveries.ts';
import { holdLeases } from '../../../src/store/lease-owner.ts';
import { openStores } from '../../../src/store/stores.ts';

// Takes all there is to be taken for an hour, says what it took, and lives on until it is killed. `unproved`: it has no
// lock that would tell others when it is gone, as a version that knew of none.
const [place, unproved] = process.argv.slice(2);
const HOUR = 3_600_000;
const at = JSON.parse(place);
const stores = await openStores(at);
if (unproved === undefined) await holdLeases(stores.database, at.dataDir);
const now = new Date();
const job = await stores.queue.take(HOUR);
const rejudgement = await stores.rejudgements.take(HOUR);
const until = new Date(now.getTime() + HOUR).toISOString();
const deliveries = await new KyselyDeliveries(stores.database, stores.events).due(
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
