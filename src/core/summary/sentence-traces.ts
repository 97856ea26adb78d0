import { type Said, said } from '../../say/said.js';
import { isObserved, type SignalOrigins } from '../detectors/signal-origins.js';
import { plainName } from '../ground/quoted.js';
import type { Kind } from '../media/media-kinds.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import type { Trace } from '../signals/row.js';
import { SEVERAL_TOOLS } from '../signatures/tool-names.js';
import type { Facts as All } from './sentence-facts.js';
import { fileThenSidecar, RANKS, type Statement } from './sentence-said.js';
import { toolsSaid as namesSaid, shortTool, toolSaid } from './terms.js';

/** What the summary says of generators' traces, of proofs and of watermarks that were read in the pixels. */

type Facts = Pick<All, 'signals' | 'origins' | 'asset'>;

export function tracesSaid(facts: Facts): Statement[] {
  return fileThenSidecar(facts.signals, (signals) => {
    const some = { ...facts, signals };
    return [...proofSaid(some), ...toolsSaid(some), ...watermarksSaid(some)];
  });
}

const trace = (said: readonly Said[], over: Partial<Statement>): Statement => ({
  said,
  is: 'trace',
  rank: RANKS.trace,
  ofAi: true,
  ...over,
});

const isTrace = ({ id }: Signal, ...kinds: Trace[]) => kinds.some((kind) => kind === rowOf(id).trace);

function proofSaid({ signals }: Facts): Statement[] {
  const states = (kind: Trace) => signals.some((signal) => isTrace(signal, kind));
  const rank = RANKS.proof;
  if (states('proof-holds')) return [trace([said('sentence.trace.proofHolds')], { rank, caveat: 'proof' })];
  return states('proof-broken')
    ? [trace([said('sentence.trace.proofBroken')], { rank, caveat: 'proofBroken' })]
    : [];
}

/** Everything that speaks of one tool, or of several that left the same kind of trace. */
interface Tools {
  /** Undefined where no row names it. */
  names: (string | undefined)[];
  signals: Signal[];
}

const SERVICE = 'generator.comfyui.service';

