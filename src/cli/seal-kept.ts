import { join } from 'node:path';
import type { Config } from '../config.js';
import { tell as toldReport } from '../core/law/tell.js';
import { Confinement } from '../isolation/confinement.js';
import type { Inspector } from '../isolation/inspector.js';
import { createInspector } from '../isolation/pool.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { type FileSource, type InspectionToSeal, sealedFacts } from '../seal/inspection.js';
import type { Kind } from '../seal/names.js';
import { openReceived } from '../seal/received.js';
import type { SealedBag } from '../seal/seal.js';
import { SealError } from '../seal/seal-error.js';
import { logKeyThere } from '../secrets/log-key.js';
import type { InspectionRecord } from '../store/inspections.js';
import type { EventLog } from '../store/log.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { openStores, type Stores } from '../store/stores.js';
import { type HeldFile, inspectionToSeal } from '../to-seal.js';
import { AllowedPaths } from '../worker/allowed-paths.js';
import { JobFiles } from '../worker/job-files.js';
import { keptPath } from '../worker/to-seal.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type Io, tell } from './io.js';
import { inspectionMatches } from './seal-matches.js';
import { unlessInterrupted } from './unless-interrupted.js';

export interface KeptAsked {
  id: string;
  tenant: string;
  kind: Kind;
  /** The file, given again. */
  file?: string | undefined;
}

/**
 * An inspection of the database that the settings name, as it is to be sealed, handed to `work` while what it reads is open. The exit
 * code where there is nothing to seal, which was told then. Throws a SealError where the file is another one, or nobody has it.
 */
export async function withKept(
  asked: KeptAsked,
  { config, io, speech }: { config: Config; io: Io; speech: Speech },
  work: (of: InspectionToSeal) => Promise<SealedBag>,
): Promise<ExitCode> {
  const { id, tenant, kind } = asked;
  const { dataDir, databaseUrl: url, trustDir, sandbox } = config;
  const stores = await openStores({ dataDir, url }, { supervise: false });
  let received: HeldFile | undefined;
  try {
    const record = await stores.inspections.get(tenant, id);
    if (record === undefined) {
      tell(io, said('cli.seal.noInspection', { id, tenant }));
      return EXIT.usage;
    }
    const isFull = kind === 'full';
    signWith(stores.log, config);
    // What has no Report has no file to look for either.
    if (record.report === undefined || record.sha256 === undefined) return notDone(id, io);
    if (isFull) {
      const files = new JobFiles(join(dataDir, 'uploads'));
      const allowed = new AllowedPaths(config.allowedPaths);
      received = await unlessInterrupted(io, fileOf(record, asked.file, { files, allowed }));
    }
    const inspector = createInspector({ jobs: 1, trustDir, confinement: new Confinement({ sandbox }) });
    const parts = toSealParts({ stores, inspector, io, speech });
    const made = await unlessInterrupted(
      io,
      inspectionToSeal(record, { kind, had: received }, parts),
    ).finally(() => inspector.close());
    if (made === undefined) return notDone(id, io);
    const of = { ...made, log: await stores.log.extract(tenant, [id], { persons: isFull }) };
    return await noted(of, await work(of), { stores, tenant });
  } finally {
    await received?.file.handle.close();
    await stores.close();
  }
}

function notDone(id: string, io: Io): ExitCode {
  tell(io, said('cli.seal.notDone', { id }));
  return EXIT.notAllInspected;
}

/** What the command makes of an inspection that is kept. */
export const toSealParts = ({
  stores,
  inspector,
  io: { env },
  speech,
}: {
  stores: Stores;
  inspector: Inspector;
  io: Io;
  speech: Speech;
}): Parameters<typeof inspectionToSeal>[2] => ({
  ...{ stores, inspector },
  told: (report) => toldReport(report, speech),
  matches: (record) => inspectionMatches(record, stores.fingerprints, { env, speech }),
});

/** Heads are signed with the server’s own key, where it has made one. */
export function signWith(log: EventLog, { log: { origin, host, ...key } }: Config): void {
  const privateKey = logKeyThere(key);
  if (privateKey !== undefined)
    log.signWith({ privateKey, host, ...(origin === undefined ? {} : { origin }) });
}

async function noted(
  of: InspectionToSeal,
  bag: SealedBag,
  { stores, tenant }: { stores: Stores; tenant: string },
): Promise<ExitCode> {
  const at = new Date().toISOString();
  const { inspection: subject = '' } = of;
  const event = { tenant, at, action: 'inspection.sealed', subject, who: LOCAL_TENANT };
  await stores.log.record({ ...event, facts: sealedFacts(of, bag) });
  if (of.exchanges !== undefined) await stores.exchanges.noteSealed(tenant, subject, at);
  return EXIT.done;
}

/** The one that is given again, else what is still there of it; nothing but the bytes that were inspected counts. */
export async function fileOf(
  record: InspectionRecord,
  given: string | undefined,
  { files, allowed }: { files: JobFiles; allowed: AllowedPaths },
): Promise<HeldFile> {
  const { hasSidecar, hasInit } = record.request;
  // What is not in the bundle nobody could check with it.
  if (hasSidecar || hasInit) throw new SealError('noFile', said('seal.error.severalFiles'));
  const from: FileSource = given === undefined ? 'kept' : 'given';
  const path = given ?? (await keptPath(record, files, allowed));
  const file =
    path === undefined
      ? undefined
      : await openReceived(path).catch((cause: unknown) => {
          throw new SealError('noFile', said('doctor.seal.notRead', { file: path }), { cause });
        });
  if (file === undefined)
    throw new SealError(
      'noFile',
      given === undefined ? said('seal.error.notKept') : said('seal.error.noFile', { path: given }),
    );
  if (file.sha256 === record.sha256) return { file, from };
  await file.handle.close();
  throw new SealError(
    'file',
    said('seal.error.otherFile', { sha256: file.sha256, expected: record.sha256 ?? '' }),
  );
}
