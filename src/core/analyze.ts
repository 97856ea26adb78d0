import type { AnalyzeOptions, ReadOptions, Step } from './analyze-options.js';
import type { Asset } from './asset.js';
import type { AssetFacts } from './asset-facts.js';
import { enginesHere } from './c2pa/native-binary.js';
import { declaredOrigin } from './c2pa-origin.js';
import { claimedDates } from './claimed-dates.js';
import { coverageOf, notReadAtAll } from './coverage.js';
import { contentCredentials } from './credentials.js';
import { cutOffIn, withMissingEnd } from './cut-off.js';
import { derived, derivedUnknowable } from './derived-signals.js';
import { detectAll } from './detector.js';
import { DETECTORS } from './detectors/index.js';
import { fittingHints } from './detectors/platform-hints.js';
import { type Carrier, type Evidence, type Read, readValue } from './evidence.js';
import { evidenceSheet } from './evidence-of.js';
import type { ReadFault } from './fault.js';
import type { JudgedBytes, JudgedStore } from './judge-store.js';
import { labelSignatures } from './label-signatures.js';
import { lateReads } from './late-reads.js';
import { type Masking, masking, revealedIn } from './masking.js';
import { maskedFault, maskedSaid } from './masking-said.js';
import { UNKNOWN_MEDIA_TYPE } from './media-types.js';
import { named } from './named.js';
import { notChecked } from './not-checked.js';
import { onceAsked } from './once-asked.js';
import { OwnStoreBeside } from './own-store.js';
import { personalIn, publicNames } from './personal-c2pa.js';
import type { TextMask } from './personal-text.js';
import { readAll, unreadEvidence } from './read-all.js';
import { expectSound } from './readers/music-metadata.js';
import type { Observation, Part, Report } from './report.js';
import { signedState } from './signed-part.js';
import { summarise } from './summary.js';
import { VERSION } from './version.js';
import { whyMissing } from './why-missing.js';
import { type Law, withFindings } from './with-findings.js';

/** THE door: one asset in, one Report out. The same input gives the same Report. */
export async function analyze(asset: Asset, options: AnalyzeOptions & Law): Promise<Report> {
  return withFindings(named(await observe(asset, options), options), options);
}

/** The same without the file's name and the law: what a process does that reads files. */
export async function observe(asset: Asset, options: ReadOptions): Promise<Observation> {
  const own = new OwnStoreBeside(asset, options);
  const onStep = (step: Step) => {
    options.onStep?.(step);
    if (step.engine === undefined || step.state !== 'start') return;
    // The engine computes on another thread.
    own.begin();
    void expectSound(asset);
  };
  onStep({ step: 'hash', state: 'start' });
  try {
    const context = { ...options, onStep };
    const [sha256, read] = await Promise.all([hashed(asset, context), readAll(asset, context, options.skip)]);
    onStep({ step: 'detect', state: 'start' });
    const { evidence, lists, judged } = await withTrust(
      withMissingEnd(read, asset.mediaType.container),
      own,
      options,
    );
    const facts = { bytes: asset.bytes, sha256, mediaType: asset.mediaType };
    const signatures = await labelSignatures(evidence, facts);
    const { mask, ...observed } = concluded(facts, evidence, options, lists, signatures);
    options.onConcluded?.(observed);
    const sheet = options.evidence
      ? await evidenceSheet(asset, evidence, observed.report, mask.text)
      : undefined;
    const kept = options.keep && judged ? await keptOf(observed, mask, judged, options) : undefined;
    onStep({ step: 'detect', state: 'end' });
    return {
      ...observed,
      ...(sheet === undefined ? {} : { evidence: sheet }),
      ...(kept === undefined ? {} : { kept }),
    };
  } finally {
    await own.ended();
  }
}

/** What the engine said of a store, joined with what the bytes say themselves. */
async function withTrust(
  evidence: Evidence,
  own: OwnStoreBeside,
  options: ReadOptions,
): Promise<{ evidence: Evidence; lists: Lists; judged?: Judged }> {
  const store = readValue(evidence.c2pa);
  if (store?.kind !== 'store') return { evidence, lists: [] };
  const { judgeStore } = await judging();
  const bytes = await own.result();
  const judged = await judgeStore(store, bytes, options);
  return {
    evidence: { ...evidence, c2pa: { ...evidence.c2pa, value: judged.store } as Evidence['c2pa'] },
    lists: judged.lists,
    judged: { ...judged, signers: bytes.judged?.signers ?? [] },
  };
}

const judging = onceAsked(() => import('./judge-store.js'));

type Judged = JudgedStore & Pick<JudgedBytes, 'signers'>;

