import { shortenName } from '../../base/quoted.js';
import { SIGNAL_ORIGINS } from '../../core/detectors/signal-origins.js';
import type { ErrorRecord, LocalizedFacts } from '../../core/report/report.js';
import type { Signal } from '../../core/report/signal.js';
import { signalRowOf } from '../../core/signals/index.js';
import { GB45438_PROVIDERS } from '../../core/signatures/gb45438-providers.js';
import { quoteName, toolMessage } from '../../core/summary/terms.js';
import { type Message, message } from '../../i18n/message.js';
import { translatorFor } from '../../i18n/translator.js';
import { outcomeCounts } from './outcomes.js';
import type { ScanRecord, StoredScanRecord } from './record.js';

/** Groups of an overview; counts, lists of files and `--only` all use this list. */

export const GROUPS = [
  ...(['ai', 'changed', 'who', 'when'] as const),
  ...(['found', 'looked', 'unreadType', 'reason', 'carrier', 'error'] as const),
  ...(['type', 'folder', 'proven', 'claimed', 'undated'] as const),
  ...(['tool', 'writer', 'signer', 'origin', 'backing', 'credentials'] as const),
  ...(['contradiction', 'signal', 'clause'] as const),
] as const;
export type OverviewGroup = (typeof GROUPS)[number];

export interface GroupKey {
  group: OverviewGroup;
  /** Code or name as it appears in the file; the value of `--only`. */
  key: string;
  /** Name of the row if neither a code nor the key is its name. */
  userMessage?: Message;
}

/** How completely a file was read; `not-opened`: it has no Report. */
export const READ_STATES = ['complete', 'partial', 'nothing', 'not-opened'] as const;
export type ReadState = (typeof READ_STATES)[number];

export const readStateOf = (record: ScanRecord | ErrorRecord): ReadState =>
  record.schema === 'assay.error/1' ? 'not-opened' : record.summary.coverage.state;

/** Codes of the AI fact under which a file counts as stating AI. */
export const AI_STATING_CODES: ReadonlySet<LocalizedFacts['ai']['code']> = new Set([
  'stated-signed',
  'label',
  'possible',
  'trace',
  'contradictory',
]);

export function groupKeysOf(record: ScanRecord | ErrorRecord): GroupKey[] {
  const looked: GroupKey = { group: 'looked', key: readStateOf(record) };
  const folder: GroupKey = { group: 'folder', key: parentFolder(record.path) };
  if (record.schema === 'assay.error/1') return [looked, folder, { group: 'error', key: record.code }];
  const groupKeys = [looked, folder, ...factKeys(record), dateKey(record), ...unreadKeys(record)];
  const { asset, summary, contentCredentials } = record;
  const { presence, signer, trust = 'not-checked', generator } = contentCredentials;
  groupKeys.push({ group: 'type', key: asset.mediaType }, { group: 'origin', key: summary.origin });
  if (summary.backing !== undefined) groupKeys.push({ group: 'backing', key: summary.backing });
  groupKeys.push({ group: 'credentials', key: presence });
  if (signer !== undefined)
    groupKeys.push({
      group: 'signer',
      key: `${signer} (${trust})`,
      userMessage: message('overview.signer', {
        name: quoteName(signer),
        trust: message(`overview.trust.${trust}`),
      }),
    });
  if (generator !== undefined)
    groupKeys.push({ group: 'writer', key: generator, userMessage: quoteName(generator) });
  groupKeys.push(...toolKeys(record));
  for (const id of new Set(record.signals.map((signal) => signal.id)))
    groupKeys.push({ group: 'signal', key: id });
  for (const pair of new Set(record.contradictions.map(({ between }) => between.join(' ↔ '))))
    groupKeys.push({ group: 'contradiction', key: pair });
  for (const one of new Set(
    [...outcomeCounts(record)].map(({ rulebook, outcome }) => `${rulebook}: ${outcome}`),
  ))
    groupKeys.push({ group: 'clause', key: one });
  return groupKeys;
}

function factKeys(record: ScanRecord): GroupKey[] {
  const { who, changed, ai, when } = record.summary.facts;
  const facts: GroupKey[] = [
    { group: 'ai', key: ai.code },
    { group: 'changed', key: changed.code },
    { group: 'who', key: who.code },
    { group: 'when', key: when.code },
  ];
  return isWithoutOrigin(record, ai.code) ? [...facts, { group: 'found', key: 'nothing' }] : facts;
}

/** Returns whether the whole file was read and nothing about its origin was found. */
function isWithoutOrigin(
  { summary, contentCredentials, signals }: ScanRecord,
  ai: LocalizedFacts['ai']['code'],
): boolean {
  const { headline, origin, coverage } = summary;
  // The name of a camera says nothing about how the content was made.
  if (headline.id !== 'headline.nothing' && headline.id !== 'headline.camera') return false;
  const isThere = contentCredentials.presence === 'present' || contentCredentials.presence === 'remote';
  return (
    coverage.state === 'complete' &&
    origin === 'none' &&
    ai === 'not-stated' &&
    !isThere &&
    !signals.some(({ id }) => ORIGIN_ROWS.has(signalRowOf(id).pageRow ?? 'file'))
  );
}

