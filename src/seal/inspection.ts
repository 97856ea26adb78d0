import { jsonLine } from '../core/ground/json-line.js';
import { Printer } from '../pdf/printer.js';
import { type BagFile, bagFile } from './bag.js';
import { contentsOf, type Found } from './contents.js';
import { type LogExtract, logTags } from './log-tags.js';
import { EXCHANGES, INFO, type Kind, MANIFEST_STORE, MATCHES, NOTES } from './names.js';
import { type How, type SealedBag, seal } from './seal.js';

/** One inspection, as it is to be sealed. */
export interface InspectionToSeal extends Omit<Found, 'report'> {
  kind: Kind;
  /** With its words; of a `shareable` bag masked. Its `asset.sha256` is what the bag is about. */
  report: Found['report'] & { asset: { sha256: string } };
  /** Its id, where it was kept; left out: it was made to be sealed. */
  inspection?: string | undefined;
  /** The file as it was received (`receivedFile`), and where it came from. */
  file?: { content: BagFile; from: FileSource } | undefined;
  /** As it stands in the file, where there is one. */
  manifestStore?: Uint8Array | undefined;
  /** Why there may be one and it is not here. */
  manifestStoreFault?: { code: string } | undefined;
  /** What looked alike by now (`assay.matches/1`), and when that was asked. */
  matches?: object | undefined;
  /** What people wrote of it. */
  notes?: readonly object[] | undefined;
  /** What was exchanged with servers to fetch it (WARC, gzip). */
  exchanges?: Uint8Array | undefined;
  log?: LogExtract | undefined;
}

/** What the log says of a bag that was made: what was signed, and over which file; nobody’s name. */
export const sealedFacts = ({ kind, report }: InspectionToSeal, { digest }: SealedBag) => ({
  kind,
  file: report.asset.sha256,
  bundle: digest,
});

/** It was there at the inspection that was made to be sealed, was still kept, or was given again. */
export type FileSource = 'inspection' | 'kept' | 'given';

/**
 * What a bundle of this kind holds of an inspection. Whatever a `shareable` one must not hold is left out here, whoever calls:
 * the file, its manifest store and fields, matches, notes, exchanges. Who did what is left out of the log before.
 */
export async function inspectionContents(
  of: InspectionToSeal,
  speech: How['speech'],
  printer: Pick<Printer, 'print'> = PAPER,
): Promise<{ payload: BagFile[]; tags: BagFile[]; info: [label: string, value: string][] }> {
  const isFull = of.kind === 'full';
  const { report, versions, inspectedAt, evidence, matches, notes = [], exchanges, log } = of;
  const { manifestStore, manifestStoreFault } = of;
  const found = { report, versions, inspectedAt, ...(isFull && { evidence }) };
  const payload = await contentsOf(found, printer, speech);
  const tags = log === undefined ? [] : logTags(log, { persons: isFull });
  const info: [string, string][] = [[INFO.inspection, of.inspection ?? 'made to be sealed']];
  if (!isFull) return { payload, tags, info };
  if (of.file !== undefined) {
    payload.push(of.file.content);
    info.push([INFO.file, of.file.from]);
  }
  if (manifestStore !== undefined) payload.push(bagFile(MANIFEST_STORE, Buffer.from(manifestStore)));
  if (manifestStoreFault !== undefined)
    info.push([INFO.manifestStore, `not held (${manifestStoreFault.code})`]);
  if (matches !== undefined) tags.push(bagFile(MATCHES, jsonLine(matches)));
  if (notes.length > 0) tags.push(bagFile(NOTES, jsonLine({ schema: 'assay.notes/1', notes })));
  if (exchanges !== undefined) tags.push(bagFile(EXCHANGES, Buffer.from(exchanges)));
  return { payload, tags, info };
}

/** Sealed as a whole. Throws a SealError, and a PdfFault where its pages cannot be printed. */
export async function sealInspection(
  of: InspectionToSeal,
  how: How & { paper?: Pick<Printer, 'print'> | undefined },
): Promise<SealedBag> {
  const { payload, tags, info } = await inspectionContents(of, how.speech, how.paper);
  const identifier = `sha256:${of.report.asset.sha256}`;
  return seal({ kind: of.kind, identifier, payload, tags, info }, how);
}

/** What the folder in a ZIP is called, and the ZIP. */
export const bagName = ({ asset: { sha256 } }: InspectionToSeal['report']): string =>
  `assay-${sha256.slice(0, 12)}`;

/** By the library alone, for all bundles of this process: few are printed at a time. */
const PAPER = new Printer('');
