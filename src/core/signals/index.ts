/**
 * Closed list of signals, with one row for everything other modules need to know about each. The meaning is in the
 * catalogues as `signal.<id>`; detectors declare which signals they raise. Terms of C2PA, IPTC and GB 45438 are
 * verbatim. Ids and rows are plain data, so that reading processes load nothing else with them.
 */

import { CAMERA_SIGNALS } from './cameras.js';
import { DECLARATION_SIGNALS, DISCLOSURE_SIGNALS, STORE_SIGNALS } from './credentials.js';
import { EDITOR_SIGNALS } from './editors.js';
import { UNKNOWN_SIGNAL } from './families.js';
import { FILE_SIGNALS } from './file.js';
import { GB45438_SIGNALS } from './gb45438.js';
import { GENERATOR_SIGNALS } from './generators.js';
import { LABEL_SIGNALS } from './labels.js';
import { PIXEL_SIGNALS } from './pixels.js';
import type { ContradictionSide, SignalRow } from './row.js';
import { RUBRIC_SIGNALS } from './rubric.js';
import { TERM_SIGNALS } from './terms.js';
import { VIDEO_AUDIO_SIGNALS } from './video-audio.js';
import { VISIBLE_SIGNALS } from './visible.js';

/** Parts of the list, in the order of output. */
export const SIGNAL_PARTS = [
  STORE_SIGNALS,
  RUBRIC_SIGNALS,
  TERM_SIGNALS,
  DECLARATION_SIGNALS,
  GB45438_SIGNALS,
  GENERATOR_SIGNALS,
  VIDEO_AUDIO_SIGNALS,
  CAMERA_SIGNALS,
  LABEL_SIGNALS,
  EDITOR_SIGNALS,
  PIXEL_SIGNALS,
  VISIBLE_SIGNALS,
  DISCLOSURE_SIGNALS,
  FILE_SIGNALS,
] as const;

type KeysOf<T> = T extends unknown ? keyof T : never;
export type SignalId = KeysOf<(typeof SIGNAL_PARTS)[number]>;

const ROWS = new Map<string, SignalRow>(SIGNAL_PARTS.flatMap((part) => Object.entries<SignalRow>(part)));
export const SIGNAL_IDS = [...ROWS.keys()] as SignalId[];

/** Returns the row of a signal. Ids of a later version in a stored Report get a row without any statement. */
export const signalRowOf = (id: SignalId): SignalRow => ROWS.get(id) ?? UNKNOWN_SIGNAL;

/** Returns the part of an id before its first dot: `gb45438`, `iptc`, … */
export const signalFamily = (id: SignalId): string => id.slice(0, id.indexOf('.'));

/** Returns whether the signal can take this side in a contradiction. */
export const canTakeSide = (id: SignalId, side: ContradictionSide): boolean =>
  signalRowOf(id).contradicts.includes(side);
