import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { formatJsonLine } from '../../base/json-line.js';
import { fromRecordPath } from '../../base/path-text.js';
import type { SecretKeys } from '../../base/secrets/secret-keys.js';
import { message } from '../../i18n/message.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import type { FileLock } from '../../storage/engine/file-lock.js';
import { sealManifest } from '../../storage/scans/scan-manifests.js';
import { collectChanges, type RunChanges } from '../compare/run-changes.js';
import {
  addFirstFile,
  copyRecord,
  dependsOnBytesAlone,
  type FirstFile,
  FruitlessSizes,
  findFirst,
} from '../duplicates/same-content.js';
import { recordLine } from '../lines/answer-line.js';
import { compressionOfBytes } from '../lines/compressed.js';
import {
  deltaPath,
  headLine,
  isDeadLine,
  mergeLine,
  parseDeltaLine,
  readDelta,
  recordChangesIn,
  type Superseded,
  supersededLine,
} from '../lines/delta.js';
import { readLines } from '../lines/lines.js';
import { fileStamp } from '../lines/live-lines.js';
import { type ParsedLine, parseLine } from '../lines/parse.js';
import { ResultsError } from '../lines/results-error.js';
import { TextReader } from '../lines/text-at.js';
import { answerRecord, type LeftFile, type ScanAnswer } from '../records/answer.js';
import type { Header, ScanSummary, Tally } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';
import { recordSidecars } from '../records/summary-record.js';
import { countRecord, createTally, subtractTally, tallyOf } from '../records/tally.js';
import { hashContent } from '../sources/content-hash.js';
import { type Entry, entryName } from '../sources/entry.js';
import type { GoneQuery } from '../sources/roots.js';
import { lockResults } from './lock.js';
import { compact, completeMerge, mergeJournal, type OnStep, syncFolder, writeAll } from './merge.js';
import type { JudgedRuns, RedoAction } from './redo.js';
import type { DueAction, ScanResults, WrittenRecordFacts } from './results.js';
import { rowOutcome } from './row-outcome.js';
import { type RecordPosition, ResultsIndex, type StateRow } from './state.js';
import { partialPath, StoredAttachments } from './stored-attachments.js';

const fdatasyncAsync = promisify(fdatasync);
/** Writing since the last sync may be lost in a power failure; a killed process loses nothing that was written. */
const SYNC_MILLIS = 2_000;
/** Number of runs whose headers are always kept. */
const MIN_RUNS = 32;
/** Share of superseded lines above which results are compacted without a request. */
const MAX_DEAD_SHARE = 0.5;

export interface FileResultsOptions {
  out: string;
  /** Continue existing results, finished or not; otherwise none may exist. */
  resume: boolean;
  overwrite: boolean;
  /**
   * Store pictures and manifest stores, the latter encrypted with `keys`. Attachments stored earlier follow their file
   * in any case.
   */
  attachments?: { keys?: SecretKeys | undefined } | undefined;
  /** Returns whether a row is to be renewed although its file is unchanged. */
  redo?(row: StateRow, runs: JudgedRuns): RedoAction | undefined;
  /** For tests: called between two writing steps to inspect what a killed process leaves. */
  onStep?: OnStep;
}

/** Sizes of the files that a scan leaves, in bytes. */
export interface ResultSizes {
  results: number;
  /** Bytes of superseded lines in the results. */
  dead: number;
  state: number;
}

/** File to which a run appends lines, and its end. */
interface GrowingFile {
  path: string;
  file: number;
  end: number;
}

/**
 * Results in a file. The first run appends to `OUT.partial`, writing each line at once, and renames it to OUT when the
 * scan is complete, so that OUT is never incomplete. A later run leaves OUT unchanged and writes a journal next to it,
 * which is merged at the end (merge.ts), so that the cost depends on the changes and not on the size. `OUT.state` is an
 * index of both.
 */
