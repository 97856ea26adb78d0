import { ENGINE_NAMES, type EngineChoice } from '../c2pa/engine-names.js';
import { enginesHere } from '../c2pa/installed-engines.js';
import { contentCredentials } from '../credentials/credentials.js';
import type { JudgedStore } from '../credentials/judge-store.js';
import type { JudgedBytes } from '../credentials/judged-bytes.js';
import { labelSignatures } from '../credentials/label-signatures.js';
import { givenStore, OwnStoreBeside } from '../credentials/own-store.js';
import { declaredOrigin } from '../detectors/c2pa-origin.js';
import { claimedDates } from '../detectors/claimed-dates.js';
import { derived, derivedUnknowable } from '../detectors/derived-signals.js';
import { detectAll } from '../detectors/detector.js';
import { forgetCopies } from '../detectors/gb45438-copies.js';
import { DETECTORS } from '../detectors/index.js';
import { fittingHints } from '../detectors/platform-hints.js';
import { cutOffIn, withMissingEnd } from '../evidence/cut-off.js';
import type { Evidence } from '../evidence/evidence.js';
import { lateReads } from '../evidence/late-reads.js';
import { fault, faultSaid, faulty, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import { onceAsked } from '../ground/once-asked.js';
import { VERSION } from '../ground/version.js';
import type { Law } from '../law/asked-law.js';
import { unknowableIn } from '../law/reevaluate.js';
import { withFindings } from '../law/with-findings.js';
import { type Masking, masking, revealedIn } from '../mask/masking.js';
import { maskedFault, maskedSaid } from '../mask/masking-said.js';
import { personalIn, publicNames } from '../mask/personal-c2pa.js';
import type { TextMask } from '../mask/personal-text.js';
import { Asset } from '../media/asset.js';
import type { AssetFacts, InitFacts } from '../media/asset-facts.js';
import { CARRIERS, type Carrier, EACH_CARRIER, type Read, readValue } from '../media/carrier.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import { type Sidecars, sidecarsIn } from '../media/sidecars.js';
import { isLocated, readManifestStore } from '../readers/manifest-store/index.js';
import { expectSound } from '../readers/music-metadata.js';
import { readAll, unreadEvidence } from '../readers/read-all.js';
import { ofSegment, readWith, type With } from '../readers/segment.js';
import type { AnalyzeOptions, ReadOptions, Step } from '../report/analyze-options.js';
import { coverageOf, notReadAtAll } from '../report/coverage.js';
import type { Observation, Part, PartObservation, Report, WholeObservation } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { signedState } from '../report/signed-part.js';
import { evidenceSheet } from '../sheet/evidence-of.js';
import { notChecked } from '../summary/not-checked.js';
import { summarise } from '../summary/summary.js';
import { whyMissing } from '../summary/why-missing.js';
import { type FoundPart, type Inside, type Looking, lookInside, lookingAt } from './inside.js';
import { named } from './named.js';
import { type Growing, withRoom } from './within-bounds.js';

/** THE door: one asset in, one Report out. The same input gives the same Report. */
export async function analyze(asset: Asset, options: AnalyzeOptions, law: Law): Promise<Report> {
  return withFindings(named(await observe(asset, options), options), law);
}

/** The same without the file's name and the law: what a process does that reads files. */
export const observe = (asset: Asset, options: ReadOptions): Promise<WholeObservation> =>
  observeWithin(asset, options, lookingAt(observeWithin));

/** The file, or a part of one. */
async function observeWithin(
  asset: Asset,
  options: ReadOptions,
  looking: Looking,
): Promise<WholeObservation> {
  const init = await readWith(asset, options.initPath);
  const stream = 'stream' in init ? init.stream : undefined;
  try {
    return await observeWith(
      stream ? Asset.joined(stream.init, asset) : asset,
      asset,
      init,
      options,
      looking,
    );
  } finally {
    await stream?.init.close();
  }
}

/** `asset`: what readers are given; `file`: what the Report is about. The two differ where it is a segment. */
async function observeWith(
  asset: Asset,
  file: Asset,
  init: With,
  options: ReadOptions,
  looking: Looking,
): Promise<WholeObservation> {
  const stream = 'stream' in init ? init.stream : undefined;
  const { sidecarPath } = options;
  const beside: { sidecars?: Sidecars } =
    sidecarPath === undefined ? {} : { sidecars: await sidecarsIn(sidecarPath) };
  const own = new OwnStoreBeside(stream?.init ?? file, { ...options, ...beside });
  const onStep = (step: Step) => {
    options.onStep?.(step);
    if (step.engine === undefined || step.state !== 'start') return;
    // The engine computes on another thread.
    own.begin();
    void expectSound(asset);
  };
  try {
    const { stated } = looking;
    const context = {
      ...options,
      ...beside,
      onStep,
      ...(stream && { stream }),
      ...(stated && { stated }),
    };
    const [sha256, read, ofInit] = await Promise.all([
      file.sha256(),
      readAll(asset, context, options.skip),
      stream && initFacts(stream.init),
    ]);
    const whole = ofSegment(withMissingEnd(read, asset.mediaType.container), init);
    const inside =
      whole.parts.status === 'absent' ? undefined : await lookInside(asset, whole.parts, options, looking);
    onStep({ step: 'detect', state: 'start' });
    const { evidence, lists, judged } = await withTrust(
      inside === undefined ? whole : { ...whole, parts: inside.read },
      own,
      options,
    );
    await giveStore(whole.c2pa, own, options);
    const { bytes, mediaType } = file;
    const located = await isStoreLocated(whole.c2pa, stream?.init ?? file, beside.sidecars);
    const facts = {
      bytes,
      sha256,
      mediaType,
      ...(located && { storeLocated: true as const }),
      ...(ofInit && { init: ofInit }),
    };
    const signatures = await labelSignatures(evidence, facts);
    const { mask, ...all } = concluded(facts, evidence, options, {
      lists,
      signatures,
      parts: inside?.parts,
    });
    const { observed, parts } = withPartReports(all, inside, looking, {
      mask: mask.text,
      reserved:
        (options.evidence ? limits.evidenceBytes : 0) +
        (options.keep && judged ? limits.keptTrustCharacters : 0),
    });
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
      ...(options.partReports && inside !== undefined ? { parts } : {}),
    };
  } finally {
    await own.ended();
  }
}

