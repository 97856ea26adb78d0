import { fault } from '../core/ground/fault.js';
import { jsonLine } from '../core/ground/json-line.js';
import { pathTold } from '../core/ground/path-text.js';
import { said } from '../say/said.js';
import { type SealedBytes, SecretFault, type SecretKeys } from '../secrets/secret-keys.js';
import { openedManifest, sealedManifest } from '../store/scan-manifests.js';
import type { KeptScan, ScanRecordRow, ScanStore } from '../store/scans.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { BESIDE_PIECES, type BesidePiece, type RecordKept } from './beside-record.js';
import type { Header, ScanSummary } from './header.js';
import { KeptBeside } from './kept-beside.js';
import { parseLine } from './parse.js';
import { linesThere } from './records-in.js';
import { ResultsError } from './results.js';
import { slimOfFull } from './slim.js';
import { goneRow } from './store-changes.js';
import { rowOf } from './store-results.js';
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
  store: ScanStore,
  keys?: SecretKeys,
): Promise<Imported | { exists: string }> {
  const { first, last, summary } = await endsOf(path);
  if ((await store.get(first.scan)) !== undefined) return { exists: first.scan };
  const scan = await store.create({ id: first.scan, tenant, header: JSON.stringify(last) }, first.begun);
  const beside = KeptBeside.there(path);
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
  } finally {
    beside?.close();
  }
  const { files, gone } = await store.counts(scan.number);
  return { scan, records: files + gone, isWhole: summary !== undefined };
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
type PiecesOf = (path: string) => { preview?: Buffer | undefined; manifest?: SealedBytes | undefined };

/** What was sealed for one tenant opens for no other: for another it is sealed anew, with the key that it was sealed with. */
function piecesIn(
  beside: KeptBeside,
  { tenant, scan }: { tenant: string; scan: string },
  keys: SecretKeys | undefined,
): PiecesOf {
  const sealedHere = (path: string): SealedBytes | undefined => {
    const sealed = beside.manifest(path);
    if (sealed === undefined || tenant === LOCAL_TENANT) return sealed;
    try {
      const store = keys && openedManifest(keys, { tenant: LOCAL_TENANT, scan, path }, sealed);
      return keys && store && sealedManifest(keys, { tenant, scan, path }, store);
    } catch (error) {
      if (error instanceof SecretFault) return undefined;
      throw error;
    }
  };
  return (path) => ({ preview: beside.preview(path), manifest: sealedHere(path) });
}

/** In their order: of two of one path the later takes the place of the first. */
async function* rowsIn(path: string, pieces: PiecesOf | undefined): AsyncGenerator<ScanRecordRow[]> {
  let rows: ScanRecordRow[] = [];
  for await (const { text, offset } of linesThere(path)) {
    const line = parseLine(text);
    if (line === undefined)
      throw new ResultsError(said('scan.results.damaged', { path, at: String(offset) }));
    if (line.is === 'header' || line.is === 'summary') continue;
    rows.push(rowIn(line, pieces));
    if (rows.length < ROWS_AT_ONCE) continue;
    yield rows;
    rows = [];
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
  const found = kept === undefined || isGone ? {} : pieces?.(pathTold(line.record));
  const preview = kept?.preview && found?.preview;
  const manifest = kept?.manifestStore && found?.manifest;
  const told = kept && keptHere(kept, { preview, manifestStore: manifest });
  const { kept: _, ...rest } = line.record;
  const record = { ...rest, ...(told && { kept: told }) } as typeof line.record;
  const slim = 'report' in record ? slimOfFull(record) : record;
  if (isGone) return goneRow(slim, jsonLine(writtenOf(record)).trimEnd());
  const entry = { modified: Date.parse(slim.modified) };
  const beside = { ...(preview && { preview }), ...(manifest && { manifestStore: manifest.bytes }) };
  return rowOf({ entry, slim, beside, ...('report' in record && { full: record }) }, () => manifest);
}

/** What a record says that is kept and is not here, it no longer says so. */
function keptHere(kept: RecordKept, here: Record<BesidePiece, unknown>): RecordKept {
  const lost = BESIDE_PIECES.filter((piece) => kept[piece] === true && here[piece] === undefined);
  const missing = [...(kept.missing ?? []), ...lost.map((of) => ({ of, ...fault('file.gone') }))].slice(
    0,
    BESIDE_PIECES.length,
  );
  const there = BESIDE_PIECES.filter((piece) => kept[piece] === true && !lost.includes(piece));
  return {
    ...Object.fromEntries(there.map((piece) => [piece, true as const])),
    ...(missing.length === 0 ? {} : { missing }),
  };
}