function toolsSaid(facts: Facts): Statement[] {
  const { signals, origins } = facts;
  const tools = new Map<string | undefined, Tools>();
  for (const signal of signals) {
    if (isTrace(signal, 'proof-holds', 'proof-broken', 'source-picture')) continue;
    if (origins.of(signal)?.source !== 'generator' && rowOf(signal.id).trace === null) continue;
    const name = nameOf(signal, origins);
    const tool = tools.get(name) ?? { names: [name], signals: [] };
    tools.set(name, tool);
    tool.signals.push(signal);
  }
  const alike = new Map<string, Tools>();
  for (const tool of tools.values()) {
    const key = kindOf(tool, facts);
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

/** Tools of one kind share their statement; what decides nothing stands alone. */
function kindOf(tool: Tools, facts: Facts): string {
  const deciding = tool.signals.filter((s) => facts.origins.of(s) !== undefined);
  if (deciding.length === 0 || valueIn(tool.signals, SERVICE) !== undefined) return `alone ${tool.names[0]}`;
  const generated = deciding.some((s) => facts.origins.of(s)?.origin === 'ai-generated');
  const sources = sourcesOf(tool, facts);
  return JSON.stringify([
    generated,
    deciding.every(isObserved),
    settingsIn(tool) !== undefined,
    sources.length > 0,
    sources.some(isInpainting),
  ]);
}

export function nameOf(signal: Signal, origins: SignalOrigins): string | undefined {
  return origins.toolOf(signal) ?? rowOf(signal.id).tool;
}

function toolStatement(tool: Tools, facts: Facts): Statement {
  const { origins, asset } = facts;
  const { kind } = asset.mediaType;
  const deciding = tool.signals.filter((s) => origins.of(s) !== undefined);
  if (deciding.length === 0) return undecidedSaid(tool, facts);
  const settings = settingsIn(tool);
  const sources = sourcesOf(tool, facts);
  const over = sources.some(isInpainting) ? [said('sentence.trace.paintedOver')] : [];
  const tools = namesOf(tool);
  const made = {
    item: said(`sentence.item.${kind}`),
    media: said(`sentence.media.${kind}`),
    work: deciding.some((s) => origins.of(s)?.origin === 'ai-generated') ? 'made' : 'edited',
    from: sources.length > 0 ? 'picture' : 'nothing',
  } as const;
  const services = valueIn(tool.signals, SERVICE);
  if (services !== undefined) {
    const { media, from } = made;
    const asked = namesSaid(services.split(', ').map(shortTool));
    return trace([said('sentence.graph.service', { services: asked, media, from }), ...over], {
      caveat: 'settings',
    });
  }
  if (deciding.every(isObserved)) {
    const { item, media, work } = made;
    return trace([said('sentence.trace.observed', { tools, item, media, work })], {
      rank: RANKS.observed,
      caveat: 'observed',
    });
  }
  const left = { tools, count: countOf(tool), ...made };
  if (settings === undefined) return trace([said('sentence.trace.mark', left), ...over], { caveat: 'mark' });
  const written =
    settings.length === 0
      ? said('sentence.trace.settings', left)
      : said('sentence.trace.settingsNamed', {
          ...left,
          settings: settings.map((one) => said(`sentence.setting.${one}`)),
        });
  return trace([written, ...over], { caveat: 'settings' });
}

const namesOf = ({ names }: Tools): Said =>
  namesSaid(names.map((name) => (name === undefined ? said('sentence.trace.unnamedTool') : shortTool(name))));

/** One name, or more: a row may name several tools that write alike. */
const countOf = ({ names }: Tools): number =>
  names.length === 1 && names.some((name) => name !== undefined && SEVERAL_TOOLS.has(name))
    ? 2
    : names.length;

/** A trace that does not say how the content was made, and a hint that is only claimed. */
function undecidedSaid(tool: Tools, { asset }: Facts): Statement {
  const { signals } = tool;
  const tools = namesOf(tool);
  const aside = { rank: RANKS.aside, ofAi: false } as const;
  if (signals.every(({ grade }) => grade === 'C'))
    return trace([said('sentence.trace.onlyClaimed', { tools })], aside);
  const { kind } = asset.mediaType;
  return trace([graphSaid(signals, kind) ?? said('sentence.trace.undecided', { tools, kind })], aside);
}

/** What a ComfyUI graph leaves open goes before what it rules out. */
function graphSaid(signals: readonly Signal[], kind: Kind): Said | undefined {
  const has = (id: Signal['id']) => signals.some((signal) => signal.id === id);
  const first = (id: Signal['id']) => valueIn(signals, id)?.split(', ')[0];
  const item = said(`sentence.item.${kind}`);
  const media = said(`sentence.media.${kind}`);
  if (has('generator.comfyui.notFollowed')) return said('sentence.graph.notFollowed', { item });
  const unknown = first('generator.comfyui.unknownNode');
  if (unknown !== undefined) return said('sentence.graph.unknownNode', { node: plainName(unknown), item });
  const elsewhere = first('generator.comfyui.elsewhere');
  if (elsewhere !== undefined)
    return said('sentence.graph.elsewhere', { node: plainName(elsewhere), media, item });
  if (has('generator.comfyui.noStep')) return said('sentence.graph.noStep', { media });
  if (has('generator.comfyui.workflow'))
    return kind === 'image'
      ? said('sentence.graph.onlyDrawnPicture')
      : said('sentence.graph.onlyDrawn', { item });
  if (has('generator.comfyui') && has('generator.upscaled')) return said('sentence.graph.scaled', { item });
  return undefined;
}

function valueIn(signals: readonly Signal[], id: Signal['id']): string | undefined {
  return signals.find((signal) => signal.id === id)?.value;
}

/** In the order that people ask for them. */
const SETTINGS = ['model', 'seed', 'prompt'] as const;
type Setting = (typeof SETTINGS)[number];

/** Which settings were parsed; undefined where the trace is not one of settings. */
function settingsIn({ signals }: Tools): Setting[] | undefined {
  const names = new Set(signals.flatMap(({ facts = [] }) => facts.map(({ name }) => name)));
  const found = SETTINGS.filter((name) => names.has(name));
  const isSettings = found.length > 0 || signals.some((signal) => isTrace(signal, 'settings', 'service'));
  return isSettings ? found : undefined;
}

function sourcesOf({ names }: Tools, { signals, origins }: Facts): Signal[] {
  return signals.filter((s) => {
    const tool = origins.toolOf(s);
    return isTrace(s, 'source-picture') && (tool === undefined || names.includes(tool));
  });
}

const isInpainting = ({ value = '' }: Signal) => /inpaint|mask/i.test(value);

function watermarksSaid({ signals, origins }: Facts): Statement[] {
  const found = signals.filter((s) => origins.of(s)?.source === 'watermark');
  const names = [...new Set(found.map((s) => origins.toolOf(s)))];
  return names.map((name) => {
    const tool = name === undefined ? said('sentence.trace.unnamedMaker') : toolSaid(name);
    return trace([said('sentence.trace.watermark', { tool })], {
      rank: RANKS.watermark,
      caveat: 'watermark',
    });
  });
}
