import type { Speech } from '../../say/speech.js';
import type { Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { factRuns, type Line } from './runs.js';

/** What plain metadata says of the device, as a card: anyone can write such data. Empty where there is none. */
export interface CameraRow {
  label: string;
  line: Line;
  /** Where this report hides it: it can be asked for again with the file. */
  masked?: true;
  /** A map of the place, kept by others: whoever opens it tells them the place. */
  map?: string;
}

const MOST_DATES = 3;
const CHARACTERS = 120;
const NAMED: ReadonlySet<string> = new Set([
  'camera.exif',
  'camera.appleVideo',
  'camera.androidVideo',
  'camera.named',
  'camera.scanner',
  'recorder.voiceMemo',
  'recorder.broadcastWave',
]);

export function cameraCard(report: Report, speech: Speech): CameraRow[] {
  const { signals, asset } = report;
  const devices = signals.filter(({ id, value }) => NAMED.has(id) && value !== undefined);
  const place = signals.find(({ id }) => id === 'camera.location');
  if (devices.length === 0 && place === undefined) return [];
  const lenses = devices.flatMap(({ facts = [] }) =>
    facts.flatMap(({ name, value }) => (name === 'lens' && value !== undefined ? [value] : [])),
  );
  const programs = signals.filter(({ id, value }) => rowOf(id).row === 'editor' && value !== undefined);
  const dates = asset.claimedDates ?? [];
  return [
    ...quoted('device', devices.slice(0, 1).map(stated), speech),
    ...quoted('lens', lenses.slice(0, 1), speech),
    ...quoted('dates', [...new Set(dates.map(({ value }) => value))].slice(0, MOST_DATES), speech),
    ...quoted('software', programs.slice(0, 2).map(stated), speech),
    ...(place === undefined ? [] : [locationRow(place, speech)]),
  ];
}

const stated = ({ value = '' }: Signal): string => value;

function quoted(
  label: 'device' | 'lens' | 'dates' | 'software',
  values: readonly string[],
  speech: Speech,
): CameraRow[] {
  if (values.length === 0) return [];
  const line = values.flatMap((file, at): Line => [...(at === 0 ? [] : [' · ']), { file, most: CHARACTERS }]);
  return [{ label: speech.words(`page.camera.${label}`), line }];
}

function locationRow(place: Signal, speech: Speech): CameraRow {
  const label = speech.words('page.camera.location');
  const facts = (place.facts ?? []).filter(({ personal }) => personal === 'location');
  const isShown = facts.some(({ value }) => value !== undefined);
  return isShown
    ? { label, line: factRuns(facts, speech, 2, CHARACTERS), ...mapOf(facts) }
    : { label, line: [speech.words('page.camera.hidden')], masked: true };
}

/** As our reader writes a degree: nothing else gets into an address. */
const DEGREES = /^-?\d{1,3}\.\d{1,8}$/;

function mapOf(facts: NonNullable<Signal['facts']>): Pick<CameraRow, 'map'> {
  const [latitude, longitude] = ['latitude', 'longitude'].map(
    (one) => facts.find(({ name }) => name === one)?.value ?? '',
  );
  if (latitude === undefined || longitude === undefined) return {};
  if (!DEGREES.test(latitude) || !DEGREES.test(longitude)) return {};
  return {
    map: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=14/${latitude}/${longitude}`,
  };
}
