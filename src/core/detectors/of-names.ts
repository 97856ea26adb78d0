import type { SignalId } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { IN_ORDER } from '../signals/row.js';
import { cameraTraces } from './camera-traces.js';
import type { Detector } from './detector.js';
import { mediaTypeMismatch } from './media-type-mismatch.js';
import { platformHints } from './platform-hints.js';

/**
 * The detectors that look at names, in Report order. Whoever names a Report has read no file and needs no other
 * detector; tests/named.test.ts holds this, and where other signals stand beside theirs, to the whole list (index.ts).
 */
export const OF_NAMES: readonly Detector[] = [cameraTraces, platformHints, mediaTypeMismatch];

/** Where a signal stands beside those that names raise: behind all of which the number is lower. */
export const placeBesideNames = (id: SignalId): number => IN_ORDER.indexOf(rowOf(id).place);
