import { pathTold } from '../core/ground/path-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import { said } from '../say/said.js';
import type { SealedBytes, SecretKeys } from '../secrets/secret-keys.js';
import type { KyselyScans } from '../store/kysely-scans.js';
import { sealedManifest } from '../store/scan-manifests.js';
import type { KeptScan, KnownFile, ScanRecordRow } from '../store/scans.js';
import { lineOf } from './answer-line.js';
import type { BesideAnswer } from './beside-record.js';
import { contentOf } from './content.js';
import { type Entry, nameOf } from './entry.js';
import { errorRecord } from './error-record.js';
import { likenessesIn } from './likeness-record.js';
import { type ParsedLine, parseLine } from './parse.js';
import type { FullRecord, SlimRecord } from './record.js';
import type { Redo } from './redo.js';
import type { Answer, Before, Due, LeftFile, Results } from './results.js';
import type { GoneAsked } from './roots.js';
import { rowOutcome } from './row-outcome.js';
import { changesIn, RunChanges } from './run-changes.js';
import { assetIn, copyOf, type First, firstAs, isOfBytesAlone, withFirst } from './same-content.js';
import { changedIn, markGone } from './store-changes.js';
import { countError, countRecord, discount, emptyTally } from './tally.js';
import type { Twins } from './twins.js';

/** What a kill may take, and is then done again. */
const ROWS_PER_WRITE = 100;
const WRITE_MILLIS = 1_000;
/** A manifest store may have megabytes: so many bytes beside records are held in memory, and one more. */
export const MOST_BESIDE_BYTES = 32 * 1024 * 1024;

export interface StoreResultsOptions {
  store: KyselyScans;
  scan: KeptScan;
  /** `none`: a new scan, which knows no file yet. A map: all that is known of the files that come. */
  known: 'none' | 'ask' | ReadonlyMap<string, KnownFile>;
  /** Of a file that is the same: whether its record is to be made again all the same. */
  redo?(known: KnownFile): Redo | undefined;
  /** What was left for its first bytes is left again: by this run, and this version. */
  leaves?: boolean;
  /** Of this scan, in this process. */
  twins: Twins;
  /** What manifest stores are sealed under; left out: none is kept. */
  keys?: SecretKeys | undefined;
  /** With everything scanned, or left: the records are kept. */
  onEnd?(end: 'finished' | 'left'): Promise<void>;
}

