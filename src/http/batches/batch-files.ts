import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatJson } from '../../base/json-line.js';
import type { StoredReport } from '../../core/report/report.js';
import type { Translator } from '../../i18n/translator.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import type { Batch } from '../../storage/inspections/batches.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { Stores } from '../../storage/stores.js';
import { httpLimits } from '../contract/limits.js';
import { formatCsvHead, formatCsvRow } from '../responses/report-csv.js';
import { renderSavedPage } from '../responses/saved-page.js';
import { sendPrivate } from '../responses/send-inspection.js';
import { type DisclosedInspection, discloseInspection } from '../services/disclosure.js';
import { localizeReportFor } from '../services/language.js';
import type { Services } from '../services/services.js';

/** A batch to export, as its reader may see it. */
interface BatchSource {
  batch: Batch;
  stores: Pick<Stores, 'batches'>;
  shown: (record: InspectionRecord) => Promise<DisclosedInspection>;
  speech: Translator;
}

interface Item {
  item: number;
  record: InspectionRecord;
  report: StoredReport | undefined;
  derivatives: DisclosedInspection['derivatives'];
}

/** Reads the items in order and in small groups, because memory bounds them: a Report may be megabytes. */
async function* readItems({ batch, stores, shown }: BatchSource): AsyncGenerator<Item> {
  const batchSize = httpLimits.batchResultsAtOnce;
  for (let last = 0; ; ) {
    const some = await stores.batches.items(batch.tenant, batch.id, last, batchSize);
    for (const { item, record: kept } of some) {
      const { record, derivatives } = await shown(kept);
      yield {
        item,
        record,
        derivatives,
        report: record.report === undefined ? undefined : requireStoredReport(record),
      };
    }
    if (some.length < batchSize) return;
    last = some.at(-1)?.item ?? last;
  }
}

/** Spreadsheet programs read text without it in the legacy code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Sends a batch as a table, or as an archive of its reports; each is produced as fast as its reader takes it. */
export async function sendBatchFiles(
  request: FastifyRequest,
  reply: FastifyReply,
  form: 'csv' | 'zip',
  { batch, speech, services }: { batch: Batch; speech: Translator; services: Services },
): Promise<FastifyReply> {
  const shown = (record: InspectionRecord) => discloseInspection(request, services, record);
  const source = { batch, speech, shown, stores: services.stores };
  const name = form === 'csv' ? 'assay-files.csv' : 'assay-reports.zip';
  return sendPrivate(reply)
    .type(form === 'csv' ? 'text/csv; charset=utf-8' : 'application/zip')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(form === 'csv' ? streamBatchCsv(source) : await streamBatchZip(source));
}

/** One line per file. */
const streamBatchCsv = (source: BatchSource): Readable =>
  Readable.from(formatCsvLines(source), { objectMode: false, highWaterMark: 64 * 1024 });

async function* formatCsvLines(source: BatchSource): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + formatCsvHead(['item', 'status']);
  for await (const one of readItems(source)) yield formatLine(one, source);
}

function formatLine({ item, record, report }: Item, { speech }: BatchSource): string {
  const told = report && localizeReportFor(report, speech.language);
  return formatCsvRow(told ?? { name: record.request.name }, { item, status: record.status });
}

/**
 * Archives each report as a page and as JSON, and the table. An entry is made after the one before was sent, so memory
 * holds one report.
 */
async function streamBatchZip(source: BatchSource): Promise<Readable> {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const out = new Readable().wrap(zip.outputStream);
  const fill = async () => {
    const lines = [BYTE_ORDER_MARK + formatCsvHead(['item', 'status'])];
    for await (const one of readItems(source)) {
      if (out.destroyed) return;
      lines.push(formatLine(one, source));
      if (one.report === undefined) continue;
      const name = toEntryName(one.item, one.record.request.name);
      const report = localizeReportFor(one.report, source.speech.language);
      await add(
        `${name}.html`,
        renderSavedPage(one.record, one.report, await one.derivatives(), source.speech),
      );
      await add(`${name}.json`, formatJson(report));
    }
    await add('files.csv', lines.join(''));
    zip.end();
  };
  /** Resolves when the entry was sent, or the reader has gone. */
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

/**
 * A name from a file becomes part of a path on the reader's disk, so only letters, digits and a few other characters
 * stay.
 */
function toEntryName(item: number, name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .slice(0, NAME_CHARACTERS)
    .replace(/[\ud800-\udbff]$/, '')
    // Windows strips trailing dots and spaces of a name.
    .replace(/[. ]+$/, '');
  return `${String(item).padStart(4, '0')}-${plain === '' ? 'file' : plain}`;
}
