import type { ContainerTag, Evidence } from '../evidence/evidence.js';
import { table } from '../ground/table.js';
import { type Location, readValue } from '../media/carrier.js';
import { isoDate } from './calendar.js';
import { exifPlace } from './exif-field.js';

/** What a date in a file is the date of; `document`: when a document was begun or saved. */
export type DateRole = 'taken' | 'written' | 'satellite' | 'container' | 'document';

/** One date of the file with where it stands. */
export interface WrittenDate {
  role: DateRole;
  /** `Exif DateTimeOriginal`, `xmp:ModifyDate`, … */
  name: string;
  /** As the file has it, or in ISO 8601 where its format has a form of its own. */
  text: string;
  location: Location;
  countedFrom1970?: true;
}

export const DATE_CARRIERS = ['exif', 'xmp', 'bmffMeta', 'documentProperties'] as const;
type DateEvidence = Pick<Evidence, (typeof DATE_CARRIERS)[number]>;

const EXIF_DATES: Readonly<Record<string, DateRole>> = table({
  'Exif DateTimeOriginal': 'taken',
  'IFD0 ModifyDate': 'written',
});

const XMP_DATES: Readonly<Record<string, DateRole>> = table({
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

/** Properties of PDF, OOXML, OpenDocument, OLE property sets and PostScript, with the vocabulary's prefix where it has one. */
const DOCUMENT_CREATED: ReadonlySet<string> = new Set([
  'CreationDate',
  'dcterms:created',
  'meta:creation-date',
  'CreateTime',
]);
const DOCUMENT_SAVED: ReadonlySet<string> = new Set(['ModDate', 'dcterms:modified', 'LastSavedTime']);
/** `dc:date` is when an OpenDocument was last saved; in an EPUB it is when the book came out. */
const OPEN_DOCUMENT = 'meta.xml';

/** Whether a date of that name says when something was taken, and not when it was written down. */
export const saysWhenTaken = (name: string): boolean =>
  EXIF_DATES[name] === 'taken' || XMP_DATES[name] === 'taken' || name.endsWith(` ${APPLE_DATE}`);

/** Whether a date of that name says when a document was begun. */
export const saysWhenBegun = (
  { carrier, name }: { carrier: string; name: string },
  isDocument: boolean,
): boolean =>
  (carrier === 'documentProperties' && DOCUMENT_CREATED.has(name.slice(name.lastIndexOf(' ') + 1))) ||
  (isDocument && name === 'xmp:CreateDate');

const APPLE_DATE = 'com.apple.quicktime.creationdate';

/** Fields that give a day, in the order of the carriers. The second date of the camera (digitised) is left out. */
export function writtenDates(evidence: DateEvidence): WrittenDate[] {
  return [...ofExif(evidence), ...ofXmp(evidence), ...ofMovie(evidence), ...ofDocument(evidence)].filter(
    (d) => /[1-9]/.test(d.text),
  );
}

function ofExif({ exif }: DateEvidence): WrittenDate[] {
  const fields = readValue(exif) ?? [];
  const dates: WrittenDate[] = [];
  for (const field of fields) {
    if (typeof field.value !== 'string') continue;
    const name = `${field.block} ${field.name}`;
    const role = Object.hasOwn(EXIF_DATES, name) ? EXIF_DATES[name] : undefined;
    if (role) dates.push({ role, name, text: field.value.trim(), location: exifPlace(field) });
  }
  const day = fields.find((f) => f.block === 'GPS' && f.name === 'GPSDateStamp');
  if (typeof day?.value !== 'string') return dates;
  return [
    ...dates,
    { role: 'satellite', name: 'GPS GPSDateStamp', text: day.value.trim(), location: exifPlace(day) },
  ];
}

function ofXmp({ xmp }: DateEvidence): WrittenDate[] {
  return (readValue(xmp) ?? []).flatMap(({ place, offset, properties }) =>
    properties.flatMap(({ path, value }): WrittenDate[] => {
      const role = Object.hasOwn(XMP_DATES, path) ? XMP_DATES[path] : undefined;
      if (role === undefined) return [];
      const location = { carrier: 'xmp' as const, place: `${place}: ${path}` };
      return [
        {
          role,
          name: path,
          text: isoDate(value.trim()),
          location: offset === undefined ? location : { ...location, offset },
        },
      ];
    }),
  );
}

const ISO_DATE = /^\d{4}-\d\d-\d\dT/;
const MOVIE_TIMES: readonly string[] = ['creation_time', 'modification_time'];

/** A movie header's times are when the container was written; Apple's key is when it was recorded. */
function ofMovie({ bmffMeta }: DateEvidence): WrittenDate[] {
  const tags = readValue(bmffMeta) ?? [];
  const times = tags.filter(({ key, value }) => MOVIE_TIMES.includes(key) && ISO_DATE.test(value));
  const ofHeader = times.filter(({ system }) => system === 'mvhd');
  // Where the movie gives none, its tracks may. All of them repeat one.
  const told = ofHeader.length > 0 ? ofHeader : times.slice(0, 1);
  const first = new Map(told.toReversed().map((tag) => [tag.value, tag]));
  const containers = new Set(first.values());
  return tags.flatMap((tag): WrittenDate[] => {
    if (tag.key === APPLE_DATE) return [dateOf('bmffMeta', 'taken', tag)];
    return containers.has(tag) ? [dateOf('bmffMeta', 'container', tag)] : [];
  });
}

function ofDocument({ documentProperties }: DateEvidence): WrittenDate[] {
  return (readValue(documentProperties) ?? []).flatMap((tag) => {
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
    text: isoDate(value.trim()),
    location: { carrier, place: name, ...(offset === undefined ? {} : { offset }) },
    ...(countedFrom1970 ? { countedFrom1970 } : {}),
  };
}
