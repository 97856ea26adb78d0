import { FINDING_WORDS, statementOf } from '../core/finding-text.js';
import { RULE_LANGUAGE } from '../core/languages.js';
import { escapeTerminal } from '../core/renderers/terminal-escape.js';
import type { RuleLanguage } from '../core/rule-terms.js';
import type { Rule, Rulebook } from '../core/rulebook.js';
import type { FindingChange, RuleChange } from '../core/rulebook-diff.js';
import type { Signal } from '../core/signal.js';
import type { Language } from '../say/languages.js';

/** `assay rulebooks` for people. */

interface Wording {
  lang: Language;
}

export function listText(books: readonly Rulebook[], { lang: tag }: Wording, today: string): string {
  const lang = RULE_LANGUAGE[tag];
  const w = WORDS[lang];
  const rows = books.map((book) => {
    const now = book.rules.filter((rule) => stateOf(rule, today) === 'inForce').length;
    const later = book.rules.filter((rule) => stateOf(rule, today) === 'later');
    const next = later.map(({ inForce }) => inForce.from).sort()[0];
    return [
      `${book.id}  (${book.jurisdiction})`,
      `  ${book.title[lang]}`,
      `  ${w.counts(book.rules.length, now, today)}${next === undefined ? '' : w.nextOn(next)}`,
      `  ${w.edition(book.edition)}  ${book.instrument.address}`,
    ].join('\n');
  });
  return `${rows.join('\n\n')}\n`;
}

export function showText(book: Rulebook, { lang: tag }: Wording, today: string): string {
  const lang = RULE_LANGUAGE[tag];
  const w = WORDS[lang];
  const { instrument } = book;
  const names = [instrument.title, instrument.originalTitle, instrument.number].filter(
    (one) => one !== undefined,
  );
  const rules = book.rules.map((rule) => ruleText(rule, tag, today));
  return `${book.title[lang]}\n${names.join('\n')}\n${book.about[lang]}\n${w.edition(book.edition)}\n\n${rules.join('\n\n')}\n`;
}

export function ruleText(rule: Rule, tag: Language, today: string): string {
  const lang = RULE_LANGUAGE[tag];
  const w = WORDS[lang];
  return [
    `${rule.clause}  ${rule.title[lang]}`,
    `  ${rule.asks[lang]}`,
    `  ${w.dates(rule)} · ${w.state[stateOf(rule, today)]} · ${w.binds}: ${rule.binds.map((one) => w.roles[one]).join(', ')}`,
    ...(rule.notAssessable ? [`  ${rule.notAssessable[lang]}`] : []),
    ...(rule.verified ? [] : [`  ${w.notCompared}`]),
    ...(rule.note ? [`  ${rule.note[lang]}`] : []),
    `  ${rule.references.map(({ address }) => address).join('\n  ')}`,
  ].join('\n');
}

export interface Diff {
  books: readonly Rulebook[];
  changes: readonly RuleChange[];
  outcomes: readonly FindingChange[] | undefined;
  options: Wording & { from: string; to: string };
  signals: readonly Signal[];
}

export function diffText({ books, changes, outcomes, options, signals }: Diff): string {
  const { from, to } = options;
  const lang = RULE_LANGUAGE[options.lang];
  const w = WORDS[lang];
  const bookOf = (id: string) => books.find((book) => book.id === id);
  const lines = changes.map(({ on, change, rulebook, rule }) => {
    const head = `${on}  ${w.change[change]}: ${bookOf(rulebook)?.title[lang] ?? rulebook}, ${rule.clause}`;
    const later = rule.supersededBy === undefined ? '' : `  ${w.replaced(rule.supersededBy)}`;
    return [
      head,
      `  ${rule.title[lang]}`,
      ...(change === 'begins' ? [`  ${rule.asks[lang]}`] : []),
      ...(later ? [later] : []),
    ].join('\n');
  });
  const general = lines.length === 0 ? w.nothing(from, to) : lines.join('\n\n');
  if (outcomes === undefined) return `${general}\n`;
  const about = outcomes.map(({ before, after }) => {
    const rule = bookOf(after.rulebook)?.rules.find(({ id }) => id === after.rule);
    const said = rule ? statementOf(rule, after, to, signals, lang) : (after.statement ?? '');
    const words = FINDING_WORDS[lang].outcomes;
    return [
      `${bookOf(after.rulebook)?.title[lang] ?? after.rulebook}, ${after.clause}: ${words[before.outcome]} → ${words[after.outcome]}`,
      `  ${escapeTerminal(said)}`,
      `  ${FINDING_WORDS[lang].next[after.next]}`,
    ].join('\n');
  });
  return `${general}\n\n${w.forThisFile}\n\n${about.length === 0 ? w.sameForThisFile : about.join('\n\n')}\n`;
}

type State = 'inForce' | 'later' | 'ended';

function stateOf({ inForce }: Rule, day: string): State {
  if (day < inForce.from) return 'later';
  return inForce.until !== undefined && day >= inForce.until ? 'ended' : 'inForce';
}

interface ListWords {
  counts(all: number, now: number, day: string): string;
  nextOn(day: string): string;
  edition(day: string): string;
  dates(rule: Rule): string;
  state: Record<State, string>;
  binds: string;
  roles: Record<Rule['binds'][number], string>;
  notCompared: string;
  change: Record<RuleChange['change'], string>;
  replaced(rule: string): string;
  nothing(from: string, to: string): string;
  forThisFile: string;
  sameForThisFile: string;
}

const WORDS: Record<RuleLanguage, ListWords> = {
  en: {
    counts: (all, now, day) => `${all} clause${all === 1 ? '' : 's'}, ${now} in force on ${day}`,
    nextOn: (day) => `; the next begins on ${day}`,
    edition: (day) => `Assay’s text of ${day}`,
    dates: ({ inForce }) =>
      `from ${inForce.from}${inForce.until ? ` until the day before ${inForce.until}` : ''}`,
    state: { inForce: 'in force', later: 'not yet in force', ended: 'superseded' },
    binds: 'binds',
    roles: {
      provider: 'provider',
      deployer: 'deployer',
      platform: 'platform',
      user: 'user',
      'device-maker': 'device maker',
    },
    notCompared: 'Read in secondary sources and not yet compared with the official text.',
    change: { begins: 'begins', ends: 'ends' },
    replaced: (rule) => `The wording that takes its place: ${rule}`,
    nothing: (from, to) => `No clause begins or ends after ${from} and up to ${to}.`,
    forThisFile: 'For this file:',
    sameForThisFile: 'No outcome changes.',
  },
  zh: {
    counts: (all, now, day) => `共 ${all} 条，${day} 当日有效 ${now} 条`,
    nextOn: (day) => `；下一条自 ${day} 起适用`,
    edition: (day) => `Assay 文本日期 ${day}`,
    dates: ({ inForce }) => `自 ${inForce.from} 起${inForce.until ? `，至 ${inForce.until} 之前` : ''}`,
    state: { inForce: '有效', later: '尚未施行', ended: '已被取代' },
    binds: '约束对象',
    roles: {
      provider: '服务提供者',
      deployer: '部署者',
      platform: '传播平台',
      user: '用户',
      'device-maker': '设备制造商',
    },
    notCompared: '依据二手资料，尚未与官方文本核对。',
    change: { begins: '开始适用', ends: '不再适用' },
    replaced: (rule) => `取代它的条文：${rule}`,
    nothing: (from, to) => `${from} 之后至 ${to}，没有条文开始或停止适用。`,
    forThisFile: '对此文件：',
    sameForThisFile: '结果没有变化。',
  },
};
