import type { Naming } from './core/analysis/named.js';
import type { ReadFault } from './core/ground/fault.js';
import type { EvidenceSheet } from './core/report/evidence-sheet.js';
import type { Report } from './core/report/report.js';
import { InspectError } from './isolation/inspect-error.js';
import type { Inspector, InspectRequest, PartReport, Takers } from './isolation/inspector.js';
import { sidecarFile } from './isolation/sidecar-file.js';
import { type Asked, askedIn } from './question/asked.js';

/** A file that lies somewhere, and how it is to be read. */
export interface AskedFile extends Omit<InspectRequest, keyof Asked> {
  /** What is kept beside it, each in a file of its own: at most one C2PA manifest store, and XMP. */
  sidecarPaths?: readonly string[] | undefined;
}

/** A Report, and beside it what was asked for: there is none of that where nothing of the file could be read. */
export interface Performed {
  report: Report;
  /** What the file says field by field. */
  evidence?: EvidenceSheet;
  /** As it stands in the file, or in what is kept beside it: all personal data is in it. Of at most 8 MiB. */
  manifestStore?: { bytes: Uint8Array };
  /** Why there may be one and it is not given: too large, or nobody could get at it. */
  manifestStoreFault?: ReadFault;
  /** What a Report on each part alone says, as far as there is room. */
  parts?: PartReport[];
  /** What it takes to give the Report to the same bytes under another name. */
  naming?: Naming;
  /** What a recheck needs that no longer has the file. */
  kept?: string;
}

interface How {
  inspector: Pick<Inspector, 'inspect'>;
  /** What is wanted beside the Report; what nobody wants is not gathered. */
  beside?: readonly Exclude<keyof Performed, 'report' | 'manifestStoreFault'>[];
  whenEnded?: Takers['whenEnded'];
}

/**
 * What every door does with a question and a file. A file that cannot be inspected is an outcome; only a fault of ours, or
 * a caller that asks no more, rejects.
 */
export async function perform(
  question: Asked,
  { sidecarPaths = [], ...file }: AskedFile,
  { inspector, beside = [], whenEnded }: How,
): Promise<Performed | { error: InspectError }> {
  const found: Omit<Performed, 'report'> = {};
  const into = <K extends Exclude<keyof typeof found, 'manifestStoreFault'>>(name: K) =>
    beside.includes(name)
      ? (value: Required<Performed>[K]) => void Object.assign(found, { [name]: value })
      : undefined;
  const takers: Takers = {
    takeEvidence: into('evidence'),
    takeManifestStore: beside.includes('manifestStore')
      ? (store) => {
          if ('bytes' in store) found.manifestStore = store;
          else found.manifestStoreFault = store.fault;
        }
      : undefined,
    takeParts: into('parts'),
    takeNaming: into('naming'),
    keep: into('kept'),
    whenEnded,
  };
  try {
    const beside = await sidecarFile(sidecarPaths);
    try {
      const { path: sidecarPath } = beside;
      const request = { ...file, ...(sidecarPath === undefined ? {} : { sidecarPath }) };
      const report = await inspector.inspect({ ...request, ...askedIn(question) }, takers);
      return { report, ...found };
    } finally {
      await beside.remove();
    }
  } catch (error) {
    if (error instanceof InspectError) return { error };
    throw error;
  }
}
