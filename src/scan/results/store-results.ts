import { fromRecordPath } from '../../base/path-text.js';
import type { EncryptedBytes, SecretKeys } from '../../base/secrets/secret-keys.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { message } from '../../i18n/message.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import { sealManifest } from '../../storage/scans/scan-manifests.js';
import type { DatabaseScan, ScannedFile, ScanRecordRow } from '../../storage/scans/scans.js';
import { collectChanges, RunChanges } from '../compare/run-changes.js';
import type { RecentFiles } from '../duplicates/recent-files.js';
import {
  addFirstFile,
  copyRecord,
  dependsOnBytesAlone,
  type FirstFile,
  findFirst,
} from '../duplicates/same-content.js';
import { recordLine } from '../lines/answer-line.js';
import { parseLine } from '../lines/parse.js';
import { answerRecord, type LeftFile, type ScanAnswer } from '../records/answer.js';
import { errorRecord } from '../records/error-record.js';
import type { ScanRecord } from '../records/record.js';
import type { AttachmentBytes } from '../records/record-attachments.js';
import { toFingerprintSet } from '../records/record-fingerprints.js';
import { countRecord, createTally, subtractTally } from '../records/tally.js';
import { hashContent } from '../sources/content-hash.js';
import { type Entry, entryName } from '../sources/entry.js';
import type { GoneQuery } from '../sources/roots.js';
import type { RedoAction } from './redo.js';
import type { DueAction, ScanResults, WrittenRecordFacts } from './results.js';
import { rowOutcome } from './row-outcome.js';
import { markGone, storedChanges } from './store-changes.js';

/** Records that may be lost if the process is killed; their files are read again. */
const ROWS_PER_WRITE = 100;
const WRITE_MILLIS = 1_000;
/** Attachment bytes held in memory before a write; one manifest store may take megabytes more. */
export const MAX_ATTACHMENT_BYTES = 32 * 1024 * 1024;

export interface StoreResultsOptions {
  store: ScanRepository;
  scan: DatabaseScan;
  /**
   * `none` for a new scan without files, `ask` to query each file, or a map with everything known about the expected
   * files.
   */
  known: 'none' | 'ask' | ReadonlyMap<string, ScannedFile>;
  /** Returns whether the record of an unchanged file is to be renewed. */
  redo?(known: ScannedFile): RedoAction | undefined;
  /** Whether files left out because of their first bytes stay left out, in this run and with this version. */
  leaves?: boolean;
  /** Recently read files of this scan in this process. */
  recentFiles: RecentFiles;
  /** Keys that encrypt manifest stores; absent if none are stored. */
  keys?: SecretKeys | undefined;
  /** Called when the scan has finished or was left; all records are stored by then. */
  onEnd?(end: 'finished' | 'left'): Promise<void>;
}

