import { SIGNAL_IDS } from '../../signals/index.js';
import type { RawRule, RawRulebook, Rule, Rulebook } from '../rulebook.js';

/**
 * Treatment of unknown signals. In built-in law they are an error; law newer than the program loses only that clause,
 * which is reported.
 */
export type UnknownSignals = 'refuse' | 'disable';

/** Checks the constraints that the schema cannot express. Throws an error that names the file and the path in it. */
export function checkRules(value: RawRulebook, file: string, unknown: UnknownSignals = 'refuse'): Rulebook {
  if (`${value.id}/clauses.json` !== file)
    refuse(file, '/id', `is ${value.id}, and the folder’s name differs`);
  assertDate(value.edition.slice(0, 10), file, '/edition');
  const seen = new Set<string>();
  for (const [index, rule] of value.rules.entries()) {
    const place = `/rules/${index} (${rule.id})`;
    if (seen.has(rule.id)) refuse(file, place, 'has the id of an earlier rule');
    seen.add(rule.id);
    checkRule(rule, file, place);
  }
  for (const [index, { itemOf, supersededBy, periods }] of value.rules.entries()) {
    if (itemOf !== undefined && !seen.has(itemOf))
      refuse(file, `/rules/${index}/itemOf`, `names no rule of this book: ${itemOf}`);
    if (supersededBy === undefined) continue;
    const place = `/rules/${index}/supersededBy`;
    if (!seen.has(supersededBy)) refuse(file, place, `names no rule of this book: ${supersededBy}`);
    if (periods.some(({ until }) => until === undefined))
      refuse(file, place, 'is given, and the rule has no last day');
  }
  return dropUnknownRules(value, file, unknown);
}

/** Removes clauses with unknown signals, or throws for them. */
function dropUnknownRules(value: RawRulebook, file: string, unknown: UnknownSignals): Rulebook {
  const rules: Rule[] = [];
  const disabled: NonNullable<Rulebook['disabled']> = [];
  for (const [index, rule] of value.rules.entries()) {
    const signal = listSignals(rule).find((id) => !KNOWN.has(id));
    if (signal === undefined) rules.push(rule as Rule);
    else if (unknown === 'disable') disabled.push({ rule: rule.id, signal });
    else refuse(file, `/rules/${index} (${rule.id})`, `names a signal that there is not: ${signal}`);
  }
  return { ...value, rules, ...(disabled.length > 0 ? { disabled } : {}) };
}

const KNOWN: ReadonlySet<string> = new Set(SIGNAL_IDS);

/** Returns every condition of a clause. */
export function listConditions<C>({
  trigger,
  parts = [],
  exceptions = [],
}: {
  trigger?: C;
  parts?: readonly { when?: C; ways?: readonly { when: C }[] }[];
  exceptions?: readonly { when?: C }[];
}): C[] {
  const inParts = parts.flatMap(({ when, ways = [] }) => [when, ...ways.map((way) => way.when)]);
  return [trigger, ...inParts, ...exceptions.map(({ when }) => when)].flatMap((one) =>
    one === undefined ? [] : [one],
  );
}

/** Returns every signal that a clause refers to. */
export const listSignals = (rule: RawRule | Rule): string[] =>
  listConditions<NonNullable<RawRule['trigger']>>(rule).flatMap(({ any = [], all = [], none = [] }) =>
    [...any, ...all, ...none].map(({ signal }) => signal),
  );

function checkRule(rule: RawRule, file: string, place: string): void {
  const { periods, sources, kind, parts, pending, checkAgainOn } = rule;
  if (periods.length === 0 && !pending) refuse(file, `${place}/periods`, 'has no day, and is not pending');
  for (const [index, { from, until }] of periods.entries()) {
    assertDate(from, file, `${place}/periods/${index}/from`);
    if (until === undefined) continue;
    assertDate(until, file, `${place}/periods/${index}/until`);
    if (until <= from) refuse(file, `${place}/periods/${index}`, 'ends before it begins');
  }
  if (checkAgainOn !== undefined) assertDate(checkAgainOn, file, `${place}/checkAgainOn`);
  checkSources(sources, file, place);
  const asks = kind === 'mark' || kind === 'safe-harbour' || kind === 'encouraged';
  if (asks && parts === undefined) refuse(file, place, `is a ${kind}, and has no parts`);
  if ((kind === 'tell' || kind === 'process') && parts !== undefined)
    refuse(file, `${place}/parts`, `are given, and a file never shows what a ${kind} asks for`);
  checkIds(parts ?? [], file, `${place}/parts`);
  checkIds(rule.exceptions ?? [], file, `${place}/exceptions`);
  for (const [index, { when, ways }] of (parts ?? []).entries()) {
    if ((when === undefined) === (ways === undefined))
      refuse(file, `${place}/parts/${index}`, 'needs either when, or ways');
    checkIds(ways ?? [], file, `${place}/parts/${index}/ways`);
  }
  checkItems(rule, file, `${place}/items`);
}

/** An item of a clause with parts is made of some of them; a notice is what a `tell` asks for, and nothing else is. */
function checkItems({ items = [], kind, parts = [] }: RawRule, file: string, place: string): void {
  if (items.length > 0 && kind === 'prohibition')
    refuse(file, place, 'are given, and a prohibition asks for no item');
  for (const [index, { item, parts: named = [] }] of items.entries()) {
    const at = `${place}/${index}`;
    if (items.findIndex((one) => one.item === item) !== index) refuse(file, at, `is given twice: ${item}`);
    if ((item === 'notice') !== (kind === 'tell'))
      refuse(file, at, `is ${item}, and only a tell asks for a notice, and for nothing else`);
    const unknown = named.find((id) => !parts.some((one) => one.id === id));
    if (unknown !== undefined) refuse(file, at, `names no part of the clause: ${unknown}`);
    if (named.length === 0 && parts.length > 0) refuse(file, at, 'names no part, and the clause has parts');
  }
}

function checkSources(sources: RawRule['sources'], file: string, place: string): void {
  for (const [index, { kind, address, seenOn, quotation, supports }] of sources.entries()) {
    const at = `${place}/sources/${index}`;
    assertDate(seenOn, file, `${at}/seenOn`);
    if (address === undefined && kind !== 'memory') refuse(file, at, 'has no address');
    if (kind === 'memory' && quotation) refuse(file, at, 'quotes from memory');
    if (quotation && !supports.includes('wording'))
      refuse(file, at, 'quotes a wording that it does not support');
  }
}

function checkIds(all: readonly { id: string }[], file: string, place: string): void {
  const ids = all.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) refuse(file, place, `have the same id twice: ${twice}`);
  const dotted = ids.find((id) => id.includes('.'));
  if (dotted !== undefined) refuse(file, place, `have an id with a dot: ${dotted}`);
}

/** The schema's pattern accepts dates such as 31 February. */
function assertDate(date: string, file: string, place: string): void {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date)
    refuse(file, place, `is no day: ${date}`);
}

/** Fault at a place of a rulebook's file. */
export class RulebookFault extends Error {
  override name = 'RulebookFault';
  constructor(
    file: string,
    readonly place: string,
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super(`rulebook ${file}: ${place} ${why}`, options);
  }
}

export function refuse(file: string, place: string, why: string): never {
  throw new RulebookFault(file, place, why);
}