export class FileResults implements ScanResults {
  tally = createTally();
  changes: RunChanges | undefined;
  readonly #options: FileResultsOptions;
  readonly #onStep: OnStep;
  readonly #statePath: string;
  /** OUT or the file that will become OUT, into which the journal is merged. */
  readonly #base: string;
  /** `true` if OUT stays unchanged until the end. */
  readonly #isJournal: boolean;
  readonly #growing: GrowingFile;
  readonly #texts: Record<RecordPosition['in'], TextReader>;
  readonly #headers: Header[];
  readonly #byRun = new Map<number, Header>();
  readonly #sizes = new FruitlessSizes();
  /**
   * Content keys of files that are not the first with their bytes but the first whose name has the same effect
   * (`findFirst`).
   */
  readonly #keys = new WeakMap<ScanAnswer, string>();
  readonly #state: ResultsIndex;
  /** Attachments of the records; `undefined` if there are none. */
  #beside: StoredAttachments | undefined;
  #lock: FileLock | undefined;
  /** Bytes of superseded lines in the results. */
  #dead: number;
  #lastSync = Date.now();
  #kept: ResultSizes | undefined;
  #hasEnded = false;
  /** Bytes of the journal's first line. */
  #head = 0;

  private constructor(
    options: FileResultsOptions,
    {
      base,
      isJournal,
      growing,
      state,
    }: { base: string; isJournal: boolean; growing: GrowingFile; state: ResultsIndex },
  ) {
    this.#options = options;
    this.#onStep = options.onStep ?? (() => undefined);
    this.#statePath = `${options.out}.state`;
    this.#base = base;
    this.#isJournal = isJournal;
    this.#growing = growing;
    this.#texts = { results: new TextReader(base), delta: new TextReader(growing.path) };
    this.#state = state;
    const tally = state.meta('tally');
    if (tally !== undefined) this.tally = JSON.parse(tally) as Tally;
    this.#headers = JSON.parse(state.meta('headers') ?? '[]') as Header[];
    for (const header of this.#headers) this.#byRun.set(header.run, header);
    this.#dead = Number(state.meta('dead') ?? 0);
  }

  /** Opens or creates the results. Throws `ResultsError` if that is not possible. */
  static async open(options: FileResultsOptions, scanId: string): Promise<FileResults> {
    const lock = lockResults(options.out);
    try {
      const results = await FileResults.#opened(options, scanId);
      results.#lock = lock;
      return results;
    } catch (error) {
      lock.remove();
      throw error;
    }
  }

  static async #opened(options: FileResultsOptions, scanId: string): Promise<FileResults> {
    const { out, overwrite, resume } = options;
    const partial = partialPath(out);
    // Results are read again and renamed at the end, which would replace a device or pipe.
    if (statSync(out, { throwIfNoEntry: false })?.isFile() === false)
      throw new ResultsError(message('scan.results.noFile', { path: out }));
    // Completes the rename if the earlier run was killed after renaming its results but not their attachments.
    if (!existsSync(partial) && existsSync(out)) StoredAttachments.promote(out);
    if (overwrite) for (const path of [partial, deltaPath(partial)]) rmSync(path, { force: true });
    else if (!resume) assertNoResults(out, partial);
    // Files left by versions that rewrote the results at the end of a scan.
    for (const path of [`${partial}.new`, `${out}.state.new`]) rmSync(path, { force: true });
    // Lines cannot be appended to compressed results.
    for (const path of [out, partial])
      if (!overwrite && (await compressionOfBytes(path)) !== undefined)
        throw new ResultsError(message('scan.packed.noResume', { path: out }));
    if (overwrite || existsSync(partial) || !existsSync(out)) return FileResults.#growingTo(options, scanId);
    // The header is checked before any other file is created, so that a picture named by mistake gets none next to it.
    const first = await readFirstHeader(out);
    if (first === undefined) throw new ResultsError(message('scan.results.empty', { path: out }));
    return FileResults.#journalling(options, first);
  }

