import { fault, type ReadFault } from '../../base/fault.js';
import { fromRecordPath } from '../../base/path-text.js';
import { type EncryptedBytes, SecretError, type SecretKeys } from '../../base/secrets/secret-keys.js';
import { message } from '../../i18n/message.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { isWebp } from '../../storage/fingerprints/collection-checks.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import { openManifest, sealManifest } from '../../storage/scans/scan-manifests.js';
import { ATTACHMENT_LIMITS, type DatabaseScan, type ScanRecordRow } from '../../storage/scans/scans.js';
import { readLiveLines } from '../lines/latest-records.js';
import { parseLine } from '../lines/parse.js';
import { ResultsError } from '../lines/results-error.js';
import type { Header, ScanSummary } from '../records/header.js';
import {
  ATTACHMENT_KINDS,
  type AttachmentKind,
  type RecordAttachments,
} from '../records/record-attachments.js';
import { createGoneRow } from './store-changes.js';
import { attachmentBytes, MAX_ATTACHMENT_BYTES, toScanRow } from './store-results.js';
import { StoredAttachments } from './stored-attachments.js';

const MAX_BATCH_ROWS = 200;

export interface ImportedScan {
  scan: DatabaseScan;
  records: number;
  /** Whether the last line was a summary. */
  isWhole: boolean;
}

/**
 * Imports results of a file as a scan of the tenant, keeping its id. Returns `exists` if any tenant already has a scan
 * of that id. Throws `ResultsError` if the file has no valid results; nothing is stored then.
 */
export async function importResults(
  path: string,
  tenant: string,
  store: ScanRepository,
  keys?: SecretKeys,
): Promise<ImportedScan | { exists: string }> {
  const { first, last, summary } = await readEnds(path);
  if ((await store.get(first.scan)) !== undefined) return { exists: first.scan };
  // Attachments are opened before the scan is created, so that a read error leaves no partial scan.
  const beside = StoredAttachments.openExisting(path);
  try {
    const scan = await store.create({ id: first.scan, tenant, header: JSON.stringify(last) }, first.begun);
    try {
      const pieces = beside && attachmentLookup(beside, { tenant, scan: scan.id }, keys);
      for await (const rows of readRows(path, pieces)) await store.put(scan, rows);
      if (summary !== undefined) {
        await store.setStatus(scan.number, 'running', summary.ended);
        await store.setStatus(scan.number, 'done', summary.ended);
      }
    } catch (error) {
      await store.delete(scan.number);
      throw error;
    }
    const { files, gone } = await store.counts(scan.number);
    return { scan, records: files + gone, isWhole: summary !== undefined };
  } finally {
    beside?.close();
  }
}

