import type { Personal } from '../../signal.js';
import type { Words } from '../words.js';
import { actions, ingredientStates, relationships, removable, sourceTypes, through } from './c2pa.js';
import { carriers } from './carriers.js';
import { compare } from './compare.js';
import { credentials } from './credentials.js';
import { evidence } from './evidence.js';
import { facts } from './facts.js';
import { fileRemarks } from './file-remarks.js';
import { bytes, date, grouped, listed, time } from './numbers.js';
import { ours } from './ours.js';
import { pictures } from './pictures.js';
import { signals } from './signals.js';

/**
 * Simplified Chinese, in the terms of GB 45438-2025 and of the labelling measures (隐式标识, 显式标识, 生成合成, 元数据).
 * Neutral on purpose: it says what a file declares and what was looked at, never that something is so.
 */

const kinds = {
  image: '图片',
  video: '视频',
  audio: '音频',
  document: '文档',
  other: '未识别格式的文件',
} as const satisfies Words['kinds'];

const presence = {
  present: '有',
  absent: '未发现',
  unreadable: '无法读取',
  remote: '存放在别处；未获取',
  unsupported: '未查找：不读取此格式中的内容凭证',
} as const satisfies Words['presence'];

const integrity = {
  intact: '签发后文件未变',
  altered: '签发后文件有改动',
  undetermined: '无法确定签发后文件是否改动',
} as const satisfies Words['integrity'];

const trust = {
  official: '在 C2PA 官方信任列表中',
  interim: '在过渡信任列表中（2026 年 1 月 1 日冻结）',
  private: '在此处安装的自有信任列表中',
  unlisted: '不在任何已安装的信任列表中：任何人都可以制作这样的证书',
  'not-checked': '未对照信任列表核查',
} as const satisfies Words['trust'];

const validity = {
  inside: '在有效期内',
  'expired-without-timestamp': '已过期，且没有时间戳证明其使用时间',
  'not-yet-valid': '尚未生效',
  outside: '使用时间不在有效期内',
  unknown: '不知其使用时是否在有效期内',
} as const satisfies Words['validity'];

const revocation = {
  'not-checked': '未核查是否被吊销',
  'not-revoked': '使用时未被吊销',
  revoked: '已被吊销',
} as const satisfies Words['revocation'];

const backing = {
  trusted: '由列表中的签发者签名',
  valid: '有签名；没有信任列表为签发时的签发者提供证明',
  unsigned: '未经列表中的签发者签名：任何人都可写入或删除',
  inferred: '可被复制到任何文件的痕迹',
  invalid: '曾有签名，但与本文件已不符',
} as const satisfies Words['backing'];

const validBecause = {
  unlisted: '有签名；签发者不在任何已安装的信任列表中',
  'not-checked': '有签名；签发者未对照信任列表核查',
  'expired-without-timestamp': '由列表中的签发者签名，证书现已过期',
  'not-yet-valid': '由列表中的签发者签名，证书尚未生效',
  outside: '由列表中的签发者签名，但不在证书有效期内',
  unknown: '由列表中的签发者签名，不知是否在证书有效期内',
  revoked: '由列表中的签发者签名，证书已被吊销',
  ownKey: '以制作方自己的密钥签名，没有证书',
} as const satisfies Words['validBecause'];

const grades = {
  V: '我们在该来源的文件中逐字节见过的形式',
  S: '在写入方自己的源代码中读到的形式',
  D: '制作方文档或标准中写明的形式',
  O: '由他人观察所得的形式；我们没有样本',
  C: '仅为他人所称的形式：只是线索，不作为判断依据',
} as const satisfies Words['grades'];

const personal = {
  location: '位置',
  serial: '序列号',
  names: '姓名',
} as const satisfies Record<Personal, string>;

const origins = {
  'ai-generated': '由生成式人工智能制作',
  'ai-edited': '经生成式人工智能编辑或部分由其制作',
  captured: '由相机或录制设备采集',
  other: '其他来源',
  contradictory: '互相矛盾的声明',
  none: '无',
  unknown: '不明（未能全部查看）',
} as const satisfies Words['origins'];

