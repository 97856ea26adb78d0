import { trustInChinese } from '../trust-lists/words-zh.js';
import type { Part } from './part.js';

/** Chinese for what the parts say of a machine, by their English. Versions, paths and what a system answers stay. */

const NAMES: Readonly<Record<string, string>> = {
  Machine: '本机',
  'Native C2PA engine': '原生 C2PA 引擎',
  'WASM C2PA engine': 'WASM C2PA 引擎',
  Isolation: '隔离',
  'Trust lists': '信任列表',
  'Chinese letters': '中文字体',
  'Data folder': '数据文件夹',
  'Secret key': '加密密钥',
};

/** Of processes that are held without a sandbox: what holds, and what does not. */
const HELD: Readonly<Record<string, string>> = {
  'a user number of its own': '使用单独的用户编号',
  'no network': '无网络',
  'no file but its own': '只能打开所读文件',
  'its memory limited by the kernel': '内存由内核限制',
  'ask which files this machine has': '查询本机有哪些文件',
  'read what every user of this machine may read': '读取本机所有用户均可读取的内容',
  'read other files of this machine': '读取本机其他文件',
  'read what other programs were started with': '读取其他程序的启动环境',
  'end programs of the same user': '终止同一用户的其他程序',
  'reach the network': '访问网络',
};

const listed = (english: string, between: string): string =>
  english
    .split(between)
    .map((one) => HELD[one] ?? one)
    .join('、');

type Form = readonly [RegExp, (...found: string[]) => string];

const DETAILS: readonly Form[] = [
  [/^not on the path$/, () => '不在 PATH 中'],
  [/^no font has them$/, () => '没有字体包含中文'],
  [/^DATABASE_URL is not set$/, () => '未设置 DATABASE_URL'],
  [/^none in (.+)$/s, (dir) => `${dir} 中没有`],
  [/^(.+) does not run$/s, (program) => `${program} 无法运行`],
  [/^(.+) cannot be written to$/s, (dir) => `${dir} 不可写入`],
  [
    /^(.+) \(made when it is first needed\), (.+) free$/s,
    (dir, free) => `${dir}（首次需要时创建），可用空间 ${free}`,
  ],
  [/^(.+) \(made when a server first starts\)$/s, (file) => `${file}（服务器首次启动时创建）`],
  [/^(.+), keys: (\d+)$/s, (place, count) => `${place}，密钥数：${count}`],
  [/^(.+) is not there\.$/s, (file) => `${file} 不存在。`],
  [/^(.+) is no file of keys\.$/s, (file) => `${file} 不是密钥文件。`],
  [/^(.+) cannot be read \((.+)\)\.$/s, (file, code) => `${file} 无法读取（${code}）。`],
  [
    /^(.+) must hold 32 bytes in base64 or hexadecimal, as (`.+`) makes them, one a line\.$/s,
    (file, program) => `${file} 须每行一个 32 字节的密钥（base64 或十六进制），可用 ${program} 生成。`,
  ],
  [/^(.+), (\S+ GB) free$/s, (dir, free) => `${dir}，可用空间 ${free}`],
  [/^(\d+) cores to use, (.+) of memory$/, (cores, memory) => `可用核心 ${cores} 个，内存 ${memory}`],
  [/^no reading process could be started$/, () => '无法启动读取进程'],
  [
    /^sandboxed \(bubblewrap\): no network, no file but its own, memory and processes limited$/,
    () => '沙箱（bubblewrap）：无网络，只能看到所读文件，内存和进程数受限',
  ],
  [/^a process of its own: (.+)$/, (holds = '') => `独立进程：${listed(holds, ', ')}`],
  [/^a process of its own, its memory limited by the kernel$/, () => '独立进程，内存由内核限制'],
  [/^a process of its own, its memory looked at$/, () => '独立进程，内存定期查看'],
  [
    /^fontconfig \(fc-list\) is not installed, so this was not looked up$/,
    () => '未安装 fontconfig（fc-list），因此未查找',
  ],
  [/^(.+) is made at the first start$/s, (path) => `${path}（首次启动时创建）`],
  [/^(.+) could not be opened \((.+)\)$/s, (path, why) => `${path} 无法打开（${why}）`],
  [/^(.+); its tables are made at the first start$/s, (what) => `${what}；数据表将在首次启动时创建`],
  [/^(.+); its tables are of this version$/s, (what) => `${what}；数据表与本版本一致`],
  [
    /^(.+); its tables are of an earlier version and are changed at the next start \(steps: (\d+)\)$/s,
    (what, steps) => `${what}；数据表属于较早版本，将在下次启动时更新（${steps} 步）`,
  ],
  [/^(.+); its tables are of a later version$/s, (what) => `${what}；数据表属于更新的版本`],
  [
    /^the server of DATABASE_URL did not answer \((.+)\)$/s,
    (said) => `DATABASE_URL 所指的服务器没有应答（${said}）`,
  ],
  [/^did not answer within (\S+) seconds$/, (seconds) => `${seconds} 秒内没有应答`],
  [
    /^(.+): of (\w+)\.png it said “(.*)” instead of “(.*)”$/s,
    (engine, file, got, wanted) => `${engine}：对 ${file}.png 给出“${got}”，应为“${wanted}”`,
  ],
  [/^(\S.*) at (\/.*)$/s, (version, program) => `${version}，位于 ${program}`],
  [/^(\S.*) in (\/.*)$/s, (lists, dir) => `${lists}，位于 ${dir}`],
];