const HEADER_OR_SUMMARY = /^\{"schema":"assay\.scan(?:-summary)?\/1"/;

/** The options of the last run apply to all records. */
async function readEnds(path: string): Promise<{ first: Header; last: Header; summary?: ScanSummary }> {
  const headers: Header[] = [];
  let summary: ScanSummary | undefined;
  for await (const { text, offset } of readLiveLines(path)) {
    if (offset > 0 && !HEADER_OR_SUMMARY.test(text)) continue;
    const line = parseLine(text);
    if (line?.is !== 'header' && line?.is !== 'summary')
      throw new ResultsError(message('scan.results.none', { path, at: String(offset) }));
    summary = line.is === 'summary' ? line.summary : undefined;
    if (line.is === 'header') headers.push(line.header);
  }
  const [first] = headers;
  const last = headers.at(-1);
  if (first === undefined || last === undefined)
    throw new ResultsError(message('scan.results.empty', { path }));
  return { first, last, ...(summary && { summary }) };
}

/** Returns the attachments of a path, with the manifest store encrypted for this installation. */
type AttachmentLookup = (path: string) => AttachmentsOfRecord;
interface AttachmentsOfRecord {
  preview?: Buffer | undefined;
  manifest?: EncryptedBytes | 'not-opened' | undefined;
}

/**
 * Manifest stores are encrypted per tenant; for another tenant they are decrypted and encrypted again with the current
 * key.
 */
function attachmentLookup(
  beside: StoredAttachments,
  { tenant, scan }: { tenant: string; scan: string },
  keys: SecretKeys | undefined,
): AttachmentLookup {
  const sealedHere = (path: string): AttachmentsOfRecord['manifest'] => {
    const sealed = beside.manifest(path);
    if (sealed === undefined || tenant === LOCAL_TENANT) return sealed;
    if (keys === undefined) return 'not-opened';
    try {
      const store = openManifest(keys, { tenant: LOCAL_TENANT, scan, path }, sealed);
      return sealManifest(keys, { tenant, scan, path }, store);
    } catch (error) {
      if (error instanceof SecretError) return 'not-opened';
      throw error;
    }
  };
  return (path) => ({ preview: validPreview(beside.preview(path)), manifest: sealedHere(path) });
}

/** Anything that is not a small WebP picture is dropped, since pages will show it and the file may come from anyone. */
const validPreview = (bytes: Buffer | undefined): Buffer | undefined =>
  bytes !== undefined && bytes.length <= ATTACHMENT_LIMITS.previewBytes && isWebp(bytes) ? bytes : undefined;

/** Yields rows in order; if a path occurs twice, the later record replaces the earlier. */
async function* readRows(
  path: string,
  pieces: AttachmentLookup | undefined,
): AsyncGenerator<ScanRecordRow[]> {
  let rows: ScanRecordRow[] = [];
  let bytes = 0;
  for await (const { text, offset } of readLiveLines(path)) {
    const line = parseLine(text);
    if (line === undefined)
      throw new ResultsError(message('scan.results.damaged', { path, at: String(offset) }));
    if (line.is === 'header' || line.is === 'summary') continue;
    const row = rowFromLine(line, pieces);
    rows.push(row);
    bytes += attachmentBytes(row);
    if (rows.length < MAX_BATCH_ROWS && bytes < MAX_ATTACHMENT_BYTES) continue;
    yield rows;
    rows = [];
    bytes = 0;
  }
  yield rows;
}

function rowFromLine(
  line: Extract<ReturnType<typeof parseLine>, { is: 'record' | 'error' }>,
  pieces: AttachmentLookup | undefined,
): ScanRecordRow {
  if (line.is === 'error') return toScanRow({ path: fromRecordPath(line.record), error: line.record });
  const { kept } = line.record;
  const isGone = line.record.gone !== undefined;
  const found: AttachmentsOfRecord | undefined =
    kept === undefined || isGone ? undefined : pieces?.(fromRecordPath(line.record));
  const preview = kept?.preview && found?.preview;
  const had = kept?.manifestStore && found?.manifest;
  const manifest = had === 'not-opened' ? undefined : had;
  const whyNot = fault(had === 'not-opened' ? 'stored.notOpened' : 'stored.gone');
  const told = kept && importedAttachments(kept, { preview, manifestStore: manifest }, whyNot);
  const { kept: _, ...rest } = line.record;
  const record = { ...rest, ...(told && { kept: told }) };
  if (isGone) return createGoneRow(record);
  const entry = { modified: Date.parse(record.modified) };
  const beside = { ...(preview && { preview }), ...(manifest && { manifestStore: manifest.bytes }) };
  return toScanRow({ entry, record, beside }, () => manifest);
}

/**
 * Updates the record's entry if an attachment could not be imported. `noManifest` is the reason for a missing manifest
 * store.
 */
function importedAttachments(
  kept: RecordAttachments,
  here: Record<AttachmentKind, unknown>,
  noManifest: ReadFault,
): RecordAttachments {
  const lost = ATTACHMENT_KINDS.filter((piece) => kept[piece] === true && here[piece] === undefined);
  const why = (piece: AttachmentKind) => (piece === 'manifestStore' ? noManifest : fault('stored.gone'));
  const missing = [...(kept.missing ?? []), ...lost.map((of) => ({ of, ...why(of) }))].slice(
    0,
    ATTACHMENT_KINDS.length,
  );
  const there = ATTACHMENT_KINDS.filter((piece) => kept[piece] === true && !lost.includes(piece));
  return {
    ...Object.fromEntries(there.map((piece) => [piece, true as const])),
    ...(missing.length === 0 ? {} : { missing }),
  };
}
