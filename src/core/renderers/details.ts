import { CARRIERS, couldNotLook } from '../evidence.js';
import type { Report } from '../report.js';
import type { Words } from '../words/words.js';
import { forensic } from './forensic.js';
import { type Group, group } from './groups.js';
import { type Jumps, MOST_SIGNALS, signalAnchor } from './places.js';
import { bounded, factRuns, type Line, type Run, signalPlaces } from './runs.js';

type Codes = NonNullable<Report['contentCredentials']['codes']>;
type StatusCode = Codes['active'][number];

const MOST_CODES = 100;
const VALUE_CHARACTERS = 1_024;
const MOST_FACTS = 32;

export function details(report: Report, words: Words, jumps: Jumps): Group[] {
  return [
    ...reading(report, words),
    ...forensic(report, words),
    ...codeGroups(report, words),
    ...signals(report, words, jumps),
    ...jumps.places(words),
  ];
}

/** At the end of every page, so that a print of it can be traced: digest and versions. */
export function colophon({ asset, tool }: Report, words: Words): Group[] {
  const { phrases, marks } = words;
  const engines = tool.c2paEngines.map(({ name, version, sdk }) => `C2PA ${name} ${version} (${sdk})`);
  const lists = tool.lists.map(({ name, date }) =>
    date === undefined ? name : `${name}${marks.open}${phrases.listOf(date)}${marks.close}`,
  );
  const editions = new Map<string, string[]>();
  for (const { id, edition } of tool.rulebooks) editions.set(edition, [...(editions.get(edition) ?? []), id]);
  const books = [...editions].map(
    ([edition, ids]) => `${ids.join(marks.item)}${marks.open}${phrases.edition(edition)}${marks.close}`,
  );
  return [
    { title: phrases.digest, lines: [[{ code: asset.sha256 }]] },
    { title: phrases.versions, lines: [[[`Assay ${tool.version}`, ...engines].join(marks.semicolon)]] },
    { title: phrases.lists, lines: [[lists.length === 0 ? phrases.noLists : lists.join(marks.semicolon)]] },
    ...(books.length === 0 ? [] : [{ title: phrases.rulebooks, lines: [[books.join(marks.semicolon)]] }]),
    {
      title: phrases.asOf,
      lines: [
        [`${words.date(tool.asOf)}${marks.open}${words.phrases.asOfBecause[tool.asOfBecause]}${marks.close}`],
      ],
    },
    ...group(phrases.personal, tool.revealed ? [[phrases.revealed(tool.revealed)]] : []),
    ...(tool.isolationBecause === undefined
      ? []
      : [{ title: phrases.isolation, lines: [[phrases.isolationBecause[tool.isolationBecause]]] }]),
  ];
}

function reading({ asset, reads, contentCredentials: { engine } }: Report, words: Words): Group[] {
  const { phrases, marks } = words;
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
        const why: Run[] = reason === undefined ? [] : [marks.colon, words.ours(reason)];
        const which: Run[] = code === undefined ? [] : [marks.open, { code }, marks.close];
        const how = status === 'found' ? phrases.foundInPart : words.readStatus[status];
        return [`${words.carriers[carrier]}${marks.comma}${how}`, ...why, ...which];
      }),
    ),
    ...group(
      phrases.readingNotes,
      noted.map(({ carrier, note }): Line => [`${words.carriers[carrier]}${marks.colon}`, words.ours(note)]),
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
  ].flatMap(({ title, list }) =>
    group(`${phrases.codes}${words.marks.comma}${title}`, codeLines(list, words)),
  );
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
      `${words.marks.open}${words.codeKinds.success}${count > 1 ? `${words.marks.comma}×${count}` : ''}${words.marks.close}`,
    ]),
  ];
}

function codeLine({ code, kind, url, explanation }: StatusCode, words: Words): Line {
  const rest = [url, explanation].flatMap((text): Run[] =>
    text === undefined ? [] : [' ', { file: text, most: 300 }],
  );
  return [{ code }, `${words.marks.open}${words.codeKinds[kind]}${words.marks.close}`, ...rest];
}

function signals(report: Report, words: Words, jumps: Jumps): Group[] {
  const lines = bounded(report.signals, MOST_SIGNALS, words, (signal): Line => {
    const { id, facts = [] } = signal;
    const parsed = factRuns(facts, words, MOST_FACTS, VALUE_CHARACTERS);
    return [
      { code: id },
      words.marks.colon,
      ...signalPlaces(signal, words, {
        of: report,
        valueCharacters: VALUE_CHARACTERS,
        toPlace: (at) => jumps.toPlace(at),
      }),
      ...(parsed.length > 0 ? [words.marks.semicolon, ...parsed] : []),
    ];
  });
  const anchors = report.signals.slice(0, MOST_SIGNALS).map((_signal, index) => signalAnchor(index));
  return group(words.phrases.allSignals, lines).map((one) => ({ ...one, anchors }));
}
