import { PERSONAL, type Personal } from '../signals/personal.js';
import type { RawField } from './fields.js';

/**
 * Kind of personal data that a field may hold. A value is shown only if its field is known to be technical or a signal
 * explains it; an unknown field is therefore hidden.
 */
export type FieldNature =
  | { is: 'technical' }
  /** The field is meant for this kind of personal data. */
  | { is: 'personal'; kinds: readonly Personal[] }
  /** The field describes the content and may name people and places. */
  | { is: 'words'; kinds: readonly Personal[] }
  /** The field might hold anything. */
  | { is: 'unknown'; kinds: readonly Personal[] };

const TECHNICAL: FieldNature = { is: 'technical' };
const WORDS: FieldNature = { is: 'words', kinds: ['location', 'names'] };
const UNKNOWN: FieldNature = { is: 'unknown', kinds: PERSONAL };

export function fieldNature({ carrier, name, locator: place }: RawField): FieldNature {
  if (name === 'GPSVersionID') return TECHNICAL;
  // In PDF and PostScript `Creator` is a program; in other formats it is a person.
  if (carrier === 'documentProperties' && name === 'Creator') return TECHNICAL;
  const made = PERSONAL_FIELDS.find(([pattern]) => pattern.test(place) || pattern.test(name))?.[1];
  if (made !== undefined) return { is: 'personal', kinds: [made] };
  switch (carrier) {
    case 'xmp':
      return xmpNature(name);
    case 'exif':
      return exifNature(name);
    case 'iptcIim':
      return iimNature(name);
    case 'pngText':
      if (/^(Software|Creation Time|date:(create|modify|timestamp))$/.test(name)) return TECHNICAL;
      return /^(Title|Description|Comment|Disclaimer|Warning)$/.test(name) ? WORDS : UNKNOWN;
    case 'comment':
      return WORDS;
    case 'documentProperties':
      return DOCUMENT_TECHNICAL.test(name) || TAG_TECHNICAL.test(name) ? TECHNICAL : UNKNOWN;
    default:
      return TAG_TECHNICAL.test(name) || BROADCAST_TECHNICAL.test(name) ? TECHNICAL : UNKNOWN;
  }
}

