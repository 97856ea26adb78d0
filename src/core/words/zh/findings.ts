import type { Kind } from '../../media-types.js';
import { plain, tail } from '../../quoted.js';
import type { FindingWords } from '../findings.js';
import { carriers } from './carriers.js';
import { date, grouped, listed } from './numbers.js';

const kinds: Record<Kind, string> = {
  image: '图片',
  video: '视频',
  audio: '音频',
  document: '文档',
  other: '未识别格式的文件',
};

export const findings: FindingWords = {
  language: 'zh',
  outcomes: {
    answered: '有对应标记',
    'partly-answered': '有部分对应标记',
    'no-signal-found': '未发现标记',
    indeterminate: '无法确定：文件的部分内容无法读取',
    'not-assessable': '无法从文件得知',
    'not-applicable': '不适用于此文件',
    'not-in-force': '该日尚未施行',
    superseded: '已被取代',
  },
  general: {
    answered: () => '文件带有与本条对应的标记。本条在此是否约束某人，无法从文件得知。',
    'partly-answered': () => '文件带有与本条部分对应的标记。',
    'no-signal-found': () =>
      '未发现与本条对应的标记。许多合法的文件也没有这类标记。这不说明内容是如何制作的，也不说明本条在此是否约束某人。',
    indeterminate: () => '文件的部分内容无法读取，因此无法确定其是否带有本条所要求的内容。',
    'not-assessable': () => '本条的要求无法从文件得知。',
    'not-applicable': () => '文件中没有本条所涉及的内容。',
    'not-in-force': ({ from, asOf }) => `本条自 ${date(from)}起适用；本报告以 ${date(asOf)}为准。`,
    superseded: ({ until, asOf }) =>
      `本条此文本适用至 ${date(until ?? asOf)}之前；本报告以 ${date(asOf)}为准。`,
  },
  next: {
    'ask-original': '请向制作者索取原始文件：平台常会去除标识和凭证。',
    'contact-signer': '请确认签发者是否为您所预期的一方，重要时向签发者求证。',
    'ask-who-wrote-it': '任何人都可写入或删除此类标识：请向文件发布者询问由谁写入。',
    'vendor-checker': '请使用厂商自己的检测工具：它能查找此处无法读取的标记。',
    'look-at-visible-label': '请查看画面本身是否有可见标识。',
    'listen-for-label': '请听声音本身是否有语音或节奏标识。',
    'another-copy': '请索取该文件的另一份副本：此副本未能完整读取。',
    'ask-a-lawyer': '本条是否约束、约束何人，应询问律师，而非取决于文件。',
    'see-later-wording': '请查看取代它的文本。',
    'see-date': '请在其适用之日起再次查询，或指定您想了解的日期。',
    nothing: '无需处理：本条不涉及此文件。',
  },
  otherKind: (media, kind) =>
    `本条只对${listed(media.map((one) => kinds[one]))}作查看；此文件属于${kinds[kind]}。`,
  leftOut: '文件中的此类内容已与文件不符，未予采用。',
  elsewhere: '文件指向存放在别处的内容凭证；未获取。',
  faults: {
    'c2pa.integrity.altered': '内容凭证已与文件不符',
    'c2pa.unreadable': '内容凭证无法读取',
    'gb45438.label.shell': '标识为空',
    'gb45438.copies.disagree': '同一标识的两份不一致',
    'gb45438.security.signatureBroken': '标识与其自身的签名已不符',
  },
  faultsJoined: (faults) => faults.join('，'),
  where: (places, more) => {
    const said = places.map(
      ({ carrier, place, offset }) =>
        `${carriers[carrier]}“${plain(tail(place))}”${offset === undefined ? '' : `（第 ${grouped(offset)} 字节）`}`,
    );
    if (said.length === 0) return '';
    const all = said.join('、');
    // Between a Chinese and a Latin letter stands a space.
    const gap = /^\w/.test(all) ? ' ' : '';
    return `位于${gap}${all}${more > 0 ? `等处（另有 ${grouped(more)} 处）` : ''}。`;
  },
  gap: '',
};
