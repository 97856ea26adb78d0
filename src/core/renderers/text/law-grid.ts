import { formatCsvLine } from '../../../base/csv-line.js';
import { shortenLocator, shortenUnquoted } from '../../../base/quoted.js';
import { escapeTerminal } from '../../../base/terminal-text.js';
import { dayMessage, listMessage } from '../../../i18n/amounts.js';
import { message } from '../../../i18n/message.js';
import { type Translator, translatorFor } from '../../../i18n/translator.js';
import type { Location } from '../../media/carrier.js';
import type { GridCell, LawGrid } from '../../report/law-schema.js';
import { LAW_ITEMS } from '../../report/rule-terms.js';
import { type TextOptions, toColumns } from './plain.js';
import { TextLines } from './text-lines.js';

/** Renders the grid for a terminal, item by item. Pure. */
export function renderLawGridText(
  grid: LawGrid,
  { color, width }: TextOptions,
  translator: Translator = translatorFor('en'),
): string {
  const out = new TextLines(toColumns(width), color);
  const put = (text: string, indent: number) => out.put(escapeTerminal(text, 4_096), { indent, hang: 2 });
  out.put(escapeTerminal(grid.name), { style: 'dim' });
  out.put(translator.text('law.grid.title'), { style: 'bold' });
  out.put(translator.text('law.grid.on', { day: dayMessage(grid.asOf) }));
  if (grid.cells.length === 0) put(translator.text('law.grid.none'), 0);
  for (const item of LAW_ITEMS) {
    const cells = grid.cells.filter((cell) => cell.item === item);
    if (cells.length > 0) out.heading(translator.text(`law.item.${item}`));
    for (const cell of cells) {
      put(
        translator.text('law.answer.line', {
          law: written(cell.law),
          clause: written(cell.clause),
          title: written(cell.title),
          shown: written(cell.text),
          duty: written(cell.bindsText),
        }),
        2,
      );
      for (const note of cellNotes(cell, translator)) put(note, 4);
    }
  }
  return out.toString();
}

const written = (text: string) => message('text.asWritten', { text });

/** Returns the lines under an answer: conditions, groups with their days, places in the file, source. */
export function cellNotes(
  { onlyIfText, cohorts, locators, locatorsLeftOut, source }: GridCell,
  translator: Translator,
): string[] {
  return [
    ...(onlyIfText === undefined
      ? []
      : [translator.text('law.grid.onlyIf', { conditions: written(onlyIfText) })]),
    ...cohorts,
    ...(locators.length === 0
      ? []
      : [
          translator.text('law.grid.foundAt', {
            places: listMessage(locators.map((one) => written(locationText(one, translator)))),
            more: locatorsLeftOut ?? 0,
          }),
        ]),
    translator.text('law.grid.source', { source: written(sourceText(source)) }),
  ];
}

const locationText = ({ carrier, locator, offset }: Location, translator: Translator): string => {
  const at = {
    carrier: message(`carrier.${carrier}`),
    place: shortenUnquoted(shortenLocator(locator)),
  };
  return offset === undefined
    ? translator.text('finding.location', at)
    : translator.text('finding.locationAt', { ...at, offset });
};

const sourceText = ({ title, locator }: GridCell['source']): string =>
  [title, ...(locator === undefined ? [] : [locator])].join(', ');

const CSV_COLUMNS = [
  ...([
    'item',
    'jurisdiction',
    'kind',
    'law',
    'rulebook',
    'rule',
    'clause',
    'title',
    'answer',
    'text',
  ] as const),
  ...(['binds', 'onlyIf', 'status', 'from', 'until', 'cohorts', 'locators', 'locatorsLeftOut'] as const),
  ...(['source', 'sourceAddress', 'sourceLocator', 'bookSigner', 'asOf', 'sha256'] as const),
] as const;

/** Renders the grid as a CSV table, one row for each clause and item. Pure. */
export function renderLawGridCsv({ laws, cells, asOf, sha256 }: LawGrid, translator: Translator): string {
  const rows = cells.map((cell) => {
    const law = laws.find(({ rulebook }) => rulebook === cell.rulebook);
    const row: Record<(typeof CSV_COLUMNS)[number], string | undefined> = {
      item: cell.item,
      jurisdiction: law?.jurisdiction,
      kind: law?.kind,
      law: cell.law,
      rulebook: cell.rulebook,
      rule: cell.rule,
      clause: cell.clause,
      title: cell.title,
      answer: cell.answer,
      text: cell.text,
      binds: cell.binds.join(' '),
      onlyIf: cell.onlyIf?.join(' '),
      status: cell.status,
      from: cell.inForce.from,
      until: cell.inForce.until,
      cohorts: cell.cohorts.join(' '),
      locators: cell.locators.map((one) => locationText(one, translator)).join('; '),
      locatorsLeftOut: cell.locatorsLeftOut?.toString(),
      source: cell.source.title,
      sourceAddress: cell.source.address,
      sourceLocator: cell.source.locator,
      bookSigner: law?.bookSigner,
      asOf,
      sha256,
    };
    return formatCsvLine(CSV_COLUMNS.map((name) => row[name]));
  });
  return formatCsvLine(CSV_COLUMNS) + rows.join('');
}
