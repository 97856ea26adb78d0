import { CAMERA, CAMERA_TRACE } from './families.js';
import type { SignalRow } from './row.js';

const RAISED_BETWEEN = { ...CAMERA, place: 'behind-camera-traces' } as const;
/** Pictures of pictures are no capture. */
const COPY = { ...CAMERA_TRACE, contradicts: [] } as const;
const RECORDER = { ...CAMERA_TRACE, by: 'recorder', opens: 'field' } as const;

/** What cameras and recorders write. */
export const CAMERA_SIGNALS = {
  'camera.exif': { ...CAMERA, by: 'exif', contradicts: ['capture'] },
  'camera.named': RAISED_BETWEEN,
  'camera.makerNoteMismatch': CAMERA,
  'camera.location': RAISED_BETWEEN,
  'camera.serials': RAISED_BETWEEN,
  'camera.names': RAISED_BETWEEN,
  'camera.googleFields': CAMERA_TRACE,
  'camera.androidVideo': CAMERA_TRACE,
  'camera.appleVideo': CAMERA_TRACE,
  'camera.scanner': RAISED_BETWEEN,
  'camera.hint.scanner': COPY,
  'camera.hint.screenshot': { ...COPY, missing: 'screenshot' },
  'recorder.voiceMemo': RECORDER,
  'recorder.broadcastWave': RECORDER,
} as const satisfies Record<string, SignalRow>;
