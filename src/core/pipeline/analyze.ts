import { fault, faultMessage, faultResult, type ReadFault } from '../../base/fault.js';
import { limits } from '../../base/limits.js';
import { memoizeAsync } from '../../base/memoize.js';
import { VERSION } from '../../base/version.js';
import { ENGINE_NAMES, type EngineChoice } from '../c2pa/engine-names.js';
import { availableEngines } from '../c2pa/installed-engines.js';
import { buildContentCredentials } from '../credentials/credentials.js';
import { EmbeddedStoreReader, toExportedStore } from '../credentials/embedded-store.js';
import { verifyLabelSignatures } from '../credentials/label-signatures.js';
import type { VerifiedBytes } from '../credentials/verified-bytes.js';
import type { VerifiedStore } from '../credentials/verify-store.js';
import { findDeclaredOrigin } from '../detectors/c2pa-origin.js';
import { collectClaimedDates } from '../detectors/claimed-dates.js';
import { deriveSignals, deriveUnknowable } from '../detectors/derived-signals.js';
import { detectAll } from '../detectors/detector.js';
import { clearLabelCopies } from '../detectors/gb45438-copies.js';
import { DETECTORS } from '../detectors/index.js';
import { findFittingHints } from '../detectors/platform-hints.js';
import { markMissingEnd } from '../evidence/cut-off.js';
import type { Evidence } from '../evidence/evidence.js';
import { buildEvidenceView } from '../evidence-view/build.js';
import { addFindings } from '../law/findings.js';
import type { ResolvedLaw } from '../law/law-selection.js';
import { findUnknowable } from '../law/reevaluate.js';
import { maskFault, maskMessage } from '../masking/mask-message.js';
import { createReportMask, type ReportMask, revealedMember } from '../masking/masking.js';
import { findPersonalLiterals, publicNames } from '../masking/personal-c2pa.js';
import type { TextMask } from '../masking/personal-text.js';
import { Asset } from '../media/asset.js';
import type { AssetFacts, InitFacts } from '../media/asset-facts.js';
import { CARRIERS, type Carrier, EACH_CARRIER, foundValue, type Read } from '../media/carrier.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import { listSidecars, type Sidecars } from '../media/sidecars.js';
import type { VisibleLook } from '../media/visible-mark.js';
import { isLocated, readManifestStore } from '../readers/manifest-store/index.js';
import { readVisibleWords } from '../readers/pictures/visible-words.js';
import { findVisibleMarks } from '../readers/pixels/visible-marks.js';
import { createUnreadEvidence, readAll } from '../readers/read-all.js';
import { applyStreamContext, openStreamContext, type StreamContext } from '../readers/segment.js';
import { preloadSoundLibraries } from '../readers/sound/music-metadata.js';
import type { AnalyzeOptions, ReadingStep, ReadOptions } from '../report/analyze-options.js';
import { computeCoverage } from '../report/coverage.js';
import type { Observation, Part, PartObservation, StoredReport, WholeObservation } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { partSignedState } from '../report/signed-part.js';
import { statesNothingOfAi } from '../summary/four-facts.js';
import { listNotChecked } from '../summary/not-checked.js';
import { summariseReport } from '../summary/summary.js';
import { explainMissing } from '../summary/why-missing.js';
import {
  analyzeParts,
  createPartsAnalysis,
  type FoundPart,
  type PartsAnalysis,
  type PartsResult,
} from './parts-inside.js';
import { withName } from './rename.js';
import { concludeWithinLimits, type GrowingMembers } from './within-bounds.js';

/** Entry point of the core: analyzes one asset and returns its Report. Equal input gives an equal Report. */
export async function analyze(
  asset: Asset,
  options: AnalyzeOptions,
  law: ResolvedLaw,
): Promise<StoredReport> {
  return addFindings(withName(await observe(asset, options), options), law);
}

/** Analyzes an asset without its name and without law. This is what reading processes run. */
export const observe = (asset: Asset, options: ReadOptions): Promise<WholeObservation> =>
  observeWithInit(asset, options, createPartsAnalysis(observeWithInit));

