/** Facts of the file itself. Part of the closed list of signals.ts. */
export const FILE_SIGNALS = {
  'file.aiMark.signed': 'The Content Credentials state that generative AI made or altered the content.',
  'file.aiMark.unsigned':
    'A standard label outside the Content Credentials states that AI made or altered the content; anyone can write or remove it.',
  'file.aiMark.possible': 'A label or manifest states that the content may hold AI-generated parts.',
  'file.aiTrace':
    'The file holds a trace that a generator leaves in what it makes; it can be copied into any file.',
  'file.mediaTypeMismatch': 'The declared media type or the file name’s ending does not fit the bytes.',
  'file.dates.outOfOrder':
    'Two dates in the file do not fit each other, with a day and all time zones left between them.',
  'file.dates.unsetClock':
    'A date in the file is one at which clocks begin or end, which usually means that the clock was not set.',
  'file.dates.impossible': 'A date field holds a day or time that is in no calendar.',
  'file.sizesDiffer':
    'Metadata gives another size than the picture has, as after cropping or resizing, or where a tool noted the size it began with.',
  'file.jpeg.tables':
    'The JPEG’s quantisation tables, which whoever wrote the file last has chosen: the standard’s example tables at a quality, or others.',
  'file.jpeg.progressive': 'The JPEG is coded progressively, as many web services do.',
  'file.severalAssets': 'The file holds more than one asset.',
  'file.livePhotoPart':
    'The file is one half of a Live Photo; the other half is a file of its own with the same content identifier.',
  'file.trailingData': 'Data follows the end of the main asset.',
} as const satisfies Record<string, string>;
