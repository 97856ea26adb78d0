import { daySaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { saysWhenTaken } from '../detectors/dates-written.js';
import { writtenDay } from '../ground/day.js';
import { formatOfMime } from '../media/media-types.js';
import type { Report } from '../report/report.js';
import type { Signal, SignalId } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { Facts } from './sentence-facts.js';
import { nameQuoted, shortTool } from './terms.js';

/** What plain metadata says of a file that nobody signed and nobody labelled: anyone can write it, so it decides nothing. */

export type FileDates = NonNullable<Report['asset']['claimedDates']>;

interface About {
  about: Said[];
  /** A day of the camera is named. */
  datedBy?: string;
}

export function aboutMetadata({ signals, origins, asset }: Facts, dates: FileDates): About {
  const { kind } = asset.mediaType;
  const named = deviceIn(signals, origins);
  const taken = dates
    .filter(({ name }) => saysWhenTaken(name))
    .map(({ value }) => writtenDay(value))
    .find((day) => day !== undefined);
  const day = taken === undefined ? undefined : daySaid(taken);
  if (named !== undefined && kind === 'audio')
    return { about: [said('sentence.metadata.recorder', { recorder: named })] };
  if (named !== undefined) {
    return {
      about: [
        day === undefined
          ? said('sentence.metadata.camera', { camera: named })
          : said('sentence.metadata.cameraAndDay', { camera: named, day }),
      ],
      ...(taken === undefined ? {} : { datedBy: taken }),
    };
  }
  if (day !== undefined && taken !== undefined)
    return { about: [said('sentence.metadata.day', { day })], datedBy: taken };
  return { about: [...wayOf(signals, origins), ...editorOf(signals, origins)].slice(0, 1) };
}

const DEVICES: ReadonlySet<SignalId> = new Set<SignalId>([
  'camera.exif',
  'camera.appleVideo',
  'camera.androidVideo',
  'camera.named',
  'recorder.broadcastWave',
  'recorder.voiceMemo',
]);

/** The camera or recorder that the file names, in its own words, or by the name of our table where those are a code. */
export function deviceIn(signals: readonly Signal[], origins: Facts['origins']): Said | undefined {
  const device = signals.find(({ id, value }) => DEVICES.has(id) && value !== undefined);
  const name = device?.id === 'recorder.voiceMemo' ? origins.toolOf(device) : device?.value;
  return name === undefined ? undefined : nameQuoted(name);
}

/** A platform that the file went through, by what it left or by the form of the name. */
function wayOf(signals: readonly Signal[], origins: Facts['origins']): Said[] {
  return signals.flatMap((signal): Said[] => {
    const tool = rowOf(signal.id).by === 'platform' ? origins.toolOf(signal) : undefined;
    if (tool === undefined || rowOf(signal.id).missing === 'there') return [];
    const by = signal.basis.every(({ carrier }) => carrier === 'file') ? 'name' : 'other';
    return [said('sentence.metadata.way', { tool: shortTool(tool), by })];
  });
}

const EDITORS: ReadonlySet<SignalId> = new Set<SignalId>([
  'editor.screenshot',
  'editor.photoshop',
  'editor.cameraRaw',
  'editor.gimp',
  'editor.premiere',
  'editor.capcut',
]);

function editorOf(signals: readonly Signal[], origins: Facts['origins']): Said[] {
  return signals.flatMap((signal): Said[] => {
    const tool = EDITORS.has(signal.id) ? origins.toolOf(signal) : undefined;
    if (tool === undefined) return [];
    const id =
      signal.id === 'editor.screenshot' ? 'sentence.metadata.screenshot' : 'sentence.metadata.editor';
    return [said(id, { tool: shortTool(tool) })];
  });
}

/** What does not fit in dates and names. A day that the sentence before names is the one to doubt first. */
export function datesDoubts({ signals }: Facts, datedBy: string | undefined): Said[] {
  const unset = signals.find(({ id }) => id === 'file.dates.unsetClock');
  const day = writtenDay(unset?.value);
  const of = (id: SignalId) => signals.some((signal) => signal.id === id);
  return [
    ...(day === undefined ? [] : [said('sentence.doubt.unsetClock', { day })]),
    ...(of('file.dates.outOfOrder') ? [said('sentence.doubt.dates')] : []),
    ...(of('file.dates.impossible') && datedBy === undefined ? [said('sentence.doubt.noDay')] : []),
    ...wrongEnding(signals),
  ];
}

/** The format that the name or its sender gives, beside the one that the bytes have. */
function wrongEnding(signals: readonly Signal[]): Said[] {
  const params = signals.find(({ id }) => id === 'file.mediaTypeMismatch')?.said?.value?.params;
  const stated = formatSaid(params?.['stated']);
  const found = formatSaid(params?.['found']);
  return stated === undefined || found === undefined
    ? []
    : [said('sentence.doubt.ending', { stated, found })];
}

/** Of a media type its usual name; whatever else somebody sent is quoted. */
export function formatSaid(mime: unknown): Said | undefined {
  if (typeof mime !== 'string' || mime === '') return undefined;
  const known = formatOfMime(mime);
  return known === undefined ? nameQuoted(mime) : said('text.format', { format: known });
}
