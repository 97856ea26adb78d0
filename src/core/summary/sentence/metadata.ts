import { parseLeadingDay } from '../../../base/day.js';
import { dayMessage } from '../../../i18n/amounts.js';
import { type Message, message } from '../../../i18n/message.js';
import { isCaptureDate } from '../../detectors/dates-written.js';
import { formatOfMime } from '../../media/media-types.js';
import type { StoredReport } from '../../report/report.js';
import type { Signal, SignalId } from '../../report/signal.js';
import { signalRowOf } from '../../signals/index.js';
import { quoteName, shortToolMessage } from '../terms.js';
import type { Facts } from './facts.js';

/** Sentences on plain metadata of a file without signature or label. Anyone can write it, so it decides nothing. */

export type SummaryDates = NonNullable<StoredReport['asset']['claimedDates']>;

interface About {
  about: Message[];
  /** Day of capture named in the sentence, if any. */
  datedBy?: string;
}

export function metadataSentences({ signals, origins, asset }: Facts, dates: SummaryDates): About {
  const { kind } = asset.mediaType;
  const named = findDevice(signals, origins);
  const taken = dates
    .filter(({ name }) => isCaptureDate(name))
    .map(({ value }) => parseLeadingDay(value))
    .find((day) => day !== undefined);
  const day = taken === undefined ? undefined : dayMessage(taken);
  if (named !== undefined && kind === 'audio')
    return { about: [message('sentence.metadata.recorder', { recorder: named })] };
  if (named !== undefined) {
    return {
      about: [
        day === undefined
          ? message('sentence.metadata.camera', { camera: named })
          : message('sentence.metadata.cameraAndDay', { camera: named, day }),
      ],
      ...(taken === undefined ? {} : { datedBy: taken }),
    };
  }
  if (day !== undefined && taken !== undefined)
    return { about: [message('sentence.metadata.day', { day })], datedBy: taken };
  const ways = [
    ...findPlatforms(signals, origins, 'inside').map((tool) => ({ tool, by: 'other' as const })),
    ...findPlatforms(signals, origins, 'name').map((tool) => ({ tool, by: 'name' as const })),
  ].map((way) => message('sentence.metadata.way', way));
  const editors = findEditors(signals, origins).map(({ tool, isScreenshot }) =>
    message(isScreenshot ? 'sentence.metadata.screenshot' : 'sentence.metadata.editor', { tool }),
  );
  return { about: [...ways, ...editors].slice(0, 1) };
}

const DEVICES: ReadonlySet<SignalId> = new Set<SignalId>([
  'camera.exif',
  'camera.appleVideo',
  'camera.androidVideo',
  'camera.named',
  'recorder.broadcastWave',
  'recorder.voiceMemo',
]);

/** Returns the camera or recorder named by the file, quoted, or its name in our table if the file has a code. */
export function findDevice(signals: readonly Signal[], origins: Facts['origins']): Message | undefined {
  const device = signals.find(({ id, value }) => DEVICES.has(id) && value !== undefined);
  const name = device?.id === 'recorder.voiceMemo' ? origins.toolOf(device) : device?.value;
  return name === undefined ? undefined : quoteName(name);
}

/** Returns the platforms that the file passed through, by traces inside it or by the form of its name. */
export function findPlatforms(
  signals: readonly Signal[],
  origins: Facts['origins'],
  by: 'inside' | 'name',
): Message[] {
  return signals.flatMap((signal): Message[] => {
    const row = signalRowOf(signal.id);
    const tool = row.maker === 'platform' ? origins.toolOf(signal) : undefined;
    const isName = signal.basis.every(({ carrier }) => carrier === 'file');
    if (tool === undefined || row.explainsMissing === 'there' || isName !== (by === 'name')) return [];
    return [shortToolMessage(tool)];
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

export function findEditors(
  signals: readonly Signal[],
  origins: Facts['origins'],
): { tool: Message; isScreenshot: boolean }[] {
  return signals.flatMap((signal) => {
    const tool = EDITORS.has(signal.id) ? origins.toolOf(signal) : undefined;
    return tool === undefined
      ? []
      : [{ tool: shortToolMessage(tool), isScreenshot: signal.id === 'editor.screenshot' }];
  });
}

/** Returns doubts about dates and names that do not fit. A day named in the preceding sentence is doubted first. */
export function datesDoubts({ signals }: Facts, datedBy: string | undefined): Message[] {
  const unset = signals.find(({ id }) => id === 'file.dates.unsetClock');
  const day = parseLeadingDay(unset?.value);
  const of = (id: SignalId) => signals.some((signal) => signal.id === id);
  return [
    ...(day === undefined ? [] : [message('sentence.doubt.unsetClock', { day })]),
    ...(of('file.dates.outOfOrder') ? [message('sentence.doubt.dates')] : []),
    ...(of('file.dates.impossible') && datedBy === undefined ? [message('sentence.doubt.noDay')] : []),
    ...wrongExtension(signals),
  ];
}

/** Names the format claimed by the file name or sender, and that of the bytes. */
function wrongExtension(signals: readonly Signal[]): Message[] {
  const params = signals.find(({ id }) => id === 'file.mediaTypeMismatch')?.messages?.value?.params;
  const stated = formatMessage(params?.['stated']);
  const found = formatMessage(params?.['found']);
  return stated === undefined || found === undefined
    ? []
    : [message('sentence.doubt.ending', { stated, found })];
}

/** Returns the usual name of a media type; any other text is quoted. */
export function formatMessage(mime: unknown): Message | undefined {
  if (typeof mime !== 'string' || mime === '') return undefined;
  const known = formatOfMime(mime);
  return known === undefined ? quoteName(mime) : message('text.format', { format: known });
}
