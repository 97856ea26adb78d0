import type { Evidence } from '../evidence/evidence.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { foundValue } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import { PLATFORM_HINT_ROWS } from '../signatures/platforms.js';
import { defineDetector } from './detector.js';
import { listRaisedSignals, matchRows } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { toNameText } from './texts.js';

/**
 * Longest side in pixels that these apps produce, by signal. Their file names count only as hints, and only if the rest
 * of the file agrees: the apps remove camera fields and scale pictures down to this size.
 */
const LONGEST_SIDE: Partial<Record<SignalId, number>> = {
  'platform.hint.whatsapp': 4096,
  'platform.hint.telegram': 2560,
  'platform.hint.x': 4096,
};

export const platformHints = defineDetector({
  id: 'platform-hints',
  needs: ['exif', 'streams', 'jpegCoding'],
  raises: listRaisedSignals(PLATFORM_HINT_ROWS),
  detect: () => [],
  detectName: ({ name }, { fittingHints }) =>
    matchRows(PLATFORM_HINT_ROWS, [toNameText(name)], TRACE_SHAPES).filter(({ id }) =>
      fittingHints.includes(id),
    ),
});

/** Returns the hints that nothing in the file contradicts, whatever its name is. */
export const findFittingHints = (evidence: HintEvidence, asset: AssetFacts): SignalId[] =>
  platformHints.raises.filter((id) => isFittingHint(id, evidence, asset));

type HintEvidence = Pick<Evidence, 'exif' | 'streams' | 'jpegCoding'>;

function isFittingHint(
  id: SignalId,
  { exif, streams, jpegCoding }: HintEvidence,
  asset: AssetFacts,
): boolean {
  // Any picture may have a name of fifteen letters; X codes its JPEGs progressively.
  if (id === 'platform.hint.x' && foundValue(jpegCoding)?.progressive !== true) return false;
  if (asset.mediaType.kind !== 'image') return true;
  if ((foundValue(exif) ?? []).some((f) => f.name === 'Make' || f.name === 'Model')) return false;
  const track = foundValue(streams)?.tracks[0];
  const side = Math.max(track?.width ?? 0, track?.height ?? 0);
  return side <= (LONGEST_SIDE[id] ?? side);
}
