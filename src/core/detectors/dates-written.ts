import { lookupTable } from '../../base/table.js';
import type { ContainerTag, Evidence } from '../evidence/evidence.js';
import { foundValue, type Location } from '../media/carrier.js';
import { toIsoDate } from './calendar.js';
import { exifLocation } from './exif-field.js';

/** Event that a date in a file refers to; `document`: when a document was begun or saved. */
export type DateRole = 'taken' | 'written' | 'satellite' | 'container' | 'document';

/** Date found in the file, with its location. */
export interface WrittenDate {
  role: DateRole;
  /** Field name, such as `Exif DateTimeOriginal` or `xmp:ModifyDate`. */
  name: string;
  /** Text as written in the file, or ISO 8601 if the format has a date form of its own. */
  text: string;
  location: Location;
  countedFrom1970?: true;
}

export const DATE_CARRIERS = ['exif', 'xmp', 'bmffMeta', 'documentProperties'] as const;
type DateEvidence = Pick<Evidence, (typeof DATE_CARRIERS)[number]>;

const EXIF_DATES: Readonly<Record<string, DateRole>> = lookupTable({
  'Exif DateTimeOriginal': 'taken',
  'IFD0 ModifyDate': 'written',
});

const XMP_DATES: Readonly<Record<string, DateRole>> = lookupTable({
  'exif:DateTimeOriginal': 'taken',
  'photoshop:DateCreated': 'taken',
  'xmp:CreateDate': 'written',
  'xmp:ModifyDate': 'written',
  'xmp:MetadataDate': 'written',
  'tiff:DateTime': 'written',
  'pdf:CreationDate': 'document',
  'pdf:ModDate': 'document',
  'dc:date': 'document',
  'dc:date[1]': 'document',
  'dcterms:created': 'document',
  'dcterms:modified': 'document',
});

/** Properties of PDF, OOXML, OpenDocument, OLE property sets and PostScript, with the vocabulary's prefix if it has one. */
const DOCUMENT_CREATED: ReadonlySet<string> = new Set([
  'CreationDate',
  'dcterms:created',
  'meta:creation-date',
  'CreateTime',
]);
const DOCUMENT_SAVED: ReadonlySet<string> = new Set(['ModDate', 'dcterms:modified', 'LastSavedTime']);
/** In OpenDocument `dc:date` is the time of the last save; in EPUB it is the publication date. */
const OPEN_DOCUMENT = 'meta.xml';

/** Returns whether a date field of that name states the capture time rather than the time of writing. */
export const isCaptureDate = (name: string): boolean =>
  EXIF_DATES[name] === 'taken' || XMP_DATES[name] === 'taken' || name.endsWith(` ${APPLE_DATE}`);

/** Returns whether a date field of that name states when a document was begun. */
export const isCreationDate = (
  { carrier, name }: { carrier: string; name: string },
  isDocument: boolean,
): boolean =>
  (carrier === 'documentProperties' && DOCUMENT_CREATED.has(name.slice(name.lastIndexOf(' ') + 1))) ||
  (isDocument && name === 'xmp:CreateDate');

const APPLE_DATE = 'com.apple.quicktime.creationdate';

/** Returns the fields that give a day, in the order of the carriers. The camera's second date (digitised) is omitted. */
export function findWrittenDates(evidence: DateEvidence): WrittenDate[] {
  return [
    ...readExifDates(evidence),
    ...readXmpDates(evidence),
    ...readMovieDates(evidence),
    ...readDocumentDates(evidence),
  ].filter((d) => /[1-9]/.test(d.text));
}

function readExifDates({ exif }: DateEvidence): WrittenDate[] {
  const fields = foundValue(exif) ?? [];
  const dates: WrittenDate[] = [];
  for (const field of fields) {
    if (typeof field.value !== 'string') continue;
    const name = `${field.block} ${field.name}`;
    const role = Object.hasOwn(EXIF_DATES, name) ? EXIF_DATES[name] : undefined;
    if (role) dates.push({ role, name, text: field.value.trim(), location: exifLocation(field) });
  }
  const day = fields.find((f) => f.block === 'GPS' && f.name === 'GPSDateStamp');
  if (typeof day?.value !== 'string') return dates;
  return [
    ...dates,
    { role: 'satellite', name: 'GPS GPSDateStamp', text: day.value.trim(), location: exifLocation(day) },
  ];
}

function readXmpDates({ xmp }: DateEvidence): WrittenDate[] {
  return (foundValue(xmp) ?? []).flatMap(({ locator: place, offset, properties }) =>
    properties.flatMap(({ path, value }): WrittenDate[] => {
      const role = Object.hasOwn(XMP_DATES, path) ? XMP_DATES[path] : undefined;
      if (role === undefined) return [];
      const location = { carrier: 'xmp' as const, locator: `${place}: ${path}` };
      return [
        {
          role,
          name: path,
          text: toIsoDate(value.trim()),
          location: offset === undefined ? location : { ...location, offset },
        },
      ];
    }),
  );
}

const ISO_DATE = /^\d{4}-\d\d-\d\dT/;
const MOVIE_TIMES: readonly string[] = ['creation_time', 'modification_time'];

/** A movie header's times say when the container was written; Apple's key says when it was recorded. */
function readMovieDates({ bmffMeta }: DateEvidence): WrittenDate[] {
  const tags = foundValue(bmffMeta) ?? [];
  const times = tags.filter(({ key, value }) => MOVIE_TIMES.includes(key) && ISO_DATE.test(value));
  const ofHeader = times.filter(({ system }) => system === 'mvhd');
  // If the movie header has no time, the first time of its tracks is used; the tracks repeat the same time.
  const told = ofHeader.length > 0 ? ofHeader : times.slice(0, 1);
  const first = new Map(told.toReversed().map((tag) => [tag.value, tag]));
  const containers = new Set(first.values());
  return tags.flatMap((tag): WrittenDate[] => {
    if (tag.key === APPLE_DATE) return [dateOf('bmffMeta', 'taken', tag)];
    return containers.has(tag) ? [dateOf('bmffMeta', 'container', tag)] : [];
  });
}

function readDocumentDates({ documentProperties }: DateEvidence): WrittenDate[] {
  return (foundValue(documentProperties) ?? []).flatMap((tag) => {
    const { key, system } = tag;
    const isDate =
      DOCUMENT_CREATED.has(key) || DOCUMENT_SAVED.has(key) || (key === 'dc:date' && system === OPEN_DOCUMENT);
    return isDate ? [dateOf('documentProperties', 'document', tag)] : [];
  });
}

function dateOf(
  carrier: 'bmffMeta' | 'documentProperties',
  role: DateRole,
  { system, key, value, offset, countedFrom1970 }: ContainerTag,
): WrittenDate {
  const name = `${system} ${key}`;
  return {
    role,
    name,
    text: toIsoDate(value.trim()),
    location: { carrier, locator: name, ...(offset === undefined ? {} : { offset }) },
    ...(countedFrom1970 ? { countedFrom1970 } : {}),
  };
}
