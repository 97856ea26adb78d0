import { type PlainId, type Said, said } from '../../say/said.js';
import { plainName } from '../ground/quoted.js';
import { table } from '../ground/table.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import type { ContentCredentials, Declared, Report } from '../report/report.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { TOOL_NAMES } from '../signatures/tool-names.js';
import { isListed, statedOf } from './sentence-credentials.js';
import type { Facts } from './sentence-facts.js';
import { namedTool } from './sentence-steps.js';
import { nameQuoted, quotedSaid, toolSaid } from './terms.js';

/**
 * What a person reads first: one line of at most 12 words, the claim first, quotable alone. A name from the file stands
 * without quotation marks only where our table has it and a listed signer, or its maker's own label, states it.
 */

/** What decided the declared origin: the credentials, or one signal. */
export interface Decided {
  origin: Report['summary']['origin'];
  by?: Signal;
}

export function headline(facts: Facts, decided: Decided): Said {
  return (
    unreadHeadline(facts) ??
    alteredHeadline(facts) ??
    claimHeadline(facts, decided) ??
    credentialsHeadline(facts) ??
    silentHeadline(facts)
  );
}

function unreadHeadline({ asset, notRead, late, cutOff }: Facts): Said | undefined {
  if (asset.bytes === 0) return said('headline.emptyFile');
  if (notRead !== undefined)
    return late === undefined ? said('headline.unreadFile') : said('headline.notFinished');
  return cutOff?.most ? said('headline.cutOff') : undefined;
}

function alteredHeadline({ credentials }: Facts): Said | undefined {
  const { presence, integrity, signer } = credentials;
  if (presence !== 'present' || integrity !== 'altered') return undefined;
  return signer?.name
    ? said('headline.alteredSince', { signer: signerSaid(signer) })
    : said('headline.altered');
}

/** As its certificate has it; in quotation marks where no list vouches for the name. */
export function signerSaid({ name = '', trust }: NonNullable<ContentCredentials['signer']>): Said {
  return isListed(trust) ? said('text.asWritten', { text: plainName(name) }) : nameQuoted(name);
}

function claimHeadline(facts: Facts, { origin, by }: Decided): Said | undefined {
  if (origin === 'contradictory') return said('headline.contradictory');
  if (origin === 'none' || origin === 'unknown') return undefined;
  const { declared } = facts;
  return by === undefined ? declared && declaredHeadline(declared, facts) : signalHeadline(by, origin, facts);
}

/** A tool that is named, or none. */
const made = (tool: Said | undefined): { by: 'other' | 'tool'; tool: Said } =>
  tool === undefined ? { by: 'other', tool: said('text.asWritten', { text: '' }) } : { by: 'tool', tool };

function declaredHeadline(declared: Declared, { credentials, asset }: Facts): Said {
  const { origin, where, term, editedAfterCapture } = declared;
  const { earlier, tool = statedBy(declared, credentials) } = statedOf(declared, credentials);
  const { kind } = asset.mediaType;
  const what = earlier ? 'earlier' : 'this';
  switch (origin) {
    case 'ai-generated':
      return said('headline.generated', { what, ...made(tool) });
    case 'ai-edited':
      return where === 'component'
        ? said('headline.partGenerated', made(tool))
        : said('headline.edited', { what, ...made(tool) });
    case 'captured':
      return said('headline.captured', { kind, ...made(tool) });
    default:
      return editedAfterCapture ? said('headline.capturedThenEdited') : termHeadline('says', term);
  }
}

/** Where no tool is named: who signed the statement, if a list vouches for the name. */
function statedBy(
  { where, signedBy }: Declared,
  { signer, integrity }: ContentCredentials,
): Said | undefined {
  const own = where === 'this' || signedBy === 'same';
  return own && integrity === 'intact' && signer?.name && isListed(signer.trust)
    ? signerSaid(signer)
    : undefined;
}

/** Terms that a headline has words of its own for; those of AI and of captures have headlines of theirs. */
const TERMS = [
  'digitalArt',
  'screenCapture',
  'composite',
  'compositeCapture',
  'algorithmicMedia',
  'algorithmicallyEnhanced',
  'dataDrivenMedia',
  'digitalCreation',
  'humanEdits',
  'minorHumanEdits',
  'softwareImage',
  'negativeFilm',
  'positiveFilm',
  'print',
  'empty',
  'virtualRecording',
] as const;

