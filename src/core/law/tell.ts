import { type Speech, speechOf } from '../../say/speech.js';
import { codedSaid } from '../ground/fault.js';
import { asRecord } from '../ground/json-shape.js';
import type { Report } from '../report/report.js';
import {
  type Coded,
  headlineTold,
  isKeptInWords,
  reasonIn,
  type Sayable,
  textOf,
} from '../report/text-in.js';
import { loadRulebooks } from './rulebooks/index.js';
import { tellFindings, tellRulebooks, untoldFinding } from './rulebooks/tell.js';

/**
 * A Report as it is given to people, in a language: its texts are made here, from what stands in `said` and from the
 * codes of what could not be read. It can be told as often as anybody likes; what is kept is `untold`. Pure.
 */
export function tell(report: Report, speech: Speech): Report {
  const { asOf, asOfBecause, ...tool } = untoldTool(report);
  if (isKeptInWords(report))
    return withLaw({ ...report, tool: { ...tool, words: 'as-kept', asOf, asOfBecause } }, speechOf('en'));
  const { language } = speech;
  const told = {
    ...report,
    tool: { ...tool, ...(language === 'en' ? {} : { language }), asOf, asOfBecause },
  };
  return withLaw(
    withReasons(
      withHeadline(
        rewritten(told, (members, texts) => withTexts(members, texts, speech)),
        speech,
      ),
      (one) => reasonIn(one, speech),
    ),
    speech,
  );
}

/** Without its texts. */
export function untold(report: Report): Report {
  const bare = withReasons(
    withHeadline(rewritten({ ...report, tool: untoldTool(report) }, withoutTexts)),
    ({ code, params, reason }) => {
      // Where no words are kept, none have to be looked for in their place.
      const why = reason === undefined ? undefined : codedSaid({ code, params });
      return why !== undefined && speechOf('en').canSay(why) ? undefined : reason;
    },
  );
  return isKeptInWords(report) ? bare : { ...bare, findings: bare.findings.map(untoldFinding) };
}

function untoldTool(report: Report): Report['tool'] {
  const { language: _, words: __, ...tool } = report.tool;
  if (isKeptInWords(report)) return tool;
  return { ...tool, rulebooks: tool.rulebooks.map(({ title: _, ...one }) => one) };
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

/** Its text, or without a speech none. */
function withHeadline(report: Report, speech?: Speech): Report {
  const { headline } = report.summary;
  if (headline === undefined) return report;
  const { text: _, ...bare } = headline;
  return {
    ...report,
    summary: {
      ...report.summary,
      headline: speech === undefined ? bare : headlineTold(headline, speech),
    },
  };
}

type Texts = Readonly<Record<string, Sayable>>;
type Members = readonly (readonly [string, unknown])[];

/** Every object that has something to say, at any depth; all else as it is, and the very same where nothing below has. */
function rewritten<T>(value: T, how: (members: Members, texts: Texts) => Members): T {
  if (Array.isArray(value)) return rewrittenList(value, how) as T;
  const record = asRecord(value);
  if (record === undefined) return value;
  // What a signer says in its own words is called `said` too, and is text.
  const texts = asRecord(record['said']) as Texts | undefined;
  let isSame = texts === undefined;
  const members: [string, unknown][] = [];
  for (const name of Object.keys(record)) {
    const before = record[name];
    const member = typeof before !== 'object' || name === 'said' ? before : rewritten(before, how);
    if (member !== before) isSame = false;
    members.push([name, member]);
  }
  if (isSame) return value;
  return Object.fromEntries(texts === undefined ? members : how(members, texts)) as T;
}

function rewrittenList(all: readonly unknown[], how: (members: Members, texts: Texts) => Members): unknown {
  const told = all.map((one) => rewritten(one, how));
  return told.every((one, at) => one === all[at]) ? all : told;
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
function withReasons(report: Report, reasonOf: (one: Coded) => string | undefined): Report {
  const { summary, reads } = report;
  const reasoned = <T extends Coded>({ reason: known, ...one }: T): T => {
    const reason = reasonOf({ ...one, ...(known === undefined ? {} : { reason: known }) });
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
