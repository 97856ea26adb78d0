import { PERSONAL, type Personal } from '../signals/personal.js';
import type { RawField } from './evidence-fields.js';

/**
 * What a field may tell of a person. A value is shown only where its field is known to be technical, or where a signal
 * says what stands there; so a field that nobody thought of leads to nobody.
 */
export type Nature =
  | { is: 'technical' }
  /** Made for personal data of this kind. */
  | { is: 'personal'; kinds: readonly Personal[] }
  /** Words about what is to be seen or heard: they name people and places. */
  | { is: 'words'; kinds: readonly Personal[] }
  /** It might hold anything. */
  | { is: 'unknown'; kinds: readonly Personal[] };

const TECHNICAL: Nature = { is: 'technical' };
const WORDS: Nature = { is: 'words', kinds: ['location', 'names'] };
const UNKNOWN: Nature = { is: 'unknown', kinds: PERSONAL };

export function natureOf({ carrier, name, place }: RawField): Nature {
  if (name === 'GPSVersionID') return TECHNICAL;
  // PDF and PostScript call a program so that other formats call a person.
  if (carrier === 'documentProperties' && name === 'Creator') return TECHNICAL;
  const made = MADE_FOR.find(([pattern]) => pattern.test(place) || pattern.test(name))?.[1];
  if (made !== undefined) return { is: 'personal', kinds: [made] };
  switch (carrier) {
    case 'xmp':
      return ofXmp(name);
    case 'exif':
      return ofExif(name);
    case 'iptcIim':
      return ofIim(name);
    case 'pngText':
      if (/^(Software|Creation Time|date:(create|modify|timestamp))$/.test(name)) return TECHNICAL;
      return /^(Title|Description|Comment|Disclaimer|Warning)$/.test(name) ? WORDS : UNKNOWN;
    case 'comment':
      return WORDS;
    case 'documentProperties':
      return DOCUMENT.test(name) || TAGS.test(name) ? TECHNICAL : UNKNOWN;
    default:
      return TAGS.test(name) || BROADCAST.test(name) ? TECHNICAL : UNKNOWN;
  }
}

/** Names that standards, makers and programs use; the first that fits decides. */
const MADE_FOR: readonly (readonly [RegExp, Personal])[] = [
  [
    /gps|location|latitude|longitude|\bgeo|coordinates|cit(y|ies)\b|country|province|\bstate\b|world.?region|©xyz|\bloci\b/i,
    'location',
  ],
  [/serial|camera.?id|device.?id|\bimei\b|unique.?id|originator_?reference/i, 'serial'],
  [
    /\bFor$|creator(?!tool)|author|artist|owner|person|by-?line|writer|photographer|image.?editor|contact|rights|credit|licensor|supplier|contributor|publisher|region-?list|mwg-rs|\bMP(RI|Reg)?:|user.?name|nick.?name|e-?mail|phone|address|host.?computer|modifier|modified.?by|printed.?by|\bmanager\b|file.?path|raw.?file.?name|\bapID\b|\bownr\b/i,
    'names',
  ],
];

/** Every part of the path must be of a vocabulary that describes files, not what is in them. */
const XMP_PARTS =
  /^(xmp(MM|TPg|G)?|tiff|exif(EX)?|aux|crs|st(Evt|Ref|Ver|Dim|Mfs)|pdf|GCamera|GDepth|GContainer|GImage|GAudio|Container|Item|hdrgm|HDRGainMap|TC260|rdf|xml):/;
const XMP_NAMES =
  /^(dc:(format|type|language)|dcterms:provenance|photoshop:(ColorMode|ICCProfile|DateCreated|SidecarForExtension|LegacyIPTCDigest|EmbeddedXMPDigest)|Iptc4xmpExt:(DigitalSource(Type|[fF]ileType)|AI[A-Z]\w*|DigImageGUID))$/;
const XMP_WORDS =
  /^(dc:|exif:UserComment|tiff:(ImageDescription|Copyright)|xmp:(Label|Description|Notes)|pdf:(Keywords|Title|Subject)|photoshop:(Headline|Instructions|History|TextLayers))/;

function ofXmp(path: string): Nature {
  const parts = path.split('/').map((part) => part.replace(/\[\d+\]$/, ''));
  const isKnown = (part: string) => XMP_NAMES.test(part) || (XMP_PARTS.test(part) && !XMP_WORDS.test(part));
  if (parts.every(isKnown)) return TECHNICAL;
  return parts.some((part) => XMP_WORDS.test(part)) ? WORDS : UNKNOWN;
}