const termHeadline = (who: 'says' | 'label', term: string | undefined): Said =>
  said('headline.term', {
    who: who === 'label' ? 'label' : 'other',
    term: TERMS.find((one) => one === term) ?? 'other',
  });

function signalHeadline(by: Signal, origin: Decided['origin'], facts: Facts): Said | undefined {
  const { signals, origins } = facts;
  const row = rowOf(by.id);
  const work = origin === 'ai-edited' ? 'edited' : 'made';
  const known = origins.toolOf(by) ?? row.tool;
  const tool = known === undefined ? undefined : shortTool(known);
  if (row.by === 'gb45438') return said('headline.gb', { label: gbReading(signals) });
  if (row.by === 'platform-label') return said('headline.platformLabel', { ...made(tool), work });
  if (row.by === 'iptc' || row.by === 'iptc-credit') {
    if (origin === 'ai-generated' || origin === 'ai-edited')
      return said('headline.label', { work, ...made(labelTool(facts)) });
    return origin === 'captured' ? said('headline.labelCaptured') : termHeadline('label', row.term);
  }
  if (row.trace === 'proof-holds') return said('headline.proof', made(tool));
  if (row.decides === 'watermark') return said('headline.watermark', made(tool));
  if (origin === 'ai-generated' || origin === 'ai-edited') return said('headline.trace', made(tool));
  return undefined;
}

/** Beside a label that names nobody stands, at times, a system's name in the maker's own words, or its trace. */
function labelTool({ signals, origins }: Facts): Said | undefined {
  const system = signals.find(({ id, value }) => rowOf(id).decides === 'iptc-system' && value !== undefined);
  if (system?.value !== undefined) return nameQuoted(system.value);
  const traced = signals.find((one) => origins.of(one)?.source === 'generator' && origins.toolOf(one));
  const tool = traced && origins.toolOf(traced);
  return tool === undefined ? undefined : shortTool(tool);
}

/** Without what stands in brackets behind the name: several tools that write alike. */
const shortTool = (tool: string): Said =>
  toolSaid(Object.hasOwn(TOOL_NAMES, tool) ? tool : (tool.split(' (')[0] ?? tool));

const GB_READINGS = ['generated', 'possible', 'suspected'] as const;

function gbReading(signals: readonly Signal[]): (typeof GB_READINGS)[number] | 'other' {
  return GB_READINGS.find((one) => signals.some(({ id }) => id === `gb45438.label.${one}`)) ?? 'other';
}

function credentialsHeadline(facts: Facts): Said | undefined {
  const { credentials, storeSeen } = facts;
  if (credentials.presence === 'remote') return said('headline.remote');
  if (credentials.presence === 'unreadable') return storeSeen ? said('headline.unreadable') : undefined;
  if (credentials.presence !== 'present') return undefined;
  const { signer, manifests = [], activeManifest } = credentials;
  const active = manifests.find(({ label }) => label === activeManifest);
  const edits = active?.actions.some(({ action }) => !BEGINS.has(action)) ?? false;
  if (edits && active?.claimGenerator !== undefined)
    return said('headline.recordedEdits', { tool: namedTool(active.claimGenerator, credentials) });
  return signer?.name
    ? said('headline.signed', { signer: signerSaid(signer) })
    : said('headline.credentials');
}

/** Steps that say that there is something, and not what was done to it. */
const BEGINS: ReadonlySet<string> = new Set(['c2pa.created', 'c2pa.opened', 'c2pa.published']);

const ASIDE_FORMATS: Readonly<Record<string, PlainId>> = table({
  [UNKNOWN_MEDIA_TYPE.format]: 'headline.unrecognised',
});

/** A label that decides nothing is still what the file says of AI. */
function silentHeadline({ coverage, asset, signals }: Facts): Said {
  if (signals.some(({ id }) => id === 'gb45438.label.present'))
    return said('headline.gb', { label: gbReading(signals) });
  const credit = signals.find(({ id, value }) => rowOf(id).by === 'iptc-credit' && value !== undefined);
  if (credit?.value !== undefined)
    return said('headline.credit', { words: quotedSaid(plainName(credit.value)) });
  if (coverage.state === 'complete') return said('headline.nothing');
  const unknown = ASIDE_FORMATS[asset.mediaType.format];
  if (coverage.state === 'nothing' && unknown !== undefined) return said(unknown as 'headline.unrecognised');
  return coverage.state === 'nothing'
    ? said('headline.notLookedInto', { format: asset.mediaType.format })
    : said('headline.partlyUnread');
}
