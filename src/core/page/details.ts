import { dayMessage, listMessage } from '../../i18n/amounts.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import { editionMessage } from '../law/rulebooks/finding-texts.js';
import { CARRIERS, isNotRead } from '../media/carrier.js';
import { localizeMember, localizeReason } from '../report/message-lookup.js';
import type { StoredReport } from '../report/report.js';
import { type Anchors, MAX_SIGNALS, signalAnchor } from './anchors.js';
import { buildForensic } from './forensic.js';
import { type LineGroup, toGroup } from './groups.js';
import { punctuationFor } from './marks.js';
import { factRuns, limitLines, type RunLine, signalLocations, type TextRun } from './runs.js';

type Codes = NonNullable<StoredReport['contentCredentials']['codes']>;
type StatusCode = Codes['active'][number];

const MAX_CODES = 100;
const VALUE_CHARACTERS = 1_024;
const MAX_FACTS = 32;

export function buildDetails(report: StoredReport, translator: Translator, jumps: Anchors): LineGroup[] {
  return [
    ...reading(report, translator),
    ...buildForensic(report, translator),
    ...codeGroups(report, translator),
    ...signals(report, translator, jumps),
    ...jumps.places(translator),
  ];
}

/**
 * Returns the digest and versions shown at the end of every page, so that a print can be traced. `brief`: omits the
 * list of all laws.
 */
export function buildColophon(
  report: StoredReport,
  translator: Translator,
  { brief = false } = {},
): LineGroup[] {
  const { asset, tool } = report;
  const marks = punctuationFor(translator);
  const engines = tool.c2paEngines.map(({ name, version, sdk }) => `C2PA ${name} ${version} (${sdk})`);
  const editions = new Map<string, string[]>();
  for (const { id, edition, signer } of tool.rulebooks) {
    const text = translator.translate(editionMessage(signer, dayMessage(edition)));
    editions.set(text, [...(editions.get(text) ?? []), id]);
  }
  const books = [...editions].map(
    ([edition, ids]) => `${ids.join(marks.item)}${marks.open}${edition}${marks.close}`,
  );
  return [
    { title: translator.text('page.phrase.digest'), term: 'digest', lines: [[{ code: asset.sha256 }]] },
    {
      title: translator.text('page.phrase.versions'),
      lines: [[[`Assay ${tool.version}`, ...engines].join(marks.semicolon)]],
    },
    {
      title: translator.text('page.phrase.lists'),
      term: 'trust-list',
      lines: [listsLine(report, translator)],
    },
    ...(brief || books.length === 0
      ? []
      : [
          {
            title: translator.text('page.phrase.rulebooks'),
            term: 'rulebook' as const,
            lines: [[books.join(marks.semicolon)]],
          },
        ]),
    {
      title: translator.text('page.phrase.asOf'),
      lines: [
        [
          `${translator.translate(dayMessage(tool.asOf))}${marks.open}${translator.text(`page.phrase.asOfSource.${tool.asOfSource}`)}${marks.close}`,
        ],
      ],
    },
    ...toGroup(
      translator.text('page.phrase.personal'),
      tool.revealed
        ? [
            [
              translator.text('page.phrase.revealed', {
                kinds: listMessage(tool.revealed.map((kind) => message(`page.personal.${kind}`))),
              }),
            ],
          ]
        : [],
    ),
    ...(tool.isolationReason === undefined
      ? []
      : [
          {
            title: translator.text('page.phrase.isolation'),
            lines: [[translator.text(`page.phrase.isolationReason.${tool.isolationReason}`)]],
          },
        ]),
  ];
}

/** Lists that signers were checked against, each with its day. */
export function listsLine({ tool }: StoredReport, translator: Translator): RunLine {
  if (tool.lists.length === 0) return [translator.text('page.phrase.noLists')];
  const marks = punctuationFor(translator);
  return tool.lists.flatMap((list, at): TextRun[] => [
    ...(at === 0 ? [] : [marks.semicolon]),
    localizeMember(list, 'name', translator) ?? '',
    ...(list.date === undefined
      ? []
      : [
          `${marks.open}${translator.text('page.phrase.listOf', { day: dayMessage(list.date) })}${marks.close}`,
        ]),
  ]);
}

