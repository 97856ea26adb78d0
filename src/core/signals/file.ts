import { FILE, GATHERED } from './families.js';
import type { GatheredId, SignalRow } from './row.js';

/** Present in every JPEG, so it is shown in the details only. */
const CODING = { ...FILE, pageRow: null } as const;

/** Facts of the file itself, and facts that many clauses require, which are gathered once (derived-signals.ts). */
export const FILE_SIGNALS = {
  'file.aiMark.signed': { ...GATHERED, neededParts: [] },
  'file.aiMark.unsigned': GATHERED,
  'file.aiMark.possible': GATHERED,
  'file.aiTrace': GATHERED,
  'file.aiText': { ...FILE, maker: 'text', backing: 'label', pageRow: 'labels', explainsMissing: 'there' },
  'file.mediaTypeMismatch': { ...FILE, order: 'media-type' },
  'file.dates.outOfOrder': { ...FILE, contradicts: ['dates'] },
  'file.dates.unsetClock': FILE,
  'file.dates.impossible': FILE,
  'file.sizesDiffer': FILE,
  'file.jpeg.tables': CODING,
  'file.jpeg.progressive': { ...CODING, explainsMissing: 'progressive' },
  'file.severalAssets': FILE,
  'file.livePhotoPart': { ...FILE, backing: 'trace' },
  'file.trailingData': FILE,
} as const satisfies Record<GatheredId | `file.${string}`, SignalRow>;