/** Reads and concludes a file or a part of one. */
async function observeWithInit(
  asset: Asset,
  options: ReadOptions,
  analysis: PartsAnalysis,
): Promise<WholeObservation> {
  const init = await openStreamContext(asset, options.initPath);
  const stream = 'stream' in init ? init.stream : undefined;
  try {
    return await observeAsset(
      stream ? Asset.join(stream.init, asset) : asset,
      asset,
      init,
      options,
      analysis,
    );
  } finally {
    await stream?.init.close();
  }
}

/**
 * `asset` is given to the readers, `file` is the subject of the Report. They differ for a segment, which is read behind
 * its initialisation segment.
 */
async function observeAsset(
  asset: Asset,
  file: Asset,
  init: StreamContext,
  options: ReadOptions,
  analysis: PartsAnalysis,
): Promise<WholeObservation> {
  const stream = 'stream' in init ? init.stream : undefined;
  const { sidecarPath } = options;
  const sidecarOptions: { sidecars?: Sidecars } =
    sidecarPath === undefined ? {} : { sidecars: await listSidecars(sidecarPath) };
  const embedded = new EmbeddedStoreReader(stream?.init ?? file, { ...options, ...sidecarOptions });
  const onStep = (step: ReadingStep) => {
    options.onStep?.(step);
    if (step.engine === undefined || step.state !== 'start') return;
    // The engine computes on another thread.
    embedded.start();
    void preloadSoundLibraries(asset);
  };
  try {
    const { statements: stated } = analysis;
    const context = {
      ...options,
      ...sidecarOptions,
      onStep,
      ...(stream && { stream }),
      ...(stated && { stated }),
    };
    const [sha256, read, ofInit] = await Promise.all([
      file.sha256(),
      readAll(asset, context, options.skip),
      stream && initFacts(stream.init),
    ]);
    const evidenceWithEnd = applyStreamContext(markMissingEnd(read, asset.mediaType.container), init);
    const inside =
      evidenceWithEnd.parts.status === 'absent'
        ? undefined
        : await analyzeParts(asset, evidenceWithEnd.parts, options, analysis);
    onStep({ step: 'detect', state: 'start' });
    const { evidence, lists, judged } = await joinTrust(
      inside === undefined ? evidenceWithEnd : { ...evidenceWithEnd, parts: inside.read },
      embedded,
      options,
    );
    await reportManifestStore(evidenceWithEnd.c2pa, embedded, options);
    const { bytes, mediaType } = file;
    const located = await isStoreLocated(evidenceWithEnd.c2pa, stream?.init ?? file, sidecarOptions.sidecars);
    const facts = {
      bytes,
      sha256,
      mediaType,
      ...(located && { storeLocated: true as const }),
      ...(ofInit && { init: ofInit }),
    };
    const signatures = await verifyLabelSignatures(evidence, facts);
    const known = { lists, signatures, parts: inside?.parts };
    const first = concludeMasked(facts, evidence, options, known);
    const seen = analysis.depth === 0 ? await lookForMarks(asset, first.report, options, onStep) : undefined;
    const { mask, ...all } =
      seen === undefined ? first : concludeMasked({ ...facts, ...seen }, evidence, options, known);
    const { observed, parts } = addPartReports(all, inside, analysis, {
      mask: mask.text,
      reserved:
        (options.evidence ? limits.evidenceBytes : 0) +
        (options.collectsTrust && judged ? limits.storedTrustCharacters : 0),
    });
    options.onConcluded?.(observed);
    const sheet = options.evidence
      ? await buildEvidenceView(asset, evidence, observed.report, mask.text)
      : undefined;
    const storedTrust =
      options.collectsTrust && judged ? await buildStoredTrust(observed, mask, judged, options) : undefined;
    onStep({ step: 'detect', state: 'end' });
    return {
      ...observed,
      ...(sheet === undefined ? {} : { evidence: sheet }),
      ...(storedTrust === undefined ? {} : { kept: storedTrust }),
      ...(options.partReports && inside !== undefined ? { parts } : {}),
    };
  } finally {
    await embedded.settle();
  }
}

/** The star adds nothing to a statement about AI, so a picture with one is not decoded for it. */
const looksForStar = (
  { asset, summary }: Observation['report'],
  { skipsStar, visible }: ReadOptions,
): boolean => (!skipsStar || visible === true) && asset.kind === 'image' && statesNothingOfAi(summary);

