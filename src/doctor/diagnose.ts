import type { CodeState } from '../cached-code.js';
import type { SandboxChoice } from '../core/ground/isolation-level.js';
import type { FetchSettings } from '../fetching/fetch-settings.js';
import { Confinement } from '../isolation/confinement.js';
import { diagnostics } from '../isolation/diagnostics.js';
import { createInspector } from '../isolation/pool.js';
import { type Said, said } from '../say/said.js';
import type { SecretSettings } from '../secrets/settings.js';
import { hostParts } from './host-parts.js';
import { inTime, type Part } from './part.js';
import { codeParts } from './parts/code.js';
import { databaseParts } from './parts/database.js';
import { diskParts } from './parts/disk.js';
import { engineParts } from './parts/engines.js';
import { fingerprintParts } from './parts/fingerprints.js';
import { isolationParts } from './parts/isolation.js';
import { lawParts } from './parts/law.js';
import { linkParts } from './parts/links.js';
import { runtimeParts } from './parts/runtime.js';
import { sealKeyParts } from './parts/seal-key.js';
import { secretKeyParts } from './parts/secret-key.js';
import { systemCallParts } from './parts/system-calls.js';
import { KNOWN_TRUST, type SelfTest, selfTest } from './self-test.js';

/** What to look at, and how. */
export interface DiagnoseOptions {
  trustDir: string;
  /** Left out: no other law than the one that came with the program. */
  lawDir?: string | undefined;
  dataDir: string;
  uploadBytes: number;
  databaseUrl?: string | undefined;
  /** Whether it is kept what files look like. */
  fingerprints: boolean;
  fetch: FetchSettings;
  secrets: SecretSettings;
  /** Left out: nothing is sealed over HTTP. */
  seal?: Parameters<typeof sealKeyParts>[0];
  sandbox: SandboxChoice;
  /** Where programs are looked for. */
  path: string | undefined;
  /** Every known file through every engine, and not one alone. */
  selfTest: boolean;
  now: Date;
}

export interface Diagnosis {
  checkedAt: string;
  /** Nothing that is needed or was asked for fails, and no known file was answered wrongly. */
  works: boolean;
  parts: Part[];
  /** Only where it was asked for. */
  selfTest?: SelfTest;
}

/** One part: a server that does not answer. */
const PART_MILLIS = 15_000;
/** A reader that is started once; where it makes calls that nobody knows, ten times for each. */
const CALLS_MILLIS = 120_000;
/** A start of two processes, two engines and six small files: about a second on one free core. */
export const SELF_TEST_MILLIS = 30_000;
/** One process an engine. */
const SELF_TEST_JOBS = 2;

/** Looks at everything at once; each part bounded in time. Never rejects for what it finds. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { path, now } = options;
  const [tested, ...others] = await Promise.all([
    ownParts(options),
    inTime('system-calls', CALLS_MILLIS, systemCallParts),
    hostParts(options.trustDir, path, now),
    inTime('law', PART_MILLIS, () => lawParts(options.lawDir, now)),
    inTime('postgresql', PART_MILLIS, () => databaseParts(options.databaseUrl, options.dataDir)),
    inTime('fingerprints', PART_MILLIS, () =>
      fingerprintParts(options.fingerprints, { url: options.databaseUrl, dataDir: options.dataDir }),
    ),
    inTime('links', PART_MILLIS, () => linkParts(options.fetch)),
    inTime('disk', PART_MILLIS, () => diskParts(options.dataDir, options.uploadBytes)),
    inTime('secret-key', PART_MILLIS, () => secretKeyParts(options.secrets)),
    inTime('seal-key', PART_MILLIS, () => sealKeyParts(options.seal, now)),
  ]);
  const parts = [...runtimeParts(), ...tested.parts, ...others.flat()];
  return {
    checkedAt: now.toISOString(),
    works: parts.every(({ state }) => state !== 'failed') && (tested.selfTest?.passed ?? true),
    parts,
    ...(options.selfTest ? { selfTest: tested.selfTest } : {}),
  };
}

async function ownParts(options: DiagnoseOptions): Promise<{ parts: Part[]; selfTest: SelfTest }> {
  const confinement = new Confinement({ sandbox: options.sandbox });
  const started: CodeState[] = [];
  const deaf = diagnostics.processStarted.subscribe(({ code }) => code && started.push(code));
  const tested = await runSelfTest(confinement, { brief: !options.selfTest }).finally(deaf);
  const parts = [...codeParts(started), ...engineParts(tested), ...isolationParts(confinement)];
  return { parts, selfTest: tested };
}

/** In reading processes of its own, with the trust folder that the known files need. */
export async function runSelfTest(confinement: Confinement, { brief = false } = {}): Promise<SelfTest> {
  const inspector = createInspector({ jobs: SELF_TEST_JOBS, trustDir: KNOWN_TRUST, confinement });
  try {
    return await selfTest(inspector, SELF_TEST_MILLIS, { brief });
  } finally {
    await inspector.close();
  }
}

/** For a refusal: which engine said what instead of what. */
export function selfTestFaults({ rows }: SelfTest): Said[] {
  const faults = rows
    .filter(({ outcome }) => outcome === 'wrong' || outcome === 'silent')
    .map(({ engine, file, expected, got }) =>
      said('start.selfTest.fault', { engine, file: `${file}.png`, expected, got }),
    );
  return faults.length > 0 ? faults : [said('start.selfTest.none')];
}
