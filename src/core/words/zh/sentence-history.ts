import type { Kind } from '../../media-types.js';
import { plain, quoted, quotedName } from '../../quoted.js';
import type { MarkStep } from '../../signatures/c2pa-watermark-edits.js';
import type { EarlierSigner, Named, NamedSource, NotStated, Step, Steps } from '../sentence.js';
import { actions, sourceTypes } from './c2pa.js';
import { date, grouped } from './numbers.js';
import { spaced, toolName } from './tools.js';

/** Chinese for what a history of Content Credentials tells: its steps, its signers, and of what a source is stated. */

/** What a picture shows, a video, a sound: what credentials speak of. */
const MEDIA = {
  image: '画面',
  video: '视频',
  audio: '声音',
  document: '文档',
  other: '文件内容',
} as const satisfies Record<Kind, string>;

export const medium = (kind: Kind): string => MEDIA[kind];

export const named = ({ name, known }: Named): string => (known ? toolName(plain(name)) : quotedName(name));

const MARKS = {
  'c2pa.edited (invisible watermark)': '嵌入不可见水印',
  'c2pa.edited (visible watermark)': '加入可见水印',
} as const satisfies Record<MarkStep, string>;

export function actionWords(action: string): string {
  const words: Readonly<Record<string, string>> = { ...actions, ...MARKS };
  return Object.hasOwn(words, action) ? (words[action] ?? '') : quotedName(action);
}

const stepWords = ({ action, times }: Step): string =>
  times > 1 ? `${actionWords(action)}（${grouped(times)} 次）` : actionWords(action);

function stepsSentence({ list, more, tool }: Steps): string {
  const rest = more === 0 ? '' : `，另有 ${grouped(more)} 种步骤`;
  const who = tool === undefined ? '' : tool.known ? `${named(tool)} ` : named(tool);
  return `${who}记录的步骤：${list.map(stepWords).join('、')}${rest}。`;
}

const ROLES = {
  part: '置入其中的部分',
  input: '制作时的输入',
  altered: '与其自身凭证已不符的部分',
  apart: '历史未涉及的凭证',
} as const satisfies Record<Exclude<NamedSource['role'], 'step'>, string>;

const sourceOf = ({ role, action = '', term }: NamedSource): string =>
  `${role === 'step' ? `一个步骤（${actionWords(action)}）` : ROLES[role]}，称其${termWords(term)}`;

export function notStated({ sources, steps, aiElsewhere }: NotStated): string[] {
  const ofSources =
    sources.length === 0 ? [] : [`只写明了以下部分的来源：${sources.map(sourceOf).join('；')}。`];
  if (!steps) return sources.length > 0 ? ofSources : ['凭证没有记录任何步骤，也未说明内容如何制作。'];
  const open = sources.length === 0 && !aiElsewhere ? ['未说明是否使用人工智能。'] : [];
  return [...ofSources, stepsSentence(steps), ...open];
}

const STANDINGS = {
  listed: '',
  expired: '（证书现已过期）',
  outside: '（不在证书有效期内）',
  'not-yet-valid': '（证书尚未生效）',
  unknown: '（不知是否在证书有效期内）',
  revoked: '（证书已被吊销）',
} as const satisfies Record<
  Exclude<EarlierSigner['standing'], 'unlisted' | 'not-checked' | 'unstated'>,
  string
>;

const KEPT = '其中保留的较早凭证';

/** “凭证”, or the earlier ones with their signer: quoted where no list vouches for the name. */
export function whoStates(from: EarlierSigner | undefined): string {
  if (from === undefined) return '凭证';
  const { name, standing, day } = from;
  if (name === undefined) return KEPT;
  switch (standing) {
    case 'unlisted':
      return `${KEPT}（署名${quoted(name)}，不在任何已安装的信任列表中）`;
    case 'not-checked':
      return `${KEPT}（署名${quoted(name)}，签发者未对照列表核查）`;
    case 'unstated':
      return `${KEPT}（署名${quoted(name)}）`;
    default: {
      const on = day === undefined ? '' : `于 ${date(day)}`;
      return `${spaced(`${KEPT}由 ${plain(name)} ${on}签发`)}${STANDINGS[standing]}，其中`;
    }
  }
}

export const sinceWords = (since: readonly string[]): string =>
  since.length === 0 ? '' : `；此后仅有：${since.map(actionWords).join('、')}`;

/** A digital source type in words that go on after what it speaks of. */
export function termWords(term: string): string {
  const words: Readonly<Record<string, string>> = sourceTypes;
  return Object.hasOwn(words, term) ? (words[term] ?? '') : '的来源不在词表之内';
}
