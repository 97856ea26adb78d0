import { quote, shortenUnquoted } from '../../base/quoted.js';
import { SIGNAL_ORIGINS } from '../../core/detectors/signal-origins.js';
import type { Signal } from '../../core/report/signal.js';
import { signalRowOf } from '../../core/signals/index.js';
import { toolMessage } from '../../core/summary/terms.js';
import { translatorFor } from '../../i18n/translator.js';
import { findAiTools, parentFolder } from './groups.js';
import type { ScanRecord, StoredScanRecord } from './record.js';

/**
 * Values by which archives group their files, stored in the record itself so that a query needs no second look at its
 * signals.
 */

/** `folder` is taken from the path; the others are absent if the file does not name them. At most 82 characters each. */
export type GroupingColumns = Pick<ScanRecord, 'folder' | 'madeWith' | 'model'>;

type ColumnSource = Pick<ScanRecord, 'contentCredentials'> & {
  summary: Pick<StoredScanRecord['summary'], 'headline'>;
  /** Signals of a Report have facts, those of a record do not. */
  signals: readonly Pick<Signal, 'id' | 'backing' | 'value' | 'facts' | 'basis'>[];
};

/** Computes the columns from a Report or record and the path alone; pure. */
export function groupingColumns(path: string, told: ColumnSource): GroupingColumns {
  return { folder: parentFolder(path), ...namedColumns(told) };
}

export function namedColumns(told: ColumnSource): Pick<GroupingColumns, 'madeWith' | 'model'> {
  const madeWith = toolName(told);
  const model = modelName(told);
  return { ...(madeWith === undefined ? {} : { madeWith }), ...(model === undefined ? {} : { model }) };
}

/**
 * Returns the tool named in the file: first an AI tool, then the one that wrote its credentials, then an editor, then
 * the software of a camera or recorder. Tools in Assay's tables have their name there, without a version, so that files
 * group by it; other names are quoted from the file.
 */
function toolName({ summary, signals, contentCredentials }: ColumnSource): string | undefined {
  const [ai] = findAiTools({ summary, signals: [...signals] });
  if (ai !== undefined) return translatorFor('en').translate(ai.tool);
  const { generator } = contentCredentials;
  if (generator !== undefined) return quote(generator);
  for (const by of ['editor', 'recorder', 'camera'] as const)
    for (const signal of signals) {
      const tool = signalRowOf(signal.id).maker === by ? toolOf(signal) : undefined;
      if (tool !== undefined) return tool;
    }
  return undefined;
}

/** Table entries that describe a type of program rather than one program; the file's own value names it. */
const GENERIC_TOOLS: ReadonlySet<string> = new Set([
  ...['picture editors that name themselves', 'picture editors that are said to name themselves'],
  ...['field recorder', 'scanning program', 'screenshot'],
]);
/** Signals whose value is the phone's make and model. */
const PHONE_SIGNALS: ReadonlySet<string> = new Set(['camera.androidVideo', 'camera.appleVideo']);
/** Describes how a picture is stored, not the device that took it. */
const FORMAT_TOOLS: ReadonlySet<string> = new Set(['Google camera format']);

function toolOf(signal: ColumnSource['signals'][number]): string | undefined {
  const { id, value, facts = [] } = signal;
  if (PHONE_SIGNALS.has(id)) {
    const software = facts.find(({ name }) => name === 'software')?.value;
    return software === undefined ? undefined : quote(software);
  }
  const tool = SIGNAL_ORIGINS.toolOf(signal as Signal);
  if (tool === undefined || FORMAT_TOOLS.has(tool)) return undefined;
  if (!GENERIC_TOOLS.has(tool)) return translatorFor('en').translate(toolMessage(tool));
  return value === undefined ? undefined : quote(value);
}

const CAMERA_SIGNALS: ReadonlySet<string> = new Set(['camera.exif', ...PHONE_SIGNALS]);
/** Format in which detectors join the settings of a generator (detectors/shapes/settings.ts). */
const MODEL_SETTING = /^model: (.{1,256}?)(?:, (?:seed|sampler|size|version): |$)/;

/**
 * Returns the AI model if a generator recorded it, otherwise make and model of the camera or phone. Values are quoted
 * from the file and never contain a serial number.
 */
function modelName({ signals }: ColumnSource): string | undefined {
  const ofAi = signals.flatMap(({ id, backing, value = '', facts = [] }) => {
    if (signalRowOf(id).maker !== 'generator' || backing === 'invalid') return [];
    const fact = facts.find(({ name, personal }) => name === 'model' && personal === undefined)?.value;
    return fact ?? MODEL_SETTING.exec(value)?.[1] ?? [];
  });
  const ofCamera = signals.flatMap(({ id, value }) => (CAMERA_SIGNALS.has(id) ? (value ?? []) : []));
  const [model] = [...ofAi, ...ofCamera];
  return model === undefined || shortenUnquoted(model) === '' ? undefined : shortenUnquoted(model);
}