const next = {
  altered: '请向签发者或提供文件的人索取签发时的原始文件。',
  contradictory: '请向制作者索取原始文件，并询问互相矛盾的声明从何而来。',
  undetermined: '请向制作者索取原始文件：从此副本看不出签发后是否改动。',
  intact: '请确认签发者是您所预期的一方，并确认内容与所称的情况相符。',
  remote: '请向制作者索取内含内容凭证的原始文件。',
  unreadable: '请向制作者索取原始文件：此副本中的内容凭证无法读取。',
  unsupported: '请向制作者索取原始文件：此格式中无从核查内容凭证。',
  unsigned:
    '文件所述未经列表中的签发者签名，任何人都可写入。请向文件发布者询问由谁写入，并向制作者索取原始文件。',
  absent: '请向制作者索取原始文件：平台常会去除内容凭证和标识。',
} as const satisfies Words['next'];

const phrases: Words['phrases'] = {
  nextStep: '下一步：',
  declaredOrigin: '所声明的来源',
  noneFound: '未发现',
  present: '有',
  noneFoundWhereRead: '在可读取的部分中未发现',
  termMeans: (said) => `即${said}`,
  notStated: '未说明',
  setAside: '文件已改动，其声明不予采用',
  partlyAi: '部分由生成式人工智能制作',
  editedWithAi: '经生成式人工智能编辑',
  validOnProven: (day) => `在已证明的日期（${date(day)}）有效`,
  validOnAsked: (day) => `在本报告所述之日（${date(day)}）有效；没有时间戳证明使用时间`,
  noneOutsideCredentials: '内容凭证之外未发现',
  noneOutsideCredentialsWhereRead: '在内容凭证之外可读取的部分中未发现',
  notLookedFor: '未查找',
  unreadPlaces: (count) => `${count} 处可能存有标识的位置`,
  originOfNothingRead: '不明（未读取文件的任何内容）',
  foundInPart: '有，但未读完',
  issuer: '颁发机构：',
  serial: '序列号：',
  listOf: (day) => `${date(day)}版列表`,
  ingredientAltered: '制作本文件所用的一个部分与其自身的凭证不符；历史一节写明是哪一个',
  pointsTo: '文件中的地址',
  ask: '可询问：',
  source: '来源：',
  personal: '个人信息',
  revealed: (those) => `应要求显示：${listed(those.map((kind) => personal[kind]))}`,
  at: '位于 ',
  byte: (offset) => `第 ${grouped(offset)} 字节`,
  identityAlone: '仅就该身份而言，不涉及文件及其签发者',
  more: (count) => `……另有 ${grouped(count)} 项`,
  rulesOn: (day) => `${date(day)}的规则`,
  edition: (day) => `Assay 文本日期 ${date(day)}`,
  clause: '条款',
  finding: '文件对此条的情况',
  because: '依据',
  couldNotLookFor: '未能查找',
  inForceFrom: (from) => `自 ${date(from)}起施行`,
  inForceBetween: (from, until) => `自 ${date(from)}起施行，至 ${date(until)}之前`,
  uncompared: '依据二手资料，尚未与官方文本核对',
  uncomparedAll: '以上全部条款',
  activeManifest: '当前清单',
  picture: '历史示意图；列表所述相同',
  shownAbove: '见上文',
  noOwnCredentials: '没有自身的凭证',
  madeWith: '制作工具：',
  unreachable: (count) => `另有 ${grouped(count)} 份清单，当前清单未指向它们`,
  claimed: '自称时间',
  claimedNote: '签发者所述，没有证明',
  timeOf: '何种时间',
  time: '时间',
  timeBacking: '依据',
  noZone: '未写时区',
  ofTheFile: '文件中的时间',
  ofTheFileNote: '照文件所写，没有证明',
  proven: '得到证明的时间',
  noTimestamp: '未附时间戳',
  certificate: '证书',
  revoked: '吊销情况',
  timestampBy: '时间戳签发机构：',
  codes: '校验状态码',
  codesActive: '当前清单',
  codesIngredients: '素材',
  codesCawg: 'CAWG',
  notLookedAt: '未能查看',
  readingNotes: '读取说明',
  allSignals: '标记',
  signal: '标记',
  where: '文件中的位置',
  digest: 'SHA-256',
  declaredType: '所称的媒体类型',
  engine: '凭证读取引擎',
  versions: '版本',
  lists: '信任列表',
  noLists: '未使用',
  rulebooks: '规则集',
  asOf: '以此日为准',
  asOfBecause: { asked: '应要求的日期', today: '检查当日，UTC' },
  isolation: '读取方式',
  isolationBecause: {
    'switched-off': '未在沙箱中读取：读取此文件的机器上沙箱已被关闭',
    'not-installed': '未在沙箱中读取：读取此文件的机器上未安装沙箱',
    refused: '未在沙箱中读取：读取此文件的机器上沙箱无法工作',
    'too-slow': '未在沙箱中读取：读取此文件的机器上沙箱未能及时启动',
  },
  unrecognisedFormat: '未识别的格式',
};

