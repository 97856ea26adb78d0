import type { MessageId, Params, Said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { asRecord } from './json-shape.js';
import type { Report } from './report.js';
import { loadRulebooks } from './rulebooks/index.js';
import { tellFindings, tellRulebooks, untoldFinding } from './rulebooks/tell.js';

/**
 * A version before 0.2 kept its words and not what they say: they stay as they are, in English, and are marked. Nobody can
 * tell them anew, and somebody may have quoted them.
 */
export const isKeptInWords = ({ summary }: Pick<Report, 'summary'>): boolean => summary.said === undefined;

/**
 * A Report as it is given to people, in a language: its texts are made here, from what stands in `said` and from the
 * codes of what could not be read. It can be told as often as anybody likes; what is kept is `untold`. Pure.
 */
export function tell(report: Report, speech: Speech): Report {
  const { asOf, asOfBecause, ...tool } = untold(report).tool;
  if (isKeptInWords(report))
    return withLaw({ ...report, tool: { ...tool, words: 'as-kept', asOf, asOfBecause } }, speechOf('en'));
  const { language } = speech;
  const told = {
    ...report,
    tool: { ...tool, ...(language === 'en' ? {} : { language }), asOf, asOfBecause },
  };
  return withLaw(
    withReasons(
      rewritten(told, (members, texts) => withTexts(members, texts, speech)),
      speech,
    ),
    speech,
  );
}

/** Without its texts. */
export function untold(report: Report): Report {
  const { language: _, words: __, ...tool } = report.tool;
  const bare = rewritten({ ...report, tool }, withoutTexts);
  if (isKeptInWords(report)) return bare;
  const rulebooks = tool.rulebooks.map(({ title: _, ...one }) => one);
  return { ...bare, findings: bare.findings.map(untoldFinding), tool: { ...bare.tool, rulebooks } };
}

/** What findings say is made of the rulebooks' words. Titles that are there were kept in words. */
function withLaw(report: Report, speech: Speech): Report {
  const books = loadRulebooks();
  const { findings, tool } = report;
  const rulebooks = tool.rulebooks.flatMap((one) =>
    one.title === undefined ? tellRulebooks([one], speech, books) : [one],
  );
  return {
    ...report,
    findings: tellFindings(findings, report, speech, books),
    tool: { ...tool, rulebooks },
  };
}

type Sayable = Said | readonly Said[];

/** One text of something that was not told yet: said in the language, or the words that were kept in its place. */
export function textIn<N extends string>(
  of: { [K in N]?: string } & { said?: { [K in N]?: Sayable } },
  name: N,
  speech: Speech,
): string | undefined {
  const sayable = of.said?.[name];
  return sayable === undefined ? of[name] : textOf(sayable, speech);
}

interface Coded {
  code?: string | undefined;
  params?: Params | undefined;
  reason?: string | undefined;
}

/** Why something could not be read, in words. */
export function reasonIn({ code, params, reason }: Coded, speech: Speech): string | undefined {
  if (reason !== undefined || code === undefined) return reason;
  // A code of another version has no text: its id is shown in its place.
  return speech.say({ id: `fault.${code}` as MessageId, ...(params === undefined ? {} : { params }) });
}

/** Sentences one after another, as the language writes them. */
export function textOf(sayable: Sayable, speech: Speech): string {
  const all = 'id' in sayable ? [sayable] : sayable;
  return all.map((one) => speech.say(one)).join(speech.words('sentence.separator'));
}

type Texts = Readonly<Record<string, Sayable>>;
type Members = readonly (readonly [string, unknown])[];

/** Every object that has something to say, at any depth; all else as it is. */
function rewritten<T>(value: T, how: (members: Members, texts: Texts) => Members): T {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, how)) as T;
  const record = asRecord(value);
  if (record === undefined) return value;
  // What a signer says in its own words is called `said` too, and is text.
  const texts = asRecord(record['said']) as Texts | undefined;
  const members = Object.entries(record).map(
    ([name, member]) => [name, name === 'said' ? member : rewritten(member, how)] as const,
  );
  return Object.fromEntries(texts === undefined ? members : how(members, texts)) as T;
}

const withoutTexts = (members: Members, texts: Texts): Members =>
  members.filter(([name]) => !Object.hasOwn(texts, name));

/** Each text stands before the `said` that it was made of. */
const withTexts = (members: Members, texts: Texts, speech: Speech): Members =>
  withoutTexts(members, texts).flatMap((member) =>
    member[0] === 'said'
      ? [...Object.entries(texts).map(([name, one]) => [name, textOf(one, speech)] as const), member]
      : [member],
  );

/** The same for codes of what could not be read: theirs are the one text that stands in no `said`. */
function withReasons(report: Report, speech: Speech): Report {
  const { summary, reads } = report;
  const reasoned = <T extends Coded>({ reason: known, ...one }: T): T => {
    const reason = reasonIn({ ...one, ...(known === undefined ? {} : { reason: known }) }, speech);
    return { ...one, ...(reason === undefined ? {} : { reason }) } as T;
  };
  const { unread, ...coverage } = summary.coverage;
  return {
    ...report,
    summary: { ...summary, coverage: { ...coverage, unread: unread.map(reasoned) } },
    reads: Object.fromEntries(
      Object.entries(reads).map(([carrier, read]) => [carrier, reasoned(read)]),
    ) as Report['reads'],
  };
}