/** What a recheck needs when the file is gone. */
async function keptOf(
  observed: Observation,
  { text, product }: Masking,
  judged: Judged,
  options: ReadOptions,
): Promise<string | undefined> {
  const { keptTrust } = await import('./kept-trust.js');
  return keptTrust(observed, judged, { text, product, ...options });
}

/** As they were when this process began. */
const ENGINES_HERE = enginesHere();

type Lists = Report['tool']['lists'];

async function hashed(asset: Asset, options: ReadOptions): Promise<string> {
  const sha256 = await asset.sha256();
  options.onStep?.({ step: 'hash', state: 'end' });
  return sha256;
}

/** The observation of a file that could not be read at all: every carrier failed, and it says so. Pure. */
export function observeUnread(
  file: { bytes: number; sha256: string },
  fault: ReadFault,
  options: ConcludeOptions,
): Observation {
  return conclude({ ...file, mediaType: UNKNOWN_MEDIA_TYPE }, unreadEvidence(fault), options);
}

type ConcludeOptions = Pick<ReadOptions, 'asOf' | 'asOfBecause' | 'reveal'>;

/** Evidence → all of the Report but the findings and what hangs on a name. Pure. */
export function conclude(
  facts: AssetFacts,
  evidence: Evidence,
  options: ConcludeOptions,
  lists: Lists = [],
  signatures: AssetFacts['labelSignatures'] = undefined,
): Observation {
  const { mask: _, ...observation } = concluded(facts, evidence, options, lists, signatures);
  return observation;
}

/** With the mask that all of it went through. */
function concluded(
  facts: AssetFacts,
  given: Evidence,
  options: ConcludeOptions,
  lists: Lists,
  signatures: AssetFacts['labelSignatures'],
): Observation & { mask: Masking } {
  const detected = detectAll(DETECTORS, given, {
    ...facts,
    ...(signatures ? { labelSignatures: signatures } : {}),
  });
  const { evidence } = detected;
  const found = [...detected.signals, ...derived(detected.signals)];
  const unknowable = new Set([...detected.unknowable, ...derivedUnknowable(detected.unknowable)]);
  const c2pa = readValue(evidence.c2pa);
  const store = c2pa?.kind === 'store' ? c2pa : undefined;
  const mask = masking(found, {
    ...(options.reveal ? { reveal: options.reveal } : {}),
    ...(store ? { literals: personalIn(store), publicNames: publicNames(store) } : {}),
  });
  // From here on nothing holds what is masked.
  const signals = mask.signals(found);
  const credentials = mask.credentials(contentCredentials(evidence.c2pa));
  const declared = store && declaredOrigin(store);
  const reads = Object.fromEntries(
    Object.entries(evidence).map(([carrier, read]) => [carrier, shown(read, mask.text)]),
  ) as Report['reads'];
  const coverage = coverageOf(reads, credentials);
  const missing = whyMissing(credentials.presence, signals, coverage);
  const { summary, contradictions } = summarise({
    asset: facts,
    credentials,
    ...(declared ? { declared: mask.declared(declared) } : {}),
    signals,
    coverage,
    ...notReadAtAll(reads),
    ...lateReads(reads),
    ...cutOffIn(reads),
  });
  const { bytes, sha256, mediaType } = facts;
  const streams = readValue(evidence.streams);
  const parts = (readValue(evidence.parts) ?? []).map(
    (part): Part => ({ ...part, signed: signedState(credentials, part) }),
  );
  const report: Observation['report'] = {
    schema: 'assay.report/1',
    asset: {
      name: '',
      bytes,
      sha256,
      mediaType: mediaType.mime,
      format: mediaType.format,
      kind: mediaType.kind,
      ...(streams ? { streams } : {}),
      ...claimedDates(evidence, mask.text),
      ...(parts.length > 0 ? { parts } : {}),
    },
    summary,
    contentCredentials: credentials,
    signals,
    contradictions,
    reads,
    ...(missing.length > 0 ? { whyMissing: missing } : {}),
    notChecked: notChecked(facts, credentials, evidence.pixelWatermark, signals),
    tool: {
      name: 'assay',
      version: VERSION,
      c2paEngines: ENGINES_HERE.map((engine) => ({ ...engine })),
      lists,
      asOf: options.asOf,
      asOfBecause: options.asOfBecause ?? 'asked',
      ...revealedIn(options.reveal),
    },
  };
  return { report, unknowable: [...unknowable], fittingHints: fittingHints(evidence, facts), mask };
}

/** An engine's words may repeat the file's. */
function shown(read: Read<unknown>, mask: TextMask): Report['reads'][Carrier] {
  const { status } = read;
  return {
    status,
    ...('code' in read && read.code !== undefined ? maskedFault({ ...read, code: read.code }, mask) : {}),
    ...(read.notes ? { said: { note: read.notes.map((note) => maskedSaid(note, mask)) } } : {}),
  };
}
