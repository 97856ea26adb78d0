import type { SignatureRow } from './row.js';

/** Traces of cameras, phones and recorders. All are weak: plain text that editors retain and anyone can copy. */
export const CAMERA_ROWS = [
  {
    id: 'android-keys',
    signal: 'camera.androidVideo',
    tool: 'Android camera',
    proves: 'camera',
    carriers: ['bmffMeta'],
    field: /^com\.android\.(version|manufacturer|model|capture\.fps)$/,
    grade: 'V',
    source: 'mdta keys of Android recordings; ExifTool QuickTime.pm',
  },
  {
    id: 'apple-keys',
    signal: 'camera.appleVideo',
    tool: 'Apple camera',
    proves: 'camera',
    carriers: ['bmffMeta'],
    field: /^com\.apple\.quicktime\.(make|model)$/,
    grade: 'V',
    source: 'mdta keys of iPhone recordings; QuickTime File Format, metadata keys',
  },
  {
    id: 'google-gcamera',
    signal: 'camera.googleFields',
    tool: 'Google camera format',
    proves: 'camera',
    carriers: ['xmp'],
    field: /^GCamera:/,
    grade: 'V',
    source: 'XMP of Pixel pictures; Android motion photo format 1.0',
  },
  {
    id: 'google-hdr-plus',
    signal: 'camera.googleFields',
    tool: 'Google HDR+',
    proves: 'camera',
    carriers: ['exif', 'xmp'],
    field: /^(Software|xmp:CreatorTool)$/,
    pattern: /^HDR\+ \d/,
    grade: 'V',
    source: 'EXIF Software of Pixel pictures (exif-samples)',
  },
  {
    id: 'apple-voice-memos',
    signal: 'recorder.voiceMemo',
    tool: 'Apple Voice Memos',
    proves: 'camera',
    carriers: ['bmffMeta'],
    field: /^(©too|com\.apple\.quicktime\.software|encoder)$/,
    pattern: /^com\.apple\.VoiceMemos \(/,
    shape: 'as-written',
    grade: 'V',
    source: 'encoder field of Voice Memos recordings',
  },
  {
    id: 'bext-originator',
    signal: 'recorder.broadcastWave',
    tool: 'field recorder',
    proves: 'camera',
    carriers: ['broadcastWave'],
    field: /(^|[/:. _])originator$/i,
    pattern: /^(ZOOM\b|TASCAM\b|Sound ?Dev)/i,
    shape: 'as-written',
    grade: 'V',
    source: 'bext and iXML of Zoom, Tascam and Sound Devices recordings; EBU Tech 3285',
  },
  {
    id: 'bext-originator-heard',
    signal: 'recorder.broadcastWave',
    tool: 'field recorder',
    proves: 'camera',
    carriers: ['broadcastWave'],
    field: /(^|[/:. _])originator$/i,
    pattern:
      /^(AATON\b|AETA\b|Deva\b|EDIROL\b|FOSTEX\b|KORG\b|Marantz\b|NAGRA\b|OLYMPUS\b|PCM-[A-Z]?\d|Roland\b|SONOSAX\b|SONY\b|TEAC\b|YAMAHA\b|ZAXCOM\b)/i,
    shape: 'as-written',
    grade: 'C',
    source: 'makers of sound recorders that write Broadcast Wave, as their manuals say; no sample seen',
  },
  {
    id: 'software-scanner',
    signal: 'camera.hint.scanner',
    tool: 'scanning program',
    proves: 'camera',
    carriers: ['exif', 'xmp', 'pngText'],
    field: /^(Software|xmp:CreatorTool)$/,
    pattern: /^(EPSON Scan|VueScan|SilverFast|CanoScan|ScanGear|HP Scan)\b/i,
    shape: 'as-written',
    grade: 'C',
    source: 'product names as these programs are commonly reported to write them',
  },
  {
    id: 'name-screenshot',
    signal: 'camera.hint.screenshot',
    tool: 'screenshot',
    proves: 'camera',
    carriers: ['file'],
    pattern: /^(Screenshot[_ -]|Screen Shot )(from )?\d{4}/,
    grade: 'C',
    source: 'file names that Android, macOS and GNOME give, as commonly reported',
  },
] as const satisfies readonly SignatureRow[];

/**
 * Signatures at the start of maker notes, with the makes known to use each. Makes share suppliers, so one signature may
 * have several.
 */
export interface MakerNoteHead {
  head: RegExp;
  makes: RegExp;
  source: string;
}

const EXIFTOOL = 'ExifTool MakerNotes.pm';

export const MAKER_NOTE_HEADS = [
  { head: /^Apple iOS/, makes: /^apple/i, source: EXIFTOOL },
  { head: /^Nikon/, makes: /^nikon/i, source: EXIFTOOL },
  { head: /^SONY (DSC|CAM|MOBILE)/, makes: /^(sony|hasselblad)/i, source: EXIFTOOL },
  { head: /^FUJIFILM/, makes: /^(fuji|leica|nikon|general|ge\b)/i, source: EXIFTOOL },
  { head: /^Panasonic/, makes: /^(panasonic|leica)/i, source: EXIFTOOL },
  { head: /^(AOC|PENTAX )/, makes: /^(pentax|asahi|ricoh|samsung)/i, source: EXIFTOOL },
  { head: /^(SIGMA|FOVEON)/, makes: /^(sigma|foveon)/i, source: EXIFTOOL },
  {
    head: /^(OLYMP|OM SYSTEM)/,
    makes: /^(olympus|om digital|seiko|epson|konica|minolta|agfa)/i,
    source: EXIFTOOL,
  },
] as const satisfies readonly MakerNoteHead[];

/** Makes whose maker notes are known well enough to say that one of these signatures does not belong to them. */
export const KNOWN_MAKES =
  /^(apple|canon|fujifilm|google|huawei|nikon|olympus|om digital|panasonic|pentax|samsung|sigma|sony|xiaomi)\b/i;

/** Values of Make and Model that generators write: ComfyUI its graph, others their own name. */
export const NOT_A_CAMERA =
  /^(prompt|workflow) ?:|^black forest labs$|^ideogram|^apple image playground$|^flux[.-]|^ai generated/i;
