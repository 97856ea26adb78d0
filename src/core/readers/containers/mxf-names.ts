import { lookupTable } from '../../../base/table.js';

/** Names of the sets and items of MXF, by their keys without the version. */

export type MxfType =
  | 'text'
  | 'utf8'
  | 'time'
  | 'umid'
  | 'uid'
  | 'version'
  | 'version2'
  | 'number'
  | 'flag'
  | 'rational';

export interface MxfName {
  name: string;
  type: MxfType;
}

/** Kinds of sets. An unlisted set is shown by its key. */
export const SET_NAMES = lookupTable({
  // SMPTE ST 377-1 Annexes A, B.
  '060e2b34025301000d01010101012f00': 'Preface',
  '060e2b34025301000d01010101013000': 'Identification',
  '060e2b34025301000d01010101011800': 'ContentStorage',
  '060e2b34025301000d01010101013600': 'MaterialPackage',
  '060e2b34025301000d01010101013700': 'SourcePackage',
  '060e2b34025301000d01010101013b00': 'Track',
  '060e2b34025301000d01010101013a00': 'StaticTrack',
  '060e2b34025301000d01010101013900': 'EventTrack',
  '060e2b34025301000d01010101013200': 'NetworkLocator',
  '060e2b34025301000d01010101013300': 'TextLocator',
  '060e2b34025301000d01010101013f00': 'TaggedValue',
  '060e2b34025301000d01010101014100': 'DMSegment',
  // AMWA AS-11 and its UK DPP shim.
  '060e2b34025301000d0107010b010100': 'AS-11 Core',
  '060e2b34025301000d0107010b020100': 'AS-11 Segmentation',
  '060e2b34025301000d0c010101010000': 'AS-11 UK DPP',
});

/** SMPTE ST 380 (DMS-1) defines all its sets below this node, RP 2057 below another. */
export const DMS1 = '0d0104010';
export const TEXT_BASED = '0d01040104';

/** Local tags below 0x8000 are the same in every file (ST 377-1 Annex A). */
export const STATIC_ITEMS: ReadonlyMap<number, MxfName> = new Map<number, MxfName>([
  [0x3b02, { name: 'LastModifiedDate', type: 'time' }],
  [0x3c01, { name: 'CompanyName', type: 'text' }],
  [0x3c02, { name: 'ProductName', type: 'text' }],
  [0x3c03, { name: 'ProductVersion', type: 'version' }],
  [0x3c04, { name: 'VersionString', type: 'text' }],
  [0x3c05, { name: 'ProductUID', type: 'uid' }],
  [0x3c06, { name: 'ModificationDate', type: 'time' }],
  [0x3c07, { name: 'ToolkitVersion', type: 'version' }],
  [0x3c08, { name: 'Platform', type: 'text' }],
  [0x4401, { name: 'PackageUID', type: 'umid' }],
  [0x4402, { name: 'PackageName', type: 'text' }],
  [0x4404, { name: 'PackageModifiedDate', type: 'time' }],
  [0x4405, { name: 'PackageCreationDate', type: 'time' }],
  [0x4001, { name: 'URLString', type: 'text' }],
  [0x4101, { name: 'LocatorName', type: 'text' }],
  [0x4802, { name: 'TrackName', type: 'text' }],
  [0x5001, { name: 'Name', type: 'text' }],
  [0x0602, { name: 'EventComment', type: 'text' }],
]);

/** Indirect value of AAF: byte order, key of the type, then the value. */
export const INDIRECT_VALUE = 0x5003;

const AS11 = '060e2b34010101000d0107010b';
const DPP = '060e2b34010101000d0c01010101';

const items = (
  node: string,
  rows: readonly (readonly [last: string, name: string, type: MxfType])[],
): Record<string, MxfName> =>
  Object.fromEntries(rows.map(([last, name, type]) => [`${node}${last}`, { name, type }]));

/** Items of descriptive metadata, whose local tags differ from file to file. */
export const ITEM_NAMES = lookupTable<MxfName>({
  // AMWA AS-11 (core and segmentation framework).
  ...items(AS11, [
    ['010101', 'SeriesTitle', 'text'],
    ['010102', 'ProgrammeTitle', 'text'],
    ['010103', 'EpisodeTitleNumber', 'text'],
    ['010104', 'ShimName', 'text'],
    ['010105', 'AudioTrackLayout', 'number'],
    ['010106', 'PrimaryAudioLanguage', 'text'],
    ['010107', 'ClosedCaptionsPresent', 'flag'],
    ['010108', 'ClosedCaptionsType', 'number'],
    ['010109', 'ClosedCaptionsLanguage', 'text'],
    ['01010a', 'ShimVersion', 'version2'],
    ['020101', 'PartNumber', 'number'],
    ['020102', 'PartTotal', 'number'],
  ]),
  // AMWA AS-11 UK DPP shim.
  ...items(DPP, [
    ['0100', 'ProductionNumber', 'text'],
    ['0200', 'Synopsis', 'text'],
    ['0300', 'Originator', 'text'],
    ['0400', 'CopyrightYear', 'number'],
    ['0500', 'OtherIdentifier', 'text'],
    ['0600', 'OtherIdentifierType', 'text'],
    ['0700', 'Genre', 'text'],
    ['0800', 'Distributor', 'text'],
    ['0900', 'PictureRatio', 'rational'],
    ['0a00', '3D', 'flag'],
    ['0b00', '3DType', 'number'],
    ['0c00', 'ProductPlacement', 'flag'],
    ['0d00', 'PSEPass', 'number'],
    ['0e00', 'PSEManufacturer', 'text'],
    ['0f00', 'PSEVersion', 'text'],
    ['1000', 'VideoComments', 'text'],
    ['1100', 'SecondaryAudioLanguage', 'text'],
    ['1200', 'TertiaryAudioLanguage', 'text'],
    ['1300', 'AudioLoudnessStandard', 'number'],
    ['1400', 'AudioComments', 'text'],
    ['1500', 'LineUpStart', 'number'],
    ['1600', 'IdentClockStart', 'number'],
    ['1700', 'TotalNumberOfParts', 'number'],
    ['1800', 'TotalProgrammeDuration', 'number'],
    ['1900', 'AudioDescriptionPresent', 'flag'],
    ['1a00', 'AudioDescriptionType', 'number'],
    ['1b00', 'OpenCaptionsPresent', 'flag'],
    ['1c00', 'OpenCaptionsType', 'number'],
    ['1d00', 'OpenCaptionsLanguage', 'text'],
    ['1e00', 'SigningPresent', 'number'],
    ['1f00', 'SignLanguage', 'number'],
    ['2000', 'CompletionDate', 'time'],
    ['2100', 'TextlessElementsExist', 'flag'],
    ['2200', 'ProgrammeHasText', 'flag'],
    ['2300', 'ProgrammeTextLanguage', 'text'],
    ['2400', 'ContactEmail', 'text'],
    ['2500', 'ContactTelephoneNumber', 'text'],
  ]),
  // SMPTE RP 2057.
  '060e2b34010101000406080600000000': { name: 'RFC5646TextLanguageCode', type: 'text' },
  '060e2b34010101000409020200000000': { name: 'TextMIMEMediaType', type: 'text' },
  '060e2b34010101000302010603020000': { name: 'TextDataDescription', type: 'text' },
});
