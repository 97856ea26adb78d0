import { shortenName } from '../../../base/quoted.js';
import { type Message, message } from '../../../i18n/message.js';
import { isObserved, type SignalOrigins } from '../../detectors/signal-origins.js';
import type { MediaKind } from '../../media/media-kinds.js';
import type { Signal } from '../../report/signal.js';
import { signalRowOf } from '../../signals/index.js';
import type { GeneratorTrace } from '../../signals/row.js';
import { MULTI_TOOL_ROWS } from '../../signatures/tool-names.js';
import { shortToolMessage, toolListMessage, toolMessage } from '../terms.js';
import { fileBeforeSidecar, RANKS, type Statement } from './caveats.js';
import type { Facts as All } from './facts.js';

/** Sentences on generators' traces, on proofs and on watermarks found in the pixels. */

type Facts = Pick<All, 'signals' | 'origins' | 'asset'>;

export function traceStatements(facts: Facts): Statement[] {
  return fileBeforeSidecar(facts.signals, (signals) => {
    const some = { ...facts, signals };
    return [...proofStatements(some), ...toolStatements(some), ...watermarkStatements(some)];
  });
}

const trace = (said: readonly Message[], over: Partial<Statement>): Statement => ({
  messages: said,
  is: 'trace',
  rank: RANKS.trace,
  ofAi: true,
  ...over,
});

const isTrace = ({ id }: Signal, ...kinds: GeneratorTrace[]) =>
  kinds.some((kind) => kind === signalRowOf(id).trace);

function proofStatements({ signals }: Facts): Statement[] {
  const states = (kind: GeneratorTrace) => signals.some((signal) => isTrace(signal, kind));
  const rank = RANKS.proof;
  if (states('proof-holds'))
    return [trace([message('sentence.trace.proofHolds')], { rank, caveat: 'proof' })];
  return states('proof-broken')
    ? [trace([message('sentence.trace.proofBroken')], { rank, caveat: 'proofBroken' })]
    : [];
}

/** Signals of one tool, or of several tools with the same kind of trace. */
interface ToolGroup {
  /** Tool names; `undefined` if no row names the tool. */
  names: (string | undefined)[];
  signals: Signal[];
}

const SERVICE = 'generator.comfyui.service';

function toolStatements(facts: Facts): Statement[] {
  const { signals, origins } = facts;
  const tools = new Map<string | undefined, ToolGroup>();
  for (const signal of signals) {
    if (isTrace(signal, 'proof-holds', 'proof-broken', 'source-picture')) continue;
    if (origins.originOf(signal)?.source !== 'generator' && signalRowOf(signal.id).trace === null) continue;
    const name = toolNameOf(signal, origins);
    const tool = tools.get(name) ?? { names: [name], signals: [] };
    tools.set(name, tool);
    tool.signals.push(signal);
  }
  const alike = new Map<string, ToolGroup>();
  for (const tool of tools.values()) {
    const key = groupKey(tool, facts);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, tool);
    else
      alike.set(key, {
        names: [...known.names, ...tool.names],
        signals: [...known.signals, ...tool.signals],
      });
  }
  return [...alike.values()].map((tool) => toolStatement(tool, facts));
}

/** Returns a grouping key: tools of one kind share a statement; tools that decide nothing get their own. */
function groupKey(tool: ToolGroup, facts: Facts): string {
  const deciding = tool.signals.filter((s) => facts.origins.originOf(s) !== undefined);
  if (deciding.length === 0 || valueIn(tool.signals, SERVICE) !== undefined) return `alone ${tool.names[0]}`;
  const generated = deciding.some((s) => facts.origins.originOf(s)?.origin === 'ai-generated');
  const sources = sourcesOf(tool, facts);
  return JSON.stringify([
    generated,
    deciding.every(isObserved),
    parsedSettings(tool) !== undefined,
    sources.length > 0,
    sources.some(isInpainting),
  ]);
}

export function toolNameOf(signal: Signal, origins: SignalOrigins): string | undefined {
  return origins.toolOf(signal) ?? signalRowOf(signal.id).tool;
}

