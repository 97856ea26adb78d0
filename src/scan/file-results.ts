import {
  closeSync,
  existsSync,
  fdatasync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { jsonLine } from '../core/ground/json-line.js';
import { pathTold } from '../core/ground/path-text.js';
import { said } from '../say/said.js';
import type { FileLock } from '../store/file-lock.js';
import { contentOf } from './content.js';
import type { Entry } from './entry.js';
import type { Header, ScanSummary, Tally } from './header.js';
import { linesOf } from './lines.js';
import { lockResults } from './lock.js';
import { type ParsedLine, parseLine } from './parse.js';
import type { SlimRecord } from './record.js';
import type { Redo, Runs } from './redo.js';
import { type Answer, type Before, type Due, type Results, ResultsError } from './results.js';
import { rowOutcome } from './row-outcome.js';
import { copyOf, FruitlessSizes } from './same-content.js';
import { slimOfFull, sidecarsIn as slimSidecars } from './slim.js';
import { type Row, State } from './state.js';
import { countError, countRecord, discount, emptyTally } from './tally.js';

const synced = promisify(fdatasync);
/** What a power cut may take; a kill takes nothing that was written. */
const SYNC_MILLIS = 2_000;

export interface FileResultsOptions {
  out: string;
  /** Go on with what is there, finished or not; otherwise nothing may be there. */
  resume: boolean;
  overwrite: boolean;
  /** Whether a file whose time of change is another but whose bytes are the same is done. */
  byContent: boolean;
  /** Rows that are to be done again although their file is the same. */
  redo?(row: Row, runs: Runs): Redo | undefined;
}

/**
 * Results in a file. While the scan runs they grow in `OUT.partial`, a line at a time and each written at once;
 * when all is scanned it takes the name OUT, so that OUT is never half of anything. `OUT.state` is its index.
 */
export class FileResults implements Results {
  tally: Tally = emptyTally();
  readonly #options: FileResultsOptions;
  readonly #partial: string;
  readonly #statePath: string;
  /** By run. */
  readonly #headers: Header[];
  readonly #sizes = new FruitlessSizes();
  #state: State;
  #lock: FileLock | undefined;
  #file: number;
  #end = 0;
  #lastSync = Date.now();

  private constructor(options: FileResultsOptions, file: number, headers: Header[], state: State) {
    this.#options = options;
    this.#partial = `${options.out}.partial`;
    this.#statePath = `${options.out}.state`;
    this.#file = file;
    this.#headers = headers;
    this.#state = state;
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
    const { out } = options;
    const partial = `${out}.partial`;
    // Results are gone over again and take their name at the end: a device or pipe would be gone then.
    if (statSync(out, { throwIfNoEntry: false })?.isFile() === false)
      throw new ResultsError(said('scan.results.noFile', { path: out }));
    if (options.overwrite) await rm(partial, { force: true });
    else if (!options.resume) assertNothingThere(out, partial);
    else if (!existsSync(partial) && existsSync(out)) {
      // Before anything is made of it: a picture named by mistake is to have nothing beside it.
      await firstHeader(out);
      await copyFile(out, partial);
    }
    const first = existsSync(partial) ? await firstHeader(partial) : undefined;
    if (first === undefined) {
      State.remove(`${out}.state`);
      const state = State.open(`${out}.state`, scanId);
      return new FileResults(options, openSync(partial, 'w+', 0o666), [], state);
    }
    const results = new FileResults(
      options,
      openSync(partial, 'r+'),
      [],
      State.open(`${out}.state`, first.scan),
    );
    await results.#catchUp();
    return results;
  }

  get headers(): readonly Header[] {
    return this.#headers;
  }

  async begin(header: Header): Promise<void> {
    this.#headers.push(header);
    this.#append(header);
  }

  async due(entry: Entry): Promise<Due> {
    const row = this.#state.find(entry.path);
    const { redo, byContent } = this.#options;
    if (row === undefined || row.outcome === 'error' || row.bytes !== entry.bytes) return 'read';
    if (this.#state.isDoubted(entry.path)) return 'read';
    if (row.sidecars !== sidecarsKey(slimSidecars(entry))) return 'read';
    const judged = this.#headers.find(({ run }) => run === row.run);
    const read = this.#headers.find(({ run }) => run === row.readIn);
    if (judged === undefined || read === undefined) return 'read';
    const again = redo?.(row, { read, judged });
    if (again === 'read') return 'read';
    const same =
      row.modified === entry.modified ||
      (byContent && row.sha256 !== undefined && (await contentOf(entry)) === row.sha256);
    if (!same) return 'read';
    if (again === undefined) return 'nothing';
    const known = parseLine(this.#textAt(row));
    return known?.is === 'slim' || known?.is === 'full'
      ? { rejudge: { ...known.record, readIn: row.readIn } }
      : 'read';
  }

  async sameContent(entry: Entry, local: string): Promise<Answer | undefined> {
    const { bytes } = entry;
    if (this.#sizes.isHopeless(bytes) || !this.#state.hasSize(bytes)) return undefined;
    const sha256 = await contentOf(entry, local);
    const row = sha256 === undefined ? undefined : this.#state.withContent(sha256);
    const current = this.#headers.at(-1)?.run;
    // An answer of an earlier run may rest on other lists, rules or engines.
    const usable = row !== undefined && row.run === current && row.readIn === current;
    const known = usable ? parseLine(this.#textAt(row)) : undefined;
    if (known === undefined || !('record' in known) || known.is === 'error') {
      this.#sizes.missed(bytes);
      return undefined;
    }
    this.#sizes.found(bytes);
    return copyOf(known, entry);
  }

  async write(answer: Answer): Promise<boolean> {
    const [value, row] = this.#rowOf(answer);
    const { offset, length } = this.#append(value);
    this.#state.put({ ...row, offset, length });
    count(this.tally, answer);
    if (this.#state.isDue) this.#commit();
    if (Date.now() - this.#lastSync > SYNC_MILLIS) {
      this.#lastSync = Date.now();
      await synced(this.#file);
    }
    return true;
  }

  async doubt(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#state.doubt(path);
    this.#commit();
  }

  async again(answer: Answer, before: Before | undefined, differs: boolean): Promise<boolean> {
    if (!differs) {
      this.#state.rely('error' in answer ? answer.path : answer.entry.path);
      return true;
    }
    if (before !== undefined) discount(this.tally, before.tally);
    return this.write(answer);
  }

  async finish(summary: Omit<ScanSummary, 'tally'>): Promise<void> {
    const superseded = this.#state.anyBuried;
    if (superseded) await this.#dropBuried();
    this.#commit();
    this.#append({ ...summary, tally: this.tally });
    await synced(this.#file);
    closeSync(this.#file);
    await rename(this.#partial, this.#options.out);
    this.#state.close();
    this.#lock?.remove();
  }

  async leave(): Promise<void> {
    this.#commit();
    this.#state.close();
    closeSync(this.#file);
    this.#lock?.remove();
  }

  /** Reads what the index does not know yet; what follows the last whole line, or is the summary, is taken off. */
  async #catchUp(): Promise<void> {
    this.#end = Number(this.#state.meta('end') ?? 0);
    const tally = this.#state.meta('tally');
    if (tally !== undefined) this.tally = JSON.parse(tally) as Tally;
    const headers = this.#state.meta('headers');
    if (headers !== undefined) this.#headers.push(...(JSON.parse(headers) as Header[]));
    for await (const { text, offset, length } of linesOf(this.#partial, this.#end)) {
      const line = parseLine(text);
      if (line === undefined) {
        throw new ResultsError(said('scan.results.damaged', { path: this.#partial, at: String(offset) }));
      }
      if (line.is === 'summary') break;
      this.#end = offset + length + 1;
      if (line.is === 'header') this.#headers.push(line.header);
      else this.#know(line, offset, length);
      if (this.#state.isDue) this.#commit();
    }
    ftruncateSync(this.#file, this.#end);
    this.#commit();
  }

  #know(line: Exclude<ParsedLine, { is: 'header' | 'summary' }>, offset: number, length: number): void {
    const run = this.#headers.at(-1)?.run ?? 1;
    if (line.is === 'error') {
      this.#state.put({
        path: pathTold(line.record),
        bytes: -1,
        modified: 0,
        offset,
        length,
        run,
        readIn: run,
        outcome: 'error',
        sidecars: '',
      });
      countError(this.tally, line.record);
      return;
    }
    const slim = slimIn(line);
    this.#state.put({ ...rowOfRecord(slim, run), offset, length });
    countRecord(this.tally, slim);
  }

  #rowOf(answer: Answer): [object, Omit<Row, 'offset' | 'length'>] {
    const run = this.#headers.at(-1)?.run ?? 1;
    if ('error' in answer) {
      const row = { path: answer.path, bytes: -1, modified: 0, run, readIn: run, ...FAILED };
      return [answer.error, row];
    }
    return [answer.full ?? answer.slim, rowOfRecord(answer.slim, run)];
  }

  /** Written at once, so that a kill of this process takes at most a file in flight. */
  #append(value: object): { offset: number; length: number } {
    const line = Buffer.from(jsonLine(value));
    const offset = this.#end;
    for (let done = 0; done < line.length; ) {
      done += writeSync(this.#file, line, done, line.length - done, offset + done);
    }
    this.#end += line.length;
    return { offset, length: line.length - 1 };
  }

  #textAt({ offset, length }: Row): string {
    const bytes = Buffer.allocUnsafe(length);
    const read = readSync(this.#file, bytes, 0, length, offset);
    return bytes.toString('utf8', 0, read);
  }

  #commit(): void {
    this.#state.setMeta('end', String(this.#end));
    this.#state.setMeta('tally', JSON.stringify(this.tally));
    this.#state.setMeta('headers', JSON.stringify(this.#headers));
    this.#state.commit();
  }

  /** Copies what still counts, and with it the index: one record a file. */
  async #dropBuried(): Promise<void> {
    this.#state.commit();
    const fresh = `${this.#partial}.new`;
    State.remove(`${this.#statePath}.new`);
    const copy = new FileResults(
      this.#options,
      openSync(fresh, 'w+'),
      [],
      State.open(`${this.#statePath}.new`, this.#headers[0]?.scan ?? ''),
    );
    for await (const { text, offset } of linesOf(this.#partial)) {
      const line = this.#state.isBuried(offset) ? undefined : parseLine(text);
      if (line === undefined || line.is === 'summary') continue;
      if (line.is === 'header') await copy.begin(line.header);
      else {
        const { offset: at, length } = copy.#append(line.record);
        copy.#know(line, at, length);
      }
      if (copy.#state.isDue) copy.#commit();
    }
    copy.#commit();
    closeSync(this.#file);
    this.#state.close();
    copy.#state.close();
    await rename(fresh, this.#partial);
    await rename(`${this.#statePath}.new`, this.#statePath);
    this.#file = copy.#file;
    this.#end = copy.#end;
    this.tally = copy.tally;
    this.#state = State.open(this.#statePath, this.#headers[0]?.scan ?? '');
  }
}

const FAILED = { outcome: 'error', sidecars: '' } as const;

/** One that is another, or gone, or new, makes another answer. */
const sidecarsKey = (sidecars: SlimRecord['sidecars'] = []): string =>
  sidecars.length === 0
    ? ''
    : JSON.stringify(
        sidecars.map(({ path, pathBytes, bytes, modified }) => [pathBytes ?? path, bytes, modified]),
      );

function rowOfRecord(slim: SlimRecord, run: number): Omit<Row, 'offset' | 'length'> {
  const { modified, readIn, asset, sidecars } = slim;
  return {
    path: pathTold(slim),
    bytes: asset.bytes,
    modified: Date.parse(modified),
    // Read with something else beside it, it stands for no other file of the same bytes.
    ...(sidecars === undefined ? { sha256: asset.sha256 } : {}),
    run,
    readIn: readIn ?? run,
    outcome: rowOutcome(slim),
    sidecars: sidecarsKey(sidecars),
  };
}

const slimIn = (line: Extract<ParsedLine, { is: 'slim' | 'full' }>): SlimRecord =>
  line.is === 'slim' ? line.record : slimOfFull(line.record);

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

async function firstHeader(path: string): Promise<Header | undefined> {
  for await (const { text } of linesOf(path)) {
    const line = parseLine(text);
    if (line?.is === 'header') return line.header;
    throw new ResultsError(said('scan.results.begin', { path }));
  }
  return undefined;
}
