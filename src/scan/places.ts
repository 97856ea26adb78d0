import { SIGNAL_ORIGINS } from '../core/detectors/signal-origins.js';
import { plainName } from '../core/ground/quoted.js';
import type { ErrorRecord, FourFacts } from '../core/report/report.js';
import type { Signal } from '../core/report/signal.js';
import { rowOf } from '../core/signals/index.js';
import { GB45438_PROVIDERS } from '../core/signatures/gb45438-providers.js';
import { nameQuoted, toolSaid } from '../core/summary/terms.js';
import { type Said, said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import { factsIn } from './facts-in.js';
import { outcomesIn } from './outcomes-in.js';
import type { SlimRecord } from './record.js';

/** Under which counts of an overview a file stands: one declaration for counts, lists of files and `--only`. */

export const GROUPS = [
  ...(['ai', 'changed', 'who', 'when'] as const),
  ...(['found', 'looked', 'unreadType', 'reason', 'carrier', 'error'] as const),
  ...(['type', 'folder', 'proven', 'claimed', 'undated'] as const),
  ...(['tool', 'writer', 'signer', 'origin', 'backing', 'credentials'] as const),
  ...(['contradiction', 'signal', 'clause'] as const),
] as const;
export type Group = (typeof GROUPS)[number];

export interface Place {
  group: Group;
  /** A code, or a name as it is written: what `--only` takes. */
  key: string;
  /** What it is called, where that is neither a code nor told by its key. */
  said?: Said;
}

/** How far a file was looked into; `not-opened`: it has no Report. */
export const LOOKED = ['complete', 'partial', 'nothing', 'not-opened'] as const;
export type Looked = (typeof LOOKED)[number];

export const lookedInto = (record: SlimRecord | ErrorRecord): Looked =>
  record.schema === 'assay.error/1' ? 'not-opened' : record.summary.coverage.state;

/** What it says of AI, in the code that the four facts have for it. */
export const AI_STATED: ReadonlySet<FourFacts['ai']['code']> = new Set([
  'stated-signed',
  'label',
  'possible',
  'trace',
  'contradictory',
]);

export function placesOf(record: SlimRecord | ErrorRecord): Place[] {
  const looked: Place = { group: 'looked', key: lookedInto(record) };
  const folder: Place = { group: 'folder', key: folderOf(record.path) };
  if (record.schema === 'assay.error/1') return [looked, folder, { group: 'error', key: record.code }];
  const places = [looked, folder, ...factPlaces(record), ...datePlaces(record), ...unreadPlaces(record)];
  const { asset, summary, contentCredentials } = record;
  const { presence, signer, trust = 'not-checked', generator } = contentCredentials;
  places.push({ group: 'type', key: asset.mediaType }, { group: 'origin', key: summary.origin });
  if (summary.backing !== undefined) places.push({ group: 'backing', key: summary.backing });
  places.push({ group: 'credentials', key: presence });
  if (signer !== undefined)
    places.push({
      group: 'signer',
      key: `${signer} (${trust})`,
      said: said('overview.signer', { name: nameQuoted(signer), trust: said(`overview.trust.${trust}`) }),
    });
  if (generator !== undefined) places.push({ group: 'writer', key: generator, said: nameQuoted(generator) });
  places.push(...toolPlaces(record));
  for (const id of new Set(record.signals.map((signal) => signal.id)))
    places.push({ group: 'signal', key: id });
  for (const pair of new Set(record.contradictions.map(({ between }) => between.join(' ↔ '))))
    places.push({ group: 'contradiction', key: pair });
  for (const one of new Set(
    [...outcomesIn(record)].map(({ rulebook, outcome }) => `${rulebook}: ${outcome}`),
  ))
    places.push({ group: 'clause', key: one });
  return places;
}

function factPlaces(record: SlimRecord): Place[] {
  const { who, changed, ai, when } = factsIn(record);
  const facts: Place[] = [
    { group: 'ai', key: ai.code },
    { group: 'changed', key: changed.code },
    { group: 'who', key: who.code },
    { group: 'when', key: when.code },
  ];
  return isSilent(record, ai.code) ? [...facts, { group: 'found', key: 'nothing' }] : facts;
}

/** Everything was looked into, and nothing that speaks of its origin is there. */
function isSilent(
  { summary, contentCredentials, signals }: SlimRecord,
  ai: FourFacts['ai']['code'],
): boolean {
  const { headline, origin, coverage } = summary;
  // A camera's name says nothing of how the content was made.
  const isSilent = headline?.id === 'headline.nothing' || headline?.id === 'headline.camera';
  if (headline !== undefined && !isSilent) return false;
  const isThere = contentCredentials.presence === 'present' || contentCredentials.presence === 'remote';
  return (
    coverage.state === 'complete' &&
    origin === 'none' &&
    ai === 'not-stated' &&
    !isThere &&
    !signals.some(({ id }) => SPEAKING.has(rowOf(id).row ?? 'file'))
  );
}

const SPEAKING: ReadonlySet<string> = new Set(['credentials', 'labels', 'otherLabels', 'traces']);

/** A year that was kept before as proven by a timestamp is no word on a file that was altered since. */
function datePlaces({ year, contentCredentials }: SlimRecord): Place[] {
  const isSetAside = year?.by === 'proven' && contentCredentials.integrity === 'altered';
  return [
    year === undefined || isSetAside
      ? { group: 'undated', key: 'none' }
      : { group: year.by, key: String(year.year) },
  ];
}

function unreadPlaces({ asset, summary, reads }: SlimRecord): Place[] {
  const { state, unread } = summary.coverage;
  const reasons = unread.map((carrier) => {
    const { status, code } = reads[carrier] ?? { status: 'failed', code: 'c2pa.statements' };
    return `${status} ${code ?? ''}`.trim();
  });
  return [
    ...(state === 'nothing' ? [{ group: 'unreadType', key: asset.mediaType } as const] : []),
    ...[...new Set(reasons)].map((key): Place => ({ group: 'reason', key })),
    ...unread.map((key): Place => ({ group: 'carrier', key })),
  ];
}

/** Who says so: signed credentials, a label that anybody can write, or a trace that can be copied. */
export const TOOL_BY = ['credentials', 'label', 'trace'] as const;

function toolPlaces(record: SlimRecord): Place[] {
  const places = aiToolsIn(record).map(({ by, tool }) => toolPlace(by, tool));
  return [...new Map(places.map((place) => [place.key, place])).values()];
}

export interface AiTool {
  by: (typeof TOOL_BY)[number];
  tool: Said;
}

/** Tools of AI that the file names, as its credentials, labels and traces come. */
export function aiToolsIn({
  summary,
  signals,
}: {
  summary: Pick<SlimRecord['summary'], 'headline'>;
  signals: readonly Pick<Signal, 'id' | 'backing' | 'value' | 'basis'>[];
}): AiTool[] {
  const { headline } = summary;
  const stated = headline !== undefined && STATING.has(headline.id) ? headline.params?.['tool'] : undefined;
  const isNamed = typeof stated === 'object' && 'id' in stated && headline?.params?.['by'] === 'tool';
  return [
    ...(isNamed ? [{ by: 'credentials', tool: stated } as const] : []),
    ...signals.flatMap((signal) => toolOfSignal(signal) ?? []),
  ];
}

/** Headlines whose tool is the one that the credentials name. */
const STATING: ReadonlySet<string> = new Set([
  'headline.generated',
  'headline.edited',
  'headline.partGenerated',
]);

const LABELS: ReadonlySet<string> = new Set(['iptc-credit', 'platform-label']);

function toolOfSignal(signal: Pick<Signal, 'id' | 'backing' | 'value' | 'basis'>): AiTool | undefined {
  const { id, value, backing } = signal;
  if (backing === 'invalid') return undefined;
  const row = rowOf(id);
  if (row.decides === 'iptc-system')
    return value === undefined ? undefined : { by: 'label', tool: nameQuoted(value) };
  if (id === 'gb45438.element.contentProducer')
    return value === undefined ? undefined : { by: 'label', tool: producer(value) };
  const tool = SIGNAL_ORIGINS.toolOf(signal) ?? row.tool;
  if (tool === undefined) return undefined;
  if (LABELS.has(row.by)) return { by: 'label', tool: toolSaid(tool) };
  return row.trace === null && row.by !== 'watermark' ? undefined : { by: 'trace', tool: toolSaid(tool) };
}

/** A label names its producer by a code; the name is our table's. */
function producer(written: string): Said {
  const known = GB45438_PROVIDERS.find(({ uscc }) => written.includes(uscc))?.names[0]?.name;
  if (known === undefined) return nameQuoted(written);
  return typeof known === 'string' ? said('text.asWritten', { text: plainName(known) }) : known;
}

function toolPlace(by: (typeof TOOL_BY)[number], tool: Said): Place {
  return {
    group: 'tool',
    key: `${by}: ${speechOf('en').say(tool)}`,
    said: said(`overview.tool.${by}`, { tool }),
  };
}

/** What stands before the last slash; of a file that stands in none, nothing. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at === 0 ? '/' : path.slice(0, Math.max(at, 0));
}

/** What `--only` asks: `ai=label`; undefined for what names no group. */
export function onlyOf(text: string): Only | undefined {
  const at = text.indexOf('=');
  const group = GROUPS.find((one) => one === text.slice(0, at));
  return group === undefined ? undefined : { group, key: text.slice(at + 1) };
}

export interface Only {
  group: Group;
  key: string;
}

/** Whether a file stands under all of them; of a folder what lies below it counts too. */
export const standsUnder = (places: readonly Place[], only: readonly Only[]): boolean =>
  only.every(({ group, key }) =>
    places.some(
      (place) =>
        place.group === group &&
        (place.key === key ||
          (group === 'folder' && place.key.startsWith(key.endsWith('/') ? key : `${key}/`))),
    ),
  );