const EXIF_WORDS =
  /^(ImageDescription|UserComment|XP(Title|Comment|Keywords|Subject)|DocumentName|PageName|ImageTitle|ImageHistory|Copyright)$/;
/** Runs of bytes with a format of their own, a packet of another carrier among them. */
const EXIF_BLOCKS =
  /^(0x|MakerNote|.*(Private|Padding|Profile|Notes|Resources|Packet|IPTC|XMP|Photoshop|ImageSourceData|PrintIM|Label|SettingDescription|Security|RelatedSound))/i;

function ofExif(name: string): Nature {
  if (EXIF_WORDS.test(name)) return WORDS;
  return EXIF_BLOCKS.test(name) ? UNKNOWN : TECHNICAL;
}

/** IPTC-IIM 4.2. */
const IIM_TECHNICAL: ReadonlySet<string> = new Set(
  '1:0 1:90 2:0 2:3 2:8 2:10 2:30 2:35 2:37 2:38 2:47 2:55 2:60 2:62 2:63 2:65 2:70 2:75 2:130 2:131 2:135'.split(
    ' ',
  ),
);
const IIM_PLACES: ReadonlySet<string> = new Set('2:26 2:27 2:90 2:92 2:95 2:100 2:101'.split(' '));
const IIM_NAMES: ReadonlySet<string> = new Set('1:50 2:80 2:85 2:110 2:115 2:116 2:118 2:122'.split(' '));

function ofIim(dataset: string): Nature {
  if (IIM_TECHNICAL.has(dataset)) return TECHNICAL;
  if (IIM_PLACES.has(dataset)) return { is: 'personal', kinds: ['location'] };
  if (IIM_NAMES.has(dataset)) return { is: 'personal', kinds: ['names'] };
  return WORDS;
}

/** Of documents: what programs write of themselves and of the file. */
const DOCUMENT =
  /^(Application|AppVersion|Producer|CreationDate|ModDate|Trapped|CreateTime|LastSavedTime|LastPrinted|RevisionNumber|PresentationFormat|(HiRes)?BoundingBox|LanguageLevel|PageOrder|Orientation|DocumentData|DocSecurity|Pages|Words|Characters|Lines|Paragraphs|Slides|TotalTime|meta:(generator|creation-date|editing-cycles|editing-duration|print-date)|dc:(date|format|language|type)|dcterms:(created|modified)|cp:(revision|version|lastPrinted|contentType))$/;

/** Of sound and video: what programs write of themselves and of the file. */
const TAGS =
  /(^|[:./ ])(AIGC|vendor|encoder|encoding_?tool|software|TSSE|TLEN|TDEN|TDTG|©too|©swr|ISFT|ICRD|(major|minor|compatible)_?brands?|minor_?version|handler(_?name)?|compressor(_?name)?|creation_?(time|date)|creationdate|modification_?time|date(_?(encoded|digitized))?|duration|language|(muxing|writing)_?app|make|model|manufacturer|©mak|©mod|com\.android\.(version|capture\.fps)|(video|audio)codecid|width|height|framerate|(video|audio)datarate|audiosample(rate|size)|stereo|filesize|metadatacreator|canseektoend|number_of_(frames|bytes)|_?statistics_\w+|bps|coding_?history|capdate|inputdevice|sourcecreationdate|origination_?(date|time)|time_?reference)$/i;

/** Of MXF and ASF: what wrote the file, what the packages are, and what a broadcaster's shim asks for but for words and contacts. */
const BROADCAST =
  /^(companyname|productname|productversion|versionstring|toolkitversion|platform|productuid|packageuid|package(creation|modified)date|lastmodifieddate|shim(name|version)|audiotracklayout|(primary|secondary|tertiary)audiolanguage|(closed|open)captions(present|type|language)|partnumber|parttotal|pictureratio|3d(type)?|productplacement|pse(pass|version)|audioloudnessstandard|lineupstart|identclockstart|totalnumberofparts|totalprogrammeduration|audiodescription(present|type)|textmimemediatype|rfc5646textlanguagecode|codec (name|description)|wm\/(encodingsettings|encodingtime|toolname|toolversion)|encodingsettings|toolname|toolversion|wmfsdk(version|needed)|isvbr|deviceconformancetemplate|aspectratio[xy])$/i;
