import { join } from 'node:path';
import { caseToSeal, notHeldBecause } from '../cases/to-seal.js';
import type { Config } from '../config.js';
import { tell as toldReport } from '../core/law/tell.js';
import { Confinement } from '../isolation/confinement.js';
import { createInspector } from '../isolation/pool.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { receivedFile } from '../seal/contents.js';
import type { FileSource, InspectionToSeal } from '../seal/inspection.js';
import type { Kind } from '../seal/names.js';
import type { Received } from '../seal/received.js';
import type { SealedBag, ToSeal } from '../seal/seal.js';
import { SealError } from '../seal/seal-error.js';
import { CASE_BOUNDS, CaseError } from '../store/cases.js';
import type { InspectionRecord } from '../store/inspections.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { openStores } from '../store/stores.js';
import { AllowedPaths } from '../worker/allowed-paths.js';
import { JobFiles } from '../worker/job-files.js';
import { keptToSeal, manifestStoreOf } from '../worker/to-seal.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { type Io, tell } from './io.js';
import { fileOf, signWith } from './seal-kept.js';
import { inspectionMatches } from './seal-matches.js';

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
  const inspectionToSeal = async (record: InspectionRecord) => {
    const kept = await keptToSeal(stores.inspections, record, { whole: kind === 'full' });
    if (kept === undefined || record.sha256 === undefined) return undefined;
    const told = toldReport(kept.report, speech);
    const report = { ...told, asset: { ...told.asset, sha256: record.sha256 } };
    const { versions, inspectedAt, evidence, notes } = kept;
    const of: InspectionToSeal = { kind, report, inspection: record.id, versions, inspectedAt };
    if (kind !== 'full') return { of };
    const matches = await inspectionMatches(record, stores.fingerprints, { env: io.env, speech });
    const exchanges = (await stores.exchanges.exchangesOf(tenant, record.id))?.warc;
    const whole = { ...of, evidence, matches, notes, exchanges };
    const had = await heldFile(record, places);
    if ('notHeld' in had) return { of: whole, notHeld: had.notHeld };
    const { file, from } = had;
    open.push(file);
    const store = await manifestStoreOf(record, { path: file.path, report, inspector });
    const content = receivedFile(file.path, { ...file, name: record.request.name });
    return {
      of: {
        ...{ ...whole, file: { content, from } },
        ...{ manifestStore: store.bytes, manifestStoreFault: store.fault },
      },
    };
  };
  try {
    const of = await caseToSeal(asked, { stores, speech, inspectionToSeal });
    if (of === undefined) {
      tell(io, said('cli.seal.noCase', { id, tenant }));
      return EXIT.usage;
    }
    const { digest: bundle } = await work(of);
    const event = { tenant, at: new Date().toISOString(), action: 'case.sealed', subject: id };
    await stores.log.record({ ...event, facts: { kind, bundle }, who: LOCAL_TENANT });
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
): Promise<{ file: Received; from: FileSource } | { notHeld: string }> {
  try {
    return await fileOf(record, undefined, places);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const isUnread = error.cause !== undefined;
    return { notHeld: notHeldBecause(record, { isOther: error.code === 'file', isUnread }) };
  }
}
