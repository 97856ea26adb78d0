import type { PageWords } from './page-words.js';
import { zhBatch } from './zh-batch.js';
import { zhFirstUse } from './zh-first-use.js';
import { zhHistory } from './zh-history.js';
import { details, problems } from './zh-problems.js';
import { zhShare } from './zh-share.js';

export const zh: PageWords = {
  language: 'zh-Hans',
  itself: '中文',
  languages: '语言',
  skip: '跳到正文',
  forPrograms: '程序接口',
  footer: 'Assay 说明文件对其来源的声明，不评判文件所展示的内容。',
  titleOf: (what) => `${what} – Assay`,
  signIn: {
    heading: '登录',
    about: '此服务器需要密钥。密钥由运营者创建，以“assay_”开头。',
    key: '密钥',
    submit: '登录',
    wrong: '此密钥无效：不存在、已被撤销或已过期。',
    out: '退出登录',
  },
  form: {
    title: 'Assay – 文件对其来源的声明',
    heading: '这个文件对其来源声明了什么？',
    about:
      'Assay 读取图片、视频或音频文件中的内容凭证、人工智能标识和生成工具痕迹，说明由谁作出、位于文件何处，以及哪些无法核查。',
    file: '图片、视频或音频文件',
    fileTerms: (most) =>
      `单个文件最大 ${most}；启用脚本时可选择多个。原始文件所含信息最多：即时通讯工具和平台常会去除 Assay 要查找的内容。`,
    bytes: '字节',
    rules: '规则与日期',
    jurisdiction: '规则所属地区',
    rulebooks: '规则',
    all: '全部',
    asOf: '以此日为准',
    asOfTerms: '按哪一天的规则来看。留空即为今天（UTC）。',
    pixels: '像素',
    deep: '同时查看像素',
    deepTerms: '适用于图片：隐藏文字、部分生成工具的水印，以及内嵌缩略图与图片是否一致。耗时较长。',
    elsewhere: '存放在别处的内容凭证',
    sidecar: '清单文件（.c2pa）',
    sidecarTerms: '若文件只是指向其凭证，请自行获取并在此添加：Assay 不会获取任何内容。',
    submit: '检查文件',
    whatHappens: '文件会怎样处理',
    happens: ({ retentionDays: days, keepUploadsHours: hours, failedUploadHours: failed, previews }) => [
      `文件只会发送到此服务器，${hours === 0 ? '报告完成后即被删除' : `报告完成 ${hours} 小时后被删除`}。`,
      ...(failed === 0
        ? []
        : [
            `若服务器未能检查已进入其队列的文件，会将该文件保留 ${failed} 小时，以便重试；删除该检查即立刻删除文件。`,
          ]),
      ...(previews ? ['其缩小图片及文件自带的小图会随报告保存并显示在报告页面上，报告删除时一并删除。'] : []),
      `报告的地址无法被猜到。${days === 0 ? '报告会保留到您将其删除为止' : `报告保留 ${days} 天，您也可以提前删除`}。`,
      '位置、序列号和个人姓名不写入报告，或予以遮蔽。',
    ],
    unsandboxed: (because) =>
      `致此服务器的管理者：文件未在沙箱中读取（${
        {
          'switched-off': '沙箱已被关闭：ASSAY_SANDBOX=off',
          'not-installed': '未安装沙箱',
          refused: '沙箱无法工作',
          'too-slow': '沙箱未能及时启动',
        }[because]
      }）。\`assay doctor\` 会说明：若文件控制了读取它的进程会怎样，以及如何处理。`,
    deleted: '报告已删除。',
    faultTitle: '未检查',
    faults: {
      file: '请在此选择图片、视频或音频文件。',
      'file-missing': '请先选择文件。',
      'file-empty': '此文件为空，没有可检查的内容。可能未完整保存或复制：请查看后重新选择。',
      'several-files': '请一次只选择一个文件。',
      'too-large': '此文件超过此服务器可接受的大小。请选择较小的文件，或在命令行中检查：assay inspect。',
      asOf: '请填写日历上的日期，例如 2026-08-02，或留空；然后重新选择文件。',
      jurisdiction: '请选择列表中的地区，然后重新选择文件。',
      rulebooks: '请选择列表中的规则，然后重新选择文件。',
      deep: '请勾选或留空，然后重新选择文件。',
      sidecar: '请选择一个非空的清单文件（.c2pa），或不选；然后重新选择两个文件。',
      sidecarTooLarge: '此清单文件超过此服务器可接受的大小。请另选一个或不选，然后重新选择文件。',
    },
    queue: {
      label: '已选择的文件',
      waits: '等待中',
      sending: '正在发送',
      reading: '正在读取',
      done: '已完成',
      later: '已收到，稍后读取',
      open: '打开报告',
      failed: '无法检查',
      alone: '清单文件只能配一个文件：请在此选择一个文件，或去掉清单文件。',
      progress: '已完成 {done}/{all} 个文件。',
    },
    taken: '可以检查：',
    sending: '正在发送并读取文件。较大的文件需要一些时间。',
  },
  status: {
    heading: '检查',
    actions: '此检查',
    queued: '文件已收到，正在等待处理。',
    running: '正在检查文件。',
    done: '报告已完成。',
    failed: '无法检查此文件。',
    cancelled: '检查已取消。',
    again: '此页面会自动刷新。',
    keptUntil: (time) => `文件保留至 ${time}，以便重试。`,
    retry: '重试',
    remove: '删除此检查',
  },
  report: {
    heading: '检查报告',
    actions: '此报告',
    json: '下载 JSON',
    crJson: '下载清单（crJSON）',
    evidence: '下载元数据（JSON）',
    html: '下载网页',
    pdf: '下载 PDF',
    remove: '删除此报告',
    another: '检查另一个文件',
  },
  batch: zhBatch,
  history: zhHistory,
  share: zhShare,
  firstUse: zhFirstUse,
  notes: {
    add: '添加备注',
    field: '备注',
    terms: '在此处阅读报告的人都会看到，PDF 和保存的网页中也有，并标明为人所写。',
    inLinks: '分享链接只在您选择时才显示。',
    submit: '添加备注',
  },
  problem: {
    back: '选择文件',
    status: 'HTTP 状态',
    code: '代码',
    rows: problems,
    detail: details,
  },
};
