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
import { jsonLine } from '../core/ground/json-line.js';
import { pathTold } from '../core/ground/path-text.js';
import { said } from '../say/said.js';
import type { SecretKeys } from '../secrets/secret-keys.js';
import type { FileLock } from '../store/file-lock.js';
import { sealedManifest } from '../store/scan-manifests.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { lineOf } from './answer-line.js';
import { packingOfBytes } from './compressed.js';
import { contentOf } from './content.js';
import {
  changesOf,
  deltaBeside,
  deltaLineOf,
  deltaOf,
  headLine,
  isDead,
  mergeLine,
  type Superseded,
  supersededLine,
} from './delta.js';
import { type Entry, nameOf } from './entry.js';
import type { Header, ScanSummary, Tally } from './header.js';
import { growingTo, KeptBeside } from './kept-beside.js';
import { linesOf } from './lines.js';
import { stampOf } from './live.js';
import { lockResults } from './lock.js';
import { compact, merge, type OnStep, settle, syncFolder, writeAll } from './merge.js';
import { type ParsedLine, parseLine } from './parse.js';
import type { SlimRecord } from './record.js';
import type { Redo, Runs } from './redo.js';
import { type Answer, type Before, type Due, type LeftFile, type Results, ResultsError } from './results.js';
import type { GoneAsked } from './roots.js';
import { rowOutcome } from './row-outcome.js';
import { changesIn, type RunChanges } from './run-changes.js';
import {
  assetIn,
  copyOf,
  type First,
  FruitlessSizes,
  firstAs,
  isOfBytesAlone,
  withFirst,
} from './same-content.js';
import { slimOfFull, sidecarsIn as slimSidecars } from './slim.js';
import { type Place, type Row, State } from './state.js';
import { countError, countRecord, discount, emptyTally } from './tally.js';
import { TextAt } from './text-at.js';
import { writtenOf } from './written.js';

const synced = promisify(fdatasync);
/** What a power cut may take; a kill takes nothing that was written. */
const SYNC_MILLIS = 2_000;
/** So many runs are known in any case. */
const LEAST_RUNS = 32;
/** Of results whose greater part no longer counts nobody has to ask for a copy without it. */
const MOST_DEAD = 0.5;

export interface FileResultsOptions {
  out: string;
  /** Go on with what is there, finished or not; otherwise nothing may be there. */
  resume: boolean;
  overwrite: boolean;
  /** Whether a file whose time of change is another but whose bytes are the same is done. */
  byContent: boolean;
  /** What was left for its first bytes is left again: they are asked for by this run too. */
  sniff?: boolean;
  /** Small pictures and manifest stores are kept, these sealed under `keys`. What was kept before goes with its file in any case. */
  keeps?: { keys?: SecretKeys | undefined } | undefined;
  /** Rows that are to be done again although their file is the same. */
  redo?(row: Row, runs: Runs): Redo | undefined;
  /** For tests: called between two steps that write, so that what a kill there leaves can be looked at. */
  onStep?: OnStep;
}

/** What a scan has left beside its results, in bytes. */
export interface Kept {
  results: number;
  /** Of them, lines that no longer count. */
  dead: number;
  state: number;
}

/** The lines that a run writes: a file, and where its end is. */
interface Growing {
  path: string;
  file: number;
  end: number;
}

/**
 * Results in a file. The first run grows in `OUT.partial`, a line at a time and each written at once; when all is scanned
 * it takes the name OUT, so that OUT is never half of anything. Whoever goes on with OUT leaves it as it is and writes a
 * journal beside it, which is taken into it at the end (merge.ts): that costs what has changed, not what is there.
 * `OUT.state` is an index of both.
 */
