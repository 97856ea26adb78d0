import type { ReadFault } from '../base/fault.js';
import type { RenameData } from '../core/pipeline/rename.js';
import type { EvidenceView } from '../core/report/evidence-view.js';
import type { StoredReport } from '../core/report/report.js';
import { prepareSidecar } from './files/sidecar-file.js';
import { pickResolvedOptions, type ResolvedOptions } from './options/resolved.js';
import type { InspectionCallbacks, Inspector, InspectRequest, PartReport } from './pool/inspector.js';
import { InspectError } from './protocol/inspect-error.js';

/** Path of a file, with options for reading it. */
export interface FileToInspect extends Omit<InspectRequest, keyof ResolvedOptions> {
  /** Sidecar files: at most one C2PA manifest store, and XMP. */
  sidecarPaths?: readonly string[] | undefined;
}

/** Report with the requested attachments, which are absent if nothing of the file could be read. */
export interface InspectionResult {
  report: StoredReport;
  /** Evidence view of the file. */
  evidence?: EvidenceView;
  /** Manifest store as it stands in the file or its sidecar, including all personal data. At most 8 MiB. */
  manifestStore?: { bytes: Uint8Array };
  /** Reason why a manifest store is not returned although there may be one: it is too large or could not be read. */
  manifestStoreFault?: ReadFault;
  /** Reports on the individual parts, as far as there is room. */
  parts?: PartReport[];
  /** Data needed to rename the Report for the same bytes under another name. */
  renameData?: RenameData;
  /** Trust data for a recheck without the file. */
  storedTrust?: string;
}

interface InspectionContext {
  inspector: Pick<Inspector, 'inspect'>;
  /** Attachments requested with the Report; others are not collected. */
  attachments?: readonly Exclude<keyof InspectionResult, 'report' | 'manifestStoreFault'>[];
  whenEnded?: InspectionCallbacks['onEnd'];
}

/**
 * Inspects a file; the common implementation of all entry points. A file that cannot be inspected is a regular result.
 * Rejects only for internal errors, or if the caller aborts.
 */
export async function inspectFile(
  question: ResolvedOptions,
  { sidecarPaths = [], ...file }: FileToInspect,
  { inspector, attachments: beside = [], whenEnded }: InspectionContext,
): Promise<InspectionResult | { error: InspectError }> {
  const found: Omit<InspectionResult, 'report'> = {};
  const into = <K extends Exclude<keyof typeof found, 'manifestStoreFault'>>(name: K) =>
    beside.includes(name)
      ? (value: Required<InspectionResult>[K]) => void Object.assign(found, { [name]: value })
      : undefined;
  const takers: InspectionCallbacks = {
    onEvidence: into('evidence'),
    onManifestStore: beside.includes('manifestStore')
      ? (store) => {
          if ('bytes' in store) found.manifestStore = store;
          else found.manifestStoreFault = store.fault;
        }
      : undefined,
    onParts: into('parts'),
    onNaming: into('renameData'),
    onStoredTrust: into('storedTrust'),
    onEnd: whenEnded,
  };
  try {
    const beside = await prepareSidecar(sidecarPaths);
    try {
      const { path: sidecarPath } = beside;
      const request = { ...file, ...(sidecarPath === undefined ? {} : { sidecarPath }) };
      const report = await inspector.inspect({ ...request, ...pickResolvedOptions(question) }, takers);
      return { report, ...found };
    } finally {
      await beside.remove();
    }
  } catch (error) {
    if (error instanceof InspectError) return { error };
    throw error;
  }
}
