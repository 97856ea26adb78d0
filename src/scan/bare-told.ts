import { nameSignals } from '../core/detectors/name-signals.js';
import { cut } from '../core/ground/json-shape.js';
import { textOfPath, toldPath } from '../core/ground/path-text.js';
import { saidOf } from '../core/media/said.js';
import { SIGNAL_IDS } from '../core/report/signal.js';
import { headlineTold, textOf } from '../core/report/text-in.js';
import type { Speech } from '../say/speech.js';
import type { BareRecord } from './bare.js';
import { type Entry, nameOf } from './entry.js';
import { folderOf } from './places.js';
import type { SlimRecord } from './record.js';
import { runSpeech, sentencesSaid } from './run-speech.js';
import { inBound, linkTold, listNamed, recordLimits } from './slim.js';

/** What whoever sent a file to be read knows of it itself. */
export interface Sent {
  entry: Entry;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

type Cut = NonNullable<SlimRecord['cut']>[number];

/** What so few texts are added to does not come near the bound of a record, however long they are. */
const FEW_TEXTS = 8;

/** A name stands nowhere in the bytes: whoever reads them has no word of it. */
export function speaksOfNames({ signals }: BareRecord): boolean {
  for (const { basis } of signals) for (const { carrier } of basis) if (carrier === 'file') return true;
  return false;
}

type Told<T> = { -readonly [K in keyof T]?: T[K] };

/** Told by its parent, or otherwise. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set([
  ...(['toSay', 'cut', 'asset', 'summary', 'reads'] as const),
] satisfies (keyof BareRecord)[]);

/**
 * The record of a file: what a reading process said of it, checked by its schema, with what only its parent may say and
 * with all texts. Made one member after the other: objects out of parts of others take several times as long.
 */
export function bareTold(bare: BareRecord, { entry, bytes, sha256 }: Sent): SlimRecord {
  const shortened = new Set<Cut>();
  const short = (text: string, most: number, what: Cut): string => {
    if (text.length > most) shortened.add(what);
    return cut(text, most);
  };
  const speech = runSpeech();
  const { path, pathBytes } = toldPath(entry.path);
  const record: Told<SlimRecord> = { schema: 'assay.scan-record/1', path };
  if (pathBytes !== undefined) record.pathBytes = pathBytes;
  record.modified = new Date(entry.modified).toISOString();
  if (entry.linkOf !== undefined) Object.assign(record, linkTold(entry.linkOf));
  record.asset = assetTold(bare, { entry, bytes, sha256 }, short);
  record.summary = summaryTold(bare.summary, speech, short);
  record.folder = folderOf(textOfPath(entry.path));
  for (const name in bare)
    if (!TOLD_OTHERWISE.has(name)) (record as Members)[name] = bare[name as keyof BareRecord];
  record.contentCredentials = credentialsTold(bare.contentCredentials, bare.toSay ?? {}, speech, short);
  record.signals = bare.signals.map((signal) => signalTold(signal, speech, short));
  record.contradictions = bare.contradictions.map(({ between, said }) => ({
    between,
    statement: short(
      said?.statement === undefined ? '' : textOf(said.statement, speech),
      recordLimits.sentenceCharacters,
      'contradictions',
    ),
    ...(said === undefined ? {} : { said }),
  }));
  if (bare.parts !== undefined) record.parts = bare.parts.map((part) => partTold(part, speech));
  record.findings = [];
  record.reads = bare.reads;
  for (const what of bare.cut ?? []) shortened.add(what);
  if (shortened.size > 0) record.cut = [...shortened].sort();
  const texts = bare.signals.length + bare.contradictions.length + (bare.parts?.length ?? 0);
  return texts <= FEW_TEXTS ? (record as SlimRecord) : inBound(record as SlimRecord);
}

type Members = { [name: string]: unknown };
type Short = (text: string, most: number, what: Cut) => string;

function assetTold(
  { asset: { mediaType, kind } }: BareRecord,
  { entry, bytes, sha256 }: Sent,
  short: Short,
): SlimRecord['asset'] {
  const { name: given, declaredMediaType } = saidOf({ name: nameOf(entry) });
  const name = short(given, recordLimits.valueCharacters, 'values');
  return declaredMediaType === undefined
    ? { name, bytes, sha256, mediaType, kind }
    : { name, bytes, sha256, mediaType, kind, declaredMediaType };
}

function summaryTold(summary: BareRecord['summary'], speech: Speech, short: Short): SlimRecord['summary'] {
  const { headline, said, facts, coverage, origin, backing } = summary;
  const told: Told<SlimRecord['summary']> = { origin };
  if (backing !== undefined) told.backing = backing;
  if (headline !== undefined) told.headline = headlineTold(headline, speech);
  if (facts !== undefined) told.facts = factsTold(facts, speech);
  told.sentence = short(sentencesSaid(said?.sentence ?? []), recordLimits.sentenceCharacters, 'sentence');
  if (said !== undefined) told.said = said;
  told.coverage = coverage;
  return told as SlimRecord['summary'];
}

function signalTold(signal: BareRecord['signals'][number], speech: Speech, short: Short) {
  const { id, backing, value, said, basis } = signal;
  const text =
    said?.value === undefined
      ? value
      : short(textOf(said.value, speech), recordLimits.valueCharacters, 'values');
  const told: Told<typeof signal> = { id, backing };
  if (text !== undefined) told.value = text;
  if (said !== undefined) told.said = said;
  told.basis = basis;
  return told as typeof signal;
}

type Facts = NonNullable<SlimRecord['summary']['facts']>;

/** Each text before what it was made of, as everywhere. */
function factsTold(facts: Facts, speech: Speech): Facts {
  const told: { [name: string]: object } = {};
  for (const name in facts) {
    const fact = facts[name as keyof Facts];
    const one: Members = {};
    for (const member in fact) {
      if (member === 'text') continue;
      if (member === 'said' && fact.said?.text !== undefined) one['text'] = textOf(fact.said.text, speech);
      one[member] = fact[member as keyof typeof fact];
    }
    told[name] = one;
  }
  return told as Facts;
}

type Credentials = SlimRecord['contentCredentials'];

function credentialsTold(
  said: Credentials,
  { list, listDate, bytesFault }: NonNullable<BareRecord['toSay']>,
  speech: Speech,
  short: Short,
): Credentials {
  if (list === undefined && bytesFault === undefined) return said;
  const told = (text: string) => short(text, recordLimits.nameCharacters, 'values');
  const { presence, integrity, causes, signer, trust, validity, proven, generator, ...rest } = said;
  const named = list && listNamed(textOf(list, speech), listDate);
  const members = {
    ...{ presence, integrity, causes, signer, trust },
    ...(named === undefined ? {} : { list: told(named) }),
    ...{ validity, proven, generator },
    ...(bytesFault === undefined ? {} : { bytesFault: told(textOf(bytesFault, speech)) }),
    ...rest,
  };
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Credentials;
}

type Part = NonNullable<SlimRecord['parts']>[number];

function partTold({ headline, code, ...part }: Part, speech: Speech): Part {
  if (headline === undefined) return code === undefined ? part : { ...part, code };
  const { id, params } = headline;
  const saying = { id, ...(params === undefined ? {} : { params }) } as Parameters<Speech['say']>[0];
  return {
    ...part,
    headline: { ...saying, text: speech.say(saying) },
    ...(code === undefined ? {} : { code }),
  };
}

/**
 * Whether what the file is called says something of it that its record has to say too. Left out, `mediaType` is taken to be
 * what the name says, and whether its bytes fit an app's names to be so: only what is certain by now is denied.
 */
export function nameSpeaks(entry: Entry, bytes: number, mediaType?: string): boolean {
  const said = saidOf({ name: nameOf(entry) });
  const { declaredMediaType = '' } = said;
  const facts = { bytes, mediaType: mediaType ?? declaredMediaType, fittingHints: SIGNAL_IDS };
  return nameSignals(said, facts).length > 0;
}

/** Whether the bytes are what the name says: `nameSpeaks` of both is the same then as without. */
export const isOfName = (entry: Entry, mediaType: string): boolean =>
  mediaType === (saidOf({ name: nameOf(entry) }).declaredMediaType ?? '');
