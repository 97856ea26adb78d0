import type { Evidence } from '../evidence/evidence.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { readValue } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import { PLATFORM_HINT_ROWS } from '../signatures/platforms.js';
import { defineDetector } from './detector.js';
import { matchRows, raisedBy } from './match-rows.js';
import { TRACE_SHAPES } from './shapes-traces.js';
import { nameText } from './texts.js';

/**
 * Names that apps give, where the rest of the file does not speak against it: these apps take the camera's fields
 * out of pictures and make them no larger than this. A hint, and nothing more.
 */
const LONGEST_SIDE: Partial<Record<SignalId, number>> = {
  'platform.hint.whatsapp': 4096,
  'platform.hint.telegram': 2560,
  'platform.hint.x': 4096,
};

export const platformHints = defineDetector({
  id: 'platform-hints',
  needs: ['exif', 'streams', 'jpegCoding'],
  raises: raisedBy(PLATFORM_HINT_ROWS),
  detect: () => [],
  ofName: ({ name }, { fittingHints }) =>
    matchRows(PLATFORM_HINT_ROWS, [nameText(name)], TRACE_SHAPES).filter(({ id }) =>
      fittingHints.includes(id),
    ),
});

/** Those that nothing in the file speaks against, whatever it is called. */
export const fittingHints = (evidence: HintEvidence, asset: AssetFacts): SignalId[] =>
  platformHints.raises.filter((id) => fits(id, evidence, asset));

type HintEvidence = Pick<Evidence, 'exif' | 'streams' | 'jpegCoding'>;

function fits(id: SignalId, { exif, streams, jpegCoding }: HintEvidence, asset: AssetFacts): boolean {
  // Any picture may have a name of fifteen letters; X codes its JPEGs progressively.
  if (id === 'platform.hint.x' && readValue(jpegCoding)?.progressive !== true) return false;
  if (asset.mediaType.kind !== 'image') return true;
  if ((readValue(exif) ?? []).some((f) => f.name === 'Make' || f.name === 'Model')) return false;
  const track = readValue(streams)?.tracks[0];
  const side = Math.max(track?.width ?? 0, track?.height ?? 0);
  return side <= (LONGEST_SIDE[id] ?? side);
}
