import { CAMERA, CAMERA_TRACE } from './families.js';
import type { SignalRow } from './row.js';

const RAISED_BETWEEN = { ...CAMERA, order: 'behind-camera-traces' } as const;
/** A picture of a picture is no capture, so these do not contradict anything. */
const COPY_HINT = { ...CAMERA_TRACE, contradicts: [] } as const;
const RECORDER = { ...CAMERA_TRACE, maker: 'recorder', discloses: 'field' } as const;

/** Signals written by cameras and recorders. */
export const CAMERA_SIGNALS = {
  'camera.exif': { ...CAMERA, maker: 'exif', contradicts: ['capture'] },
  'camera.named': RAISED_BETWEEN,
  'camera.makerNoteMismatch': CAMERA,
  'camera.location': RAISED_BETWEEN,
  'camera.serials': RAISED_BETWEEN,
  'camera.names': RAISED_BETWEEN,
  'camera.googleFields': CAMERA_TRACE,
  'camera.androidVideo': CAMERA_TRACE,
  'camera.appleVideo': CAMERA_TRACE,
  'camera.scanner': RAISED_BETWEEN,
  'camera.hint.scanner': COPY_HINT,
  'camera.hint.screenshot': { ...COPY_HINT, explainsMissing: 'screenshot' },
  'recorder.voiceMemo': RECORDER,
  'recorder.broadcastWave': RECORDER,
} as const satisfies Record<string, SignalRow>;