const SENTENCES: readonly Form[] = [
  [
    /^The WASM engine reads everything: slower, above all large files, and no sidecar manifests\.$/,
    () => '全部由 WASM 引擎读取：较慢（大文件尤甚），且不支持存放在别处的清单。',
  ],
  [
    /^Where the native engine gives up on a file nobody takes over; no second opinion and no crJSON\.$/,
    () => '原生引擎无法处理的文件没有替补；没有第二意见，也没有 crJSON。',
  ],
  [
    /^`npm run setup:native` fetches the binary for this machine; on Linux it needs glibc 2\.38 or later\.$/,
    () => '`npm run setup:native` 可获取适用于本机的二进制文件；在 Linux 上需要 glibc 2.38 或更高版本。',
  ],
  [/^Install the program anew \(`npm ci`\)\.$/, () => '请重新安装本程序（`npm ci`）。'],
  [/^Content Credentials cannot be read at all\.$/, () => '完全无法读取内容凭证。'],
  [
    /^No file can be inspected: nothing is read outside such a process\.$/,
    () => '无法检查任何文件：在这样的进程之外不读取任何内容。',
  ],
  [/^ASSAY_SANDBOX=off: (.+)$/s, (rest) => `ASSAY_SANDBOX=off：${sentence(rest)}`],
  [
    /^It was tried and failed \((.*?)\): (A file that takes over.+|No filter for.+|No file can be.+)$/s,
    (why, rest) => `已尝试但失败（${why}）：${sentence(rest)}`,
  ],
  [
    /^Nothing had started in a sandbox when its time was over: (.+)$/s,
    (rest) => `沙箱中未能及时启动任何进程：${sentence(rest)}`,
  ],
  [
    /^A file that takes over its reader could read other files of this machine and reach the network\.(?: (.+))?$/s,
    (more) => `若文件控制了读取它的进程，便可读取本机其他文件并访问网络。${more ? sentence(more) : ''}`,
  ],
  [
    /^A file that takes over its reader could (.+)\.$/s,
    (could = '') => `若文件控制了读取它的进程，便可${listed(could, '; ')}。`,
  ],
  [
    /^If Assay is killed, a process that is reading may go on for a while\.$/,
    () => '若 Assay 被终止，正在读取的进程可能还会运行一段时间。',
  ],
  [
    /^Between two looks it can take more memory than it may\.$/,
    () => '在两次查看之间，它占用的内存可能超出限制。',
  ],
  [
    /^No filter for system calls is known for this processor\.$/,
    () => '没有适用于此处理器的系统调用过滤器。',
  ],
  [
    /^Install the packages bubblewrap and util-linux; in a container, allow user namespaces\.$/,
    () => '请安装软件包 bubblewrap 和 util-linux；在容器中请允许用户命名空间。',
  ],
  [
    /^Reports say of every signer that no list was checked: .+$/s,
    () => '报告会对每个签发者注明未核查任何列表：知名机构与在家自制证书的人无法区分。',
  ],
  [
    /^`assay trust update` fetches the published lists; `assay trust import DIR` takes them from a folder\.$/,
    () => '`assay trust update` 获取已发布的列表；`assay trust import DIR` 从文件夹导入。',
  ],
  [/^`assay trust status` says more of each\.$/, () => '`assay trust status` 可查看详情。'],
  [
    /^Pixels of HEIC and JPEG XL pictures are not decoded: .+$/s,
    () => '不解码 HEIC 和 JPEG XL 图片的像素：深入检查时无法从中得到哈希、隐藏文字或水印，报告会注明。',
  ],
  [
    /^It has no decoder for (.+): their pixels are not looked at\.$/,
    (formats) => `没有 ${formats?.replace(' and ', ' 和 ')} 的解码器：不查看其像素。`,
  ],
  [/^Install the package ([\w-]+)\.$/, (name) => `请安装软件包 ${name}。`],
  [
    /^PDFs are set without a browser: the same words, in a plainer form\.$/,
    () => 'PDF 不经浏览器排版：内容相同，版式较简单。',
  ],
  [
    /^(If there are none: )?Chinese text comes out as empty boxes in PDFs that Chromium makes\. Pages and text are not concerned\.$/,
    (unsure) => `${unsure ? '若没有：' : ''}Chromium 生成的 PDF 中，中文会显示为空框。网页和文本不受影响。`,
  ],
  [
    /^One machine serves; SQLite in the data folder keeps its records\. Workers on other machines need DATABASE_URL\.$/,
    () => '由一台机器提供服务；记录保存在数据文件夹的 SQLite 中。其他机器上的工作进程需要 DATABASE_URL。',
  ],
  [
    /^`assay serve` and `assay worker` cannot start while DATABASE_URL points there\.$/,
    () => '只要 DATABASE_URL 指向那里，`assay serve` 和 `assay worker` 就无法启动。',
  ],
  [
    /^`assay serve` and `assay worker` cannot start with it\.$/,
    () => '`assay serve` 和 `assay worker` 无法以此启动。',
  ],
  [
    /^`assay serve` and `assay worker` of this version cannot start with it\.$/,
    () => '本版本的 `assay serve` 和 `assay worker` 无法以此启动。',
  ],
  [
    /^Run the later version, or restore a backup that this version made\.$/,
    () => '请运行更新的版本，或恢复由本版本制作的备份。',
  ],
  [
    /^`assay serve` cannot keep uploads or reports\. `assay inspect` needs no data folder\.$/,
    () => '`assay serve` 无法保存上传内容或报告。`assay inspect` 不需要数据文件夹。',
  ],
  [
    /^Other users of this machine may look into it \(mode (\d+)\)\.$/,
    (mode) => `本机其他用户可查看其内容（权限 ${mode}）。`,
  ],
  [
    /^Other users of this machine may read it \(mode (\d+)\)\.$/,
    (mode) => `本机其他用户可读取它（权限 ${mode}）。`,
  ],
  [/^(`chmod \d+ .+`) closes it\.$/s, (command) => `运行 ${command} 可将其关闭。`],
  [/^`assay serve` cannot start without it\.$/, () => '没有它，`assay serve` 无法启动。'],
  [
    /^Point ASSAY_DATA_DIR to a folder that this user may write to\.$/,
    () => '请将 ASSAY_DATA_DIR 指向此用户可写入的文件夹。',
  ],
  [
    /^The largest upload that is allowed \((.+)\) does not fit\.$/,
    (most) => `放不下所允许的最大上传（${most}）。`,
  ],
];