function toolStatement(tool: ToolGroup, facts: Facts): Statement {
  const { origins, asset } = facts;
  const { kind } = asset.mediaType;
  const deciding = tool.signals.filter((s) => origins.originOf(s) !== undefined);
  if (deciding.length === 0) return undecidedStatement(tool, facts);
  const settings = parsedSettings(tool);
  const sources = sourcesOf(tool, facts);
  const over = sources.some(isInpainting) ? [message('sentence.trace.paintedOver')] : [];
  const tools = namesOf(tool);
  const made = {
    item: message(`sentence.item.${kind}`),
    media: message(`sentence.media.${kind}`),
    work: deciding.some((s) => origins.originOf(s)?.origin === 'ai-generated') ? 'made' : 'edited',
    from: sources.length > 0 ? 'picture' : 'nothing',
  } as const;
  const services = valueIn(tool.signals, SERVICE);
  if (services !== undefined) {
    const { media, from } = made;
    const asked = toolListMessage(services.split(', ').map(shortToolMessage));
    return trace([message('sentence.graph.service', { services: asked, media, from }), ...over], {
      caveat: 'settings',
    });
  }
  if (deciding.every(isObserved)) {
    const { item, media, work } = made;
    return trace([message('sentence.trace.observed', { tools, item, media, work })], {
      rank: RANKS.observed,
      caveat: 'observed',
    });
  }
  const left = { tools, count: countOf(tool), ...made };
  if (settings === undefined)
    return trace([message('sentence.trace.mark', left), ...over], { caveat: 'mark' });
  const written =
    settings.length === 0
      ? message('sentence.trace.settings', left)
      : message('sentence.trace.settingsNamed', {
          ...left,
          settings: settings.map((one) => message(`sentence.setting.${one}`)),
        });
  return trace([written, ...over], { caveat: 'settings' });
}

const namesOf = ({ names }: ToolGroup): Message =>
  toolListMessage(
    names.map((name) =>
      name === undefined ? message('sentence.trace.unnamedTool') : shortToolMessage(name),
    ),
  );

/** Returns 1 or a plural count; one row may name several tools that write alike. */
const countOf = ({ names }: ToolGroup): number =>
  names.length === 1 && names.some((name) => name !== undefined && MULTI_TOOL_ROWS.has(name))
    ? 2
    : names.length;

/** Returns a statement for a trace that does not show how the content was made, or a hint that is only claimed. */
function undecidedStatement(tool: ToolGroup, { asset }: Facts): Statement {
  const { signals } = tool;
  const tools = namesOf(tool);
  const aside = { rank: RANKS.aside, ofAi: false } as const;
  if (signals.every(({ grade }) => grade === 'C'))
    return trace([message('sentence.trace.onlyClaimed', { tools })], aside);
  const { kind } = asset.mediaType;
  return trace([graphMessage(signals, kind) ?? message('sentence.trace.undecided', { tools, kind })], aside);
}

/** Returns a sentence on the ComfyUI graph; what it leaves open precedes what it rules out. */
function graphMessage(signals: readonly Signal[], kind: MediaKind): Message | undefined {
  const has = (id: Signal['id']) => signals.some((signal) => signal.id === id);
  const first = (id: Signal['id']) => valueIn(signals, id)?.split(', ')[0];
  const item = message(`sentence.item.${kind}`);
  const media = message(`sentence.media.${kind}`);
  if (has('generator.comfyui.notFollowed')) return message('sentence.graph.notFollowed', { item });
  const unknown = first('generator.comfyui.unknownNode');
  if (unknown !== undefined)
    return message('sentence.graph.unknownNode', { node: shortenName(unknown), item });
  const elsewhere = first('generator.comfyui.elsewhere');
  if (elsewhere !== undefined)
    return message('sentence.graph.elsewhere', { node: shortenName(elsewhere), media, item });
  if (has('generator.comfyui.noStep')) return message('sentence.graph.noStep', { media });
  if (has('generator.comfyui.workflow'))
    return kind === 'image'
      ? message('sentence.graph.onlyDrawnPicture')
      : message('sentence.graph.onlyDrawn', { item });
  if (has('generator.comfyui') && has('generator.upscaled'))
    return message('sentence.graph.scaled', { item });
  return undefined;
}

function valueIn(signals: readonly Signal[], id: Signal['id']): string | undefined {
  return signals.find((signal) => signal.id === id)?.value;
}

/** Settings in the order of readers' interest. */
const SETTINGS = ['model', 'seed', 'prompt'] as const;
type Setting = (typeof SETTINGS)[number];

/** Returns the settings that were parsed; `undefined` if the trace is not one of settings. */
function parsedSettings({ signals }: ToolGroup): Setting[] | undefined {
  const names = new Set(signals.flatMap(({ facts = [] }) => facts.map(({ name }) => name)));
  const found = SETTINGS.filter((name) => names.has(name));
  const isSettings = found.length > 0 || signals.some((signal) => isTrace(signal, 'settings', 'service'));
  return isSettings ? found : undefined;
}

function sourcesOf({ names }: ToolGroup, { signals, origins }: Facts): Signal[] {
  return signals.filter((s) => {
    const tool = origins.toolOf(s);
    return isTrace(s, 'source-picture') && (tool === undefined || names.includes(tool));
  });
}

const isInpainting = ({ value = '' }: Signal) => /inpaint|mask/i.test(value);

function watermarkStatements({ signals, origins }: Facts): Statement[] {
  const found = signals.filter((s) => origins.originOf(s)?.source === 'watermark');
  const names = [...new Set(found.map((s) => origins.toolOf(s)))];
  return names.map((name) => {
    const tool = name === undefined ? message('sentence.trace.unnamedMaker') : toolMessage(name);
    return trace([message('sentence.trace.watermark', { tool })], {
      rank: RANKS.watermark,
      caveat: 'watermark',
    });
  });
}
