import type { SignalId } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { SIGNAL_ORDER } from '../signals/row.js';
import { cameraTraces } from './camera-traces.js';
import type { Detector } from './detector.js';
import { mediaTypeMismatch } from './media-type-mismatch.js';
import { platformHints } from './platform-hints.js';

/**
 * The detectors that look at names, in Report order. Whoever names a Report has read no file and needs no other
 * detector; tests/core/pipeline/rename.test.ts holds this, and where other signals stand beside theirs, to the whole list (index.ts).
 */
export const NAME_DETECTORS: readonly Detector[] = [cameraTraces, platformHints, mediaTypeMismatch];

/** Returns the sort index of a signal relative to those raised by names; lower comes first. */
export const nameSignalOrder = (id: SignalId): number => SIGNAL_ORDER.indexOf(signalRowOf(id).order);