export class FileResults implements Results {
  tally: Tally = emptyTally();
  changes: RunChanges | undefined;
  readonly #options: FileResultsOptions;
  readonly #onStep: OnStep;
  readonly #statePath: string;
  /** OUT, or what grows to be it: where the journal is taken into. */
  readonly #base: string;
  /** True where OUT stays as it is until the end. */
  readonly #isJournal: boolean;
  readonly #growing: Growing;
  readonly #texts: Record<Place['in'], TextAt>;
  readonly #headers: Header[];
  readonly #byRun = new Map<number, Header>();
  readonly #sizes = new FruitlessSizes();
  /** Of files that are not the first with their bytes, but the first whose name says what it says (`firstAs`). */
  readonly #keys = new WeakMap<Answer, string>();
  readonly #state: State;
  /** What is kept beside the records; undefined where nothing is. */
  #beside: KeptBeside | undefined;
  #lock: FileLock | undefined;
  /** Bytes of the results that no longer count. */
  #dead: number;
  #lastSync = Date.now();
  #kept: Kept | undefined;
  #hasEnded = false;
  /** Bytes of a journal's first line. */
  #head = 0;

  private constructor(
    options: FileResultsOptions,
    { base, isJournal, growing, state }: { base: string; isJournal: boolean; growing: Growing; state: State },
  ) {
    this.#options = options;
    this.#onStep = options.onStep ?? (() => undefined);
    this.#statePath = `${options.out}.state`;
    this.#base = base;
    this.#isJournal = isJournal;
    this.#growing = growing;
    this.#texts = { results: new TextAt(base), delta: new TextAt(growing.path) };
    this.#state = state;
    const tally = state.meta('tally');
    if (tally !== undefined) this.tally = JSON.parse(tally) as Tally;
    this.#headers = JSON.parse(state.meta('headers') ?? '[]') as Header[];
    for (const header of this.#headers) this.#byRun.set(header.run, header);
    this.#dead = Number(state.meta('dead') ?? 0);
  }

  /** Throws a ResultsError where something stands in the way. */
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
    const partial = growingTo(out);
    // Results are gone over again and take their name at the end: a device or pipe would be gone then.
    if (statSync(out, { throwIfNoEntry: false })?.isFile() === false)
      throw new ResultsError(said('scan.results.noFile', { path: out }));
    // Of results whose run was killed when they had their name.
    if (!existsSync(partial) && existsSync(out)) KeptBeside.take(out);
    if (overwrite) for (const path of [partial, deltaOf(partial)]) rmSync(path, { force: true });
    else if (!resume) assertNothingThere(out, partial);
    // Left by versions that wrote results anew at the end of a scan.
    for (const path of [`${partial}.new`, `${out}.state.new`]) rmSync(path, { force: true });
    // Lines are added to it: what is compressed can only be read.
    for (const path of [out, partial])
      if (!overwrite && (await packingOfBytes(path)) !== undefined)
        throw new ResultsError(said('scan.packed.noResume', { path: out }));
    if (overwrite || existsSync(partial) || !existsSync(out)) return FileResults.#growingTo(options, scanId);
    // Before anything is made of it: a picture named by mistake is to have nothing beside it.
    const first = await firstHeader(out);
    if (first === undefined) throw new ResultsError(said('scan.results.empty', { path: out }));
    return FileResults.#journalling(options, first);
  }

