import type { Said } from '../../../say/said.js';
import { speechOf } from '../../../say/speech.js';
import type { Kind } from '../../media-types.js';
import { plain, quoted } from '../../quoted.js';
import type { Bearer, CredentialSentences, RunOut } from '../sentence.js';
import { date } from './numbers.js';
import { medium, named, notStated, sinceWords, termWords, whoStates } from './sentence-history.js';

/** Chinese for Content Credentials: from whom, on which list, changed since or not, what they state. */

const subject = (format: string) => `该 ${format} 文件`;

const ALTERED = {
  data: '文件数据在签发后被改动',
  end: '文件末尾缺失',
  signature: '签名与凭证不符',
  credentials: '凭证的部分内容在签发后被改动或移除',
} as const;

const RUN_OUT = {
  'outside-term': '且其使用时间不在有效期内',
  'timestamp-not-checked': '且所附的时间戳无法核查',
  'no-timestamp': '且没有时间戳证明其使用时间',
  'authority-unlisted': '且其时间戳的签发机构不在任何已安装的列表中',
  'authority-not-checked': '且其时间戳的签发机构未对照列表核查',
} as const satisfies Record<RunOut, string>;

/** A device signs what stands before it, and that may be a screen: said of what this device makes. */
const SCREENS = {
  image: '对屏幕翻拍的照片，相机签名同样成立。',
  video: '摄像机对准屏幕翻拍时，同样会签名。',
  audio: '录音设备对着扬声器翻录时，同样会签名。',
  document: '设备对着屏幕采集时，同样会签名。',
  other: '设备对着屏幕采集时，同样会签名。',
} as const satisfies Record<Kind, string>;

const DEVICES = {
  image: ['相机', '拍摄'],
  video: ['摄像机', '录制'],
  audio: ['录音设备', '录制'],
  document: ['设备', '采集'],
  other: ['设备', '采集'],
} as const satisfies Record<Kind, readonly [string, string]>;

/** Names from certificates stand in quotes unless some list vouches for them. */
const naming = (name: string | undefined) => (name === undefined ? '' : `署名${quoted(name)}的`);

export const credentialSentences: CredentialSentences = {
  remote: '文件指向存放在别处的内容凭证；未获取。',
  unreadable: '文件带有内容凭证，但无法读取，因此不知其声明了什么。',
  altered: (format, name, cause) => [
    `${subject(format)}带有${naming(name)}内容凭证，但文件已不是签发时的样子：${ALTERED[cause]}。`,
    '凭证内容不能视为对本文件的描述。',
  ],
  undetermined: (format, name) =>
    `${subject(format)}带有${naming(name)}内容凭证。无法确定文件在签发后是否改动。`,
  carried: (format, bearer) => `${subject(format)}带有${issuing(bearer)}。`,
  standing: ({ inPart, unlisted, runOut, notYetValid, revoked, notChecked }) => {
    const unchanged = inPart ? '签名所涵盖的部分在签发后未变' : '签发后文件未变';
    const gone = revoked ? '签发证书已被吊销。' : '';
    const expired = runOut ? `签发证书已过期，${RUN_OUT[runOut]}。` : '';
    if (unlisted)
      return `${unchanged}，但该签发者不在任何已安装的信任列表中：任何人都可以制作这样的证书。${expired}${gone}`;
    const early = notYetValid ? '在所问的日期，签发证书尚未生效。' : '';
    const unchecked = notChecked ? notCheckedWords(notChecked.reason) : '';
    return `${unchanged}。${expired}${early}${gone}${unchecked}`;
  },
  leavesOut: (what) => `签名未涵盖：${bytesIn(what)}，超出凭证自身所占的部分。`,
  ingredientAltered: '制作本文件所用的一个部分与其自身的凭证不符。',
  notStated,
  saidAlone: (engine) => `此结论仅出自一个 C2PA 引擎（${engine}），没有第二个引擎可供核对。`,
  statementsUnread: '凭证声明的内容无法读取。',
  declared: ({ declared, kind, from, tool, earlier, since }) => {
    const { origin, where, said, term, editedAfterCapture } = declared;
    const they = whoStates(from);
    const [device, captured] = DEVICES[kind];
    const what = earlier ? `该${medium(kind)}的早先版本` : medium(kind);
    const by = tool === undefined ? '' : `（${named(tool)}）`;
    const then = sinceWords(since);
    switch (origin) {
      case 'ai-generated':
        return said === undefined
          ? [`${they}声明：${what}由生成式人工智能制作${by}${then}。`]
          : [`${they}以签发者自己的文字${quoted(said)}声明：${what}由生成式人工智能制作${then}。`];
      case 'ai-edited':
        return where === 'component'
          ? [`${they}声明：${medium(kind)}的一部分由生成式人工智能制作${by}。`]
          : [`${they}声明：${what}经生成式人工智能编辑${by}${then}。`];
      case 'captured':
        return [`${they}声明：由${device}${by}${captured}，此后未经编辑。`, SCREENS[kind]];
      default:
        return editedAfterCapture
          ? [`${they}声明：由${device}${captured}，此后经过编辑。`]
          : [`${they}声明：${what}${termWords(term ?? 'unrecognised')}${then}。`];
    }
  },
};

function issuing(bearer: Bearer): string {
  if (bearer.by === 'nobody') return '内容凭证';
  if (bearer.by === 'named') return `${naming(bearer.name)}内容凭证`;
  const day = bearer.day === undefined ? '' : `于 ${date(bearer.day)}`;
  const who = ` ${plain(bearer.name)} ${day}签发的内容凭证`;
  return `${who}（${listWords(bearer)}）`;
}

function listWords({ list, listDate }: Extract<Bearer, { by: 'listed' }>): string {
  const edition = listDate === undefined ? ' ' : ` ${date(listDate)}版 `;
  if (list === 'private') return `签发者列于此处安装的${listDate === undefined ? '' : edition}自有信任列表`;
  return `签发者列于${edition}C2PA ${list === 'official' ? '官方' : '过渡'}信任列表`;
}

function notCheckedWords(reason: Said | undefined): string {
  const because =
    reason === undefined
      ? ''
      : speechOf('zh-Hans')
          .say(reason)
          .replace(/[。.]$/, '');
  if (reason?.id === 'fault.trust.noList') return '未核查签发者是否在信任列表中：此处未安装任何列表。';
  return `未核查签发者是否在信任列表中${because === '' ? '' : `（${because}）`}。`;
}

/** The detector's own form of ranges. */
function bytesIn(what: string): string {
  return what.replace(/bytes (\d+) to (\d+)/g, '第 $1 至 $2 字节').replaceAll(', ', '、');
}