/** Results in the database, a batch at a time: one row a file, whoever writes it and however often. */
export class StoreResults implements Results {
  readonly tally = emptyTally();
  changes: RunChanges | undefined;
  readonly #options: StoreResultsOptions;
  #rows: ScanRecordRow[] = [];
  /** Of these, beside their records. */
  #besideBytes = 0;
  #written = Date.now();
  readonly #dropped = new RunChanges();
  /** Read by a process that faulted later, and not read anew yet. */
  readonly #doubted = new Set<string>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: StoreResultsOptions) {
    this.#options = options;
  }

  get run(): number {
    return this.#options.scan.run;
  }

  async begin(): Promise<void> {}

  async due(entry: Entry): Promise<Due> {
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
    return line?.is === 'slim' || line?.is === 'full' ? { rejudge: line.record } : 'read';
  }

  hasTurns(bytes: number): boolean {
    return !this.#options.twins.sizes.isHopeless(bytes);
  }

  async sameContent(entry: Entry, local: string, taken?: string): Promise<Answer | undefined> {
    const { twins } = this.#options;
    const { bytes } = entry;
    if (taken === undefined && (twins.sizes.isHopeless(bytes) || !twins.hasSize(bytes))) return undefined;
    const sha256 = taken ?? (await contentOf(entry, local));
    if (sha256 === undefined || (await this.#held(sha256)) === undefined) {
      if (taken === undefined) twins.sizes.missed(bytes);
      return undefined;
    }
    twins.sizes.found(bytes);
    const { first } = await firstAs(sha256, nameOf(entry), (key) => this.#held(key));
    return first && copyOf(first.line, entry);
  }

  /** Whose record stands for the bytes that a key begins with (`firstAs`). */
  async #held(
    key: string,
  ): Promise<(First & { line: Extract<ParsedLine, { is: 'slim' | 'full' }> }) | undefined> {
    const path = this.#options.twins.pathOf(key);
    const text = path === undefined ? undefined : await this.#recordOf(path);
    const line = text === undefined ? undefined : parseLine(text);
    if (path === undefined || (line?.is !== 'slim' && line?.is !== 'full')) return undefined;
    const asset = assetIn(line);
    // The path may have had other bytes since.
    return key.startsWith(asset.sha256) ? { path, asset, line } : undefined;
  }

  async withFirst(answer: Answer): Promise<Answer> {
    if ('error' in answer || answer.slim.duplicateOf !== undefined || !isOfBytesAlone(answer.slim))
      return answer;
    const { entry, slim } = answer;
    const { sha256, bytes } = slim.asset;
    const { twins } = this.#options;
    const { key, first } = await firstAs(sha256, slim.asset.name, async (one) => {
      const path = twins.pathOf(one);
      // Its record is an error until it is read anew: the first it stays.
      if (path !== undefined && this.#doubted.has(path))
        return { path, asset: { ...slim.asset, name: nameOf({ path }) } };
      return this.#held(one);
    });
    if (first !== undefined && first.path !== entry.path) return withFirst(answer, first);
    twins.set(key, entry.path, bytes);
    return answer;
  }

  async write(answer: Answer): Promise<boolean> {
    if ('error' in answer) countError(this.tally, answer.error);
    else countRecord(this.tally, answer.slim);
    this.#doubted.delete('slim' in answer ? answer.entry.path : answer.path);
    const row = rowOf(answer, (path, store) => this.#sealed(path, store));
    this.#rows.push(row);
    this.#besideBytes += besideBytes(row);
    const isMany = this.#rows.length >= ROWS_PER_WRITE || this.#besideBytes >= MOST_BESIDE_BYTES;
    if (isMany || Date.now() - this.#written > WRITE_MILLIS) await this.flush();
    return true;
  }

  #sealed(path: string, store: Uint8Array): SealedBytes | undefined {
    const { keys, scan } = this.#options;
    return keys && sealedManifest(keys, { tenant: scan.tenant, scan: scan.id, path }, store);
  }

  /** An error in their place meanwhile: whoever goes on with the scan reads such files again. */
  async doubt(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      this.#doubted.add(path);
      this.#rows.push(rowOf({ path, error: inDoubt(path) }));
    }
    await this.flush();
  }

  /** Whether it differs or not: the record is not there any more. */
  async again(answer: Answer, before: Before | undefined): Promise<boolean> {
    if (before !== undefined) discount(this.tally, before.tally);
    return this.write(answer);
  }

  /** One after another, so that a later record of a path is not overtaken by an earlier. */
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

  async gone(asked: GoneAsked): Promise<void> {
    await this.flush();
    const { store, scan } = this.#options;
    await markGone(store, scan, asked, (before) => this.#dropped.add(before));
  }

  async finish(): Promise<void> {
    await this.flush();
    const { store, scan } = this.#options;
    if (scan.run > 1) this.changes = await changesIn(changedIn(store, scan), this.#dropped);
    await this.#options.onEnd?.('finished');
  }

  async leave(): Promise<void> {
    await this.flush();
    await this.#options.onEnd?.('left');
  }

  /** One that waits to be written, or one that is. */
  async #recordOf(path: string): Promise<string | undefined> {
    const waiting = this.#rows.findLast((row) => row.path === path);
    if (waiting !== undefined) return waiting.record;
    await this.#writing;
    const { store, scan } = this.#options;
    return store.record(scan.number, path);
  }

  async #knownOf(path: string): Promise<KnownFile | undefined> {
    const { known, store, scan } = this.#options;
    if (known === 'none') return undefined;
    // Files inside of archives are in no list that was made before.
    if (known !== 'ask' && !path.includes('!/')) return known.get(path);
    return (await store.known(scan.number, [path])).get(path);
  }
}

const inDoubt = (path: string): ErrorRecord => errorRecord(path, 'internal', said('scan.lost.inDoubt'));

/** `seal`: of the path and the bytes of a manifest store; left out: none is kept. */
export function rowOf(
  answer:
    | { entry: Pick<Entry, 'modified'>; slim: SlimRecord; full?: FullRecord; beside?: BesideAnswer }
    | { path: string; error: ErrorRecord; left?: LeftFile },
  seal?: (path: string, store: Uint8Array) => SealedBytes | undefined,
): ScanRecordRow {
  if ('error' in answer) {
    const { error, path, left } = answer;
    return {
      path,
      bytes: left?.bytes ?? -1,
      modified: left?.modified ?? 0,
      outcome: left === undefined ? 'error' : 'left',
      errorCode: error.code,
      record: lineOf(answer).trimEnd(),
    };
  }
  const { entry, slim } = answer;
  const { asset, summary, contentCredentials: credentials } = slim;
  return {
    path: pathTold(slim),
    bytes: asset.bytes,
    modified: entry.modified,
    outcome: rowOutcome(slim),
    sha256: asset.sha256,
    kind: asset.kind,
    origin: summary.origin,
    ...(summary.backing === undefined ? {} : { backing: summary.backing }),
    presence: credentials.presence,
    ...(credentials.integrity === undefined ? {} : { integrity: credentials.integrity }),
    ...(credentials.signer === undefined ? {} : { signer: credentials.signer }),
    record: lineOf(answer).trimEnd(),
    ...besideOf(answer, seal),
  };
}

/** What a row holds beside its record. */
export const besideBytes = ({ beside: { preview, manifest } = {} }: ScanRecordRow): number =>
  (preview?.length ?? 0) + (manifest?.bytes.length ?? 0);

function besideOf(
  { slim, beside: { preview, manifestStore } = {} }: { slim: SlimRecord; beside?: BesideAnswer },
  seal: Parameters<typeof rowOf>[1],
): Pick<ScanRecordRow, 'beside'> {
  const { likeness } = slim;
  const manifest = manifestStore && seal?.(pathTold(slim), manifestStore);
  const beside = {
    ...(likeness && { likenesses: likenessesIn(likeness) }),
    ...(preview && { preview }),
    ...(manifest && { manifest }),
  };
  return Object.keys(beside).length === 0 ? {} : { beside };
}