function reading(
  { asset, reads, contentCredentials }: Pick<StoredReport, 'asset' | 'reads' | 'contentCredentials'>,
  translator: Translator,
): LineGroup[] {
  const { engine } = contentCredentials;
  const marks = punctuationFor(translator);
  const missed = CARRIERS.filter((carrier) => isNotRead(reads[carrier]));
  const noted = CARRIERS.flatMap((carrier) => {
    const note = localizeMember(reads[carrier], 'note', translator);
    return note === undefined ? [] : [{ carrier, note }];
  });
  return [
    ...toGroup(
      translator.text('page.row.notLookedInto'),
      missed.map((carrier): RunLine => {
        const { status, code } = reads[carrier];
        const reason = localizeReason(reads[carrier], translator);
        const why: TextRun[] = reason === undefined ? [] : [marks.colon, reason];
        const which: TextRun[] = code === undefined ? [] : [marks.open, { code }, marks.close];
        const how =
          status === 'found'
            ? translator.text('page.phrase.foundInPart')
            : translator.text(`page.readStatus.${status}`);
        return [`${translator.text(`carrier.${carrier}`)}${marks.comma}${how}`, ...why, ...which];
      }),
    ),
    ...toGroup(
      translator.text('page.phrase.readingNotes'),
      noted.map(
        ({ carrier, note }): RunLine => [`${translator.text(`carrier.${carrier}`)}${marks.colon}`, note],
      ),
    ),
    ...toGroup(
      translator.text('page.phrase.engine'),
      engine === undefined ? [] : [[`C2PA ${engine.name} ${engine.version} (${engine.sdk})`]],
    ),
    ...toGroup(
      translator.text('page.phrase.declaredType'),
      asset.declaredMediaType === undefined ? [] : [[{ file: asset.declaredMediaType }]],
    ),
  ];
}

function codeGroups({ contentCredentials: { codes } }: StoredReport, translator: Translator): LineGroup[] {
  if (!codes) return [];
  return [
    { title: translator.text('page.phrase.activeManifest'), list: codes.active },
    { title: translator.text('page.phrase.codesIngredients'), list: codes.ingredients },
    { title: translator.text('page.phrase.codesCawg'), list: codes.cawg },
  ].flatMap(({ title, list }) =>
    toGroup(
      `${translator.text('page.phrase.codes')}${punctuationFor(translator).comma}${title}`,
      codeLines(list, translator),
    ),
  );
}

/** A success code appears once with its count; the JSON has the locations of all. */
function codeLines(list: readonly StatusCode[], translator: Translator): RunLine[] {
  const passed = new Map<string, number>();
  for (const { kind, code } of list) if (kind === 'success') passed.set(code, (passed.get(code) ?? 0) + 1);
  return [
    ...limitLines(
      list.filter(({ kind }) => kind !== 'success'),
      MAX_CODES,
      translator,
      (one) => codeLine(one, translator),
    ),
    ...limitLines([...passed], MAX_CODES, translator, ([code, count]) => [
      { code },
      `${punctuationFor(translator).open}${translator.text('page.codeKind.success')}${count > 1 ? `${punctuationFor(translator).comma}×${count}` : ''}${punctuationFor(translator).close}`,
    ]),
  ];
}

function codeLine({ code, kind, url, explanation }: StatusCode, translator: Translator): RunLine {
  const rest = [url, explanation].flatMap((text): TextRun[] =>
    text === undefined ? [] : [' ', { file: text, most: 300 }],
  );
  return [
    { code },
    `${punctuationFor(translator).open}${translator.text(`page.codeKind.${kind}`)}${punctuationFor(translator).close}`,
    ...rest,
  ];
}

function signals(report: StoredReport, translator: Translator, jumps: Anchors): LineGroup[] {
  const lines = limitLines(report.signals, MAX_SIGNALS, translator, (signal): RunLine => {
    const { id, facts = [] } = signal;
    const parsed = factRuns(facts, translator, MAX_FACTS, VALUE_CHARACTERS);
    return [
      { code: id },
      punctuationFor(translator).colon,
      ...signalLocations(signal, translator, {
        of: report,
        valueCharacters: VALUE_CHARACTERS,
        toPlace: (at) => jumps.toPlace(at),
      }),
      ...(parsed.length > 0 ? [punctuationFor(translator).semicolon, ...parsed] : []),
    ];
  });
  const anchors = report.signals.slice(0, MAX_SIGNALS).map((_signal, index) => signalAnchor(index));
  return toGroup(translator.text('page.phrase.allSignals'), lines).map((one) => ({ ...one, anchors }));
}
