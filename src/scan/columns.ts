import { SIGNAL_ORIGINS } from '../core/detectors/signal-origins.js';
import { plain, quoted } from '../core/ground/quoted.js';
import type { Signal } from '../core/report/signal.js';
import { rowOf } from '../core/signals/index.js';
import { toolSaid } from '../core/summary/terms.js';
import { speechOf } from '../say/speech.js';
import { aiToolsIn, folderOf } from './places.js';
import type { SlimRecord } from './record.js';

/** What archives group their files by: told by a record itself, so that one query needs no second look at its signals. */

/** `folder` as the path has it; the others left out where the file names none. At most 82 characters each. */
export type Columns = Pick<SlimRecord, 'folder' | 'madeWith' | 'model'>;

type Told = Pick<SlimRecord, 'contentCredentials'> & {
  summary: Pick<SlimRecord['summary'], 'headline'>;
  /** A Report's have facts, a record's do not. */
  signals: readonly Pick<Signal, 'id' | 'backing' | 'value' | 'facts' | 'basis'>[];
};

/** Pure: of what a Report or a record says, and of the path alone. */
export function columnsOf(path: string, told: Told): Columns {
  return { folder: folderOf(path), ...namedIn(told) };
}

export function namedIn(told: Told): Pick<Columns, 'madeWith' | 'model'> {
  const madeWith = madeWithOf(told);
  const model = modelOf(told);
  return { ...(madeWith === undefined ? {} : { madeWith }), ...(model === undefined ? {} : { model }) };
}

/**
 * The tool that the file names: first one of AI, then the one that wrote its credentials, then an editor, last what a camera
 * or recorder runs. One of our tables has the name that it has there, without a version, so that files group by it; of any
 * other the file's own words stand in quotes.
 */
function madeWithOf({ summary, signals, contentCredentials }: Told): string | undefined {
  const [ai] = aiToolsIn({ summary, signals: [...signals] });
  if (ai !== undefined) return speechOf('en').say(ai.tool);
  const { generator } = contentCredentials;
  if (generator !== undefined) return quoted(generator);
  for (const by of ['editor', 'recorder', 'camera'] as const)
    for (const signal of signals) {
      const tool = rowOf(signal.id).by === by ? toolOf(signal) : undefined;
      if (tool !== undefined) return tool;
    }
  return undefined;
}

/** Rows of our tables that tell a kind of program, not one: there the file's own words say which. */
const KINDS_OF_TOOL: ReadonlySet<string> = new Set([
  ...['picture editors that name themselves', 'picture editors that are said to name themselves'],
  ...['field recorder', 'scanning program', 'screenshot'],
]);
/** They have the phone's make and model for a value. */
const PHONES: ReadonlySet<string> = new Set(['camera.androidVideo', 'camera.appleVideo']);
/** It says how a picture is stored, and nothing of what took it. */
const FORMATS: ReadonlySet<string> = new Set(['Google camera format']);

function toolOf(signal: Told['signals'][number]): string | undefined {
  const { id, value, facts = [] } = signal;
  if (PHONES.has(id)) {
    const software = facts.find(({ name }) => name === 'software')?.value;
    return software === undefined ? undefined : quoted(software);
  }
  const tool = SIGNAL_ORIGINS.toolOf(signal as Signal);
  if (tool === undefined || FORMATS.has(tool)) return undefined;
  if (!KINDS_OF_TOOL.has(tool)) return speechOf('en').say(toolSaid(tool));
  return value === undefined ? undefined : quoted(value);
}

const CAMERAS: ReadonlySet<string> = new Set(['camera.exif', ...PHONES]);
/** As detectors put the settings of a generator together (detectors/shapes/settings.ts). */
const MODEL_SETTING = /^model: (.{1,256}?)(?:, (?:seed|sampler|size|version): |$)/;

/**
 * The model of AI where a generator left its name, else make and model of the camera or phone: the file's own words, never
 * a serial number.
 */
function modelOf({ signals }: Told): string | undefined {
  const ofAi = signals.flatMap(({ id, backing, value = '', facts = [] }) => {
    if (rowOf(id).by !== 'generator' || backing === 'invalid') return [];
    const fact = facts.find(({ name, personal }) => name === 'model' && personal === undefined)?.value;
    return fact ?? MODEL_SETTING.exec(value)?.[1] ?? [];
  });
  const ofCamera = signals.flatMap(({ id, value }) => (CAMERAS.has(id) ? (value ?? []) : []));
  const [model] = [...ofAi, ...ofCamera];
  return model === undefined || plain(model) === '' ? undefined : plain(model);
}
