import { join } from 'node:path';
import { readLogKey } from '../../base/secrets/log-key.js';
import type { Config } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { AllowedPaths } from '../../service/inspections/allowed-paths.js';
import { JobUploads } from '../../service/inspections/upload-files.js';
import {
  type FileSource,
  type InspectionToSeal,
  toSealedFacts,
} from '../../service/sealing/inspection-contents.js';
import {
  collectInspectionToSeal,
  type OpenInspectionFile,
} from '../../service/sealing/inspection-to-seal.js';
import type { BundleKind } from '../../service/sealing/names.js';
import { openReceivedFile } from '../../service/sealing/receive-bundle.js';
import type { SealedBag } from '../../service/sealing/seal.js';
import { SealError } from '../../service/sealing/seal-error.js';
import { findStoredFile } from '../../service/sealing/stored-inspection.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { EventLog } from '../../storage/log/log.js';
import { openStores, type Stores } from '../../storage/stores.js';
import { EXIT, type ExitCode } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';
import { unlessInterrupted } from '../shared/unless-interrupted.js';
import { inspectionMatches } from './seal-matches.js';

export interface StoredInspectionRequest {
  id: string;
  tenant: string;
  kind: BundleKind;
  /** Path of the file, if the caller provides it again. */
  file?: string | undefined;
}

/**
 * Loads an inspection from the configured database and calls `work` with it while its file is open. Returns the exit
 * code, after printing a message if there is nothing to seal. Throws `SealError` if the given file is a different one
 * or no file is available.
 */
export async function withStoredInspection(
  request: StoredInspectionRequest,
  { config, io, speech }: { config: Config; io: Io; speech: Translator },
  work: (of: InspectionToSeal) => Promise<SealedBag>,
): Promise<ExitCode> {
  const { id, tenant, kind } = request;
  const { dataDir, databaseUrl: url, trustDir, sandbox } = config;
  const stores = await openStores({ dataDir, url }, { supervise: false });
  let received: OpenInspectionFile | undefined;
  try {
    const record = await stores.inspections.get(tenant, id);
    if (record === undefined) {
      printMessage(io, message('cli.seal.noInspection', { id, tenant }));
      return EXIT.usage;
    }
    const isFull = kind === 'full';
    signWith(stores.log, config);
    // An inspection without a Report needs no file.
    if (record.report === undefined || record.sha256 === undefined) return printNotDone(id, io);
    if (isFull) {
      const files = new JobUploads(join(dataDir, 'uploads'));
      const allowed = new AllowedPaths(config.allowedPaths);
      received = await unlessInterrupted(io, openInspectedFile(record, request.file, { files, allowed }));
    }
    const inspector = createInspector({ jobs: 1, trustDir, confinement: new Confinement({ sandbox }) });
    const parts = sealingParts({ stores, inspector, io, speech });
    const made = await unlessInterrupted(
      io,
      collectInspectionToSeal(record, { kind, had: received }, parts),
    ).finally(() => inspector.close());
    if (made === undefined) return printNotDone(id, io);
    const of = { ...made, log: await stores.log.extract(tenant, [id], { persons: isFull }) };
    return await recordSealing(of, await work(of), { stores, tenant });
  } finally {
    await received?.file.handle.close();
    await stores.close();
  }
}

function printNotDone(id: string, io: Io): ExitCode {
  printMessage(io, message('cli.seal.notDone', { id }));
  return EXIT.notAllInspected;
}

/** Returns the parts from which a stored inspection is sealed. */
export const sealingParts = ({
  stores,
  inspector,
  io: { env },
  speech,
}: {
  stores: Stores;
  inspector: Inspector;
  io: Io;
  speech: Translator;
}): Parameters<typeof collectInspectionToSeal>[2] => ({
  ...{ stores, inspector },
  matches: (record) => inspectionMatches(record, stores.fingerprints, { env, speech }),
});

/** Signs heads of the log with the server's own key, if it has one. */
export function signWith(log: EventLog, { log: { origin, host, ...key } }: Config): void {
  const privateKey = readLogKey(key);
  if (privateKey !== undefined)
    log.signWith({ privateKey, host, ...(origin === undefined ? {} : { origin }) });
}

async function recordSealing(
  of: InspectionToSeal,
  bag: SealedBag,
  { stores, tenant }: { stores: Stores; tenant: string },
): Promise<ExitCode> {
  const at = new Date().toISOString();
  const { inspection: subject = '' } = of;
  const event = { tenant, at, action: 'inspection.sealed', subject, who: LOCAL_TENANT };
  await stores.log.writeNow({ ...event, facts: toSealedFacts(of, bag) });
  if (of.exchanges !== undefined) await stores.exchanges.markSealed(tenant, subject, at);
  return EXIT.done;
}

/** Opens the given file, else the stored one. Throws `SealError` unless its bytes are those that were inspected. */
export async function openInspectedFile(
  record: InspectionRecord,
  given: string | undefined,
  { files, allowed }: { files: JobUploads; allowed: AllowedPaths },
): Promise<OpenInspectionFile> {
  const { hasSidecar, hasInit } = record.request;
  // A sidecar or init segment would be missing from the bundle, so nobody could check the result with it.
  if (hasSidecar || hasInit) throw new SealError('noFile', message('seal.error.severalFiles'));
  const from: FileSource = given === undefined ? 'kept' : 'given';
  const path = given ?? (await findStoredFile(record, files, allowed));
  const file =
    path === undefined
      ? undefined
      : await openReceivedFile(path).catch((cause: unknown) => {
          throw new SealError('noFile', message('doctor.seal.notRead', { file: path }), { cause });
        });
  if (file === undefined)
    throw new SealError(
      'noFile',
      given === undefined ? message('seal.error.notStored') : message('seal.error.noFile', { path: given }),
    );
  if (file.sha256 === record.sha256) return { file, from };
  await file.handle.close();
  throw new SealError(
    'file',
    message('seal.error.otherFile', { sha256: file.sha256, expected: record.sha256 ?? '' }),
  );
}