/** Adds the reports of parts that still fit into the answer. A note of the parts carrier counts those that do not. */
function withPartReports(
  whole: Observation,
  inside: Inside | undefined,
  { depth, unreported }: Looking,
  { mask, reserved }: { mask: TextMask; reserved: number },
): { observed: Observation; parts: PartObservation[] } {
  const all = (inside?.observed ?? []).map((part) => underMaskedName(part, mask));
  // Parts of a part share the bound of the outer file, which is applied there.
  if (depth > 0 || (all.length === 0 && unreported.parts === 0)) return { observed: whole, parts: all };
  let left = limits.answerBytes - bytesOf(whole) - reserved - NOTE_BYTES;
  const isListed = ({ number }: PartObservation) => whole.report.parts?.[number] !== undefined;
  const parts = all.filter((part) => {
    const bytes = bytesOf(part);
    if (!isListed(part) || bytes > left) return false;
    left -= bytes;
    return true;
  });
  const count = unreported.parts + all.length - parts.length;
  if (count === 0) return { observed: whole, parts };
  const { reads } = whole.report;
  const without = faultSaid(fault('bound.partReports', { count, most: limits.answerBytes }));
  const said = { note: [...(reads.parts.said?.note ?? []), without] };
  const report = { ...whole.report, reads: { ...reads, parts: { ...reads.parts, said } } };
  return { observed: { ...whole, report }, parts };
}

const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));
/** Bytes reserved for the note about parts that do not fit, and for the envelope of each message. */
const NOTE_BYTES = 32 * 1024;