export const zh: Words = {
  language: 'zh-Hans',
  marks: {
    open: '（',
    close: '）',
    colon: '：',
    comma: '，',
    item: '、',
    semicolon: '；',
    stop: '。',
    gap: '',
  },
  ownStep: /(?:再次检查|安装列表|可自行获取)$/,
  ours,
  sections: {
    declares: '文件对自身的说明',
    checks: '我们能核查的内容',
    whyMissing: '为何可能什么都没有？',
    parts: '文件的组成部分',
    contradictions: '矛盾之处',
    pictures: '图片',
    rules: '规则',
    history: '历史',
    times: '时间',
    details: '详情',
  },
  rows: {
    credentials: '内容凭证',
    labels: '人工智能标识',
    otherLabels: '其他标识',
    traces: '生成工具痕迹',
    camera: '相机数据',
    editor: '编辑软件痕迹',
    platform: '平台痕迹',
    file: '文件',
    notLookedInto: '未能查看',
    notChecked: '未核查',
  },
  carriers,
  kinds,
  partKinds: {
    primary: '主图片或主录制内容',
    'mpf-image': '另一张图片（MPF）',
    'motion-video': '动态照片的视频',
    'gain-map': '增益图',
    'trailing-data': '文件末尾之后的数据',
    attachment: '附件',
    'cover-picture': '封面图片',
    'embedded-picture': '文件内嵌的图片',
  },
  signedStates: {
    covered: '签名涵盖',
    'not-covered': '签名未涵盖',
    unknown: '不知签名是否涵盖',
    'no-signature': '文件没有可涵盖它的签名',
  },
  presence,
  integrity,
  trust,
  validity,
  revocation,
  states: { intact: '与其凭证相符', altered: '与其凭证不符', undetermined: '无法确定是否相符' },
  ingredientStates,
  through,
  relationships,
  actions,
  sourceTypes,
  removable,
  backing,
  validBecause,
  grades,
  facts,
  masked: { location: '［位置：已遮蔽］', serial: '［序列号：已遮蔽］', names: '［姓名：已遮蔽］' },
  origins,
  readStatus: {
    found: '有',
    absent: '没有',
    unsupported: '未查看',
    malformed: '文件中已损坏',
    failed: '读取失败',
  },
  coverageStates: {
    complete: '凡可能存有标识的位置均已读完',
    partial: '部分可能存有标识的位置未读取或未读完',
    nothing: '未读取文件的任何内容',
  },
  codeKinds: { success: '通过', informational: '提示', failure: '未通过' },
  signals,
  next,
  date,
  time,
  bytes,
  phrases,
  credentials,
  fileRemarks,
  compare,
  pictures,
  evidence,
  notes: { heading: '人工备注', by: '由人撰写，并非 Assay 所述：' },
};
