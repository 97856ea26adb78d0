import { RULE_LANGUAGE } from '../core/languages.js';
import { clauseText } from '../core/renderers/vocabulary.js';
import type { RuleLanguage } from '../core/rule-terms.js';
import type { ListedSignal } from '../core/signal-list.js';
import type { Language } from '../say/languages.js';
import { speechOf } from '../say/speech.js';
import type { Explanation } from './explanation.js';
import { ruleText } from './rulebooks-text.js';

/** `assay signals` and `assay explain` for people. */

export function signalsText(signals: readonly ListedSignal[]): string {
  return `${signals.map(({ id, meaning }) => `${id}\n  ${meaning}`).join('\n')}\n`;
}

export function explainText(found: readonly Explanation[], language: Language): string {
  return `${found.map((one) => partText(one, language)).join('\n\n')}\n`;
}

function partText(one: Explanation, language: Language): string {
  const lang = RULE_LANGUAGE[language];
  const w = WORDS[lang];
  const head = `${one.code}  (${w.kinds[one.kind]})`;
  if (one.kind === 'rulebook')
    return `${head}\n  ${one.book.title[lang]}\n  ${one.meaning}\n  ${w.clauses(one.book.id)}`;
  if (one.kind === 'clause')
    return `${head}\n  ${one.book.title[lang]}\n${ruleText(one.rule, language, new Date().toISOString().slice(0, 10))}`;
  const { reads = [], clauses = [] } = one;
  const carriers = reads.map((carrier) => speechOf(language).words(`carrier.${carrier}`));
  return [
    head,
    `  ${one.meaning}`,
    ...(carriers.length === 0 ? [] : [`  ${w.reads}${carriers.join(w.comma)}`]),
    ...(clauses.length === 0 ? [] : [`  ${w.looks}`]),
    ...clauses.map(({ rule, clause }) => `    ${rule}  ${clauseText(clause, speechOf(language))}`),
  ].join('\n');
}

interface Wording {
  kinds: Record<Explanation['kind'], string>;
  clauses(id: string): string;
  reads: string;
  looks: string;
  comma: string;
}

const WORDS: Record<RuleLanguage, Wording> = {
  en: {
    kinds: {
      signals: 'signal',
      origins: 'declared origin',
      backing: 'backing: what a statement stands on',
      grades: 'grade: how well it is known that a trace is what it is taken for',
      presence: 'whether there are Content Credentials',
      integrity: 'whether the file changed since signing',
      trust: 'the signer and the trust lists',
      validity: 'the certificate and its term',
      revocation: 'revocation of the certificate',
      signedStates: 'what the signature covers',
      relationships: 'C2PA relationship of an ingredient',
      actions: 'C2PA action',
      sourceTypes: 'IPTC digitalSourceType; the words go on after “it”',
      readStatus: 'how reading a part of the file went',
      coverageStates: 'how far the file was looked into',
      rulebook: 'rulebook',
      clause: 'clause',
    },
    clauses: (id) => `Its clauses: assay rulebooks show ${id}`,
    reads: 'May stand in: ',
    looks: 'Clauses that look at it:',
    comma: ', ',
  },
  zh: {
    kinds: {
      signals: '信号',
      origins: '所声明的来源',
      backing: '依据：一项声明以何为凭',
      grades: '等级：对该痕迹确属其类的把握',
      presence: '有无内容凭证',
      integrity: '文件自签名后是否改动',
      trust: '签名者与信任列表',
      validity: '证书及其有效期',
      revocation: '证书的吊销',
      signedStates: '签名的覆盖范围',
      relationships: 'C2PA 素材关系',
      actions: 'C2PA 操作',
      sourceTypes: 'IPTC digitalSourceType；所给的话接在“它”之后',
      readStatus: '文件某一部分的读取情况',
      coverageStates: '文件的查看程度',
      rulebook: '规则集',
      clause: '条款',
    },
    clauses: (id) => `各条款：assay rulebooks show ${id}`,
    reads: '可能位于：',
    looks: '与之有关的条款：',
    comma: '、',
  },
};
