import { truncate } from '../../base/json-shape.js';
import { displayPath, toRecordPath } from '../../base/path-text.js';
import { detectNameSignals } from '../../core/detectors/name-signals.js';
import { normalizeDescription } from '../../core/media/upload-description.js';
import { localizeSentences, withHeadlineText } from '../../core/report/message-lookup.js';
import { SIGNAL_IDS } from '../../core/report/signal.js';
import type { Translator } from '../../i18n/translator.js';
import { type Entry, entryName } from '../sources/entry.js';
import { parentFolder } from './groups.js';
import type { ReaderRecord } from './reader-record.js';
import type { ScanRecord } from './record.js';
import { runTranslator } from './run-translator.js';
import { enforceLimit, linkMembers, listWithDate, recordLimits } from './summary-record.js';

/** Facts about a file that the parent process knows without reading it. */
export interface SentFile {
  entry: Entry;
  bytes: number;
  /** SHA-256, lower-case hexadecimal. */
  sha256: string;
}

type Cut = NonNullable<ScanRecord['cut']>[number];

/** With so few texts a record cannot reach its size limit, however long they are. */
const MAX_TEXTS_WITHOUT_CHECK = 8;

/** Signals from the file's name are added by the parent, because the reading process does not see the name. */
export function hasNameSignals({ signals }: ReaderRecord): boolean {
  for (const { basis } of signals) for (const { carrier } of basis) if (carrier === 'file') return true;
  return false;
}

type Mutable<T> = { -readonly [K in keyof T]?: T[K] };

/** Members that are filled in separately. */
const SEPARATE_MEMBERS: ReadonlySet<string> = new Set([
  ...(['toSay', 'cut', 'asset', 'summary', 'reads'] as const),
] satisfies (keyof ReaderRecord)[]);

/**
 * Builds the record of a file from the reading process's answer, which its schema has checked, adding the parent's
 * facts and all texts. Members are assigned one by one, because object spreads take several times as long.
 */
export function completeRecord(bare: ReaderRecord, { entry, bytes, sha256 }: SentFile): ScanRecord {
  const shortened = new Set<Cut>();
  const short = (text: string, most: number, what: Cut): string => {
    if (text.length > most) shortened.add(what);
    return truncate(text, most);
  };
  const speech = runTranslator();
  const { path, pathBytes } = toRecordPath(entry.path);
  const record: Mutable<ScanRecord> = { schema: 'assay.scan-record/1', path };
  if (pathBytes !== undefined) record.pathBytes = pathBytes;
  record.modified = new Date(entry.modified).toISOString();
  if (entry.linkOf !== undefined) Object.assign(record, linkMembers(entry.linkOf));
  record.asset = toAsset(bare, { entry, bytes, sha256 }, short);
  record.summary = toSummary(bare.summary, speech, short);
  record.folder = parentFolder(displayPath(entry.path));
  for (const name in bare)
    if (!SEPARATE_MEMBERS.has(name)) (record as Members)[name] = bare[name as keyof ReaderRecord];
  record.contentCredentials = localizeCredentials(bare.contentCredentials, bare.toSay ?? {}, speech, short);
  record.signals = bare.signals.map((signal) => toSignal(signal, speech, short));
  record.contradictions = bare.contradictions.map(({ between, messages }) => ({
    between,
    statement: short(
      messages?.statement === undefined ? '' : localizeSentences(messages.statement, speech),
      recordLimits.sentenceCharacters,
      'contradictions',
    ),
    ...(messages === undefined ? {} : { messages }),
  }));
  if (bare.parts !== undefined) record.parts = bare.parts.map((part) => localizePart(part, speech));
  record.findings = [];
  record.reads = bare.reads;
  for (const what of bare.cut ?? []) shortened.add(what);
  if (shortened.size > 0) record.cut = [...shortened].sort();
  const texts = bare.signals.length + bare.contradictions.length + (bare.parts?.length ?? 0);
  return texts <= MAX_TEXTS_WITHOUT_CHECK ? (record as ScanRecord) : enforceLimit(record as ScanRecord);
}

type Members = { [name: string]: unknown };
type Shorten = (text: string, most: number, what: Cut) => string;