/** Words are read on request; a deep reading asks for them unless a scan, which reads many files, asks for it. */
const readsWords = ({ asset }: Observation['report'], { skipsStar, visible, deep }: ReadOptions): boolean =>
  (visible === true || (deep === true && !skipsStar)) && (asset.kind === 'image' || asset.kind === 'video');

/** Returns undefined if nobody looked and nothing that was asked for prevented looking. */
async function lookForMarks(
  asset: Asset,
  report: Observation['report'],
  options: ReadOptions,
  onStep: (step: ReadingStep) => void,
): Promise<Pick<AssetFacts, 'visibleMarks' | 'visibleLook' | 'unreadWords'> | undefined> {
  const [star, words] = [looksForStar(report, options), readsWords(report, options)];
  if (!star && !words) return undefined;
  if (options.visibleFault !== undefined) return words ? { unreadWords: options.visibleFault } : undefined;
  onStep({ step: 'detect', state: 'end' });
  onStep({ step: 'visible', state: 'start' });
  const shapes = star ? await findVisibleMarks(asset) : undefined;
  const read = words ? await readVisibleWords(asset) : undefined;
  onStep({ step: 'visible', state: 'end' });
  onStep({ step: 'detect', state: 'start' });
  const looked = visibleLook(shapes !== undefined, read !== undefined && read.fault === undefined);
  return {
    visibleMarks: [...(shapes ?? []), ...(read?.marks ?? [])],
    ...(looked && { visibleLook: looked }),
    ...(read?.fault && { unreadWords: read.fault }),
  };
}

function visibleLook(star: boolean, words: boolean): VisibleLook | undefined {
  if (star && words) return 'both';
  if (star) return 'star';
  return words ? 'words' : undefined;
}

/** Adds the Reports of the parts, as far as the answer has room for them; a note counts the rest. */
function addPartReports(
  whole: Observation,
  inside: PartsResult | undefined,
  { depth, omittedReports: unreported }: PartsAnalysis,
  { mask, reserved }: { mask: TextMask; reserved: number },
): { observed: Observation; parts: PartObservation[] } {
  const all = (inside?.observed ?? []).map((part) => maskPartName(part, mask));
  // Reports of nested parts share the room of the outermost file.
  if (depth > 0 || (all.length === 0 && unreported.parts === 0)) return { observed: whole, parts: all };
  let left = limits.answerBytes - jsonBytes(whole) - reserved - NOTE_BYTES;
  const isListed = ({ number }: PartObservation) => whole.report.parts?.[number] !== undefined;
  const parts = all.filter((part) => {
    const bytes = jsonBytes(part);
    if (!isListed(part) || bytes > left) return false;
    left -= bytes;
    return true;
  });
  const count = unreported.parts + all.length - parts.length;
  if (count === 0) return { observed: whole, parts };
  const { reads } = whole.report;
  const note = faultMessage(fault('bound.partReports', { count, most: limits.answerBytes }));
  const messages = { note: [...(reads.parts.messages?.note ?? []), note] };
  const report = { ...whole.report, reads: { ...reads, parts: { ...reads.parts, messages: messages } } };
  return { observed: { ...whole, report }, parts };
}

const jsonBytes = (value: object): number => Buffer.byteLength(JSON.stringify(value));
/** Bytes reserved for that note and for the envelope of each message. */
const NOTE_BYTES = 32 * 1024;

/** A part's name comes from the file, so it is masked here as it is in the list of parts. */
function maskPartName(part: PartObservation, mask: TextMask): PartObservation {
  const { report, ...rest } = part.observation;
  const asset = { ...report.asset, name: mask(report.asset.name) };
  return { ...part, observation: { ...rest, report: { ...report, asset } } };
}

const initFacts = async (init: Asset): Promise<InitFacts> => ({
  bytes: init.bytes,
  sha256: await init.sha256(),
});

