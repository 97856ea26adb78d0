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
export const speaksOfNames = ({ signals }: BareRecord): boolean =>
  signals.some(({ basis }) => basis.some(({ carrier }) => carrier === 'file'));

/**
 * The record of a file: what a reading process said of it, checked by its schema, with what only its parent may say and
 * with all texts.
 */
export function bareTold(bare: BareRecord, { entry, bytes, sha256 }: Sent, speech: Speech): SlimRecord {
  const shortened = new Set<Cut>(bare.cut);
  const short = (text: string, most: number, what: Cut): string => {
    if (text.length > most) shortened.add(what);
    return cut(text, most);
  };
  const { toSay = {}, cut: _, asset, summary, reads, ...said } = bare;
  const { name, declaredMediaType } = saidOf({ name: nameOf(entry) });
  const { headline, said: sentences, facts, coverage, origin, backing } = summary;
  const record: SlimRecord = {
    schema: 'assay.scan-record/1',
    ...toldPath(entry.path),
    modified: new Date(entry.modified).toISOString(),
    ...linkTold(entry.linkOf),
    asset: {
      name: short(name, recordLimits.valueCharacters, 'values'),
      bytes,
      sha256,
      ...asset,
      ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    },
    summary: {
      origin,
      ...(backing === undefined ? {} : { backing }),
      ...(headline === undefined ? {} : { headline: headlineTold(headline, speech) }),
      ...(facts === undefined ? {} : { facts: factsTold(facts, speech) }),
      sentence: short(textOf(sentences?.sentence ?? [], speech), recordLimits.sentenceCharacters, 'sentence'),
      ...(sentences === undefined ? {} : { said: sentences }),
      coverage,
    },
    folder: folderOf(textOfPath(entry.path)),
    ...said,
    contentCredentials: credentialsTold(bare.contentCredentials, toSay, speech, short),
    signals: bare.signals.map(({ id, backing, value, said, basis }) => {
      const text =
        said?.value === undefined
          ? value
          : short(textOf(said.value, speech), recordLimits.valueCharacters, 'values');
      return {
        id,
        backing,
        ...(text === undefined ? {} : { value: text }),
        ...(said === undefined ? {} : { said }),
        basis,
      };
    }),
    contradictions: bare.contradictions.map(({ between, said }) => ({
      between,
      statement: short(
        said?.statement === undefined ? '' : textOf(said.statement, speech),
        recordLimits.sentenceCharacters,
        'contradictions',
      ),
      ...(said === undefined ? {} : { said }),
    })),
    ...(bare.parts && { parts: bare.parts.map((part) => partTold(part, speech)) }),
    findings: [],
    reads,
  };
  const whole = shortened.size === 0 ? record : { ...record, cut: [...shortened].sort() };
  const texts = bare.signals.length + bare.contradictions.length + (bare.parts?.length ?? 0);
  return texts <= FEW_TEXTS ? whole : inBound(whole);
}

type Facts = NonNullable<SlimRecord['summary']['facts']>;

/** Each text before what it was made of, as everywhere. */
function factsTold(facts: Facts, speech: Speech): Facts {
  const told: { [name: string]: object } = {};
  for (const [name, fact] of Object.entries(facts)) {
    const one: { [member: string]: unknown } = {};
    for (const [member, value] of Object.entries(fact)) {
      if (member === 'text') continue;
      if (member === 'said' && fact.said?.text !== undefined) one['text'] = textOf(fact.said.text, speech);
      one[member] = value;
    }
    told[name] = one;
  }
  return told as Facts;
}

type Short = (text: string, most: number, what: Cut) => string;
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
