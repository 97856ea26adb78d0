import { formatJsonLine } from '../../base/json-line.js';
import { Printer } from '../pdf/printer.js';
import { type BagFile, toBagFile } from './bag.js';
import { buildContents, type ResultToSeal } from './contents.js';
import { buildLogFiles, type LogExtract } from './log-tags.js';
import { type BundleKind, EXCHANGES, INFO_LABELS, MANIFEST_STORE, MATCHES, NOTES } from './names.js';
import { type SealedBag, type SealOptions, seal } from './seal.js';

/** One inspection to be sealed. */
export interface InspectionToSeal extends Omit<ResultToSeal, 'report'> {
  kind: BundleKind;
  /** With localized texts; masked for a `shareable` bag. The bag is about its `asset.sha256`. */
  report: ResultToSeal['report'] & { asset: { sha256: string } };
  /** Id of a stored inspection; left out: it was made only to be sealed. */
  inspection?: string | undefined;
  /** The received file (`toReceivedBagFile`), and where it came from. */
  file?: { content: BagFile; from: FileSource } | undefined;
  /** Bytes of the file's manifest store, if it has one. */
  manifestStore?: Uint8Array | undefined;
  /** Reason why the manifest store that the file may have is missing. */
  manifestStoreFault?: { code: string } | undefined;
  /** Similar files at the time of sealing (`assay.matches/1`), with that time. */
  matches?: object | undefined;
  /** Notes that people wrote. */
  notes?: readonly object[] | undefined;
  /** HTTP exchanges of the file's download (WARC, gzip). */
  exchanges?: Uint8Array | undefined;
  log?: LogExtract | undefined;
}

/** Returns the facts that the log records about a bag: its digest, kind and file; no names. */
export const toSealedFacts = ({ kind, report }: InspectionToSeal, { digest }: SealedBag) => ({
  kind,
  file: report.asset.sha256,
  bundle: digest,
});

/** The file was inspected for this bag, was still stored, or was uploaded again. */
export type FileSource = 'inspection' | 'kept' | 'given';

/**
 * Returns the files that a bundle of this kind holds of an inspection. Everything that a `shareable` one must not hold
 * is removed here, for every caller: the file, its manifest store and evidence, matches, notes, exchanges. The log
 * extract is made without names before.
 */
export async function buildInspectionContents(
  of: InspectionToSeal,
  translator: SealOptions['speech'],
  printer: Pick<Printer, 'print'> = BUNDLE_PRINTER,
): Promise<{ payload: BagFile[]; tags: BagFile[]; info: [label: string, value: string][] }> {
  const isFull = of.kind === 'full';
  const { report, versions, inspectedAt, evidence, matches, notes = [], exchanges, log } = of;
  const { manifestStore, manifestStoreFault } = of;
  const found = { report, versions, inspectedAt, ...(isFull && { evidence }) };
  const payload = await buildContents(found, printer, translator);
  const tags = log === undefined ? [] : buildLogFiles(log, { persons: isFull });
  const info: [string, string][] = [[INFO_LABELS.inspection, of.inspection ?? 'made to be sealed']];
  if (!isFull) return { payload, tags, info };
  if (of.file !== undefined) {
    payload.push(of.file.content);
    info.push([INFO_LABELS.file, of.file.from]);
  }
  if (manifestStore !== undefined) payload.push(toBagFile(MANIFEST_STORE, Buffer.from(manifestStore)));
  if (manifestStoreFault !== undefined)
    info.push([INFO_LABELS.manifestStore, `not held (${manifestStoreFault.code})`]);
  if (matches !== undefined) tags.push(toBagFile(MATCHES, formatJsonLine(matches)));
  if (notes.length > 0) tags.push(toBagFile(NOTES, formatJsonLine({ schema: 'assay.notes/1', notes })));
  if (exchanges !== undefined) tags.push(toBagFile(EXCHANGES, Buffer.from(exchanges)));
  return { payload, tags, info };
}

/** Seals one inspection. Throws a SealError, or a PdfFault if its pages cannot be printed. */
export async function sealInspection(
  of: InspectionToSeal,
  how: SealOptions & { paper?: Pick<Printer, 'print'> | undefined },
): Promise<SealedBag> {
  const { payload, tags, info } = await buildInspectionContents(of, how.speech, how.paper);
  const identifier = `sha256:${of.report.asset.sha256}`;
  return seal({ kind: of.kind, identifier, payload, tags, info }, how);
}

/** Returns the name of the folder in the ZIP, and of the ZIP. */
export const bagName = ({ asset: { sha256 } }: InspectionToSeal['report']): string =>
  `assay-${sha256.slice(0, 12)}`;

/** Printer without a browser, shared by all bundles of this process: a few are printed at a time. */
const BUNDLE_PRINTER = new Printer('');
