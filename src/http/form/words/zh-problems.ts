import type { ProblemCode } from '../../problems.js';
import { accessProblems } from './zh-access-problems.js';

/** Chinese for the table of problems.ts. */
export const problems: Readonly<Record<ProblemCode, { title: string; meaning: string }>> = {
  ...accessProblems,
  'bad-request': {
    title: '无法读取该请求',
    meaning: '请求行、标头或正文不符合 HTTP 规则。请以有效的形式重新发送。',
  },
  'file-missing': { title: '未发送文件', meaning: '上传内容中没有文件。请在“file”字段中发送一个文件。' },
  'file-empty': {
    title: '文件为空',
    meaning: '文件没有任何字节，因此没有可检查的内容。可能未完整保存或复制。',
  },
  'several-files': { title: '发送了多个文件', meaning: '一次上传只接受一个文件。请分别发送其余文件。' },
  'bad-multipart': {
    title: '无法读取上传内容',
    meaning: '正文不是格式良好的 multipart/form-data，或过早结束。请重新发送。',
  },
  'digest-mismatch': {
    title: '收到的内容与发送的不同',
    meaning: '文件的 SHA-256 与“Repr-Digest”所述不同。没有检查任何内容；请重新发送。',
  },
  'too-many-streams': {
    title: '打开的事件流过多',
    meaning: '请直接查询检查或批次本身，或在“Retry-After”之后再试。',
  },
  'bad-field': { title: '某个字段的值无法使用', meaning: '成员“errors”列出各字段及其应有的值。' },
  'reveal-not-allowed': {
    title: '此处不显示个人信息',
    meaning:
      '此服务器在所有报告中遮蔽位置、序列号和姓名。运营者可允许“reveal”（ASSAY_ALLOW_REVEAL=1）；命令行可用 --reveal。',
  },
  'not-found': { title: '此地址没有内容', meaning: '该地址不属于此服务器。可用的地址列于 /docs。' },
  'inspection-not-found': {
    title: '没有这份报告',
    meaning: '报告已被删除、保存期已过，或从未存在。请重新检查文件。',
  },
  'picture-not-found': {
    title: '没有这张图片',
    meaning:
      '未从该文件生成此名称的图片：文件中没有、无法解码，或本服务器不生成图片。GET /v1/inspections/<id>/pictures 列出已有的图片，并说明其他图片为何没有。',
  },
  'crjson-not-found': {
    title: '没有该文件的 crJSON',
    meaning: '成员“detail”说明原因。crJSON 在检查时由文件内的内容凭证生成。',
  },
  'evidence-not-found': {
    title: '没有该文件的逐项元数据',
    meaning: '逐项元数据在检查时与报告一同保存。文件无法读取，或由较早版本的 Assay 检查。',
  },
  'rulebook-not-found': { title: '没有这个规则集', meaning: '该标识不在 GET /v1/rulebooks 所列之中。' },
  'method-not-allowed': {
    title: '此地址不接受该方法',
    meaning: '标头“Allow”列出此地址接受的方法。',
  },
  'request-timeout': {
    title: '请求未能及时到达',
    meaning: '请求未在此服务器等待的时间内完整到达。请重新发送。',
  },
  'share-not-found': {
    title: '此链接没有对应的报告',
    meaning: '此处没有这个链接，或它已被撤销、已到期。请向发送者索取新的链接。',
  },
  'too-many-shares': { title: '链接数目已达上限', meaning: '请撤销此报告不再需要的链接。' },
  'webhook-not-found': {
    title: '没有这个 webhook',
    meaning: '它已被删除，或从未存在。GET /v1/webhooks 列出现有的 webhook。',
  },
  'too-many-webhooks': {
    title: 'webhook 的数目已达上限',
    meaning: '请删除不再需要的 webhook，或修改其地址。',
  },
  'webhook-disabled': {
    title: '该 webhook 已停用',
    meaning: '不会向它发送任何内容。请先启用：PATCH，“enabled”: true。',
  },
  'secret-not-opened': {
    title: '无法打开该 webhook 的密钥',
    meaning: '它是用此服务器没有的加密密钥加密的。POST /v1/webhooks/{id}/secret 可生成新的密钥。',
  },
  'too-large': {
    title: '文件过大',
    meaning: '上传内容超过此服务器可接受的大小。命令行（assay inspect）可读取更大的文件。',
  },
  'unsupported-media-type': {
    title: '上传须为 multipart/form-data',
    meaning: '请像表单那样发送：multipart/form-data，文件放在“file”字段中。',
  },
  'headers-too-large': { title: '请求的标头过大', meaning: '请减少或缩短标头。' },
  internal: {
    title: '此处出了问题',
    meaning: '问题出在此服务器。其日志中以“instance”所示的标识记有更多信息。',
  },
  'inspection-failed': {
    title: '无法检查该文件',
    meaning: '上传内容已到达，但此服务器随后无法打开。请重新发送。',
  },
  'inspection-unreadable': {
    title: '无法读取保存的报告',
    meaning: '报告已保存，但磁盘上的内容已损坏。请重新检查文件。',
  },
  'pdf-failed': {
    title: '无法生成 PDF',
    meaning: '浏览器和排版库均未能生成。同一报告可作为 JSON 和网页获取。',
  },
  'pdf-busy': {
    title: '正在生成的 PDF 过多',
    meaning: 'PDF 逐份生成。请在“Retry-After”所示时间之后重试。',
  },
  unavailable: {
    title: '此服务器繁忙',
    meaning: '上传名额已满，或服务器正在关闭。请在“Retry-After”之后再试。',
  },
  'not-finished': {
    title: '检查尚未完成',
    meaning: '检查正在等待、进行中、失败或已取消。该请求需要一份报告。',
  },
  'precondition-failed': {
    title: '读取之后内容已更改',
    meaning: '标头“If-Match”所指的状态已不是现在的状态，因此未做任何操作。请重新读取后再决定。',
  },
  'asset-gone': {
    title: '文件已不在此处',
    meaning:
      '该请求需要文件本身，而文件已不再保留。请重新发送文件，或由运营者保留上传内容（ASSAY_KEEP_UPLOADS_HOURS；失败的检查则为 ASSAY_FAILED_UPLOAD_HOURS）。',
  },
  'not-failed': {
    title: '检查并未失败',
    meaning: '检查正在等待、进行中、已完成或已取消。只有失败的检查可以重试；已完成的检查可以复查。',
  },
  'idempotency-key-bad': {
    title: '无法使用标头“Idempotency-Key”',
    meaning: '须为 1 至 255 个可打印的 ASCII 字符，可带引号。推荐使用 UUID。',
  },
  'idempotency-in-progress': {
    title: '带有此键的首个请求正在处理',
    meaning: '此前已收到带有该“Idempotency-Key”的请求，尚未答复。请在“Retry-After”之后再试。',
  },
  'idempotency-gone': {
    title: '此键所建立的内容已不在此处',
    meaning:
      '带有该“Idempotency-Key”的首个请求已得到答复，但其所建立的内容后来已被删除。如需重新建立，请换用另一个键。',
  },
  'idempotency-key-reused': {
    title: '此键已用于另一个请求',
    meaning: '该“Idempotency-Key”此前曾用于其他地址或正文。每个请求须使用各自的键。',
  },
  'batch-not-found': {
    title: '没有这个批次',
    meaning: '它已被删除、已过期，或从未存在。GET /v1/batches 列出现有的批次。',
  },
  'upload-bad': {
    title: '请求不符合 tus 规则',
    meaning: 'tus 1.0 所要求的标头缺失，或其值无法使用。规则见 https://tus.io/protocols/resumable-upload。',
  },
  'upload-not-found': {
    title: '没有这个上传',
    meaning: '它已用于检查、已被删除、已过期，或从未存在。请用 POST /v1/uploads 重新开始。',
  },
  'upload-offset-conflict': {
    title: '上传进度与此不符',
    meaning: '“Upload-Offset”与已到达的字节数不一致。请用 HEAD 查询，并从其所示位置继续。',
  },
  'upload-unfinished': {
    title: '上传尚未完成',
    meaning: '仍有字节未到达，或尚未说明长度。请先发送其余部分。',
  },
  'upload-taken': {
    title: '该上传正用于检查',
    meaning: '另一个请求已取用该上传。每个上传只用于一次检查。',
  },
  'tus-version': {
    title: '此处不支持该 tus 版本',
    meaning: '上传请求须带有“Tus-Resumable: 1.0.0”。',
  },
  'too-many-open-uploads': {
    title: '上传已达上限',
    meaning:
      '尚未用于检查的上传在数量（ASSAY_INCOMING_UPLOADS）和字节数（ASSAY_INCOMING_BYTES）上有限制。请使用或删除一些，或等待其过期。',
  },
  'storage-full': { title: '没有空间存放上传内容', meaning: '此服务器的磁盘已满。须由运营者腾出空间。' },
  'storage-unavailable': {
    title: '此服务器无法访问其保存的内容',
    meaning: '其数据库没有回应，或其磁盘无法写入。此前已接受的内容仍然保留。请在“Retry-After”之后重试。',
  },
  'quota-full': {
    title: '此服务器不再保存更多内容',
    meaning: '运营者允许保存的容量（ASSAY_DATA_QUOTA）已用完。较早的报告到期或被删除后会腾出空间。',
  },
};