/** Looked up only if no engine found the store. A sidecar passed by the caller counts as located. */
async function isStoreLocated(
  { status }: Evidence['c2pa'],
  asset: Asset,
  sidecars: Sidecars | undefined,
): Promise<boolean> {
  if (status !== 'malformed' && status !== 'failed') return false;
  return sidecars?.store !== undefined || isLocated(await readManifestStore(asset));
}

/** Joins the engine's answer about a store with what the bytes themselves say. */
async function joinTrust(
  evidence: Evidence,
  embedded: EmbeddedStoreReader,
  options: ReadOptions,
): Promise<{ evidence: Evidence; lists: Lists; judged?: VerifiedStoreWithSigners }> {
  const store = foundValue(evidence.c2pa);
  if (store?.kind !== 'store') return { evidence, lists: [] };
  const { verifyStore: judgeStore } = await loadVerifier();
  const bytes = await embedded.result();
  const judged = await judgeStore(store, bytes, options);
  return {
    evidence: { ...evidence, c2pa: { ...evidence.c2pa, value: judged.store } as Evidence['c2pa'] },
    lists: judged.lists,
    judged: { ...judged, signers: bytes.verified?.signers ?? [] },
  };
}

const loadVerifier = memoizeAsync(() => import('../credentials/verify-store.js'));

type VerifiedStoreWithSigners = VerifiedStore & Pick<VerifiedBytes, 'signers'>;

/** Nothing is looked up again if the store is known to be absent. */
async function reportManifestStore(
  { status }: Evidence['c2pa'],
  embedded: EmbeddedStoreReader,
  { onManifestStore }: ReadOptions,
): Promise<void> {
  if (onManifestStore === undefined || status === 'absent') return;
  const store = await embedded.result().then(
    ({ read }) => toExportedStore(read),
    // The Report does not depend on it, so an error becomes a fault.
    (error: unknown) => faultResult('reader.error', { words: error instanceof Error ? error.message : '' }),
  );
  if (store !== undefined) onManifestStore(store);
}

/** Returns the stored data that a recheck needs once the file is gone. */
async function buildStoredTrust(
  observed: Observation,
  { text, product }: ReportMask,
  judged: VerifiedStoreWithSigners,
  options: ReadOptions,
): Promise<string | undefined> {
  const storedTrust = await import('./stored-trust.js');
  return storedTrust.buildStoredTrust(observed, judged, { text, product, ...options });
}

/** Engines available when this process started. */
const AVAILABLE_ENGINES = availableEngines();

/** Engines that may contribute. If the caller chose one, the other is not asked. */
const enginesFor = (choice: EngineChoice = 'auto') =>
  AVAILABLE_ENGINES.filter(({ name }) => !isEngineName(choice) || name === choice).map((engine) => ({
    ...engine,
  }));

const isEngineName = (choice: EngineChoice) => ENGINE_NAMES.some((name) => name === choice);

type Lists = StoredReport['tool']['lists'];

/** Returns the observation of a file that could not be read at all: every carrier has failed with `fault`. Pure. */
export function observeUnread(
  file: { bytes: number; sha256: string },
  fault: ReadFault,
  options: ConcludeOptions,
): Observation {
  return conclude({ ...file, mediaType: UNKNOWN_MEDIA_TYPE }, createUnreadEvidence(fault), options);
}

type ConcludeOptions = Pick<ReadOptions, 'asOf' | 'asOfSource' | 'reveal'> &
  Partial<Pick<ReadOptions, 'engine'>>;

/** Builds everything of the Report except the findings and what depends on the file's name. Pure. */
export function conclude(
  facts: AssetFacts,
  evidence: Evidence,
  options: ConcludeOptions,
  known: ConcludeFacts = {},
): Observation {
  const { mask: _, ...observation } = concludeMasked(facts, evidence, options, known);
  return observation;
}

/** Facts that do not come from the evidence. */
interface ConcludeFacts {
  lists?: Lists;
  signatures?: AssetFacts['labelSignatures'];
  /** Results of the parts that were analyzed. */
  parts?: readonly FoundPart[] | undefined;
}

