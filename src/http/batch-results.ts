import { Readable } from 'node:stream';
import { jsonLine } from '../core/ground/json-line.js';
import type { Speech } from '../say/speech.js';
import type { Batch } from '../store/batches.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { Stores } from '../store/stores.js';
import { batchEnvelope } from './batch-schemas.js';
import { envelope } from './inspection-envelope.js';
import { httpLimits } from './limits.js';

/**
 * One line an item, in the order they were given, read from the database only as fast as the client takes them. The last
 * line is the batch: where it is missing, the stream was cut.
 */
export function batchResults(
  batch: Batch,
  after: number,
  stores: Pick<Stores, 'batches' | 'inspections'>,
  asShown: (record: InspectionRecord) => Promise<InspectionRecord>,
  speech: Speech,
) {
  return Readable.from(lines(batch, after, stores, asShown, speech), {
    objectMode: false,
    highWaterMark: 64 * 1024,
  });
}

async function* lines(
  batch: Batch,
  after: number,
  { batches, inspections }: Pick<Stores, 'batches' | 'inspections'>,
  asShown: (record: InspectionRecord) => Promise<InspectionRecord>,
  speech: Speech,
): AsyncGenerator<string> {
  const most = httpLimits.batchResultsAtOnce;
  for (let last = after; ; ) {
    const some = await batches.items(batch.tenant, batch.id, last, most);
    for (const { record } of some) yield jsonLine(envelope(await asShown(record), speech));
    if (some.length < most) break;
    last = some.at(-1)?.item ?? last;
  }
  const now = (await batches.get(batch.tenant, batch.id)) ?? batch;
  yield jsonLine(await batchEnvelope(now, inspections));
}
