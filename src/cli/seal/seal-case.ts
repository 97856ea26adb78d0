import { join } from 'node:path';
import type { Config } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { collectCaseToSeal, notHeldReason } from '../../service/cases/case-to-seal.js';
import { AllowedPaths } from '../../service/inspections/allowed-paths.js';
import { JobUploads } from '../../service/inspections/upload-files.js';
import {
  collectInspectionToSeal,
  type OpenInspectionFile,
} from '../../service/sealing/inspection-to-seal.js';
import type { BundleKind } from '../../service/sealing/names.js';
import type { ReceivedFile } from '../../service/sealing/receive-bundle.js';
import type { BagToSeal, SealedBag } from '../../service/sealing/seal.js';
import { SealError } from '../../service/sealing/seal-error.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { CaseError } from '../../storage/cases/cases.js';
import { CASE_BOUNDS } from '../../storage/inspections/case-bounds.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import { openStores } from '../../storage/stores.js';
import { EXIT, type ExitCode } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';
import { unlessInterrupted } from '../shared/unless-interrupted.js';
import { openInspectedFile, sealingParts, signWith } from './seal-stored.js';

/**
 * Loads a case from the configured database and calls `work` with its contents while their files are open. Returns the
 * exit code, after printing a message if there is nothing to seal. Files that are no longer stored are missing from the
 * bundle, which says so.
 */
export async function withCase(
  request: { id: string; tenant: string; kind: BundleKind },
  { config, io, speech }: { config: Config; io: Io; speech: Translator },
  work: (of: BagToSeal) => Promise<SealedBag>,
): Promise<ExitCode> {
  const { id, tenant, kind } = request;
  const { dataDir, databaseUrl: url, trustDir, sandbox } = config;
  const stores = await openStores({ dataDir, url }, { supervise: false });
  signWith(stores.log, config);
  const inspector = createInspector({ jobs: 1, trustDir, confinement: new Confinement({ sandbox }) });
  const fileStores = {
    files: new JobUploads(join(dataDir, 'uploads')),
    allowed: new AllowedPaths(config.allowedPaths),
  };
  const open: ReceivedFile[] = [];
  const exchanged: string[] = [];
  const toSeal = async (record: InspectionRecord) => {
    const held = kind === 'full' ? await storedFile(record, fileStores) : undefined;
    const had = held !== undefined && 'file' in held ? held : undefined;
    if (had !== undefined) open.push(had.file);
    const of = await collectInspectionToSeal(
      record,
      { kind, had },
      sealingParts({ stores, inspector, io, speech }),
    );
    if (of?.exchanges !== undefined) exchanged.push(record.id);
    return of && { of, ...(held !== undefined && 'notHeld' in held ? { notHeld: held.notHeld } : {}) };
  };
  try {
    const of = await unlessInterrupted(
      io,
      collectCaseToSeal(request, { stores, speech, inspectionToSeal: toSeal }),
    );
    if (of === undefined) {
      printMessage(io, message('cli.seal.noCase', { id, tenant }));
      return EXIT.usage;
    }
    const { digest: bundle } = await work(of);
    const at = new Date().toISOString();
    const event = { tenant, at, action: 'case.sealed', subject: id, who: LOCAL_TENANT };
    await stores.log.writeNow({ ...event, facts: { kind, bundle } });
    for (const one of exchanged) await stores.exchanges.markSealed(tenant, one, at);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    printMessage(io, message('cli.seal.caseTooLarge', { most: CASE_BOUNDS.sealed }));
    return EXIT.notAllInspected;
  } finally {
    for (const one of open) await one.handle.close();
    await inspector.close();
    await stores.close();
  }
}

async function storedFile(
  record: InspectionRecord,
  fileStores: Parameters<typeof openInspectedFile>[2],
): Promise<OpenInspectionFile | { notHeld: string }> {
  try {
    return await openInspectedFile(record, undefined, fileStores);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const isUnread = error.cause !== undefined;
    return { notHeld: notHeldReason(record, { isOther: error.code === 'file', isUnread }) };
  }
}
