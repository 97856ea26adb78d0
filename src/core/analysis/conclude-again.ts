import type { C2paEvidence, StoreEvidence } from '../c2pa/manifest-store.js';
import { contentCredentials } from '../credentials/credentials.js';
import { declaredOrigin } from '../detectors/c2pa-origin.js';
import { derived } from '../detectors/derived-signals.js';
import type { Detector } from '../detectors/detector.js';
import { DETECTORS } from '../detectors/index.js';
import { cutOffIn } from '../evidence/cut-off.js';
import type { Evidence } from '../evidence/evidence.js';
import { lateReads } from '../evidence/late-reads.js';
import { unknowableIn } from '../law/reevaluate.js';
import { masking } from '../mask/masking.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { CARRIERS, type Read } from '../media/carrier.js';
import { MEDIA_TYPES, UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import { coverageOf, notReadAtAll } from '../report/coverage.js';
import type { Observation, Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { signedState } from '../report/signed-part.js';
import type { Personal } from '../signals/personal.js';
import { notChecked } from '../summary/not-checked.js';
import { summarise } from '../summary/summary.js';
import { withRoom } from './within-bounds.js';

interface Again {
  asOf: string;
  lists: Report['tool']['lists'];
  reveal?: readonly Personal[];
}

/**
 * An observation anew, of another judgement on its manifest store: what the store says is detected and concluded
 * again, what other carriers said stands as it was found. `store` holds nothing that is masked. Pure.
 */
export function concludeAgain(
  { report: before, fittingHints }: Observation,
  store: StoreEvidence,
  { asOf, lists, reveal }: Again,
): Observation {
  const c2pa: Read<C2paEvidence> = { status: 'found', value: store };
  const mask = masking([], reveal ? { reveal } : {});
  const detected = DETECTORS.flatMap((detector) => mask.signals(signalsOf(detector, c2pa, before)));
  const credentials = mask.credentials(contentCredentials(c2pa));
  const declared = declaredOrigin(store);
  const { asset, tool } = before;
  const facts = factsOf(asset);
  const growing = {
    signals: [...detected, ...derived(detected)],
    contentCredentials: credentials,
    declared: declared && mask.declared(declared),
    streams: asset.streams,
    claimedDates: asset.claimedDates,
    parts: (before.parts ?? []).map((part) => ({ ...part, signed: signedState(credentials, part) })),
  };
  const { report } = withRoom(growing, before.reads, (kept, reads) => {
    const { signals, contentCredentials, declared, streams, claimedDates, parts } = kept;
    const { summary, contradictions } = summarise({
      asset: facts,
      credentials: contentCredentials,
      ...(declared ? { declared } : {}),
      signals,
      coverage: coverageOf(reads, contentCredentials),
      ...(parts.length > 0 ? { parts } : {}),
      ...(claimedDates === undefined ? {} : { dates: claimedDates }),
      ...notReadAtAll(reads),
      ...lateReads(reads),
      ...cutOffIn(reads),
    });
    return {
      ...before,
      asset: { ...asset, ...(streams && { streams }), ...(claimedDates && { claimedDates }) },
      summary,
      contentCredentials,
      signals,
      contradictions,
      reads,
      notChecked: notChecked(facts, contentCredentials, reads, signals),
      ...(parts.length > 0 ? { parts } : {}),
      tool: { ...tool, lists, asOf },
    };
  });
  return { report, unknowable: [...unknowableIn(report)], fittingHints };
}

/** Those of a detector: from the store again, from other carriers as they are in the Report. */
function signalsOf(
  { needs, raises, detect }: Detector,
  c2pa: Read<C2paEvidence>,
  { signals, asset }: Pick<Report, 'signals' | 'asset'>,
): Signal[] {
  const own = signals.filter(({ id }) => raises.includes(id));
  if (!needs.includes('c2pa')) return own;
  const nothingElse = Object.fromEntries(CARRIERS.map((carrier) => [carrier, { status: 'absent' }]));
  const anew = detect({ ...nothingElse, c2pa } as Evidence, factsOf(asset));
  return [...anew, ...own.filter(({ basis }) => basis.every(({ carrier }) => carrier !== 'c2pa'))];
}

function factsOf({ bytes, sha256, mediaType: mime, format, kind }: Report['asset']): AssetFacts {
  const known = Object.values(MEDIA_TYPES).find((type) => type.mime === mime) ?? UNKNOWN_MEDIA_TYPE;
  return { bytes, sha256, mediaType: { ...known, mime, format, kind } };
}
