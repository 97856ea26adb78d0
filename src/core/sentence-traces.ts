import type { Kind } from './media-types.js';
import type { Statement } from './sentence.js';
import { RANKS, type Said } from './sentence-said.js';
import type { Signal } from './signal.js';
import { isObserved, type SignalOrigins } from './signal-origins.js';
import type { SentenceWords, Setting, ToolTrace } from './words/sentence.js';

/** What the summary says of generators' traces, of proofs and of watermarks that were read in the pixels. */

type Facts = Pick<Statement, 'signals' | 'origins' | 'asset'>;
type TraceWords = SentenceWords['traces'];

export function tracesSaid(facts: Facts, { traces: words }: SentenceWords): Said[] {
  return [...proofSaid(facts, words), ...toolsSaid(facts, words), ...watermarksSaid(facts, words)];
}

const PROOF = /^generator\.novelai\.proof\.(holds|broken)$/;

function proofSaid({ signals }: Facts, words: TraceWords): Said[] {
  const states = signals.map(({ id }) => PROOF.exec(id)?.[1]).filter((state) => state !== undefined);
  if (states.includes('holds')) return [{ text: words.proofHolds, rank: RANKS.proof }];
  return states.includes('broken') ? [{ text: words.proofBroken, rank: RANKS.proof }] : [];
}

/** Everything that speaks of one tool, or of several that left the same kind of trace. */
interface Tools {
  names: string[];
  signals: Signal[];
}

/** Names for traces whose detector gives no row. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^generator\.a1111/, 'Stable Diffusion web UI'],
  [/^generator\.comfyui/, 'ComfyUI'],
  [/^generator\.novelai/, 'NovelAI'],
];

const SOURCE_PICTURE = /^generator\.sourcePicture/;
const SERVICE = 'generator.comfyui.service';

function toolsSaid(facts: Facts, words: TraceWords): Said[] {
  const { signals, origins } = facts;
  const tools = new Map<string, Tools>();
  for (const signal of signals) {
    if (PROOF.test(signal.id) || SOURCE_PICTURE.test(signal.id)) continue;
    if (origins.of(signal)?.source !== 'generator' && !signal.id.startsWith('generator.')) continue;
    const name = nameOf(signal, origins) ?? words.unnamedTool;
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
  return [...alike.values()].map((tool) => toolSaid(tool, facts, words));
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

function nameOf(signal: Signal, origins: SignalOrigins): string | undefined {
  return origins.toolOf(signal) ?? NAMES.find(([pattern]) => pattern.test(signal.id))?.[1];
}

function toolSaid(tool: Tools, facts: Facts, words: TraceWords): Said {
  const { origins, asset } = facts;
  const deciding = tool.signals.filter((s) => origins.of(s) !== undefined);
  if (deciding.length === 0) return undecidedSaid(tool, facts, words);
  const settings = settingsIn(tool);
  const sources = sourcesOf(tool, facts);
  const trace: ToolTrace = {
    names: tool.names,
    kind: asset.mediaType.kind,
    generated: deciding.some((s) => origins.of(s)?.origin === 'ai-generated'),
    ...(settings === undefined ? {} : { settings }),
    fromPicture: sources.length > 0,
    paintedOver: sources.some(isInpainting),
  };
  const services = valueIn(tool.signals, SERVICE);
  if (services !== undefined) {
    return { text: words.graph.service(trace, services.split(', ')), rank: RANKS.trace, caveat: 'text' };
  }
  if (deciding.every(isObserved))
    return { text: words.observed(trace), rank: RANKS.observed, caveat: 'mark' };
  return { text: words.tool(trace), rank: RANKS.trace, caveat: settings === undefined ? 'mark' : 'text' };
}

/** A trace that does not say how the content was made, and a hint that is only claimed. */
function undecidedSaid({ names, signals }: Tools, { asset }: Facts, words: TraceWords): Said {
  if (signals.every(({ grade }) => grade === 'C'))
    return { text: words.onlyClaimed(names), rank: RANKS.aside };
  const graph = graphSaid(signals, asset.mediaType.kind, words);
  return graph ?? { text: words.undecided(names), rank: RANKS.aside, caveat: 'text' };
}

/** What a ComfyUI graph leaves open goes before what it rules out. */
function graphSaid(signals: readonly Signal[], kind: Kind, { graph }: TraceWords): Said | undefined {
  const has = (id: Signal['id']) => signals.some((signal) => signal.id === id);
  const first = (id: Signal['id']) => valueIn(signals, id)?.split(', ')[0];
  // What a graph leaves open states nothing, so nothing need be said against it.
  const open = (text: string): Said => ({ text, rank: RANKS.aside });
  const said = (text: string): Said => ({ text, rank: RANKS.aside, caveat: 'text' });
  if (has('generator.comfyui.notFollowed')) return open(graph.notFollowed(kind));
  const unknown = first('generator.comfyui.unknownNode');
  if (unknown !== undefined) return open(graph.unknownNode(kind, unknown));
  const elsewhere = first('generator.comfyui.elsewhere');
  if (elsewhere !== undefined) return open(graph.elsewhere(kind, elsewhere));
  if (has('generator.comfyui.noStep')) return said(graph.noStep(kind));
  if (has('generator.comfyui.workflow')) return open(graph.onlyDrawn(kind));
  if (has('generator.comfyui') && has('generator.upscaled')) return said(graph.scaled(kind));
  return undefined;
}

function valueIn(signals: readonly Signal[], id: Signal['id']): string | undefined {
  return signals.find((signal) => signal.id === id)?.value;
}

/** In the order that people ask for them. */
const SETTINGS = ['model', 'seed', 'prompt'] as const satisfies readonly Setting[];
const SETTINGS_IDS = /^generator\.(a1111|comfyui)(\.|$)/;

/** Which settings were parsed; undefined where the trace is not one of settings. */
function settingsIn({ signals }: Tools): Setting[] | undefined {
  const names = new Set(signals.flatMap(({ facts = [] }) => facts.map(({ name }) => name)));
  const found = SETTINGS.filter((name) => names.has(name));
  const isSettings = found.length > 0 || signals.some(({ id }) => SETTINGS_IDS.test(id));
  return isSettings ? found : undefined;
}

function sourcesOf({ names }: Tools, { signals, origins }: Facts): Signal[] {
  return signals.filter((s) => {
    const tool = origins.toolOf(s);
    return SOURCE_PICTURE.test(s.id) && (tool === undefined || names.includes(tool));
  });
}

const isInpainting = ({ id, value = '' }: Signal) => /inpaint/i.test(id) || /inpaint|mask/i.test(value);

function watermarksSaid({ signals, origins }: Facts, words: TraceWords): Said[] {
  const found = signals.filter((s) => origins.of(s)?.source === 'watermark');
  const names = [...new Set(found.map((s) => origins.toolOf(s)))];
  return names.map((name) => ({ text: words.watermark(name), rank: RANKS.watermark, caveat: 'watermark' }));
}
