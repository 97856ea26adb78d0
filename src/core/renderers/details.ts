import { daySaid, listSaid } from '../../say/amounts.js';
import { said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import { CARRIERS, couldNotLook } from '../media/carrier.js';
import type { Report } from '../report/report.js';
import { forensic } from './forensic.js';
import { type Group, group } from './groups.js';
import { reasonOf, textOf } from './kept-text.js';
import { marksOf } from './marks.js';
import { type Jumps, MOST_SIGNALS, signalAnchor } from './places.js';
import { bounded, factRuns, type Line, type Run, signalPlaces } from './runs.js';

type Codes = NonNullable<Report['contentCredentials']['codes']>;
type StatusCode = Codes['active'][number];

const MOST_CODES = 100;
const VALUE_CHARACTERS = 1_024;
const MOST_FACTS = 32;

export function details(report: Report, speech: Speech, jumps: Jumps): Group[] {
  return [
    ...reading(report, speech),
    ...forensic(report, speech),
    ...codeGroups(report, speech),
    ...signals(report, speech, jumps),
    ...jumps.places(speech),
  ];
}

/** At the end of every page, so that a print of it can be traced: digest and versions. `brief`: without all laws. */
export function colophon(report: Report, speech: Speech, { brief = false } = {}): Group[] {
  const { asset, tool } = report;
  const marks = marksOf(speech);
  const engines = tool.c2paEngines.map(({ name, version, sdk }) => `C2PA ${name} ${version} (${sdk})`);
  const editions = new Map<string, string[]>();
  for (const { id, edition } of tool.rulebooks) editions.set(edition, [...(editions.get(edition) ?? []), id]);
  const books = [...editions].map(
    ([edition, ids]) =>
      `${ids.join(marks.item)}${marks.open}${speech.words('page.phrase.edition', { day: daySaid(edition) })}${marks.close}`,
  );
  return [
    { title: speech.words('page.phrase.digest'), term: 'digest', lines: [[{ code: asset.sha256 }]] },
    {
      title: speech.words('page.phrase.versions'),
      lines: [[[`Assay ${tool.version}`, ...engines].join(marks.semicolon)]],
    },
    {
      title: speech.words('page.phrase.lists'),
      term: 'trust-list',
      lines: [listsLine(report, speech)],
    },
    ...(brief || books.length === 0
      ? []
      : [
          {
            title: speech.words('page.phrase.rulebooks'),
            term: 'rulebook' as const,
            lines: [[books.join(marks.semicolon)]],
          },
        ]),
    {
      title: speech.words('page.phrase.asOf'),
      lines: [
        [
          `${speech.say(daySaid(tool.asOf))}${marks.open}${speech.words(`page.phrase.asOfBecause.${tool.asOfBecause}`)}${marks.close}`,
        ],
      ],
    },
    ...group(
      speech.words('page.phrase.personal'),
      tool.revealed
        ? [
            [
              speech.words('page.phrase.revealed', {
                kinds: listSaid(tool.revealed.map((kind) => said(`page.personal.${kind}`))),
              }),
            ],
          ]
        : [],
    ),
    ...(tool.isolationBecause === undefined
      ? []
      : [
          {
            title: speech.words('page.phrase.isolation'),
            lines: [[speech.words(`page.phrase.isolationBecause.${tool.isolationBecause}`)]],
          },
        ]),
  ];
}

/** Which lists signers were held against, each with its day. */
export function listsLine({ tool }: Report, speech: Speech): Line {
  if (tool.lists.length === 0) return [speech.words('page.phrase.noLists')];
  const marks = marksOf(speech);
  return tool.lists.flatMap((list, at): Run[] => [
    ...(at === 0 ? [] : [marks.semicolon]),
    textOf(list, 'name', speech) ?? '',
    ...(list.date === undefined
      ? []
      : [`${marks.open}${speech.words('page.phrase.listOf', { day: daySaid(list.date) })}${marks.close}`]),
  ]);
}

function reading(report: Report, speech: Speech): Group[] {
  const { asset, reads, contentCredentials } = report;
  const { engine } = contentCredentials;
  const marks = marksOf(speech);
  const missed = CARRIERS.filter((carrier) => couldNotLook(reads[carrier]));
  const noted = CARRIERS.flatMap((carrier) => {
    const note = textOf(reads[carrier], 'note', speech);
    return note === undefined ? [] : [{ carrier, note }];
  });
  return [
    ...group(
      speech.words('page.phrase.notLookedAt'),
      missed.map((carrier): Line => {
        const { status, code } = reads[carrier];
        const reason = reasonOf(reads[carrier], report, speech);
        const why: Run[] = reason === undefined ? [] : [marks.colon, reason];
        const which: Run[] = code === undefined ? [] : [marks.open, { code }, marks.close];
        const how =
          status === 'found'
            ? speech.words('page.phrase.foundInPart')
            : speech.words(`page.readStatus.${status}`);
        return [`${speech.words(`carrier.${carrier}`)}${marks.comma}${how}`, ...why, ...which];
      }),
    ),
    ...group(
      speech.words('page.phrase.readingNotes'),
      noted.map(({ carrier, note }): Line => [`${speech.words(`carrier.${carrier}`)}${marks.colon}`, note]),
    ),
    ...group(
      speech.words('page.phrase.engine'),
      engine === undefined ? [] : [[`C2PA ${engine.name} ${engine.version} (${engine.sdk})`]],
    ),
    ...group(
      speech.words('page.phrase.declaredType'),
      asset.declaredMediaType === undefined ? [] : [[{ file: asset.declaredMediaType }]],
    ),
  ];
}

function codeGroups({ contentCredentials: { codes } }: Report, speech: Speech): Group[] {
  if (!codes) return [];
  return [
    { title: speech.words('page.phrase.codesActive'), list: codes.active },
    { title: speech.words('page.phrase.codesIngredients'), list: codes.ingredients },
    { title: speech.words('page.phrase.codesCawg'), list: codes.cawg },
  ].flatMap(({ title, list }) =>
    group(`${speech.words('page.phrase.codes')}${marksOf(speech).comma}${title}`, codeLines(list, speech)),
  );
}

/** A code of success stands once with its count: the places of all of them are in the JSON. */
function codeLines(list: readonly StatusCode[], speech: Speech): Line[] {
  const passed = new Map<string, number>();
  for (const { kind, code } of list) if (kind === 'success') passed.set(code, (passed.get(code) ?? 0) + 1);
  return [
    ...bounded(
      list.filter(({ kind }) => kind !== 'success'),
      MOST_CODES,
      speech,
      (one) => codeLine(one, speech),
    ),
    ...bounded([...passed], MOST_CODES, speech, ([code, count]) => [
      { code },
      `${marksOf(speech).open}${speech.words('page.codeKind.success')}${count > 1 ? `${marksOf(speech).comma}×${count}` : ''}${marksOf(speech).close}`,
    ]),
  ];
}

function codeLine({ code, kind, url, explanation }: StatusCode, speech: Speech): Line {
  const rest = [url, explanation].flatMap((text): Run[] =>
    text === undefined ? [] : [' ', { file: text, most: 300 }],
  );
  return [
    { code },
    `${marksOf(speech).open}${speech.words(`page.codeKind.${kind}`)}${marksOf(speech).close}`,
    ...rest,
  ];
}

function signals(report: Report, speech: Speech, jumps: Jumps): Group[] {
  const lines = bounded(report.signals, MOST_SIGNALS, speech, (signal): Line => {
    const { id, facts = [] } = signal;
    const parsed = factRuns(facts, speech, MOST_FACTS, VALUE_CHARACTERS);
    return [
      { code: id },
      marksOf(speech).colon,
      ...signalPlaces(signal, speech, {
        of: report,
        valueCharacters: VALUE_CHARACTERS,
        toPlace: (at) => jumps.toPlace(at),
      }),
      ...(parsed.length > 0 ? [marksOf(speech).semicolon, ...parsed] : []),
    ];
  });
  const anchors = report.signals.slice(0, MOST_SIGNALS).map((_signal, index) => signalAnchor(index));
  return group(speech.words('page.phrase.allSignals'), lines).map((one) => ({ ...one, anchors }));
}