  /** A first run, begun or broken off. */
  static async #growingTo(options: FileResultsOptions, scanId: string): Promise<FileResults> {
    const base = growingTo(options.out);
    const statePath = `${options.out}.state`;
    const first = existsSync(base) ? await firstHeader(base) : undefined;
    if (first === undefined) {
      State.remove(statePath);
      // Of a run that was broken off. What stands beside OUT goes when these results take its place.
      KeptBeside.remove(base);
      const state = State.open(statePath, scanId, () => false);
      state.setMeta('of', GROWING);
      const growing = { path: base, file: openSync(base, 'w+', 0o666), end: 0 };
      return new FileResults(options, { base, isJournal: false, growing, state });
    }
    // A version before had what it kept beside OUT from the start.
    if (!KeptBeside.isThere(base) && KeptBeside.isThere(options.out)) KeptBeside.giveBack(options.out);
    await settle(base, options.onStep);
    // One that a kill left before its merge was fixed holds nothing that the results do not.
    rmSync(deltaOf(base), { force: true });
    const { size } = statSync(base);
    const state = State.open(
      statePath,
      first.scan,
      (made) => made.meta('of') === GROWING && Number(made.meta('end')) <= size,
    );
    state.setMeta('of', GROWING);
    const growing = { path: base, file: openSync(base, 'r+'), end: Number(state.meta('end') ?? 0) };
    const results = new FileResults(options, { base, isJournal: false, growing, state });
    await results.#catchUp('results', growing.end);
    ftruncateSync(growing.file, growing.end);
    results.#commit();
    return results;
  }

  /** With results that are whole, and what a kill or an interruption left of a journal. */
  static async #journalling(options: FileResultsOptions, first: Header): Promise<FileResults> {
    const { out } = options;
    const delta = await settle(out, options.onStep);
    const stamp = stampOf(out) ?? '';
    const state = State.open(`${out}.state`, first.scan, (made) => {
      const end = made.meta('end') ?? '';
      return made.meta('of') === stamp && (end === '' || Number(end) <= (delta?.bytes ?? 0));
    });
    const path = deltaOf(out);
    const file = openSync(path, delta === undefined ? 'w+' : 'r+', 0o666);
    const growing = { path, file, end: Number(state.meta('end') || delta?.begin || 0) };
    const results = new FileResults(options, { base: out, isJournal: true, growing, state });
    if (state.meta('of') !== stamp) {
      await results.#catchUp('results', 0);
      // Only now: an index of a part of the results is of none.
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

  /** Where lines go until the scan has ended. */
  get growsIn(): string {
    return this.#growing.path;
  }

  /** Once it has ended: what it has left. */
  get kept(): Kept | undefined {
    return this.#kept;
  }

  get #scan(): string {
    return this.#headers[0]?.scan ?? '';
  }

  async begin(header: Header): Promise<void> {
    const { keeps, out } = this.#options;
    // Also where nothing is to be kept and something stands beside OUT: that this run has its own tells whose that is.
    if (keeps !== undefined || KeptBeside.isThere(this.#base) || KeptBeside.isThere(out))
      this.#beside = KeptBeside.open(this.#base);
    this.#know(header);
    // Of a first run the id is known only now; under another the index would be of no use to whoever goes on.
    this.#state.setMeta('scan', header.scan);
    this.#write(jsonLine(header));
  }

  async due(entry: Entry): Promise<Due> {
    const row = this.#state.find(entry.path);
    const { redo, byContent } = this.#options;
    if (row === undefined || row.bytes !== entry.bytes) return 'read';
    if (row.outcome === 'error' || row.outcome === 'gone') return 'read';
    if (this.#state.isDoubted(entry.path)) return 'read';
    if (row.sidecars !== sidecarsKey(slimSidecars(entry))) return 'read';
    const judged = this.#byRun.get(row.run);
    const read = this.#byRun.get(row.readIn);
    if (judged === undefined || read === undefined) return 'read';
    if (row.outcome === 'left') return this.#isLeftAgain(row, entry, read) ? 'nothing' : 'read';
    const again = redo?.(row, { read, judged });
    if (again === 'read') return 'read';
    const same = row.modified === entry.modified || (byContent && (await this.#isOf(row, entry)));
    if (!same) return 'read';
    if (again === undefined) return 'nothing';
    const known = parseLine(this.#textAt(row));
    return known?.is === 'slim' || known?.is === 'full'
      ? { rejudge: { ...known.record, readIn: row.readIn } }
      : 'read';
  }

  /** Another version may read a format that its first bytes show. */
  #isLeftAgain(row: Row, entry: Entry, read: Header): boolean {
    const now = this.#headers.at(-1)?.versions.assay;
    return this.#options.sniff === true && row.modified === entry.modified && read.versions.assay === now;
  }

  async #isOf(row: Row, entry: Entry): Promise<boolean> {
    const known = parseLine(this.#textAt(row));
    if (known?.is !== 'slim' && known?.is !== 'full') return false;
    // Read with something else beside it, it is told by more than its bytes.
    if (known.record.sidecars !== undefined) return false;
    return (await contentOf(entry)) === assetIn(known).sha256;
  }

  hasTurns(bytes: number): boolean {
    return !this.#sizes.isHopeless(bytes);
  }

  async sameContent(entry: Entry, local: string, taken?: string): Promise<Answer | undefined> {
    const { bytes } = entry;
    // Of this run alone: an answer of an earlier one may rest on other lists, rules or engines.
    if (taken === undefined && (this.#sizes.isHopeless(bytes) || !this.#state.hasSize(bytes)))
      return undefined;
    const sha256 = taken ?? (await contentOf(entry, local));
    if (sha256 === undefined || this.#held(sha256) === undefined) {
      if (taken === undefined) this.#sizes.missed(bytes);
      return undefined;
    }
    this.#sizes.found(bytes);
    const { first } = await firstAs(sha256, nameOf(entry), (key) => this.#held(key));
    return first && copyOf(first.line, entry);
  }

  /** Whose record stands for the bytes that a key begins with (`firstAs`). */
  #held(key: string): (First & { line: Extract<RecordLine, { is: 'slim' | 'full' }> }) | undefined {
    const path = this.#state.withContent(key);
    const row = path === undefined ? undefined : this.#state.find(path);
    const line = row === undefined ? undefined : parseLine(this.#textAt(row));
    if (path === undefined || (line?.is !== 'slim' && line?.is !== 'full')) return undefined;
    const asset = assetIn(line);
    return key.startsWith(asset.sha256) ? { path, asset, line } : undefined;
  }

  async withFirst(answer: Answer): Promise<Answer> {
    // What was asked anew of a record rests on what was read before.
    if ('error' in answer || answer.slim.readIn !== undefined || !isOfBytesAlone(answer.slim)) return answer;
    const { entry, slim } = answer;
    const { sha256 } = slim.asset;
    // Nearly all files are the first with their bytes: no more is asked of them.
    if (slim.duplicateOf !== undefined || this.#state.withContent(sha256) === undefined) return answer;
    const { key, first } = await firstAs(sha256, slim.asset.name, (one) => this.#held(one));
    if (first !== undefined && first.path !== entry.path) return withFirst(answer, first);
    this.#keys.set(answer, key);
    return answer;
  }

  async write(answer: Answer): Promise<boolean> {
    const row = { ...this.#rowOf(answer), ...this.#contentOf(answer) };
    this.#keepBeside(answer);
    this.#replace(this.#state.find(row.path), lineOf(answer), row, row.readIn === row.run);
    count(this.tally, answer);
    if (this.#state.isDue) this.#commit();
    if (Date.now() - this.#lastSync > SYNC_MILLIS) {
      this.#lastSync = Date.now();
      await synced(this.#growing.file);
    }
    return true;
  }

  /** Before its record, which says that it is there. */
  #keepBeside(answer: Answer): void {
    if (this.#beside === undefined) return;
    if ('error' in answer) {
      this.#beside.drop(answer.path);
      return;
    }
    const { slim, beside: { preview, manifestStore } = {} } = answer;
    const path = pathTold(slim);
    // Asked without it now, or it could not be made: what no record tells of is not kept.
    if (slim.kept?.preview === undefined && slim.kept?.manifestStore === undefined) {
      this.#beside.drop(path);
      return;
    }
    const keys = this.#options.keeps?.keys;
    const of = { tenant: LOCAL_TENANT, scan: this.#scan, path };
    const manifest = manifestStore && keys && sealedManifest(keys, of, manifestStore);
    this.#beside.put(path, slim.asset.sha256, { ...(preview && { preview }), ...(manifest && { manifest }) });
  }

  /** What the first with its bytes, or of those the first whose name says the same, is held under. */
  #contentOf(answer: Answer): Pick<Row, 'sha256'> {
    if ('error' in answer || answer.slim.duplicateOf !== undefined || !isOfBytesAlone(answer.slim)) return {};
    return { sha256: this.#keys.get(answer) ?? answer.slim.asset.sha256 };
  }

  /** In the place of the record that the file had, if it had one. */
  #replace(before: Row | undefined, line: string, row: Omit<Row, keyof Place>, isOfThisRun: boolean): void {
    if (before !== undefined) this.#takeOut(before);
    const lead = before !== undefined && this.#isJournal ? supersededLine(before) : '';
    if (before !== undefined && !this.#isJournal) this.#state.bury(before);
    const offset = this.#growing.end + Buffer.byteLength(lead);
    this.#write(lead + line);
    const place = { in: this.#growsAs, offset, length: this.#growing.end - offset - 1 };
    this.#state.put({ ...row, ...place }, isOfThisRun);
  }

  /** A file that is to have no record any more; nothing happens where it has none. */
  drop(path: string): void {
    this.#beside?.drop(path);
    const before = this.#state.find(path);
    if (before === undefined) return;
    this.#takeOut(before);
    if (this.#isJournal) this.#write(supersededLine(before));
    else this.#state.bury(before);
    this.#state.drop(path);
  }

  async doubt(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#state.doubt(path);
    this.#commit();
  }

  async again(answer: Answer, _before: Before | undefined, differs: boolean): Promise<boolean> {
    if (differs) return this.write(answer);
    this.#state.rely('error' in answer ? answer.path : answer.entry.path);
    return true;
  }

  async gone({ how, at, isMetKey, isGone }: GoneAsked): Promise<void> {
    // All of them before the first is written: what is written changes what is gone through.
    const unmet = [...this.#state.standing((digest) => !isMetKey(digest))];
    for (const place of unmet) {
      const line = parseLine(this.#textAt(place));
      if (line === undefined || !('record' in line) || !(await isGone(pathTold(line.record)))) continue;
      const before = this.#state.find(pathTold(line.record));
      if (before === undefined || !isSame(before, place)) continue;
      // Of a file that could not be inspected there is nothing to keep.
      if (how === 'drop' || line.is === 'error') this.drop(before.path);
      else this.#markGone(before, withGone(line, at));
      if (this.#state.isDue) this.#commit();
    }
    this.#commit();
  }

  #markGone(before: Row, line: Exclude<RecordLine, { is: 'error' }>): void {
    this.#replace(before, jsonLine(writtenOf(line.record)), this.#rowIn(line), false);
    countLine(this.tally, line);
  }

  async finish(summary: Omit<ScanSummary, 'tally' | 'changes'>): Promise<void> {
    const { out } = this.#options;
    if (this.#isJournal) this.changes = await changesIn(changesOf(out, this.#scan));
    const changes = this.changes && { changes: this.changes.counts };
    const end = jsonLine({ ...summary, tally: this.tally, ...changes });
    // What is written from here on is not an answer: a kill between two lines leaves what the next run takes off.
    const place = this.#isJournal ? await this.#taken(end) : await this.#ended(end);
    closeSync(this.#growing.file);
    for (const texts of Object.values(this.#texts)) texts.close();
    this.#state.unburyAll();
    this.#forgetRuns();
    // Whoever goes on supersedes it.
    this.#state.bury({ in: 'results', ...place });
    this.#state.setMeta('of', stampOf(out) ?? '');
    this.#commit('');
    const state = this.#state.close();
    this.#beside?.close();
    if (!this.#isJournal) KeptBeside.take(out);
    this.#hasEnded = true;
    this.#onStep('finish: index closed');
    const results = statSync(out).size;
    this.#kept = { results, dead: this.#dead, state };
    if (this.#dead >= results * MOST_DEAD) {
      const { after } = await compact(out, this.#onStep);
      State.remove(this.#statePath);
      this.#kept = { results: after, dead: 0, state: 0 };
    }
    this.#lock?.remove();
  }

  async leave(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    // Where no run was begun, as after a question that is refused, none is to be gone on with.
    const isBare = this.#isJournal && this.#growing.end === this.#head;
    this.#commit(isBare ? '' : undefined);
    this.#state.close();
    this.#beside?.close();
    closeSync(this.#growing.file);
    for (const texts of Object.values(this.#texts)) texts.close();
    if (isBare) rmSync(this.#growing.path, { force: true });
    this.#lock?.remove();
  }

  /** The end of a run that kept a journal. Gives where the summary stands. */
  async #taken(end: string): Promise<{ offset: number; length: number }> {
    const { file } = this.#growing;
    this.#write(this.#drops());
    this.#write(end);
    this.#onStep('finish: summary written');
    fsyncSync(file);
    // With this line what the two come to is fixed, and not before all of it is on the disk.
    this.#write(mergeLine());
    fsyncSync(file);
    syncFolder(this.#base);
    this.#onStep('finish: merge written');
    return this.#merged();
  }

  /** The end of a first run. Gives where the summary stands. */
  async #ended(end: string): Promise<{ offset: number; length: number }> {
    const { out } = this.#options;
    const { file, end: offset } = this.#growing;
    let place = { offset, length: Buffer.byteLength(end) - 1 };
    if (this.#state.anyBuried) {
      // Records that were made anew: as at the end of a journal, so that no kill leaves a line that is half of two.
      fsyncSync(file);
      const path = deltaOf(this.#base);
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
    // The journal of results that were there before.
    const left = deltaOf(out);
    if (existsSync(left) && (await isJournal(left))) rmSync(left);
    return place;
  }

  async #merged(): Promise<{ offset: number; length: number }> {
    const delta = await deltaBeside(this.#base, this.#scan);
    if (!delta?.isMerging)
      throw new ResultsError(said('scan.results.damaged', { path: deltaOf(this.#base), at: '0' }));
    let place = { offset: 0, length: 0 };
    const { dead } = await merge(this.#base, delta, {
      onStep: this.#onStep,
      onMoved: (from, offset, length) => {
        if (this.#isJournal) this.#state.moved(from, offset);
        // The last of them.
        place = { offset, length };
      },
    });
    this.#dead += dead;
    return place;
  }

  /** Lines of which nothing that is written says yet that they no longer count. */
  #drops(): string {
    let text = '';
    for (const place of this.#state.buried()) text += supersededLine(place);
    return text;
  }

  /**
   * Reads what the index does not know yet. Of what grows, whatever follows the last whole record or header is taken off:
   * a summary, places of lines that nothing took the place of, and what a power cut left of the last lines.
   */
  async #catchUp(where: Place['in'], from: number): Promise<void> {
    const path = where === 'results' ? this.#base : this.#growing.path;
    const grows = where === this.#growsAs;
    let waiting: Superseded[] = [];
    /** Where a line stands that is none: nothing but the end of what grows may be, which was not on the disk yet. */
    let damaged: number | undefined;
    for await (const { text, offset, length } of linesOf(path, from)) {
      const line = lineIn(text, where);
      if (line === undefined) damaged ??= offset;
      if (damaged !== undefined && (line !== undefined || !grows))
        throw new ResultsError(said('scan.results.damaged', { path, at: String(damaged) }));
      if (line === undefined) continue;
      if (line.is === 'summary' && grows) return;
      if (line.is === 'dead') this.#dead += length + 1;
      else if (line.is === 'superseded') waiting.push(line);
      else {
        this.#takeIn(line, { in: where, offset, length }, waiting);
        waiting = [];
        if (grows) this.#growing.end = offset + length + 1;
        // An index of a part of results that are whole is of none: all of it at once.
        if (grows && this.#state.isDue) this.#commit();
      }
    }
  }

  #takeIn(line: ParsedLine, place: Place, waiting: readonly Superseded[]): void {
    const before = 'record' in line ? this.#state.find(pathTold(line.record)) : undefined;
    for (const one of waiting) if (!isSame(one, before)) this.#dropped(one);
    if (line.is === 'summary') this.#state.bury(place);
    else if (line.is === 'header') this.#know(line.header);
    else {
      if (before !== undefined) {
        this.#takeOut(before);
        if (!waiting.some((one) => isSame(one, before))) this.#state.bury(before);
      }
      this.#state.put({ ...this.#rowIn(line), ...place }, false);
      countLine(this.tally, line);
    }
  }

  #know(header: Header): void {
    this.#headers.push(header);
    this.#byRun.set(header.run, header);
  }

  /**
   * Of a scan that goes on for years, most runs have no record left: the index needs to know those that have, the first, which
   * says which scan this is, and the last. The results keep all.
   */
  #forgetRuns(): void {
    if (this.#headers.length < 2 * Math.max(LEAST_RUNS, Number(this.#state.meta('runs') ?? 0))) return;
    const runs = this.#state.runs();
    const kept = this.#headers.filter(
      ({ run }, at) => at === 0 || at === this.#headers.length - 1 || runs.has(run),
    );
    this.#headers.splice(0, this.#headers.length, ...kept);
    this.#byRun.clear();
    for (const header of kept) this.#byRun.set(header.run, header);
    // Looked at again when there are twice as many.
    this.#state.setMeta('runs', String(kept.length));
  }

  /** A record that a journal says has gone, with none in its place. */
  #dropped(place: Superseded): void {
    const line = parseLine(this.#textAt(place));
    if (line === undefined || !('record' in line)) return;
    const row = this.#state.find(pathTold(line.record));
    if (row === undefined || !isSame(place, row)) return;
    this.#takeOut(row);
    this.#state.drop(row.path);
  }

  /** Out of what was counted. Throws where the index leads to another record: nothing is to be written over there. */
  #takeOut(row: Row): void {
    const line = parseLine(this.#textAt(row));
    if (line === undefined || !('record' in line) || pathTold(line.record) !== row.path) {
      this.#state.setMeta('of', '');
      const path = row.in === 'results' ? this.#base : this.#growing.path;
      throw new ResultsError(said('scan.results.damaged', { path, at: String(row.offset) }));
    }
    const part = emptyTally();
    countLine(part, line);
    discount(this.tally, part);
  }

  #rowOf(answer: Answer): Omit<Row, keyof Place> {
    const run = this.#headers.at(-1)?.run ?? 1;
    return 'error' in answer ? rowOfError(answer.path, run, answer.left) : rowOfRecord(answer.slim, run);
  }

  #rowIn(line: RecordLine): Omit<Row, keyof Place> {
    const run = this.#headers.at(-1)?.run ?? 1;
    return line.is === 'error' ? rowOfError(pathTold(line.record), run) : rowOfRecord(slimIn(line), run);
  }

  get #growsAs(): Place['in'] {
    return this.#isJournal ? 'delta' : 'results';
  }

  /** Written at once, so that a kill of this process takes at most a file in flight. */
  #write(text: string): void {
    const { file, end } = this.#growing;
    const bytes = Buffer.byteLength(text);
    const written = writeSync(file, text, end);
    if (written < bytes) writeAll(file, Buffer.from(text).subarray(written), end + written);
    this.#growing.end = end + bytes;
    this.#onStep('a line written');
  }

  #textAt(place: Place): string {
    return this.#texts[place.in].at(place);
  }

  #commit(end = String(this.#growing.end)): void {
    this.#state.setMeta('end', end);
    this.#state.setMeta('tally', JSON.stringify(this.tally));
    this.#state.setMeta('headers', JSON.stringify(this.#headers));
    this.#state.setMeta('dead', String(this.#dead));
    this.#state.commit();
  }
}

/** What the index says it is of while OUT is not there yet. */
const GROWING = 'growing';

/** One line as an index has to know it; undefined for what is none. */
function lineIn(
  text: string,
  where: Place['in'],
): ParsedLine | { is: 'dead' } | ({ is: 'superseded' } & Superseded) | undefined {
  if (isDead(text)) return { is: 'dead' };
  const ours = where === 'delta' ? deltaLineOf(text) : undefined;
  return ours?.is === 'superseded' ? ours : parseLine(text);
}

type RecordLine = Extract<ParsedLine, { record: unknown }>;

const isSame = (one: Place, other: Place | undefined): boolean =>
  one.in === other?.in && one.offset === other.offset;

/** One that is another, or gone, or new, makes another answer. */
function sidecarsKey(sidecars: SlimRecord['sidecars'] = []): string {
  if (sidecars.length === 0) return '';
  const told = JSON.stringify(
    sidecars.map(({ path, pathBytes, bytes, modified }) => [pathBytes ?? path, bytes, modified]),
  );
  return createHash('sha256').update(told).digest('base64').slice(0, SIDECARS_CHARACTERS);
}

/** Of a digest: 128 bits. */
const SIDECARS_CHARACTERS = 22;

/** What a line says of an error tells no state of its file: from results alone all of them are due. */
const rowOfError = (path: string, run: number, left?: LeftFile): Omit<Row, keyof Place> => ({
  path,
  bytes: left?.bytes ?? -1,
  modified: left?.modified ?? 0,
  run,
  readIn: run,
  outcome: left === undefined ? 'error' : 'left',
  sidecars: '',
});

function rowOfRecord(slim: SlimRecord, run: number): Omit<Row, keyof Place> {
  const { modified, readIn, asset, sidecars } = slim;
  return {
    path: pathTold(slim),
    bytes: asset.bytes,
    modified: Date.parse(modified),
    run,
    readIn: readIn ?? run,
    outcome: rowOutcome(slim),
    sidecars: sidecarsKey(sidecars),
  };
}

const withGone = <L extends Extract<ParsedLine, { is: 'slim' | 'full' }>>(line: L, at: string): L => ({
  ...line,
  record: { ...line.record, gone: at },
});

const slimIn = (line: Extract<ParsedLine, { is: 'slim' | 'full' }>): SlimRecord =>
  line.is === 'slim' ? line.record : slimOfFull(line.record);

function countLine(tally: Tally, line: RecordLine): void {
  if (line.is === 'error') countError(tally, line.record);
  else countRecord(tally, slimIn(line));
}

function count(tally: Tally, answer: Answer): void {
  if ('error' in answer) countError(tally, answer.error);
  else countRecord(tally, answer.slim);
}

function assertNothingThere(out: string, partial: string): void {
  if (existsSync(partial)) {
    throw new ResultsError(said('scan.results.interrupted', { path: partial }));
  }
  if (existsSync(out)) throw new ResultsError(said('scan.results.there', { path: out }));
}

async function isJournal(path: string): Promise<boolean> {
  for await (const { text } of linesOf(path)) return deltaLineOf(text).is === 'head';
  return false;
}

async function firstHeader(path: string): Promise<Header | undefined> {
  for await (const { text } of linesOf(path)) {
    const line = parseLine(text);
    if (line?.is === 'header') return line.header;
    throw new ResultsError(said('scan.results.begin', { path }));
  }
  return undefined;
}
