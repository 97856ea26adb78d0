import type { C2paEvidence, StoreEvidence } from '../c2pa/manifest-store.js';
import { buildContentCredentials } from '../credentials/credentials.js';
import { findDeclaredOrigin } from '../detectors/c2pa-origin.js';
import { deriveSignals } from '../detectors/derived-signals.js';
import type { Detector } from '../detectors/detector.js';
import { DETECTORS } from '../detectors/index.js';
import type { Evidence } from '../evidence/evidence.js';
import { findUnknowable } from '../law/reevaluate.js';
import { createReportMask } from '../masking/masking.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { CARRIERS, type Read } from '../media/carrier.js';
import { MEDIA_TYPES, UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import { computeCoverage } from '../report/coverage.js';
import type { Observation, StoredReport } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { partSignedState } from '../report/signed-part.js';
import type { Personal } from '../signals/personal.js';
import { listNotChecked, visibleMarkRowsOf } from '../summary/not-checked.js';
import { summariseReport } from '../summary/summary.js';
import { concludeWithinLimits } from './within-bounds.js';

interface ReconcludeOptions {
  asOf: string;
  lists: StoredReport['tool']['lists'];
  reveal?: readonly Personal[];
}

/**
 * Concludes an observation again for a new judgement of its manifest store. Signals from the store are detected again;
 * results of other carriers stay as they were. `store` must hold nothing that is masked. Pure.
 */
export function reconclude(
  { report: before, fittingHints }: Observation,
  store: StoreEvidence,
  { asOf, lists, reveal }: ReconcludeOptions,
): Observation {
  const c2pa: Read<C2paEvidence> = { status: 'found', value: store };
  const mask = createReportMask([], reveal ? { reveal } : {});
  const detected = DETECTORS.flatMap((detector) => mask.signals(redetect(detector, c2pa, before)));
  const credentials = mask.credentials(buildContentCredentials(c2pa));
  const declared = findDeclaredOrigin(store);
  const { asset, tool } = before;
  const facts = assetFactsOf(asset);
  const growing = {
    signals: [...detected, ...deriveSignals(detected)],
    contentCredentials: credentials,
    declared: declared && mask.declared(declared),
    streams: asset.streams,
    claimedDates: asset.claimedDates,
    parts: (before.parts ?? []).map((part) => ({ ...part, signed: partSignedState(credentials, part) })),
  };
  const { report } = concludeWithinLimits(growing, before.reads, (kept, reads) => {
    const { signals, contentCredentials, declared, streams, claimedDates, parts } = kept;
    const { summary, contradictions } = summariseReport({
      asset: facts,
      credentials: contentCredentials,
      ...(declared ? { declared } : {}),
      signals,
      coverage: computeCoverage(reads, contentCredentials),
      ...(parts.length > 0 ? { parts } : {}),
      ...(claimedDates === undefined ? {} : { dates: claimedDates }),
      reads,
    });
    return {
      ...before,
      asset: { ...asset, ...(streams && { streams }), ...(claimedDates && { claimedDates }) },
      summary,
      contentCredentials,
      signals,
      contradictions,
      reads,
      notChecked: listNotChecked(
        facts,
        contentCredentials,
        reads,
        signals,
        visibleMarkRowsOf(before.notChecked),
      ),
      ...(parts.length > 0 ? { parts } : {}),
      tool: { ...tool, lists, asOf },
    };
  });
  return { report, unknowable: [...findUnknowable(report)], fittingHints };
}

/** Signals of one detector: from the store they are detected again, from other carriers they are taken from the Report. */
function redetect(
  { needs, raises, detect }: Detector,
  c2pa: Read<C2paEvidence>,
  { signals, asset }: Pick<StoredReport, 'signals' | 'asset'>,
): Signal[] {
  const own = signals.filter(({ id }) => raises.includes(id));
  if (!needs.includes('c2pa')) return own;
  const otherCarriers = Object.fromEntries(CARRIERS.map((carrier) => [carrier, { status: 'absent' }]));
  const redetected = detect({ ...otherCarriers, c2pa } as Evidence, assetFactsOf(asset));
  return [...redetected, ...own.filter(({ basis }) => basis.every(({ carrier }) => carrier !== 'c2pa'))];
}

function assetFactsOf({ bytes, sha256, mediaType: mime, format, kind }: StoredReport['asset']): AssetFacts {
  const known = Object.values(MEDIA_TYPES).find((type) => type.mime === mime) ?? UNKNOWN_MEDIA_TYPE;
  return { bytes, sha256, mediaType: { ...known, mime, format, kind } };
}
