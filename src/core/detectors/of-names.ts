import type { Detector } from '../detector.js';
import type { SignalId } from '../signal.js';
import { cameraTraces } from './camera-traces.js';
import { mediaTypeMismatch } from './media-type-mismatch.js';
import { platformHints } from './platform-hints.js';

/**
 * The detectors that look at names, in Report order, with the signals that others raise behind each. Whoever names a
 * Report has read no file and needs no other detector; tests/named.test.ts holds this to the whole list (index.ts).
 */
export const OF_NAMES: readonly { detector: Detector; behind: readonly SignalId[] }[] = [
  {
    detector: cameraTraces,
    behind: [
      ...(['camera.scanner', 'camera.location', 'camera.serials', 'camera.names'] as const),
      ...(['editor.photoshop', 'editor.cameraRaw', 'editor.gimp', 'editor.software'] as const),
      ...([
        'editor.hint.software',
        'editor.premiere',
        'editor.capcut',
        'editor.ffmpeg',
        'editor.x264',
      ] as const),
      ...(['editor.history', 'editor.documentAncestors', 'editor.derivedFrom'] as const),
      ...([
        'platform.tiktok',
        'platform.bytedance',
        'platform.youtube',
        'platform.x',
        'platform.facebook',
      ] as const),
    ],
  },
  {
    detector: platformHints,
    behind: [
      ...([
        'file.dates.outOfOrder',
        'file.dates.unsetClock',
        'file.dates.impossible',
        'file.sizesDiffer',
      ] as const),
      ...(['file.jpeg.tables', 'file.jpeg.progressive'] as const),
      ...([
        'generator.novelai.proof.holds',
        'generator.novelai.proof.broken',
        'watermark.stealthText',
      ] as const),
      ...([
        'watermark.pixels.sd1',
        'watermark.pixels.sd2',
        'watermark.pixels.sdxl',
        'watermark.pixels.flux',
      ] as const),
      ...([
        'file.thumbnailDiffers',
        'file.severalAssets',
        'file.trailingData',
        'file.livePhotoPart',
      ] as const),
    ],
  },
  { detector: mediaTypeMismatch, behind: [] },
];

/** Those that are derived from others stand behind them all. */
const DERIVED: ReadonlySet<SignalId> = new Set([
  'file.aiMark.signed',
  'file.aiMark.unsigned',
  'file.aiMark.possible',
  'file.aiTrace',
]);

/** Where a signal stands beside those that names raise: behind all of which the number is lower. */
export function placeBesideNames(id: SignalId): number {
  const at = OF_NAMES.findIndex(
    ({ detector, behind }) => detector.raises.includes(id) || behind.includes(id),
  );
  if (at === -1) return DERIVED.has(id) ? 2 * OF_NAMES.length : -1;
  return OF_NAMES[at]?.behind.includes(id) ? 2 * at + 1 : 2 * at;
}