/** A part in Chinese; what has no form here stays as it is. */
export function partInChinese({ name, detail, lost, remedy, ...rest }: Part): Part {
  return {
    ...rest,
    name: NAMES[name] ?? name,
    detail: said(DETAILS, detail),
    ...(lost === undefined ? {} : { lost: sentence(lost) }),
    ...(remedy === undefined ? {} : { remedy: sentence(remedy) }),
  };
}

function sentence(english = ''): string {
  const lists = english.split(OF_LISTS).map(ofLists);
  return lists.every((one) => one !== undefined) ? lists.join('') : said(SENTENCES, english);
}

/** `C2PA-TRUST-LIST.pem, ITL-anchors.pem: …`, one after another. */
const OF_LISTS = /(?<=\.) (?=[\w./-]+\.(?:pem|json)(?:, [\w./-]+)*: )/;

function ofLists(english: string): string | undefined {
  const [, files, says] = /^([\w./-]+\.(?:pem|json)(?:, [\w./-]+)*): (.+)$/s.exec(english) ?? [];
  return files === undefined || says === undefined
    ? undefined
    : `${files.replaceAll(', ', '、')}：${trustInChinese(says)}`;
}

function said(forms: readonly Form[], english: string): string {
  for (const [pattern, chinese] of forms) {
    const found = pattern.exec(english);
    if (found) return chinese(...found.slice(1));
  }
  return english;
}
