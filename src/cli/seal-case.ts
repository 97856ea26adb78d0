import { join } from 'node:path';
import { caseToSeal, notHeldBecause } from '../cases/to-seal.js';
import type { Config } from '../config.js';
import { Confinement } from '../isolation/confinement.js';
import { createInspector } from '../isolation/pool.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { Kind } from '../seal/names.js';
import type { Received } from '../seal/received.js';
import type { SealedBag, ToSeal } from '../seal/seal.js';
import { SealError } from '../seal/seal-error.js';
import { CASE_BOUNDS, CaseError } from '../store/cases.js';
import type { InspectionRecord } from '../store/inspections.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { openStores } from '../store/stores.js';
import { type HeldFile, inspectionToSeal } from '../to-seal.js';
import { AllowedPaths } from '../worker/allowed-paths.js';
import { JobFiles } from '../worker/job-files.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type Io, tell } from './io.js';
import { fileOf, signWith, toSealParts } from './seal-kept.js';
import { unlessInterrupted } from './unless-interrupted.js';

/**
 * A case of the database that the settings name, as it is to be sealed, handed to `work` while its files are open. The exit code
 * where there is nothing to seal, which was told then. Files that are not kept any more are not in it, and it says so.
 */
export async function withCase(
  asked: { id: string; tenant: string; kind: Kind },
  { config, io, speech }: { config: Config; io: Io; speech: Speech },
  work: (of: ToSeal) => Promise<SealedBag>,
): Promise<ExitCode> {
  const { id, tenant, kind } = asked;
  const { dataDir, databaseUrl: url, trustDir, sandbox } = config;
  const stores = await openStores({ dataDir, url }, { supervise: false });
  signWith(stores.log, config);
  const inspector = createInspector({ jobs: 1, trustDir, confinement: new Confinement({ sandbox }) });
  const places = {
    files: new JobFiles(join(dataDir, 'uploads')),
    allowed: new AllowedPaths(config.allowedPaths),
  };
  const open: Received[] = [];
  const exchanged: string[] = [];
  const toSeal = async (record: InspectionRecord) => {
    const held = kind === 'full' ? await heldFile(record, places) : undefined;
    const had = held !== undefined && 'file' in held ? held : undefined;
    if (had !== undefined) open.push(had.file);
    const of = await inspectionToSeal(record, { kind, had }, toSealParts({ stores, inspector, io, speech }));
    if (of?.exchanges !== undefined) exchanged.push(record.id);
    return of && { of, ...(held !== undefined && 'notHeld' in held ? { notHeld: held.notHeld } : {}) };
  };
  try {
    const of = await unlessInterrupted(io, caseToSeal(asked, { stores, speech, inspectionToSeal: toSeal }));
    if (of === undefined) {
      tell(io, said('cli.seal.noCase', { id, tenant }));
      return EXIT.usage;
    }
    const { digest: bundle } = await work(of);
    const at = new Date().toISOString();
    const event = { tenant, at, action: 'case.sealed', subject: id, who: LOCAL_TENANT };
    await stores.log.record({ ...event, facts: { kind, bundle } });
    for (const one of exchanged) await stores.exchanges.noteSealed(tenant, one, at);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    tell(io, said('cli.seal.caseTooLarge', { most: CASE_BOUNDS.sealed }));
    return EXIT.notAllInspected;
  } finally {
    for (const one of open) await one.handle.close();
    await inspector.close();
    await stores.close();
  }
}

async function heldFile(
  record: InspectionRecord,
  places: Parameters<typeof fileOf>[2],
): Promise<HeldFile | { notHeld: string }> {
  try {
    return await fileOf(record, undefined, places);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const isUnread = error.cause !== undefined;
    return { notHeld: notHeldBecause(record, { isOther: error.code === 'file', isUnread }) };
  }
}