/** Field names of standards, makers and programs. The first match decides. */
const PERSONAL_FIELDS: readonly (readonly [RegExp, Personal])[] = [
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

/** Every step of the path must belong to a vocabulary that describes files rather than their content. */
const XMP_PARTS =
  /^(xmp(MM|TPg|G)?|tiff|exif(EX)?|aux|crs|st(Evt|Ref|Ver|Dim|Mfs)|pdf|GCamera|GDepth|GContainer|GImage|GAudio|Container|Item|hdrgm|HDRGainMap|TC260|rdf|xml):/;
const XMP_NAMES =
  /^(dc:(format|type|language)|dcterms:provenance|photoshop:(ColorMode|ICCProfile|DateCreated|SidecarForExtension|LegacyIPTCDigest|EmbeddedXMPDigest)|Iptc4xmpExt:(DigitalSource(Type|[fF]ileType)|AI[A-Z]\w*|DigImageGUID))$/;
const XMP_WORDS =
  /^(dc:|exif:UserComment|tiff:(ImageDescription|Copyright)|xmp:(Label|Description|Notes)|pdf:(Keywords|Title|Subject)|photoshop:(Headline|Instructions|History|TextLayers))/;

function xmpNature(path: string): FieldNature {
  const parts = path.split('/').map((part) => part.replace(/\[\d+\]$/, ''));
  const isKnown = (part: string) => XMP_NAMES.test(part) || (XMP_PARTS.test(part) && !XMP_WORDS.test(part));
  if (parts.every(isKnown)) return TECHNICAL;
  return parts.some((part) => XMP_WORDS.test(part)) ? WORDS : UNKNOWN;
}

const EXIF_WORDS =
  /^(ImageDescription|UserComment|XP(Title|Comment|Keywords|Subject)|DocumentName|PageName|ImageTitle|ImageHistory|Copyright)$/;
/** Binary blocks in formats of their own, including packets of other carriers. */
const EXIF_BLOCKS =
  /^(0x|MakerNote|.*(Private|Padding|Profile|Notes|Resources|Packet|IPTC|XMP|Photoshop|ImageSourceData|PrintIM|Label|SettingDescription|Security|RelatedSound))/i;

function exifNature(name: string): FieldNature {
  if (EXIF_WORDS.test(name)) return WORDS;
  return EXIF_BLOCKS.test(name) ? UNKNOWN : TECHNICAL;
}

/** IPTC-IIM 4.2. */
const IIM_TECHNICAL: ReadonlySet<string> = new Set(
  '1:0 1:90 2:0 2:3 2:8 2:10 2:30 2:35 2:37 2:38 2:47 2:55 2:60 2:62 2:63 2:65 2:70 2:75 2:130 2:131 2:135'.split(
    ' ',
  ),
);
const IIM_LOCATIONS: ReadonlySet<string> = new Set('2:26 2:27 2:90 2:92 2:95 2:100 2:101'.split(' '));
const IIM_NAMES: ReadonlySet<string> = new Set('1:50 2:80 2:85 2:110 2:115 2:116 2:118 2:122'.split(' '));

function iimNature(dataset: string): FieldNature {
  if (IIM_TECHNICAL.has(dataset)) return TECHNICAL;
  if (IIM_LOCATIONS.has(dataset)) return { is: 'personal', kinds: ['location'] };
  if (IIM_NAMES.has(dataset)) return { is: 'personal', kinds: ['names'] };
  return WORDS;
}

/** Document properties that programs write about themselves and the file. */
const DOCUMENT_TECHNICAL =
  /^(Application|AppVersion|Producer|CreationDate|ModDate|Trapped|CreateTime|LastSavedTime|LastPrinted|RevisionNumber|PresentationFormat|(HiRes)?BoundingBox|LanguageLevel|PageOrder|Orientation|DocumentData|DocSecurity|Pages|Words|Characters|Lines|Paragraphs|Slides|TotalTime|meta:(generator|creation-date|editing-cycles|editing-duration|print-date)|dc:(date|format|language|type)|dcterms:(created|modified)|cp:(revision|version|lastPrinted|contentType))$/;

/** Tags of sound and video that programs write about themselves and the file. */
const TAG_TECHNICAL =
  /(^|[:./ ])(AIGC|vendor|encoder|encoding_?tool|software|TSSE|TLEN|TDEN|TDTG|©too|©swr|ISFT|ICRD|(major|minor|compatible)_?brands?|minor_?version|handler(_?name)?|compressor(_?name)?|creation_?(time|date)|creationdate|modification_?time|date(_?(encoded|digitized))?|duration|language|(muxing|writing)_?app|make|model|manufacturer|©mak|©mod|com\.android\.(version|capture\.fps)|(video|audio)codecid|width|height|framerate|(video|audio)datarate|audiosample(rate|size)|stereo|filesize|metadatacreator|canseektoend|number_of_(frames|bytes)|_?statistics_\w+|bps|coding_?history|capdate|inputdevice|sourcecreationdate|origination_?(date|time)|time_?reference)$/i;

/**
 * Fields of MXF and ASF: writing program, packages, and what a broadcaster's shim requires, except free text and
 * contacts.
 */
const BROADCAST_TECHNICAL =
  /^(companyname|productname|productversion|versionstring|toolkitversion|platform|productuid|packageuid|package(creation|modified)date|lastmodifieddate|shim(name|version)|audiotracklayout|(primary|secondary|tertiary)audiolanguage|(closed|open)captions(present|type|language)|partnumber|parttotal|pictureratio|3d(type)?|productplacement|pse(pass|version)|audioloudnessstandard|lineupstart|identclockstart|totalnumberofparts|totalprogrammeduration|audiodescription(present|type)|textmimemediatype|rfc5646textlanguagecode|codec (name|description)|wm\/(encodingsettings|encodingtime|toolname|toolversion)|encodingsettings|toolname|toolversion|wmfsdk(version|needed)|isvbr|deviceconformancetemplate|aspectratio[xy])$/i;