function toAsset(
  { asset: { mediaType, kind } }: ReaderRecord,
  { entry, bytes, sha256 }: SentFile,
  short: Shorten,
): ScanRecord['asset'] {
  const { name: given, declaredMediaType } = normalizeDescription({ name: entryName(entry) });
  const name = short(given, recordLimits.valueCharacters, 'values');
  return declaredMediaType === undefined
    ? { name, bytes, sha256, mediaType, kind }
    : { name, bytes, sha256, mediaType, kind, declaredMediaType };
}

function toSummary(
  summary: ReaderRecord['summary'],
  translator: Translator,
  short: Shorten,
): ScanRecord['summary'] {
  const { headline, messages, facts, coverage, origin, backing } = summary;
  const told: Mutable<ScanRecord['summary']> = { origin };
  if (backing !== undefined) told.backing = backing;
  told.headline = withHeadlineText(headline, translator);
  told.facts = localizeFacts(facts, translator);
  told.sentence = short(
    localizeSentences(messages?.sentence ?? [], translator),
    recordLimits.sentenceCharacters,
    'sentence',
  );
  if (messages !== undefined) told.messages = messages;
  told.coverage = coverage;
  return told as ScanRecord['summary'];
}

function toSignal(signal: ReaderRecord['signals'][number], translator: Translator, short: Shorten) {
  const { id, backing, value, messages, basis } = signal;
  const text =
    messages?.value === undefined
      ? value
      : short(localizeSentences(messages.value, translator), recordLimits.valueCharacters, 'values');
  const told: Mutable<typeof signal> = { id, backing };
  if (text !== undefined) told.value = text;
  if (messages !== undefined) told.messages = messages;
  told.basis = basis;
  return told as typeof signal;
}

type Facts = ScanRecord['summary']['facts'];

/** Each text precedes the message it was made from, as in all records. */
function localizeFacts(facts: ReaderRecord['summary']['facts'], translator: Translator): Facts {
  const told: { [name: string]: object } = {};
  for (const name in facts) {
    const fact = facts[name as keyof Facts];
    const one: Members = {};
    for (const member in fact) {
      if (member === 'text') continue;
      if (member === 'messages' && fact.messages?.text !== undefined)
        one['text'] = localizeSentences(fact.messages.text, translator);
      one[member] = fact[member as keyof typeof fact];
    }
    one['text'] ??= fact.code;
    told[name] = one;
  }
  return told as Facts;
}

type Credentials = ScanRecord['contentCredentials'];

function localizeCredentials(
  said: Credentials,
  { list, listDate, bytesFault }: NonNullable<ReaderRecord['toSay']>,
  translator: Translator,
  short: Shorten,
): Credentials {
  if (list === undefined && bytesFault === undefined) return said;
  const told = (text: string) => short(text, recordLimits.nameCharacters, 'values');
  const { presence, integrity, causes, signer, trust, validity, proven, generator, ...rest } = said;
  const named = list && listWithDate(localizeSentences(list, translator), listDate);
  const members = {
    ...{ presence, integrity, causes, signer, trust },
    ...(named === undefined ? {} : { list: told(named) }),
    ...{ validity, proven, generator },
    ...(bytesFault === undefined ? {} : { bytesFault: told(localizeSentences(bytesFault, translator)) }),
    ...rest,
  };
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Credentials;
}

function localizePart(
  { headline, code, ...part }: NonNullable<ReaderRecord['parts']>[number],
  translator: Translator,
): NonNullable<ScanRecord['parts']>[number] {
  return {
    ...part,
    ...(headline === undefined ? {} : { headline: withHeadlineText(headline, translator) }),
    ...(code === undefined ? {} : { code }),
  };
}

/**
 * Returns whether the file's name gives rise to signals. Without `mediaType` the type is taken to be that of the name,
 * and names of apps are taken to fit, so that `false` is certain.
 */
export function nameHasSignals(entry: Entry, bytes: number, mediaType?: string): boolean {
  const said = normalizeDescription({ name: entryName(entry) });
  const { declaredMediaType = '' } = said;
  const facts = { bytes, mediaType: mediaType ?? declaredMediaType, fittingHints: SIGNAL_IDS };
  return detectNameSignals(said, facts).length > 0;
}

/**
 * Returns whether the content has the type that the name suggests; `nameHasSignals` then gives the same result with and
 * without it.
 */
export const hasTypeOfName = (entry: Entry, mediaType: string): boolean =>
  mediaType === (normalizeDescription({ name: entryName(entry) }).declaredMediaType ?? '');
