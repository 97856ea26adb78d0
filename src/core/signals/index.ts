/**
 * The closed list of signals: one row each, with all that other rooms ask of it. What it means stands in the catalogues as
 * `signal.<id>`; which detectors raise it they say themselves. Terms of C2PA, IPTC and GB 45438 are verbatim. Ids and rows
 * are plain data: a process that reads files loads nothing else with them.
 */

import { CAMERA_SIGNALS } from './cameras.js';
import { DECLARATION_SIGNALS, DISCLOSURE_SIGNALS, STORE_SIGNALS } from './credentials.js';
import { EDITOR_SIGNALS } from './editors.js';
import { UNKNOWN } from './families.js';
import { FILE_SIGNALS } from './file.js';
import { GB45438_SIGNALS } from './gb45438.js';
import { GENERATOR_SIGNALS } from './generators.js';
import { LABEL_SIGNALS } from './labels.js';
import { PIXEL_SIGNALS } from './pixels.js';
import type { Side, SignalRow } from './row.js';
import { RUBRIC_SIGNALS } from './rubric.js';
import { TERM_SIGNALS } from './terms.js';
import { VIDEO_AUDIO_SIGNALS } from './video-audio.js';

/** The parts of the list, in the order in which it is told. */
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
  DISCLOSURE_SIGNALS,
  FILE_SIGNALS,
] as const;

type KeysOf<T> = T extends unknown ? keyof T : never;
export type SignalId = KeysOf<(typeof SIGNAL_PARTS)[number]>;

const ROWS = new Map<string, SignalRow>(SIGNAL_PARTS.flatMap((part) => Object.entries<SignalRow>(part)));
export const SIGNAL_IDS = [...ROWS.keys()] as SignalId[];

/** An id of a later version, in a Report that was kept, states nothing to this one. */
export const rowOf = (id: SignalId): SignalRow => ROWS.get(id) ?? UNKNOWN;

/** What stands before an id's first dot: `gb45438`, `iptc`, … */
export const familyOf = (id: SignalId): string => id.slice(0, id.indexOf('.'));

/** Whether it can take that part in a contradiction. */
export const takes = (id: SignalId, side: Side): boolean => rowOf(id).contradicts.includes(side);
