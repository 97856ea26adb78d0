import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonText } from '../core/ground/json-line.js';
import type { Report } from '../core/report/report.js';
import type { Speech } from '../say/speech.js';
import type { Batch } from '../store/batches.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { Stores } from '../store/stores.js';
import { reportIn } from './language.js';
import { httpLimits } from './limits.js';
import { csvHead, csvRow } from './report-csv.js';
import { savedPage } from './saved-page.js';
import { reportOf, sendPrivate } from './send-inspection.js';
import type { Services } from './services.js';
import { type Shown, shownTo } from './shown.js';

/** What of a batch is taken along, as its reader may see it. */
interface BatchSource {
  batch: Batch;
  stores: Pick<Stores, 'batches'>;
  shown: (record: InspectionRecord) => Promise<Shown>;
  speech: Speech;
}

interface Item {
  item: number;
  record: InspectionRecord;
  report: Report | undefined;
  derivatives: Shown['derivatives'];
}

/** In the order of the items, so few at once as memory can hold: a Report may be megabytes. */
async function* itemsOf({ batch, stores, shown }: BatchSource): AsyncGenerator<Item> {
  const most = httpLimits.batchResultsAtOnce;
  for (let last = 0; ; ) {
    const some = await stores.batches.items(batch.tenant, batch.id, last, most);
    for (const { item, record: kept } of some) {
      const { record, derivatives } = await shown(kept);
      yield { item, record, derivatives, report: record.report === undefined ? undefined : reportOf(record) };
    }
    if (some.length < most) return;
    last = some.at(-1)?.item ?? last;
  }
}

/** Table programs take text without it for the machine's old code page. */
const BYTE_ORDER_MARK = '\uFEFF';

/** All of a batch as a table, or as an archive of its reports; each is made as fast as its reader takes it. */
export async function sendBatchFiles(
  request: FastifyRequest,
  reply: FastifyReply,
  form: 'csv' | 'zip',
  { batch, speech, services }: { batch: Batch; speech: Speech; services: Services },
): Promise<FastifyReply> {
  const shown = (record: InspectionRecord) => shownTo(request, services, record);
  const source = { batch, speech, shown, stores: services.stores };
  const name = form === 'csv' ? 'assay-files.csv' : 'assay-reports.zip';
  return sendPrivate(reply)
    .type(form === 'csv' ? 'text/csv; charset=utf-8' : 'application/zip')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(form === 'csv' ? batchCsv(source) : await batchZip(source));
}

/** One line a file. */
const batchCsv = (source: BatchSource): Readable =>
  Readable.from(csvLines(source), { objectMode: false, highWaterMark: 64 * 1024 });

async function* csvLines(source: BatchSource): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvHead(['item', 'status']);
  for await (const one of itemsOf(source)) yield line(one, source);
}

function line({ item, record, report }: Item, { speech }: BatchSource): string {
  const told = report && reportIn(report, speech.language);
  return csvRow(told ?? { name: record.request.name }, { item, status: record.status });
}

/**
 * Each report as a page and as JSON, and the table. An entry is made when it is its turn and the one before has gone out:
 * memory holds one report.
 */
async function batchZip(source: BatchSource): Promise<Readable> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const out = new Readable().wrap(zip.outputStream);
  const fill = async () => {
    const lines = [BYTE_ORDER_MARK + csvHead(['item', 'status'])];
    for await (const one of itemsOf(source)) {
      if (out.destroyed) return;
      lines.push(line(one, source));
      if (one.report === undefined) continue;
      const name = entryName(one.item, one.record.request.name);
      const report = reportIn(one.report, source.speech.language);
      await add(`${name}.html`, savedPage(one.record, one.report, await one.derivatives(), source.speech));
      await add(`${name}.json`, jsonText(report));
    }
    await add('files.csv', lines.join(''));
    zip.end();
  };
  /** Comes to its end when the entry has gone out, or nobody reads any more. */
  const add = (name: string, text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      out.once('close', resolve);
      zip.addReadStreamLazy(name, { mtime: new Date(source.batch.createdAt) }, (give) => {
        const content = Readable.from([Buffer.from(text)]);
        content.once('end', () => {
          out.off('close', resolve);
          resolve();
        });
        content.once('error', reject);
        give(null, content);
      });
    });
  fill().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
}

const NAME_CHARACTERS = 80;

/** A name from a file becomes part of a path on somebody's disk: letters, digits and little else. */
function entryName(item: number, name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .slice(0, NAME_CHARACTERS)
    .replace(/[\ud800-\udbff]$/, '')
    // Windows takes off what a name ends with.
    .replace(/[. ]+$/, '');
  return `${String(item).padStart(4, '0')}-${plain === '' ? 'file' : plain}`;
}
