import { message } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import { answerItems, type ItemAnswer } from '../../law/items.js';
import { reevaluate } from '../../law/reevaluate.js';
import type { Rule, Rulebook } from '../../law/rulebook.js';
import { outcomeMessage } from '../../law/rulebooks/finding-texts.js';
import { cohortMessages, termsOf } from '../../law/rulebooks/statement.js';
import { textsOf } from '../../law/rulebooks/texts.js';
import type { Location } from '../../media/carrier.js';
import type { Finding, Outcome } from '../../report/finding-schema.js';
import { type GridAnswer, type GridCell, type LawGrid, MAX_GRID_LOCATORS } from '../../report/law-schema.js';
import type { StoredReport } from '../../report/report.js';
import { ASSAY_SIGNER, LAW_ITEMS, type Role } from '../../report/rule-terms.js';
import type { Signal } from '../../report/signal.js';
import { conditionsMessage, dutyMessage, shownMessage } from './law-lines.js';

/** The grid: what laws ask a file to carry, and what it holds. */

export type GriddedReport = Pick<StoredReport, 'asset' | 'signals' | 'reads' | 'contentCredentials'>;

export interface GridOptions {
  books: readonly Rulebook[];
  asOf: string;
  roles?: readonly Role[] | undefined;
}

/** A text that was replaced, or that is about other content, asks this file for nothing. */
const LEFT_OUT: ReadonlySet<Outcome> = new Set(['superseded', 'outside-clause']);

/** Returns the grid in the order of items, and of the laws in each; the file is not opened. */
export function buildLawGrid(
  report: GriddedReport,
  { books, asOf, roles }: GridOptions,
  translator: Translator,
): LawGrid {
  const { name, sha256 } = report.asset;
  const findings = reevaluate(report, books, asOf).filter(({ outcome }) => !LEFT_OUT.has(outcome));
  const cells = books.flatMap((book) =>
    findings
      .filter(({ rulebook }) => rulebook === book.id)
      .flatMap((finding) => {
        const rule = book.rules.find(({ id }) => id === finding.rule);
        return rule === undefined
          ? []
          : answerItems(finding, rule).map((answer) =>
              toCell(answer, { finding, rule, book, report, asOf, roles, translator }),
            );
      }),
  );
  return {
    schema: 'assay.law-grid/1',
    name,
    sha256,
    asOf,
    ...(roles === undefined ? {} : { roles: [...roles] }),
    laws: books.map((book) => ({
      rulebook: book.id,
      jurisdiction: book.jurisdiction,
      kind: book.kind,
      title: textsOf(book, translator.language).title,
      edition: book.edition,
      bookSigner: book.signer?.name ?? ASSAY_SIGNER,
    })),
    cells: LAW_ITEMS.flatMap((item) => cells.filter((cell) => cell.item === item)),
  };
}

interface CellInput {
  finding: Finding;
  rule: Rule;
  book: Rulebook;
  report: GriddedReport;
  asOf: string;
  roles: readonly Role[] | undefined;
  translator: Translator;
}

function toCell(answer: ItemAnswer, input: CellInput): GridCell {
  const { finding, rule, book, report, asOf, roles, translator } = input;
  const { signals, asset } = report;
  const texts = textsOf(book, translator.language);
  const seen = answer.outcome === 'look' ? signals.filter(isVisibleMark) : [];
  const state: GridAnswer = seen.length > 0 ? 'notice-seen' : answer.outcome;
  const wordOf = (outcome: Outcome) => outcomeMessage(outcome, book.kind, asset.kind);
  const parts = { rule, texts, signals };
  const word = state === 'notice-seen' ? message('law.grid.noticeSeen') : wordOf(answer.outcome);
  const shown = shownMessage(answer, word, parts);
  const say = texts.translator;
  const source = rule.sources.find(({ address }) => address !== undefined) ?? rule.sources[0];
  const deciding = seen.length > 0 ? seen : decidingSignals(answer.found ?? [], rule, signals);
  return {
    item: answer.item,
    rulebook: book.id,
    rule: rule.id,
    law: say.translate(texts.shortMessage),
    clause: say.translate(
      texts.message(rule.id, 'clause') ?? message('text.asWritten', { text: rule.clause }),
    ),
    title: say.translate(texts.message(rule.id, 'title') ?? message('text.asWritten', { text: rule.clause })),
    answer: state,
    // The answer to one item must not read as the answer to its whole clause.
    text: say.translate(
      answer.outcome === finding.outcome
        ? shown
        : message('law.grid.partOfClause', {
            part: shown,
            clause: shownMessage(finding, wordOf(finding.outcome), parts),
          }),
    ),
    binds: [...finding.binds],
    bindsText: say.translate(dutyMessage(finding, roles, book)),
    ...(rule.onlyIf === undefined
      ? {}
      : { onlyIf: [...rule.onlyIf], onlyIfText: say.translate(conditionsMessage(rule.onlyIf)) }),
    status: finding.status,
    inForce: { ...finding.inForce },
    cohorts: rule.periods
      .flatMap((period) => cohortMessages(period, rule, texts, asOf))
      .map((one) => say.translate(one)),
    ...locatorsOf(deciding),
    source: {
      title: source?.title ?? book.instrument.title,
      address: source?.address ?? book.instrument.address,
      ...(source?.locator === undefined ? {} : { locator: source.locator }),
    },
  };
}

/** A visible mark that resembles a generator’s; anyone can paste one. */
const isVisibleMark = ({ id }: Signal): boolean => id.startsWith('visible.');

/** Returns the signals by which the found parts were found. */
function decidingSignals(found: readonly string[], rule: Rule, signals: readonly Signal[]): Signal[] {
  const ids = new Set(
    found.flatMap((id) => {
      const [name, method] = id.split('.');
      const part = rule.parts?.find((one) => one.id === name);
      const when = part?.ways?.find((one) => one.id === method)?.when ?? part?.when;
      return when === undefined
        ? []
        : termsOf({ ...(when.any && { any: when.any }), ...(when.all && { all: when.all }) });
    }),
  );
  return signals.filter(({ id }) => ids.has(id));
}

function locatorsOf(signals: readonly Signal[]): Pick<GridCell, 'locators' | 'locatorsLeftOut'> {
  const places = new Map(signals.flatMap(({ basis }) => basis).map((one) => [JSON.stringify(one), one]));
  const locators: Location[] = [...places.values()].slice(0, MAX_GRID_LOCATORS);
  const locatorsLeftOut = places.size - locators.length;
  return { locators, ...(locatorsLeftOut === 0 ? {} : { locatorsLeftOut }) };
}