  /** Opens the results of a first run, new or interrupted. */
  static async #growingTo(options: FileResultsOptions, scanId: string): Promise<FileResults> {
    const base = partialPath(options.out);
    const statePath = `${options.out}.state`;
    const first = existsSync(base) ? await readFirstHeader(base) : undefined;
    if (first === undefined) {
      ResultsIndex.remove(statePath);
      // Removes attachments of an interrupted run. Those next to OUT are removed when these results replace OUT.
      StoredAttachments.remove(base);
      const state = ResultsIndex.open(statePath, scanId, () => false);
      state.setMeta('of', GROWING_MARKER);
      const growing = { path: base, file: openSync(base, 'w+', 0o666), end: 0 };
      return new FileResults(options, { base, isJournal: false, growing, state });
    }
    await completeMerge(base, options.onStep);
    // A journal that was not yet fixed contains nothing that the results lack.
    rmSync(deltaPath(base), { force: true });
    const { size } = statSync(base);
    const state = ResultsIndex.open(
      statePath,
      first.scan,
      (made) => made.meta('of') === GROWING_MARKER && Number(made.meta('end')) <= size,
    );
    state.setMeta('of', GROWING_MARKER);
    const growing = { path: base, file: openSync(base, 'r+'), end: Number(state.meta('end') ?? 0) };
    const results = new FileResults(options, { base, isJournal: false, growing, state });
    await results.#catchUp('results', growing.end);
    ftruncateSync(growing.file, growing.end);
    results.#commit();
    return results;
  }

  /** Opens complete results with a new journal or the rest of an interrupted one. */
  static async #journalling(options: FileResultsOptions, first: Header): Promise<FileResults> {
    const { out } = options;
    const delta = await completeMerge(out, options.onStep);
    const stamp = fileStamp(out) ?? '';
    const state = ResultsIndex.open(`${out}.state`, first.scan, (made) => {
      const end = made.meta('end') ?? '';
      return made.meta('of') === stamp && (end === '' || Number(end) <= (delta?.bytes ?? 0));
    });
    const path = deltaPath(out);
    const file = openSync(path, delta === undefined ? 'w+' : 'r+', 0o666);
    const growing = { path, file, end: Number(state.meta('end') || delta?.begin || 0) };
    const results = new FileResults(options, { base: out, isJournal: true, growing, state });
    if (state.meta('of') !== stamp) {
      await results.#catchUp('results', 0);
      // The stamp is set last, because an index of incomplete results must not be reused.
      state.setMeta('of', stamp);
    }
    if (delta === undefined) results.#write(headLine(first.scan, statSync(out).size));
    results.#head = delta?.begin ?? growing.end;
    if (delta !== undefined) {
      await results.#catchUp('delta', growing.end);
      ftruncateSync(growing.file, growing.end);
    }
    results.#commit();
    return results;
  }

  get headers(): readonly Header[] {
    return this.#headers;
  }

  /** File that receives lines until the scan has ended. */
  get growsIn(): string {
    return this.#growing.path;
  }

  /** Sizes of the files left; set once the scan has ended. */
  get sizes(): ResultSizes | undefined {
    return this.#kept;
  }

  get #scan(): string {
    return this.#headers[0]?.scan ?? '';
  }

  async begin(header: Header): Promise<void> {
    const { attachments: keeps, out } = this.#options;
    // Opened too if attachments exist next to OUT and none are requested, so that it stays clear which results they
    // belong to.
    if (keeps !== undefined || StoredAttachments.isThere(this.#base) || StoredAttachments.isThere(out))
      this.#beside = StoredAttachments.open(this.#base);
    this.#know(header);
    // The id of a first run is known only now; a continued run finds its index by it.
    this.#state.setMeta('scan', header.scan);
    this.#write(formatJsonLine(header));
  }

  async due(entry: Entry): Promise<DueAction> {
    const row = this.#state.find(entry.path);
    const { redo } = this.#options;
    if (row === undefined || row.bytes !== entry.bytes) return 'read';
    if (row.outcome === 'error' || row.outcome === 'gone') return 'read';
    if (this.#state.isDoubted(entry.path)) return 'read';
    if (row.sidecars !== sidecarsKey(recordSidecars(entry))) return 'read';
    const judged = this.#byRun.get(row.run);
    const read = this.#byRun.get(row.readIn);
    if (judged === undefined || read === undefined) return 'read';
    if (row.outcome === 'left') return this.#isLeftAgain(row, entry, read) ? 'nothing' : 'read';
    const again = redo?.(row, { read, judged });
    if (again === 'read') return 'read';
    if (row.modified !== entry.modified) {
      // An object would be fetched for its digest as for its record.
      if (entry.head !== undefined || !(await this.#isOf(row, entry))) return 'read';
      // The next run need not hash the file again.
      this.#state.put({ ...row, modified: entry.modified }, false);
    }
    if (again === undefined) return 'nothing';
    const known = parseLine(this.#textAt(row));
    return known?.is === 'record' ? { rejudge: { ...known.record, readIn: row.readIn } } : 'read';
  }

  /** Another version may be able to read a format that the first bytes show. */
  #isLeftAgain(row: StateRow, entry: Entry, read: Header): boolean {
    const now = this.#headers.at(-1)?.versions.assay;
    return row.modified === entry.modified && read.versions.assay === now;
  }

  async #isOf(row: StateRow, entry: Entry): Promise<boolean> {
    const known = parseLine(this.#textAt(row));
    if (known?.is !== 'record') return false;
    // A record read with sidecars depends on more than the file's bytes.
    if (known.record.sidecars !== undefined) return false;
    return (await hashContent(entry)) === known.record.asset.sha256;
  }

  hasDuplicateOrder(bytes: number): boolean {
    return !this.#sizes.isHopeless(bytes);
  }

  async sameContent(entry: Entry, local: string, taken?: string): Promise<ScanAnswer | undefined> {
    const { bytes } = entry;
    // Only records of this run are reused: earlier ones may depend on other lists, rules or engines.
    if (taken === undefined && (this.#sizes.isHopeless(bytes) || !this.#state.hasSize(bytes)))
      return undefined;
    const sha256 = taken ?? (await hashContent(entry, local));
    if (sha256 === undefined || this.#held(sha256) === undefined) {
      if (taken === undefined) this.#sizes.missed(bytes);
      return undefined;
    }
    this.#sizes.found(bytes);
    const { first } = await findFirst(sha256, entryName(entry), (key) => this.#held(key));
    return first && copyRecord(first.record, entry);
  }

  /** Returns the record that represents the bytes of a content key (`findFirst`). */
  #held(key: string): (FirstFile & { record: ScanRecord }) | undefined {
    const path = this.#state.findContent(key);
    const row = path === undefined ? undefined : this.#state.find(path);
    const line = row === undefined ? undefined : parseLine(this.#textAt(row));
    if (path === undefined || line?.is !== 'record') return undefined;
    const { record } = line;
    return key.startsWith(record.asset.sha256) ? { path, asset: record.asset, record } : undefined;
  }

  async addFirst(answer: ScanAnswer): Promise<ScanAnswer> {
    // A rejudged record depends on what was read before.
    if ('error' in answer || answer.record.readIn !== undefined || !dependsOnBytesAlone(answer.record))
      return answer;
    const { entry, record } = answer;
    const { sha256 } = record.asset;
    // Nearly all files are the first with their bytes and need no further check.
    if (record.duplicateOf !== undefined || this.#state.findContent(sha256) === undefined) return answer;
    const { key, first } = await findFirst(sha256, record.asset.name, (one) => this.#held(one));
    if (first !== undefined && first.path !== entry.path) return addFirstFile(answer, first);
    this.#keys.set(answer, key);
    return answer;
  }

  async write(answer: ScanAnswer): Promise<boolean> {
    const row = { ...this.#rowOf(answer), ...this.#contentOf(answer) };
    this.#keepBeside(answer);
    const record = answerRecord(answer);
    this.#replace(this.#state.find(row.path), recordLine(record), row, row.readIn === row.run);
    countRecord(this.tally, record);
    if (this.#state.isCommitDue) this.#commit();
    if (Date.now() - this.#lastSync > SYNC_MILLIS) {
      this.#lastSync = Date.now();
      await fdatasyncAsync(this.#growing.file);
    }
    return true;
  }

  /** Attachments are stored before their record, which states that they exist. */
  #keepBeside(answer: ScanAnswer): void {
    if (this.#beside === undefined) return;
    if ('error' in answer) {
      this.#beside.drop(answer.path);
      return;
    }
    const { record, beside: { preview, manifestStore } = {} } = answer;
    const path = fromRecordPath(record);
    // They were not requested now or could not be made. Attachments that no record mentions are removed.
    if (record.kept?.preview === undefined && record.kept?.manifestStore === undefined) {
      this.#beside.drop(path);
      return;
    }
    const keys = this.#options.attachments?.keys;
    const of = { tenant: LOCAL_TENANT, scan: this.#scan, path };
    const manifest = manifestStore && keys && sealManifest(keys, of, manifestStore);
    this.#beside.put(path, record.asset.sha256, {
      ...(preview && { preview }),
      ...(manifest && { manifest }),
    });
  }

  /** Returns the content key of a file that is the first with its bytes, or the first whose name has the same effect. */
  #contentOf(answer: ScanAnswer): Pick<StateRow, 'sha256'> {
    if ('error' in answer || answer.record.duplicateOf !== undefined || !dependsOnBytesAlone(answer.record))
      return {};
    return { sha256: this.#keys.get(answer) ?? answer.record.asset.sha256 };
  }

  /** Writes the record, replacing the file's earlier one. */
  #replace(
    before: StateRow | undefined,
    line: string,
    row: Omit<StateRow, keyof RecordPosition>,
    isOfThisRun: boolean,
  ): void {
    if (before !== undefined) this.#takeOut(before);
    const lead = before !== undefined && this.#isJournal ? supersededLine(before) : '';
    if (before !== undefined && !this.#isJournal) this.#state.addSuperseded(before);
    const offset = this.#growing.end + Buffer.byteLength(lead);
    this.#write(lead + line);
    const place = { in: this.#growsAs, offset, length: this.#growing.end - offset - 1 };
    this.#state.put({ ...row, ...place }, isOfThisRun);
  }

  /** Removes the record of a file; does nothing if it has none. */
  drop(path: string): void {
    this.#beside?.drop(path);
    const before = this.#state.find(path);
    if (before === undefined) return;
    this.#takeOut(before);
    if (this.#isJournal) this.#write(supersededLine(before));
    else this.#state.addSuperseded(before);
    this.#state.drop(path);
  }

  async doubt(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#state.doubt(path);
    this.#commit();
  }

  async writeReread(
    answer: ScanAnswer,
    _before: WrittenRecordFacts | undefined,
    differs: boolean,
  ): Promise<boolean> {
    if (differs) return this.write(answer);
    this.#state.trust('error' in answer ? answer.path : answer.entry.path);
    return true;
  }

  async handleGone({ action: how, at, isVisitedKey: isMetKey, isGone }: GoneQuery): Promise<void> {
    // All rows are collected first, because writing changes the table being read.
    const unmet = [...this.#state.existingPositions((digest) => !isMetKey(digest))];
    for (const place of unmet) {
      const line = parseLine(this.#textAt(place));
      if (line === undefined || !('record' in line) || !(await isGone(fromRecordPath(line.record)))) continue;
      const before = this.#state.find(fromRecordPath(line.record));
      if (before === undefined || !isSamePlace(before, place)) continue;
      // A file that could not be inspected has no result worth keeping.
      if (how === 'drop' || line.is === 'error') this.drop(before.path);
      else this.#markGone(before, { ...line, record: { ...line.record, gone: at } });
      if (this.#state.isCommitDue) this.#commit();
    }
    this.#commit();
  }

  #markGone(before: StateRow, line: Exclude<RecordLine, { is: 'error' }>): void {
    this.#replace(before, formatJsonLine(line.record), this.#rowIn(line), false);
    countRecord(this.tally, line.record);
  }

  async finish(summary: Omit<ScanSummary, 'tally' | 'changes'>): Promise<void> {
    const { out } = this.#options;
    if (this.#isJournal) this.changes = await collectChanges(recordChangesIn(out, this.#scan));
    const changes = this.changes && { changes: this.changes.counts };
    const end = formatJsonLine({ ...summary, tally: this.tally, ...changes });
    // From here on no records are written. If the process is killed between two lines, the next run removes them.
    const place = this.#isJournal ? await this.#taken(end) : await this.#ended(end);
    closeSync(this.#growing.file);
    for (const texts of Object.values(this.#texts)) texts.close();
    this.#state.clearSuperseded();
    this.#forgetRuns();
    // The next run supersedes the summary.
    this.#state.addSuperseded({ in: 'results', ...place });
    this.#state.setMeta('of', fileStamp(out) ?? '');
    this.#commit('');
    const state = this.#state.close();
    this.#beside?.close();
    if (!this.#isJournal) StoredAttachments.promote(out);
    this.#hasEnded = true;
    this.#onStep('finish: index closed');
    const results = statSync(out).size;
    this.#kept = { results, dead: this.#dead, state };
    if (this.#dead >= results * MAX_DEAD_SHARE) {
      const { after } = await compact(out, this.#onStep);
      ResultsIndex.remove(this.#statePath);
      this.#kept = { results: after, dead: 0, state: 0 };
    }
    this.#lock?.remove();
  }

  async leave(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    // If no run was started, for example because its options were refused, no journal is left to continue.
    const isBare = this.#isJournal && this.#growing.end === this.#head;
    this.#commit(isBare ? '' : undefined);
    this.#state.close();
    this.#beside?.close();
    closeSync(this.#growing.file);
    for (const texts of Object.values(this.#texts)) texts.close();
    if (isBare) rmSync(this.#growing.path, { force: true });
    this.#lock?.remove();
  }

  /** Ends a run with a journal. Returns the position of the summary. */
  async #taken(end: string): Promise<{ offset: number; length: number }> {
    const { file } = this.#growing;
    this.#write(this.#drops());
    this.#write(end);
    this.#onStep('finish: summary written');
    fsyncSync(file);
    // The merge line fixes the content, so everything before it must be on disk first.
    this.#write(mergeLine());
    fsyncSync(file);
    syncFolder(this.#base);
    this.#onStep('finish: merge written');
    return this.#merged();
  }

  /** Ends a first run. Returns the position of the summary. */
  async #ended(end: string): Promise<{ offset: number; length: number }> {
    const { out } = this.#options;
    const { file, end: offset } = this.#growing;
    let place = { offset, length: Buffer.byteLength(end) - 1 };
    if (this.#state.hasSuperseded) {
      // Replaced records are merged through a journal here too, so that a killed process leaves no half-overwritten
      // line.
      fsyncSync(file);
      const path = deltaPath(this.#base);
      const journal = openSync(path, 'w', 0o666);
      const begin = headLine(this.#scan, offset);
      writeAll(journal, Buffer.from(`${begin}${this.#drops()}${end}${mergeLine()}`), 0);
      fsyncSync(journal);
      closeSync(journal);
      syncFolder(path);
      this.#onStep('finish: merge written');
      place = await this.#merged();
    } else this.#write(end);
    fsyncSync(file);
    this.#onStep('finish: summary written');
    renameSync(this.#base, out);
    syncFolder(out);
    this.#onStep('finish: named');
    // Removes the journal of the results that OUT contained before.
    const left = deltaPath(out);
    if (existsSync(left) && (await isJournal(left))) rmSync(left);
    return place;
  }

  async #merged(): Promise<{ offset: number; length: number }> {
    const delta = await readDelta(this.#base, this.#scan);
    if (!delta?.isMerging)
      throw new ResultsError(message('scan.results.damaged', { path: deltaPath(this.#base), at: '0' }));
    let place = { offset: 0, length: 0 };
    const { dead } = await mergeJournal(this.#base, delta, {
      onStep: this.#onStep,
      onMoved: (from, offset, length) => {
        if (this.#isJournal) this.#state.updateMoved(from, offset);
        // The last line moved is the summary.
        place = { offset, length };
      },
    });
    this.#dead += dead;
    return place;
  }

  /** Returns lines for superseded records that no written line mentions yet. */
  #drops(): string {
    let text = '';
    for (const place of this.#state.supersededPositions()) text += supersededLine(place);
    return text;
  }

  /**
   * Reads lines that the index lacks. In the growing file everything after the last complete record or header is cut
   * off: a summary, superseded lines without a replacement, and lines damaged by a power failure.
   */
  async #catchUp(where: RecordPosition['in'], from: number): Promise<void> {
    const path = where === 'results' ? this.#base : this.#growing.path;
    const grows = where === this.#growsAs;
    let waiting: Superseded[] = [];
    /**
     * Offset of the first damaged line. Only the end of the growing file may be damaged, because it was not on disk
     * yet.
     */
    let damaged: number | undefined;
    for await (const { text, offset, length } of readLines(path, from)) {
      const line = parseIndexLine(text, where);
      if (line === undefined) damaged ??= offset;
      if (damaged !== undefined && (line !== undefined || !grows))
        throw new ResultsError(message('scan.results.damaged', { path, at: String(damaged) }));
      if (line === undefined) continue;
      if (line.is === 'summary' && grows) return;
      if (line.is === 'dead') this.#dead += length + 1;
      else if (line.is === 'superseded') waiting.push(line);
      else {
        this.#takeIn(line, { in: where, offset, length }, waiting);
        waiting = [];
        if (grows) this.#growing.end = offset + length + 1;
        // Commits only while the file grows: an index of complete results must cover all of them.
        if (grows && this.#state.isCommitDue) this.#commit();
      }
    }
  }

  #takeIn(line: ParsedLine, place: RecordPosition, waiting: readonly Superseded[]): void {
    const before = 'record' in line ? this.#state.find(fromRecordPath(line.record)) : undefined;
    for (const one of waiting) if (!isSamePlace(one, before)) this.#dropped(one);
    if (line.is === 'summary') this.#state.addSuperseded(place);
    else if (line.is === 'header') this.#know(line.header);
    else {
      if (before !== undefined) {
        this.#takeOut(before);
        if (!waiting.some((one) => isSamePlace(one, before))) this.#state.addSuperseded(before);
      }
      this.#state.put({ ...this.#rowIn(line), ...place }, false);
      countRecord(this.tally, line.record);
    }
  }

  #know(header: Header): void {
    this.#headers.push(header);
    this.#byRun.set(header.run, header);
  }

  /**
   * Keeps only headers of runs that still have records, the first, which identifies the scan, and the last. A scan
   * repeated for years has many runs without records; the results keep all headers.
   */
  #forgetRuns(): void {
    if (this.#headers.length < 2 * Math.max(MIN_RUNS, Number(this.#state.meta('runs') ?? 0))) return;
    const runs = this.#state.runs();
    const kept = this.#headers.filter(
      ({ run }, at) => at === 0 || at === this.#headers.length - 1 || runs.has(run),
    );
    this.#headers.splice(0, this.#headers.length, ...kept);
    this.#byRun.clear();
    for (const header of kept) this.#byRun.set(header.run, header);
    // Checked again when the number has doubled.
    this.#state.setMeta('runs', String(kept.length));
  }

  /** Handles a superseded record without replacement. */
  #dropped(place: Superseded): void {
    const line = parseLine(this.#textAt(place));
    if (line === undefined || !('record' in line)) return;
    const row = this.#state.find(fromRecordPath(line.record));
    if (row === undefined || !isSamePlace(place, row)) return;
    this.#takeOut(row);
    this.#state.drop(row.path);
  }

  /**
   * Removes a row from the counts. Throws if the index points to another record, because nothing may be overwritten
   * there.
   */
  #takeOut(row: StateRow): void {
    const line = parseLine(this.#textAt(row));
    if (line === undefined || !('record' in line) || fromRecordPath(line.record) !== row.path) {
      this.#state.setMeta('of', '');
      const path = row.in === 'results' ? this.#base : this.#growing.path;
      throw new ResultsError(message('scan.results.damaged', { path, at: String(row.offset) }));
    }
    subtractTally(this.tally, tallyOf(line.record));
  }

  #rowOf(answer: ScanAnswer): Omit<StateRow, keyof RecordPosition> {
    const run = this.#headers.at(-1)?.run ?? 1;
    return 'error' in answer ? rowOfError(answer.path, run, answer.left) : rowOfRecord(answer.record, run);
  }

  #rowIn(line: RecordLine): Omit<StateRow, keyof RecordPosition> {
    const run = this.#headers.at(-1)?.run ?? 1;
    return line.is === 'error' ? rowOfError(fromRecordPath(line.record), run) : rowOfRecord(line.record, run);
  }

  get #growsAs(): RecordPosition['in'] {
    return this.#isJournal ? 'delta' : 'results';
  }

  /** Writes at once, so that a killed process loses only files being read. */
  #write(text: string): void {
    const { file, end } = this.#growing;
    const bytes = Buffer.byteLength(text);
    const written = writeSync(file, text, end);
    if (written < bytes) writeAll(file, Buffer.from(text).subarray(written), end + written);
    this.#growing.end = end + bytes;
    this.#onStep('a line written');
  }

  #textAt(place: RecordPosition): string {
    return this.#texts[place.in].read(place);
  }

  #commit(end = String(this.#growing.end)): void {
    this.#state.setMeta('end', end);
    this.#state.setMeta('tally', JSON.stringify(this.tally));
    this.#state.setMeta('headers', JSON.stringify(this.#headers));
    this.#state.setMeta('dead', String(this.#dead));
    this.#state.commit();
  }
}

/** Marker in the index while OUT does not exist yet. */
const GROWING_MARKER = 'growing';

/** Parses a line for the index; `undefined` if it is invalid. */
function parseIndexLine(
  text: string,
  where: RecordPosition['in'],
): ParsedLine | { is: 'dead' } | ({ is: 'superseded' } & Superseded) | undefined {
  if (isDeadLine(text)) return { is: 'dead' };
  const ours = where === 'delta' ? parseDeltaLine(text) : undefined;
  return ours?.is === 'superseded' ? ours : parseLine(text);
}

type RecordLine = Extract<ParsedLine, { record: unknown }>;

const isSamePlace = (one: RecordPosition, other: RecordPosition | undefined): boolean =>
  one.in === other?.in && one.offset === other.offset;

/** Returns a key that changes if a sidecar is changed, added or removed. */
function sidecarsKey(sidecars: ScanRecord['sidecars'] = []): string {
  if (sidecars.length === 0) return '';
  const told = JSON.stringify(
    sidecars.map(({ path, pathBytes, bytes, modified }) => [pathBytes ?? path, bytes, modified]),
  );
  return createHash('sha256').update(told).digest('base64').slice(0, SIDECARS_CHARACTERS);
}

/** Base64 characters of the digest: 128 bits. */
const SIDECARS_CHARACTERS = 22;

/** The line of an error does not contain the state of its file, so an index rebuilt from results repeats all errors. */
const rowOfError = (path: string, run: number, left?: LeftFile): Omit<StateRow, keyof RecordPosition> => ({
  path,
  bytes: left?.bytes ?? -1,
  modified: left?.modified ?? 0,
  run,
  readIn: run,
  outcome: left === undefined ? 'error' : 'left',
  sidecars: '',
});

function rowOfRecord(record: ScanRecord, run: number): Omit<StateRow, keyof RecordPosition> {
  const { modified, readIn, asset, sidecars } = record;
  return {
    path: fromRecordPath(record),
    bytes: asset.bytes,
    modified: Date.parse(modified),
    run,
    readIn: readIn ?? run,
    outcome: rowOutcome(record),
    sidecars: sidecarsKey(sidecars),
  };
}

function assertNoResults(out: string, partial: string): void {
  if (existsSync(partial)) {
    throw new ResultsError(message('scan.results.interrupted', { path: partial }));
  }
  if (existsSync(out)) throw new ResultsError(message('scan.results.there', { path: out }));
}

async function isJournal(path: string): Promise<boolean> {
  for await (const { text } of readLines(path)) return parseDeltaLine(text).is === 'head';
  return false;
}

async function readFirstHeader(path: string): Promise<Header | undefined> {
  for await (const { text } of readLines(path)) {
    const line = parseLine(text);
    if (line?.is === 'header') return line.header;
    throw new ResultsError(message('scan.results.begin', { path }));
  }
  return undefined;
}
