import { fault, type ReadFault } from '../core/ground/fault.js';
import { jsonLine } from '../core/ground/json-line.js';
import { pathTold } from '../core/ground/path-text.js';
import { said } from '../say/said.js';
import { type SealedBytes, SecretFault, type SecretKeys } from '../secrets/secret-keys.js';
import { isWebp } from '../store/collection-checks.js';
import type { KyselyScans } from '../store/kysely-scans.js';
import { openedManifest, sealedManifest } from '../store/scan-manifests.js';
import { BESIDE_BOUNDS, type KeptScan, type ScanRecordRow } from '../store/scans.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { BESIDE_PIECES, type BesidePiece, type RecordKept } from './beside-record.js';
import type { Header, ScanSummary } from './header.js';
import { KeptBeside } from './kept-beside.js';
import { parseLine } from './parse.js';
import { linesThere } from './records-in.js';
import { ResultsError } from './results.js';
import { slimOfFull } from './slim.js';
import { goneRow } from './store-changes.js';
import { besideBytes, MOST_BESIDE_BYTES, rowOf } from './store-results.js';
import { writtenOf } from './written.js';

const ROWS_AT_ONCE = 200;

export interface Imported {
  scan: KeptScan;
  records: number;
  /** Its last line was a summary. */
  isWhole: boolean;
}

/**
 * Results in a file become a scan of that tenant, with the id that they have. Throws a ResultsError for what is no results
 * file, and then nothing of it stays; `exists` where a scan of that id is there already, whoever's it is.
 */
export async function importResults(
  path: string,
  tenant: string,
  store: KyselyScans,
  keys?: SecretKeys,
): Promise<Imported | { exists: string }> {
  const { first, last, summary } = await endsOf(path);
  if ((await store.get(first.scan)) !== undefined) return { exists: first.scan };
  // Before anything is made: where it cannot be read there is no half of a scan.
  const beside = KeptBeside.there(path);
  try {
    const scan = await store.create({ id: first.scan, tenant, header: JSON.stringify(last) }, first.begun);
    try {
      const pieces = beside && piecesIn(beside, { tenant, scan: scan.id }, keys);
      for await (const rows of rowsIn(path, pieces)) await store.put(scan, rows);
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

/** The question of its last run is that of all its records. */
async function endsOf(path: string): Promise<{ first: Header; last: Header; summary?: ScanSummary }> {
  const headers: Header[] = [];
  let summary: ScanSummary | undefined;
  for await (const { text, offset } of linesThere(path)) {
    if (offset > 0 && !HEADER_OR_SUMMARY.test(text)) continue;
    const line = parseLine(text);
    if (line?.is !== 'header' && line?.is !== 'summary')
      throw new ResultsError(said('scan.results.none', { path, at: String(offset) }));
    summary = line.is === 'summary' ? line.summary : undefined;
    if (line.is === 'header') headers.push(line.header);
  }
  const [first] = headers;
  const last = headers.at(-1);
  if (first === undefined || last === undefined) throw new ResultsError(said('scan.results.empty', { path }));
  return { first, last, ...(summary && { summary }) };
}

/** What is kept beside the record of a path; a manifest store as it is to be kept here. */
type PiecesOf = (path: string) => Pieces;
interface Pieces {
  preview?: Buffer | undefined;
  manifest?: SealedBytes | 'not-opened' | undefined;
}

/** What was sealed for one tenant opens for no other: for another it is sealed anew, with the key that it was sealed with. */
function piecesIn(
  beside: KeptBeside,
  { tenant, scan }: { tenant: string; scan: string },
  keys: SecretKeys | undefined,
): PiecesOf {
  const sealedHere = (path: string): Pieces['manifest'] => {
    const sealed = beside.manifest(path);
    if (sealed === undefined || tenant === LOCAL_TENANT) return sealed;
    if (keys === undefined) return 'not-opened';
    try {
      const store = openedManifest(keys, { tenant: LOCAL_TENANT, scan, path }, sealed);
      return sealedManifest(keys, { tenant, scan, path }, store);
    } catch (error) {
      if (error instanceof SecretFault) return 'not-opened';
      throw error;
    }
  };
  return (path) => ({ preview: pictureOf(beside.preview(path)), manifest: sealedHere(path) });
}

/** Pages will show it: whoever wrote that file, it is a small picture or nothing. */
const pictureOf = (bytes: Buffer | undefined): Buffer | undefined =>
  bytes !== undefined && bytes.length <= BESIDE_BOUNDS.previewBytes && isWebp(bytes) ? bytes : undefined;

/** In their order: of two of one path the later takes the place of the first. */
async function* rowsIn(path: string, pieces: PiecesOf | undefined): AsyncGenerator<ScanRecordRow[]> {
  let rows: ScanRecordRow[] = [];
  let bytes = 0;
  for await (const { text, offset } of linesThere(path)) {
    const line = parseLine(text);
    if (line === undefined)
      throw new ResultsError(said('scan.results.damaged', { path, at: String(offset) }));
    if (line.is === 'header' || line.is === 'summary') continue;
    const row = rowIn(line, pieces);
    rows.push(row);
    bytes += besideBytes(row);
    if (rows.length < ROWS_AT_ONCE && bytes < MOST_BESIDE_BYTES) continue;
    yield rows;
    rows = [];
    bytes = 0;
  }
  yield rows;
}

function rowIn(
  line: Extract<ReturnType<typeof parseLine>, { is: 'slim' | 'full' | 'error' }>,
  pieces: PiecesOf | undefined,
): ScanRecordRow {
  if (line.is === 'error') return rowOf({ path: pathTold(line.record), error: line.record });
  const { kept } = line.record;
  const isGone = line.record.gone !== undefined;
  const found: Pieces | undefined =
    kept === undefined || isGone ? undefined : pieces?.(pathTold(line.record));
  const preview = kept?.preview && found?.preview;
  const had = kept?.manifestStore && found?.manifest;
  const manifest = had === 'not-opened' ? undefined : had;
  const whyNot = fault(had === 'not-opened' ? 'kept.notOpened' : 'kept.gone');
  const told = kept && keptHere(kept, { preview, manifestStore: manifest }, whyNot);
  const { kept: _, ...rest } = line.record;
  const record = { ...rest, ...(told && { kept: told }) } as typeof line.record;
  const slim = 'report' in record ? slimOfFull(record) : record;
  if (isGone) return goneRow(slim, jsonLine(writtenOf(record)).trimEnd());
  const entry = { modified: Date.parse(slim.modified) };
  const beside = { ...(preview && { preview }), ...(manifest && { manifestStore: manifest.bytes }) };
  return rowOf({ entry, slim, beside, ...('report' in record && { full: record }) }, () => manifest);
}

/** What a record says that is kept and is not here, it no longer says so. `noManifest`: why that is not. */
function keptHere(kept: RecordKept, here: Record<BesidePiece, unknown>, noManifest: ReadFault): RecordKept {
  const lost = BESIDE_PIECES.filter((piece) => kept[piece] === true && here[piece] === undefined);
  const why = (piece: BesidePiece) => (piece === 'manifestStore' ? noManifest : fault('kept.gone'));
  const missing = [...(kept.missing ?? []), ...lost.map((of) => ({ of, ...why(of) }))].slice(
    0,
    BESIDE_PIECES.length,
  );
  const there = BESIDE_PIECES.filter((piece) => kept[piece] === true && !lost.includes(piece));
  return {
    ...Object.fromEntries(there.map((piece) => [piece, true as const])),
    ...(missing.length === 0 ? {} : { missing }),
  };
}
