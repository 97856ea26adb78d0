import { openStores } from '../../../src/storage/stores.ts';

// Records one audit event after another for as long as it lives, and prints each that is stored; also notes read
// accesses.
const [locator, name] = process.argv.slice(2);
const stores = await openStores(JSON.parse(locator));
await stores.log.start({ alone: false });
const event = { tenant: 'a', subject: name };
for (let n = 1; ; n += 1) {
  const at = new Date().toISOString();
  await stores.database.query
    .transaction()
    .execute((inside) => stores.log.append(inside, { ...event, at, action: 'note.written', facts: { n } }));
  process.stdout.write(`${n}\n`);
  for (let more = 0; more < 40; more += 1)
    stores.log.queueEvent({
      ...event,
      at,
      action: 'inspection.viewed',
      operation: 'x',
      status: 200,
      requestId: 'r',
    });
  if (n % 3 === 0) await stores.log.flush();
}
