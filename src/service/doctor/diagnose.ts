import type { SandboxChoice } from '../../base/isolation-level.js';
import type { CodeCacheState } from '../../base/process/v8-cache.js';
import type { SecretSettings } from '../../base/secrets/settings.js';
import type { FetchSettings } from '../../config/fetch-settings.js';
import { type Message, message } from '../../i18n/message.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import { diagnostics } from '../../inspect/protocol/diagnostics.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { checkHost } from './host-parts.js';
import { checkWithTimeout, type DoctorPart } from './part.js';
import { checkCodeCache } from './parts/code.js';
import { checkDatabase } from './parts/database.js';
import { checkDisk } from './parts/disk.js';
import { checkEngines } from './parts/engines.js';
import { checkFingerprints } from './parts/fingerprints.js';
import { checkIsolation } from './parts/isolation.js';
import { checkLaw } from './parts/law.js';
import { checkLinks } from './parts/links.js';
import { describeRuntime } from './parts/runtime.js';
import { checkSealKey } from './parts/seal-key.js';
import { checkSecretKeys } from './parts/secret-key.js';
import { checkSystemCalls } from './parts/system-calls.js';
import { KNOWN_TRUST, type SelfTest, selfTest } from './self-test.js';

/** Settings of the parts to check. */
export interface DiagnoseOptions {
  trustDir: string;
  /** Left out: only the law built into the program is used. */
  lawDir?: string | undefined;
  dataDir: string;
  uploadBytes: number;
  databaseUrl?: string | undefined;
  /** Whether fingerprints of files are stored. */
  fingerprints: boolean;
  fetch: FetchSettings;
  secrets: SecretSettings;
  /** Left out: the service seals nothing over HTTP. */
  seal?: Parameters<typeof checkSealKey>[0];
  sandbox: SandboxChoice;
  /** Value of `PATH`, searched for programs. */
  path: string | undefined;
  /** Inspects every known file with every engine, instead of one file alone. */
  selfTest: boolean;
  now: Date;
}

export interface Diagnosis {
  checkedAt: string;
  /** True if nothing that is needed or requested fails, and every known file got the expected answer. */
  works: boolean;
  parts: DoctorPart[];
  /** Present only if the caller requested it. */
  selfTest?: SelfTest;
}

/** Time for one part, such as a database server that does not answer. */
const CHECK_MILLIS = 15_000;
/**
 * Time to start one reader process; each unknown system call takes about ten more starts, because it is found by
 * bisection.
 */
const SYSTEM_CALLS_MILLIS = 120_000;
/** Time to start two processes with two engines and read six small files; takes about a second on one free core. */
export const SELF_TEST_MILLIS = 30_000;
/** One process per engine. */
const SELF_TEST_JOBS = 2;

/** Checks all parts at once, each with a time limit. Never rejects because of a failed part. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { path, now } = options;
  const [tested, ...others] = await Promise.all([
    checkOwnParts(options),
    checkWithTimeout('system-calls', SYSTEM_CALLS_MILLIS, checkSystemCalls),
    checkHost(options.trustDir, path, now),
    checkWithTimeout('law', CHECK_MILLIS, () => checkLaw(options.lawDir, now)),
    checkWithTimeout('postgresql', CHECK_MILLIS, () => checkDatabase(options.databaseUrl, options.dataDir)),
    checkWithTimeout('fingerprints', CHECK_MILLIS, () =>
      checkFingerprints(options.fingerprints, { url: options.databaseUrl, dataDir: options.dataDir }),
    ),
    checkWithTimeout('links', CHECK_MILLIS, () => checkLinks(options.fetch)),
    checkWithTimeout('disk', CHECK_MILLIS, () => checkDisk(options.dataDir, options.uploadBytes)),
    checkWithTimeout('secret-key', CHECK_MILLIS, () => checkSecretKeys(options.secrets)),
    checkWithTimeout('seal-key', CHECK_MILLIS, () => checkSealKey(options.seal, now)),
  ]);
  const parts = [...describeRuntime(), ...tested.parts, ...others.flat()];
  return {
    checkedAt: now.toISOString(),
    works: parts.every(({ state }) => state !== 'failed') && (tested.selfTest?.passed ?? true),
    parts,
    ...(options.selfTest ? { selfTest: tested.selfTest } : {}),
  };
}

async function checkOwnParts(options: DiagnoseOptions): Promise<{ parts: DoctorPart[]; selfTest: SelfTest }> {
  const confinement = new Confinement({ sandbox: options.sandbox });
  const started: CodeCacheState[] = [];
  const deaf = diagnostics.processStarted.subscribe(({ code }) => code && started.push(code));
  const tested = await runSelfTest(confinement, { brief: !options.selfTest }).finally(deaf);
  const parts = [...checkCodeCache(started), ...checkEngines(tested), ...checkIsolation(confinement)];
  return { parts, selfTest: tested };
}

/** Runs the self-test in its own reading processes, with the trust folder that the known files need. */
export async function runSelfTest(confinement: Confinement, { brief = false } = {}): Promise<SelfTest> {
  const inspector = createInspector({ jobs: SELF_TEST_JOBS, trustDir: KNOWN_TRUST, confinement });
  try {
    return await selfTest(inspector, SELF_TEST_MILLIS, { brief });
  } finally {
    await inspector.close();
  }
}

/** Returns, for each engine that failed, the expected and the actual answer; shown when the service refuses to start. */
export function selfTestFaults({ rows }: SelfTest): Message[] {
  const faults = rows
    .filter(({ outcome }) => outcome === 'wrong' || outcome === 'silent')
    .map(({ engine, file, expected, got }) =>
      message('start.selfTest.fault', { engine, file: `${file}.png`, expected, got }),
    );
  return faults.length > 0 ? faults : [message('start.selfTest.none')];
}
