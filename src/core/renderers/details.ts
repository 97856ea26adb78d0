import { CARRIERS } from '../evidence.js';
import type { Report } from '../report.js';
import type { Words } from '../words/words.js';
import { couldNotLook } from './checks.js';
import { forensic } from './forensic.js';
import { type Group, group } from './groups.js';
import { bounded, type Line, type Run, signalPlaces } from './runs.js';

type Codes = NonNullable<Report['contentCredentials']['codes']>;
type StatusCode = Codes['active'][number];

const MOST_CODES = 100;
const MOST_SIGNALS = 100;
const VALUE_CHARACTERS = 1_024;

export function details(report: Report, words: Words): Group[] {
  return [
    ...reading(report, words),
    ...forensic(report, words),
    ...codeGroups(report, words),
    ...signals(report, words),
  ];
}

/** At the end of every page, so that a print of it can be traced: digest and versions. */
export function colophon({ asset, tool }: Report, words: Words): Group[] {
  const { phrases } = words;
  const engines = tool.c2paEngines.map(({ name, version, sdk }) => `C2PA ${name} ${version} (${sdk})`);
  const lists = tool.lists.map(({ name, date }) =>
    date === undefined ? name : `${name} (${phrases.listOf(date)})`,
  );
  const books = tool.rulebooks.map(({ id, edition }) => `${id} (${phrases.edition(edition)})`);
  return [
    { title: phrases.digest, lines: [[{ code: asset.sha256 }]] },
    { title: phrases.versions, lines: [[[`Assay ${tool.version}`, ...engines].join('; ')]] },
    { title: phrases.lists, lines: [[lists.length === 0 ? phrases.noLists : lists.join('; ')]] },
    ...(books.length === 0 ? [] : [{ title: phrases.rulebooks, lines: [[books.join('; ')]] }]),
    { title: phrases.asOf, lines: [[words.date(tool.asOf)]] },
  ];
}

function reading({ asset, reads, contentCredentials: { engine } }: Report, words: Words): Group[] {
  const { phrases } = words;
  const missed = CARRIERS.filter((carrier) => couldNotLook(reads[carrier]));
  const noted = CARRIERS.flatMap((carrier) => {
    const { note } = reads[carrier];
    return note === undefined ? [] : [{ carrier, note }];
  });
  return [
    ...group(
      phrases.notLookedAt,
      missed.map((carrier): Line => {
        const { status, code, reason } = reads[carrier];
        const why: Run[] = reason === undefined ? [] : [': ', reason];
        const which: Run[] = code === undefined ? [] : [' (', { code }, ')'];
        return [`${words.carriers[carrier]}, ${words.readStatus[status]}`, ...why, ...which];
      }),
    ),
    ...group(
      phrases.readingNotes,
      noted.map(({ carrier, note }): Line => [`${words.carriers[carrier]}: `, note]),
    ),
    ...group(
      phrases.engine,
      engine === undefined ? [] : [[`C2PA ${engine.name} ${engine.version} (${engine.sdk})`]],
    ),
    ...group(
      phrases.declaredType,
      asset.declaredMediaType === undefined ? [] : [[{ file: asset.declaredMediaType }]],
    ),
  ];
}

function codeGroups({ contentCredentials: { codes } }: Report, words: Words): Group[] {
  if (!codes) return [];
  const { phrases } = words;
  return [
    { title: phrases.codesActive, list: codes.active },
    { title: phrases.codesIngredients, list: codes.ingredients },
    { title: phrases.codesCawg, list: codes.cawg },
  ].flatMap(({ title, list }) => group(`${phrases.codes}, ${title}`, codeLines(list, words)));
}

/** A code of success stands once with its count: the places of all of them are in the JSON. */
function codeLines(list: readonly StatusCode[], words: Words): Line[] {
  const passed = new Map<string, number>();
  for (const { kind, code } of list) if (kind === 'success') passed.set(code, (passed.get(code) ?? 0) + 1);
  return [
    ...bounded(
      list.filter(({ kind }) => kind !== 'success'),
      MOST_CODES,
      words,
      (one) => codeLine(one, words),
    ),
    ...bounded([...passed], MOST_CODES, words, ([code, count]) => [
      { code },
      ` (${words.codeKinds.success}${count > 1 ? `, ×${count}` : ''})`,
    ]),
  ];
}

function codeLine({ code, kind, url, explanation }: StatusCode, words: Words): Line {
  const rest = [url, explanation].flatMap((text): Run[] =>
    text === undefined ? [] : [' ', { file: text, most: 300 }],
  );
  return [{ code }, ` (${words.codeKinds[kind]})`, ...rest];
}

function signals(report: Report, words: Words): Group[] {
  const lines = bounded(
    report.signals,
    MOST_SIGNALS,
    words,
    (signal): Line => [{ code: signal.id }, ': ', ...signalPlaces(signal, words, VALUE_CHARACTERS)],
  );
  return group(words.phrases.allSignals, lines);
}