/** Results in the database, written in batches: one row per file, however often and by whichever process it is written. */
export class StoreResults implements ScanResults {
  readonly tally = createTally();
  changes: RunChanges | undefined;
  readonly #options: StoreResultsOptions;
  #rows: ScanRecordRow[] = [];
  /** Attachment bytes of the waiting rows. */
  #besideBytes = 0;
  #written = Date.now();
  readonly #dropped = new RunChanges();
  /** Paths of files whose reading process failed later and that have not been reread yet. */
  readonly #doubted = new Set<string>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: StoreResultsOptions) {
    this.#options = options;
  }

  get run(): number {
    return this.#options.scan.run;
  }

  async begin(): Promise<void> {}

  async due(entry: Entry): Promise<DueAction> {
    const known = await this.#knownOf(entry.path);
    const isDone =
      known !== undefined &&
      known.outcome !== 'error' &&
      known.outcome !== 'gone' &&
      (known.outcome !== 'left' || this.#options.leaves === true) &&
      known.bytes === entry.bytes &&
      known.modified === entry.modified;
    if (!isDone) return 'read';
    const redo = this.#options.redo?.(known);
    if (redo !== 'rejudge') return redo ?? 'nothing';
    const text = await this.#recordOf(entry.path);
    const line = text === undefined ? undefined : parseLine(text);
    return line?.is === 'record' ? { rejudge: line.record } : 'read';
  }

  hasDuplicateOrder(bytes: number): boolean {
    return !this.#options.recentFiles.sizes.isHopeless(bytes);
  }

  async sameContent(entry: Entry, local: string, taken?: string): Promise<ScanAnswer | undefined> {
    const { recentFiles: twins } = this.#options;
    const { bytes } = entry;
    if (taken === undefined && (twins.sizes.isHopeless(bytes) || !twins.hasSize(bytes))) return undefined;
    const sha256 = taken ?? (await hashContent(entry, local));
    if (sha256 === undefined || (await this.#held(sha256)) === undefined) {
      if (taken === undefined) twins.sizes.missed(bytes);
      return undefined;
    }
    twins.sizes.found(bytes);
    const { first } = await findFirst(sha256, entryName(entry), (key) => this.#held(key));
    return first && copyRecord(first.record, entry);
  }

  /** Returns the record that represents the bytes of a content key (`findFirst`). */
  async #held(key: string): Promise<(FirstFile & { record: ScanRecord }) | undefined> {
    const path = this.#options.recentFiles.pathOf(key);
    const text = path === undefined ? undefined : await this.#recordOf(path);
    const line = text === undefined ? undefined : parseLine(text);
    if (path === undefined || line?.is !== 'record') return undefined;
    const { record } = line;
    // The file may have changed since, so its digest is compared.
    return key.startsWith(record.asset.sha256) ? { path, asset: record.asset, record } : undefined;
  }

  async addFirst(answer: ScanAnswer): Promise<ScanAnswer> {
    if ('error' in answer || answer.record.duplicateOf !== undefined || !dependsOnBytesAlone(answer.record))
      return answer;
    const { entry, record } = answer;
    const { sha256, bytes } = record.asset;
    const { recentFiles: twins } = this.#options;
    const { key, first } = await findFirst(sha256, record.asset.name, async (one) => {
      const path = twins.pathOf(one);
      // Its record is an error until it is reread, but it remains the first file with its bytes.
      if (path !== undefined && this.#doubted.has(path))
        return { path, asset: { ...record.asset, name: entryName({ path }) } };
      return this.#held(one);
    });
    if (first !== undefined && first.path !== entry.path) return addFirstFile(answer, first);
    twins.set(key, entry.path, bytes);
    return answer;
  }

  async write(answer: ScanAnswer): Promise<boolean> {
    countRecord(this.tally, answerRecord(answer));
    this.#doubted.delete('record' in answer ? answer.entry.path : answer.path);
    const row = toScanRow(answer, (path, store) => this.#sealed(path, store));
    this.#rows.push(row);
    this.#besideBytes += attachmentBytes(row);
    const isMany = this.#rows.length >= ROWS_PER_WRITE || this.#besideBytes >= MAX_ATTACHMENT_BYTES;
    if (isMany || Date.now() - this.#written > WRITE_MILLIS) await this.flush();
    return true;
  }

  #sealed(path: string, store: Uint8Array): EncryptedBytes | undefined {
    const { keys, scan } = this.#options;
    return keys && sealManifest(keys, { tenant: scan.tenant, scan: scan.id, path }, store);
  }

  /** Stores an error in place of the records, so that a resumed scan reads the files again. */
  async doubt(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      this.#doubted.add(path);
      this.#rows.push(toScanRow({ path, error: doubtfulRecord(path) }));
    }
    await this.flush();
  }

  /** Writes the record even if it does not differ, because `doubt` has replaced the earlier one. */
  async writeReread(answer: ScanAnswer, before: WrittenRecordFacts | undefined): Promise<boolean> {
    if (before !== undefined) subtractTally(this.tally, before.tally);
    return this.write(answer);
  }

  /** Writes batches one after another, so that an earlier record of a path does not overwrite a later one. */
  flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    this.#besideBytes = 0;
    this.#written = Date.now();
    const { store, scan } = this.#options;
    const written = this.#writing.then(() => store.put(scan, rows));
    this.#writing = written.catch(() => {});
    return written;
  }

  async handleGone(asked: GoneQuery): Promise<void> {
    await this.flush();
    const { store, scan } = this.#options;
    await markGone(store, scan, asked, (before) => this.#dropped.add(before));
  }

  async finish(): Promise<void> {
    await this.flush();
    const { store, scan } = this.#options;
    if (scan.run > 1) this.changes = await collectChanges(storedChanges(store, scan), this.#dropped);
    await this.#options.onEnd?.('finished');
  }

  async leave(): Promise<void> {
    await this.flush();
    await this.#options.onEnd?.('left');
  }

  /** Returns the record waiting to be written, else the stored one. */
  async #recordOf(path: string): Promise<string | undefined> {
    const waiting = this.#rows.findLast((row) => row.path === path);
    if (waiting !== undefined) return waiting.record;
    await this.#writing;
    const { store, scan } = this.#options;
    return store.record(scan.number, path);
  }

  async #knownOf(path: string): Promise<ScannedFile | undefined> {
    const { known, store, scan } = this.#options;
    if (known === 'none') return undefined;
    // Lists made before contain no members of archives.
    if (known !== 'ask' && !path.includes('!/')) return known.get(path);
    return (await store.knownFiles(scan.number, [path])).get(path);
  }
}

const doubtfulRecord = (path: string): ErrorRecord =>
  errorRecord(path, 'internal', message('scan.lost.inDoubt'));

/** Returns the row of a record. `seal` encrypts the manifest store of a path; without it none is stored. */
export function toScanRow(
  answer:
    | { entry: Pick<Entry, 'modified'>; record: ScanRecord; beside?: AttachmentBytes }
    | { path: string; error: ErrorRecord; left?: LeftFile },
  seal?: (path: string, store: Uint8Array) => EncryptedBytes | undefined,
): ScanRecordRow {
  if ('error' in answer) {
    const { error, path, left } = answer;
    return {
      path,
      bytes: left?.bytes ?? -1,
      modified: left?.modified ?? 0,
      outcome: left === undefined ? 'error' : 'left',
      errorCode: error.code,
      record: recordLine(error).trimEnd(),
    };
  }
  const { entry, record } = answer;
  const { asset, summary, contentCredentials: credentials } = record;
  return {
    path: fromRecordPath(record),
    bytes: asset.bytes,
    modified: entry.modified,
    outcome: rowOutcome(record),
    sha256: asset.sha256,
    kind: asset.kind,
    origin: summary.origin,
    ...(summary.backing === undefined ? {} : { backing: summary.backing }),
    presence: credentials.presence,
    ...(credentials.integrity === undefined ? {} : { integrity: credentials.integrity }),
    ...(credentials.signer === undefined ? {} : { signer: credentials.signer }),
    record: recordLine(record).trimEnd(),
    ...attachmentsMember(answer, seal),
  };
}

/** Returns the bytes of a row's attachments. */
export const attachmentBytes = ({ attachments: { preview, manifest } = {} }: ScanRecordRow): number =>
  (preview?.length ?? 0) + (manifest?.bytes.length ?? 0);

function attachmentsMember(
  { record, beside: { preview, manifestStore } = {} }: { record: ScanRecord; beside?: AttachmentBytes },
  seal: Parameters<typeof toScanRow>[1],
): Pick<ScanRecordRow, 'attachments'> {
  const { fingerprint } = record;
  const manifest = manifestStore && seal?.(fromRecordPath(record), manifestStore);
  const beside = {
    ...(fingerprint && { fingerprints: toFingerprintSet(fingerprint) }),
    ...(preview && { preview }),
    ...(manifest && { manifest }),
  };
  return Object.keys(beside).length === 0 ? {} : { attachments: beside };
}
