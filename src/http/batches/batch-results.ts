import { Readable } from 'node:stream';
import { formatJsonLine } from '../../base/json-line.js';
import type { Translator } from '../../i18n/translator.js';
import type { Batch } from '../../storage/inspections/batches.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { Stores } from '../../storage/stores.js';
import { toEnvelope } from '../contract/inspection-envelope.js';
import { httpLimits } from '../contract/limits.js';
import { buildBatchEnvelope } from './batch-schemas.js';

/**
 * Streams one line per item in their order, read from the database only as fast as the client takes them. The last line
 * is the batch; if it is missing, the stream was cut.
 */
export function streamBatchResults(
  batch: Batch,
  after: number,
  stores: Pick<Stores, 'batches' | 'inspections'>,
  asShown: (record: InspectionRecord) => Promise<InspectionRecord>,
  translator: Translator,
) {
  return Readable.from(resultLines(batch, after, stores, asShown, translator), {
    objectMode: false,
    highWaterMark: 64 * 1024,
  });
}

async function* resultLines(
  batch: Batch,
  after: number,
  { batches, inspections }: Pick<Stores, 'batches' | 'inspections'>,
  asShown: (record: InspectionRecord) => Promise<InspectionRecord>,
  translator: Translator,
): AsyncGenerator<string> {
  const most = httpLimits.batchResultsAtOnce;
  for (let last = after; ; ) {
    const some = await batches.items(batch.tenant, batch.id, last, most);
    for (const { record } of some) yield formatJsonLine(toEnvelope(await asShown(record), translator));
    if (some.length < most) break;
    last = some.at(-1)?.item ?? last;
  }
  const now = (await batches.get(batch.tenant, batch.id)) ?? batch;
  yield formatJsonLine(await buildBatchEnvelope(now, inspections));
}
