import type { Translator } from '../../i18n/translator.js';
import type { StoredReport } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { findIntegrity } from '../standing/integrity.js';
import { factRuns, type RunLine, writtenTimeRun } from './runs.js';

/** Rows of a card with plain metadata about the device, which anyone can write. Empty if there is none. */
export interface CameraRow {
  label: string;
  line: RunLine;
  /** True if this report masks the value; it can be requested again with the file. */
  masked?: true;
  /** Address of a third-party map; opening it discloses the position to that party. */
  map?: string;
}

const MAX_DATES = 3;
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

export function cameraCard(
  report: Pick<StoredReport, 'signals' | 'asset' | 'contentCredentials'>,
  translator: Translator,
): CameraRow[] {
  const { signals, asset } = report;
  const devices = signals.filter(({ id, value }) => NAMED.has(id) && value !== undefined);
  const place = signals.find(({ id }) => id === 'camera.location');
  if (devices.length === 0 && place === undefined) return [];
  const lenses = devices.flatMap(({ facts = [] }) =>
    facts.flatMap(({ name, value }) => (name === 'lens' && value !== undefined ? [value] : [])),
  );
  const programs = signals.filter(
    ({ id, value }) => signalRowOf(id).pageRow === 'editor' && value !== undefined,
  );
  const dates = asset.claimedDates ?? [];
  return [
    ...quoted('device', devices.slice(0, 1).map(hasValue), translator),
    ...quoted('lens', lenses.slice(0, 1), translator),
    ...dateRow([...new Set(dates.map(({ value }) => value))].slice(0, MAX_DATES), translator),
    ...quoted('software', programs.slice(0, 2).map(hasValue), translator),
    ...(place === undefined ? [] : [locationRow(place, translator)]),
    {
      label: translator.text('page.camera.signature'),
      line: [translator.text('page.camera.covered', { covered: coverOf(report) })],
    },
  ];
}

/** Returns whether the signature covers the data on the device: a valid one covers all of the file that it does not leave out. */
function coverOf({
  contentCredentials,
  signals,
}: Pick<StoredReport, 'contentCredentials' | 'signals'>): 'yes' | 'outside' | 'nobody' | 'other' {
  const { presence } = contentCredentials;
  if (presence === 'absent' || presence === 'unsupported') return 'nobody';
  const state = findIntegrity({ credentials: contentCredentials, signals });
  if (state === 'unchanged') return 'yes';
  return state === 'signed-part-unchanged' ? 'outside' : 'other';
}

const hasValue = ({ value = '' }: Signal): string => value;

function dateRow(values: readonly string[], translator: Translator): CameraRow[] {
  const line = values.flatMap(
    (value, at): RunLine => [...(at === 0 ? [] : [' · ']), writtenTimeRun(value, translator)],
  );
  return values.length === 0 ? [] : [{ label: translator.text('page.camera.dates'), line }];
}

function quoted(
  label: 'device' | 'lens' | 'software',
  values: readonly string[],
  translator: Translator,
): CameraRow[] {
  if (values.length === 0) return [];
  const line = values.flatMap(
    (file, at): RunLine => [...(at === 0 ? [] : [' · ']), { file, most: CHARACTERS }],
  );
  return [{ label: translator.text(`page.camera.${label}`), line }];
}

function locationRow(place: Signal, translator: Translator): CameraRow {
  const label = translator.text('page.camera.location');
  const facts = (place.facts ?? []).filter(({ personal }) => personal === 'location');
  const isShown = facts.some(({ value }) => value !== undefined);
  return isShown
    ? { label, line: factRuns(facts, translator, 2, CHARACTERS), ...mapOf(facts) }
    : { label, line: [translator.text('page.camera.hidden')], masked: true };
}

/** Degrees as our reader formats them; nothing else is put into an address. */
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
