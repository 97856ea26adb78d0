import type { Evidence } from '../evidence/evidence.js';
import { table } from '../ground/table.js';
import { type Location, readValue } from '../media/carrier.js';
import { exifPlace } from './exif-field.js';

/** What a date in a file is the date of. */
export type DateRole = 'taken' | 'written' | 'satellite' | 'container';

/** One date of the file with where it stands. */
export interface WrittenDate {
  role: DateRole;
  /** `Exif DateTimeOriginal`, `xmp:ModifyDate`, … */
  name: string;
  /** As the file has it. */
  text: string;
  location: Location;
}

export const DATE_CARRIERS = ['exif', 'xmp', 'bmffMeta'] as const;
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
});

/** Whether a date of that name says when something was taken, and not when it was written down. */
export const saysWhenTaken = (name: string): boolean =>
  EXIF_DATES[name] === 'taken' || XMP_DATES[name] === 'taken' || name.endsWith(` ${APPLE_DATE}`);

const APPLE_DATE = 'com.apple.quicktime.creationdate';

/** Fields that give a day, in the order of the carriers. The second date of the camera (digitised) is left out. */
export function writtenDates(evidence: DateEvidence): WrittenDate[] {
  return [...ofExif(evidence), ...ofXmp(evidence), ...ofTags(evidence)].filter((d) => /[1-9]/.test(d.text));
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
          text: value.trim(),
          location: offset === undefined ? location : { ...location, offset },
        },
      ];
    }),
  );
}

/** The movie header's creation time is when the container was written; Apple's key is when it was recorded. */
function ofTags({ bmffMeta }: DateEvidence): WrittenDate[] {
  return (readValue(bmffMeta) ?? []).flatMap(({ system, key, value, offset }): WrittenDate[] => {
    const role =
      key === APPLE_DATE ? 'taken' : system === 'mvhd' && key === 'creation_time' ? 'container' : undefined;
    if (role === undefined) return [];
    const name = `${system} ${key}`;
    const location = { carrier: 'bmffMeta' as const, place: name };
    return [
      {
        role,
        name,
        text: value.trim(),
        location: offset === undefined ? location : { ...location, offset },
      },
    ];
  });
}