/** Returns the observation with the mask applied to it. */
function concludeMasked(
  facts: AssetFacts,
  given: Evidence,
  options: ConcludeOptions,
  { lists = [], signatures, parts: inside = [] }: ConcludeFacts,
): Observation & { mask: ReportMask } {
  // The object itself is passed on if nothing is added, because copies made of the file are cached by it.
  const known = signatures ? { ...facts, labelSignatures: signatures } : facts;
  const detected = detectAll(DETECTORS, given, known);
  clearLabelCopies(facts);
  clearLabelCopies(known);
  const { evidence } = detected;
  const found = [...detected.signals, ...deriveSignals(detected.signals)];
  const unknowable = addDerived(detected.unknowable);
  const c2pa = foundValue(evidence.c2pa);
  const store = c2pa?.kind === 'store' ? c2pa : undefined;
  const mask = createReportMask(found, {
    ...(options.reveal ? { reveal: options.reveal } : {}),
    ...(store ? { literals: findPersonalLiterals(store), publicNames: publicNames(store) } : {}),
  });
  // Nothing below holds masked values.
  const credentials = mask.credentials(buildContentCredentials(evidence.c2pa, facts));
  const declared = store && findDeclaredOrigin(store);
  const shownReads: { [C in Carrier]: StoredReport['reads'][C] | undefined } = { ...EACH_CARRIER };
  for (const carrier of CARRIERS) shownReads[carrier] = showRead(evidence[carrier], mask.text);
  const { bytes, sha256, mediaType, init } = facts;
  const parts = inside.map(
    (part): Part => ({
      ...part,
      locator: mask.text(part.locator),
      ...(part.name === undefined ? {} : { name: mask.text(part.name) }),
      signed: partSignedState(credentials, part),
    }),
  );
  const growing: GrowingMembers = {
    signals: mask.signals(found),
    contentCredentials: credentials,
    declared: declared && mask.declared(declared),
    streams: foundValue(evidence.streams),
    ...collectClaimedDates(evidence, mask.text),
    parts,
  };
  const { report, anyCut } = concludeWithinLimits(
    growing,
    shownReads as StoredReport['reads'],
    (kept, reads) => {
      const { signals, contentCredentials: credentials, declared, streams, claimedDates, parts } = kept;
      const coverage = computeCoverage(reads, credentials);
      const missing = explainMissing(credentials.presence, signals, coverage);
      const { summary, contradictions } = summariseReport({
        asset: facts,
        ...(claimedDates === undefined ? {} : { dates: claimedDates }),
        credentials,
        ...(declared ? { declared } : {}),
        signals,
        coverage,
        parts,
        reads,
      });
      return {
        schema: 'assay.report/1',
        asset: {
          name: '',
          bytes,
          sha256,
          mediaType: mediaType.mime,
          format: mediaType.format,
          kind: mediaType.kind,
          ...(init ? { init } : {}),
          ...(streams ? { streams } : {}),
          ...(claimedDates ? { claimedDates } : {}),
        },
        summary,
        contentCredentials: credentials,
        signals,
        contradictions,
        reads,
        ...(missing.length > 0 ? { whyMissing: missing } : {}),
        notChecked: listNotChecked(facts, credentials, reads, signals),
        ...(parts.length > 0 ? { parts } : {}),
        tool: {
          name: 'assay',
          version: VERSION,
          c2paEngines: enginesFor(options.engine),
          lists,
          asOf: options.asOf,
          asOfSource: options.asOfSource ?? 'requested',
          ...revealedMember(options.reveal),
        },
      };
    },
  );
  return {
    report,
    unknowable: [...(anyCut ? findUnknowable(report) : unknowable)],
    fittingHints: findFittingHints(evidence, facts),
    mask,
  };
}

const addDerived = (unknowable: ReadonlySet<SignalId>): readonly SignalId[] => [
  ...new Set([...unknowable, ...deriveUnknowable(unknowable)]),
];

/** An engine's words may repeat the file's. */
function showRead(read: Read<unknown>, mask: TextMask): StoredReport['reads'][Carrier] {
  const { status } = read;
  if (!('code' in read) && read.notes === undefined) return { status };
  return {
    status,
    ...('code' in read && read.code !== undefined ? maskFault({ ...read, code: read.code }, mask) : {}),
    ...(read.notes ? { messages: { note: read.notes.map((note) => maskMessage(note, mask)) } } : {}),
  };
}