/** What a part is called stands in the file, which it passes the mask of: here as in the list of parts. */
function underMaskedName(part: PartObservation, mask: TextMask): PartObservation {
  const { report, ...beside } = part.observation;
  const asset = { ...report.asset, name: mask(report.asset.name) };
  return { ...part, observation: { ...beside, report: { ...report, asset } } };
}

const initFacts = async (init: Asset): Promise<InitFacts> => ({
  bytes: init.bytes,
  sha256: await init.sha256(),
});

/** Whether a manifest store was located although no engine read one; a sidecar counts as located. */
async function isStoreLocated(
  { status }: Evidence['c2pa'],
  asset: Asset,
  sidecars: Sidecars | undefined,
): Promise<boolean> {
  if (status !== 'malformed' && status !== 'failed') return false;
  return sidecars?.store !== undefined || isLocated(await readManifestStore(asset));
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

const judging = onceAsked(() => import('../credentials/judge-store.js'));

type Judged = JudgedStore & Pick<JudgedBytes, 'signers'>;

/** Where one is known not to be there, it is not looked for again. */
async function giveStore(
  { status }: Evidence['c2pa'],
  own: OwnStoreBeside,
  { onManifestStore }: ReadOptions,
): Promise<void> {
  if (onManifestStore === undefined || status === 'absent') return;
  const store = await own.result().then(
    ({ read }) => givenStore(read),
    // What is said of the file does not hang on it.
    (error: unknown) => faulty('reader.error', { words: error instanceof Error ? error.message : '' }),
  );
  if (store !== undefined) onManifestStore(store);
}

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

/** Those that may have a say: where one is named, the other is asked nothing. */
const enginesFor = (choice: EngineChoice = 'auto') =>
  ENGINES_HERE.filter(({ name }) => !isEngineName(choice) || name === choice).map((engine) => ({
    ...engine,
  }));

const isEngineName = (choice: EngineChoice) => ENGINE_NAMES.some((name) => name === choice);

type Lists = Report['tool']['lists'];

/** The observation of a file that could not be read at all: every carrier failed, and it says so. Pure. */
export function observeUnread(
  file: { bytes: number; sha256: string },
  fault: ReadFault,
  options: ConcludeOptions,
): Observation {
  return conclude({ ...file, mediaType: UNKNOWN_MEDIA_TYPE }, unreadEvidence(fault), options);
}

type ConcludeOptions = Pick<ReadOptions, 'asOf' | 'asOfBecause' | 'reveal'> &
  Partial<Pick<ReadOptions, 'engine'>>;

/** Evidence → all of the Report but the findings and what hangs on a name. Pure. */
export function conclude(
  facts: AssetFacts,
  evidence: Evidence,
  options: ConcludeOptions,
  known: Known = {},
): Observation {
  const { mask: _, ...observation } = concluded(facts, evidence, options, known);
  return observation;
}

/** What was learned beside the evidence. */
interface Known {
  lists?: Lists;
  signatures?: AssetFacts['labelSignatures'];
  /** What was looked into of what stands inside. */
  parts?: readonly FoundPart[] | undefined;
}

/** With the mask that all of it went through. */
function concluded(
  facts: AssetFacts,
  given: Evidence,
  options: ConcludeOptions,
  { lists = [], signatures, parts: inside = [] }: Known,
): Observation & { mask: Masking } {
  // As they are where nothing is added: what was gathered of the file for these facts need not be gathered again.
  const known = signatures ? { ...facts, labelSignatures: signatures } : facts;
  const detected = detectAll(DETECTORS, given, known);
  forgetCopies(facts);
  forgetCopies(known);
  const { evidence } = detected;
  const found = [...detected.signals, ...derived(detected.signals)];
  const unknowable = withDerived(detected.unknowable);
  const c2pa = readValue(evidence.c2pa);
  const store = c2pa?.kind === 'store' ? c2pa : undefined;
  const mask = masking(found, {
    ...(options.reveal ? { reveal: options.reveal } : {}),
    ...(store ? { literals: personalIn(store), publicNames: publicNames(store) } : {}),
  });
  // From here on nothing holds what is masked.
  const credentials = mask.credentials(contentCredentials(evidence.c2pa, facts));
  const declared = store && declaredOrigin(store);
  const shownReads: { [C in Carrier]: Report['reads'][C] | undefined } = { ...EACH_CARRIER };
  for (const carrier of CARRIERS) shownReads[carrier] = shownAgain(evidence[carrier], mask);
  const { bytes, sha256, mediaType, init } = facts;
  const parts = inside.map(
    (part): Part => ({
      ...part,
      place: mask.text(part.place),
      ...(part.name === undefined ? {} : { name: mask.text(part.name) }),
      signed: signedState(credentials, part),
    }),
  );
  const growing: Growing = {
    signals: mask.signals(found),
    contentCredentials: credentials,
    declared: declared && mask.declared(declared),
    streams: readValue(evidence.streams),
    ...claimedDates(evidence, mask.text),
    parts,
  };
  const { report, anyCut } = withRoom(growing, shownReads as Report['reads'], (kept, reads) => {
    const { signals, contentCredentials: credentials, declared, streams, claimedDates, parts } = kept;
    const coverage = coverageOf(reads, credentials);
    const missing = whyMissing(credentials.presence, signals, coverage);
    const { summary, contradictions } = summarise({
      asset: facts,
      ...(claimedDates === undefined ? {} : { dates: claimedDates }),
      credentials,
      ...(declared ? { declared } : {}),
      signals,
      coverage,
      parts,
      ...notReadAtAll(reads),
      ...lateReads(reads),
      ...cutOffIn(reads),
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
      notChecked: notChecked(facts, credentials, reads, signals),
      ...(parts.length > 0 ? { parts } : {}),
      tool: {
        name: 'assay',
        version: VERSION,
        c2paEngines: enginesFor(options.engine),
        lists,
        asOf: options.asOf,
        asOfBecause: options.asOfBecause ?? 'asked',
        ...revealedIn(options.reveal),
      },
    };
  });
  return {
    report,
    unknowable: [...(anyCut ? unknowableIn(report) : unknowable)],
    fittingHints: fittingHints(evidence, facts),
    mask,
  };
}

/** Many files have one set of them in common: what is derived of it is kept with it. */
const DERIVED = new WeakMap<ReadonlySet<SignalId>, readonly SignalId[]>();

function withDerived(unknowable: ReadonlySet<SignalId>): readonly SignalId[] {
  const known = DERIVED.get(unknowable);
  if (known !== undefined) return known;
  const all = [...new Set([...unknowable, ...derivedUnknowable(unknowable)])];
  DERIVED.set(unknowable, all);
  return all;
}

/** Of reads that files of a format have in common (`Object.freeze`, read-all.ts), where the mask makes the same of them. */
const SHOWN = new WeakMap<Read<unknown>, Report['reads'][Carrier]>();

function shownAgain(read: Read<unknown>, mask: Masking): Report['reads'][Carrier] {
  if (!mask.isByForm || !Object.isFrozen(read)) return shown(read, mask.text);
  const known = SHOWN.get(read);
  if (known !== undefined) return known;
  const fresh = Object.freeze(shown(read, mask.text));
  SHOWN.set(read, fresh);
  return fresh;
}

/** An engine's words may repeat the file's. */
function shown(read: Read<unknown>, mask: TextMask): Report['reads'][Carrier] {
  const { status } = read;
  if (!('code' in read) && read.notes === undefined) return { status };
  return {
    status,
    ...('code' in read && read.code !== undefined ? maskedFault({ ...read, code: read.code }, mask) : {}),
    ...(read.notes ? { said: { note: read.notes.map((note) => maskedSaid(note, mask)) } } : {}),
  };
}
