/** What cameras and recorders write. Part of the closed list of signals.ts. */
export const CAMERA_SIGNALS = {
  'camera.exif': 'EXIF holds a set of fields that cameras write.',
  'camera.makerNoteMismatch':
    'The maker note begins as that of another maker than the one that EXIF Make names.',
  'camera.location': 'The file holds a geographic position.',
  'camera.serials': 'The file holds a serial number of a camera, lens or recorder.',
  'camera.names': 'A field for a person’s name (owner, artist, author) is filled in.',
  'camera.googleFields':
    'XMP or the software field is in the form of Google’s camera software; other makers’ phones write it too.',
  'camera.androidVideo': 'Keys that Android phones write into the videos they record.',
  'camera.appleVideo': 'Keys that Apple devices write into the videos they record; editors keep them.',
  'camera.scanner': 'EXIF FileSource says that the picture was made with a scanner.',
  'camera.hint.scanner': 'The software field names a scanning program.',
  'camera.hint.screenshot': 'A field or the file’s name is as screenshots commonly have it.',
  'recorder.voiceMemo': 'The encoder field names Apple’s Voice Memos.',
  'recorder.broadcastWave': 'The originator field names a maker of sound recorders.',
} as const satisfies Record<string, string>;