/** Details of the moment, by the form of the English. */
const DETAILS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^This takes a key with the scope “(\w+)”\.$/, (scope) => `此操作需要具有“${scope}”权限范围的密钥。`],
  [/^The field “(.{0,200}?)” (.+)$/s, (name, what) => `字段“${name}”${field(what)}`],
  [/^More bytes came than the upload was said to have\.$/, () => '到达的字节多于该上传所声明的长度。'],
  [
    /^The header “Upload-Metadata” takes up to (\d+) characters\.$/,
    (most) => `标头“Upload-Metadata”最多 ${most} 个字符。`,
  ],
  [
    /^This server takes (.{1,60}) of up to (.{1,60})\.$/,
    (_what, most) => `此服务器接受的上传最大为 ${most?.replace('bytes', '字节')}。`,
  ],
];

const FIELDS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^must be a number from (\d+) to (\d+)\.$/, (least, most) => `须为 ${least} 至 ${most} 之间的数字。`],
  [/^must hold at least one character that shows\.$/, () => '须至少包含一个可见字符。'],
  [/^takes up to (\d+) characters\.$/, (most) => `最多 ${most} 个字符。`],
  [/^cannot be added: there are (\d+) already\.$/, (most) => `无法添加：已有 ${most} 条。`],
  [/^may be given once\.$/, () => '只能填写一次。'],
  [/^must be text\.$/, () => '须为文本。'],
  [/^must be true or false\.$/, () => '须为 true 或 false。'],
  [/^must be a day as YYYY-MM-DD\.$/, () => '须为 YYYY-MM-DD 形式的日期。'],
  [/^must be a file, with a file name\.$/, () => '须为带文件名的文件。'],
  [/^must not be an empty file\.$/, () => '不得为空文件。'],
  [/^must not exceed (\d+) bytes\.$/, (most) => `不得超过 ${most} 字节。`],
  [/^must be a file in a folder that this server may read\.$/, () => '须为此服务器可读取的文件夹中的文件。'],
  [/^must be an upload that is here and whole\.$/, () => '须为此处已完整的上传。'],
  [/^must not name an upload twice\.$/, () => '不得重复使用同一上传。'],
  [/^must not exceed (.+ bytes.*)\.$/, (most) => `不得超过 ${most?.replace('bytes', '字节')}。`],
  [/^is not known here: “(.+)” is meant\.$/, (meant) => `在此处没有定义：应为“${meant}”。`],
  [/^is not known here\. Taken are (.+)\.$/, (taken) => `在此处没有定义。可用：${taken}。`],
  [
    /^is not taken here: it is asked when the file is inspected\.$/,
    () => '不在此处填写：须在检查文件时指定。',
  ],
  [/^takes no file; .+$/, () => '不接受文件；请用“file”字段发送，清单库用“sidecar”字段。'],
  [/^takes ids of (.+), separated by commas\.$/, (ids) => `须为以下标识，以逗号分隔：${ids}。`],
  [
    /^takes codes of (.+), separated by commas; US takes in its states\.$/,
    (codes) => `须为以下代码，以逗号分隔：${codes}；US 包括各州。`,
  ],
  [/^takes (?:any of )?(.+), separated by commas\.$/, (words) => `须为以下各项，以逗号分隔：${words}。`],
];

export function details(english: string): string {
  return said(DETAILS, english) ?? english;
}

function field(english = ''): string {
  return said(FIELDS, english) ?? ` ${english}`;
}

function said(
  rows: readonly (readonly [RegExp, (...found: string[]) => string])[],
  english: string,
): string | undefined {
  for (const [pattern, chinese] of rows) {
    const found = pattern.exec(english);
    if (found) return chinese(...found.slice(1));
  }
  return undefined;
}