const ORIGIN_ROWS: ReadonlySet<string> = new Set(['credentials', 'labels', 'otherLabels', 'traces']);

const dateKey = ({ year }: ScanRecord): GroupKey =>
  year === undefined ? { group: 'undated', key: 'none' } : { group: year.by, key: String(year.year) };

function unreadKeys({ asset, summary, reads }: ScanRecord): GroupKey[] {
  const { state, unread } = summary.coverage;
  const reasons = unread.map((carrier) => {
    const { status, code } = reads[carrier] ?? { status: 'failed', code: 'c2pa.statements' };
    return `${status} ${code ?? ''}`.trim();
  });
  return [
    ...(state === 'nothing' ? [{ group: 'unreadType', key: asset.mediaType } as const] : []),
    ...[...new Set(reasons)].map((key): GroupKey => ({ group: 'reason', key })),
    ...unread.map((key): GroupKey => ({ group: 'carrier', key })),
  ];
}

/** Source of a tool's name: signed credentials, a label that anyone can write, or a trace that can be copied. */
export const TOOL_SOURCES = ['credentials', 'label', 'trace'] as const;

function toolKeys(record: ScanRecord): GroupKey[] {
  const places = findAiTools(record).map(({ by, tool }) => toolKey(by, tool));
  return [...new Map(places.map((place) => [place.key, place])).values()];
}

export interface AiTool {
  by: (typeof TOOL_SOURCES)[number];
  tool: Message;
}

/** Returns the AI tools named in the file, in the order of credentials, labels and traces. */
export function findAiTools({
  summary,
  signals,
}: {
  summary: Pick<StoredScanRecord['summary'], 'headline'>;
  signals: readonly Pick<Signal, 'id' | 'backing' | 'value' | 'basis'>[];
}): AiTool[] {
  const { headline } = summary;
  const stated = HEADLINES_WITH_TOOL.has(headline.id) ? headline.params?.['tool'] : undefined;
  const isNamed = typeof stated === 'object' && 'id' in stated && headline.params?.['by'] === 'tool';
  return [
    ...(isNamed ? [{ by: 'credentials', tool: stated } as const] : []),
    ...signals.flatMap((signal) => toolOfSignal(signal) ?? []),
  ];
}

/** Headlines whose tool is the one named by the credentials. */
const HEADLINES_WITH_TOOL: ReadonlySet<string> = new Set([
  'headline.generated',
  'headline.edited',
  'headline.partGenerated',
]);

const LABELS: ReadonlySet<string> = new Set(['iptc-credit', 'platform-label']);

function toolOfSignal(signal: Pick<Signal, 'id' | 'backing' | 'value' | 'basis'>): AiTool | undefined {
  const { id, value, backing } = signal;
  if (backing === 'invalid') return undefined;
  const row = signalRowOf(id);
  if (row.decides === 'iptc-system')
    return value === undefined ? undefined : { by: 'label', tool: quoteName(value) };
  if (id === 'gb45438.element.contentProducer')
    return value === undefined ? undefined : { by: 'label', tool: producerName(value) };
  const tool = SIGNAL_ORIGINS.toolOf(signal) ?? row.tool;
  if (tool === undefined) return undefined;
  if (LABELS.has(row.maker)) return { by: 'label', tool: toolMessage(tool) };
  return row.trace === null && row.maker !== 'watermark'
    ? undefined
    : { by: 'trace', tool: toolMessage(tool) };
}

/** Labels contain a code of their producer; its name comes from Assay's table. */
function producerName(written: string): Message {
  const known = GB45438_PROVIDERS.find(({ uscc }) => written.includes(uscc))?.names[0]?.name;
  if (known === undefined) return quoteName(written);
  return typeof known === 'string' ? message('text.asWritten', { text: shortenName(known) }) : known;
}

function toolKey(by: (typeof TOOL_SOURCES)[number], tool: Message): GroupKey {
  return {
    group: 'tool',
    key: `${by}: ${translatorFor('en').translate(tool)}`,
    userMessage: message(`overview.tool.${by}`, { tool }),
  };
}

/** Returns the path before the last slash; empty if there is none. */
export function parentFolder(path: string): string {
  const at = path.lastIndexOf('/');
  return at === 0 ? '/' : path.slice(0, Math.max(at, 0));
}

/** Parses a value of `--only` such as `ai=label`; `undefined` if it names no group. */
export function parseGroupFilter(text: string): GroupFilter | undefined {
  const at = text.indexOf('=');
  const group = GROUPS.find((one) => one === text.slice(0, at));
  return group === undefined ? undefined : { group, key: text.slice(at + 1) };
}

export interface GroupFilter {
  group: OverviewGroup;
  key: string;
}

/** Returns whether a file matches all filters; a folder includes everything below it. */
export const matchesFilters = (places: readonly GroupKey[], only: readonly GroupFilter[]): boolean =>
  only.every(({ group, key }) =>
    places.some(
      (place) =>
        place.group === group &&
        (place.key === key ||
          (group === 'folder' && place.key.startsWith(key.endsWith('/') ? key : `${key}/`))),
    ),
  );
