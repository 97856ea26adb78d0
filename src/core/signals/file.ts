import { FILE, GATHERED } from './families.js';
import type { GatheredId, SignalRow } from './row.js';

/** Every JPEG has it: for the details. */
const CODING = { ...FILE, row: null } as const;

/** Facts of the file itself, and those that many clauses ask for, gathered once (derived-signals.ts). */
export const FILE_SIGNALS = {
  'file.aiMark.signed': { ...GATHERED, inCredentials: [] },
  'file.aiMark.unsigned': GATHERED,
  'file.aiMark.possible': GATHERED,
  'file.aiTrace': GATHERED,
  'file.aiText': { ...FILE, by: 'text', backing: 'label', row: 'labels', missing: 'there' },
  'file.mediaTypeMismatch': { ...FILE, place: 'media-type' },
  'file.dates.outOfOrder': { ...FILE, contradicts: ['dates'] },
  'file.dates.unsetClock': FILE,
  'file.dates.impossible': FILE,
  'file.sizesDiffer': FILE,
  'file.jpeg.tables': CODING,
  'file.jpeg.progressive': { ...CODING, missing: 'progressive' },
  'file.severalAssets': FILE,
  'file.livePhotoPart': { ...FILE, backing: 'trace' },
  'file.trailingData': FILE,
} as const satisfies Record<GatheredId | `file.${string}`, SignalRow>;
