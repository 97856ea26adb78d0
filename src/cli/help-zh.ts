/**
 * The help in Chinese, by its English: descriptions of commands, arguments and options, and the paragraphs after them.
 * Commands, options, their values and examples stay as they are typed. Long, since it is one table.
 */
const TEXTS: Readonly<Record<string, string>> = {
  'Tells what a photo, video or sound file declares about its origin, and what could not be checked.':
    '说明图片、视频或音频文件对其来源的声明，以及哪些无法核查。',
  'show the version': '显示版本',
  'every signal that a Report can hold, and what it means': '报告中可能出现的全部信号及其含义',
  'only those whose id begins so, as c2pa.integrity': '只列出标识以此开头的，如 c2pa.integrity',
  'a signal, a clause or another word of a Report in plain words':
    '用通俗的话说明报告中的信号、条款或其他用语',
  'as it stands in a Report: a signal, a rule, a rulebook, a backing, a state':
    '报告中的写法：信号、规则、规则集、依据或状态',
  'what a shell needs to complete commands and options with the Tab key': '供 shell 用 Tab 键补全命令和选项',
  'bash, zsh or fish': 'bash、zsh 或 fish',
  'show help': '显示帮助',
  'display help for command': '显示某个命令的帮助',
  'report on each file': '逐个文件给出报告',
  'one Report (or error record) a line on stdout': '在标准输出上每行一份报告（或错误记录）',
  'the day the rules are asked about, as YYYY-MM-DD (default: today, UTC)':
    '以哪一天的规则为准，写作 YYYY-MM-DD（默认：今天，UTC）',
  'only these rulebooks, with commas between them': '只用这些规则集，以逗号分隔',
  'only rulebooks of these, as CN,EU,US-CA': '只用这些法域的规则集，如 CN,EU,US-CA',
  'only the metadata of each file, field by field with its places; with --json one line a file':
    '只列出每个文件的元数据，逐个字段并注明位置；与 --json 同用时每个文件一行',
  'C2PA engine': 'C2PA 引擎',
  'also look at the pixels: hidden text, watermarks, the stored thumbnail (slower)':
    '同时查看像素：隐藏文字、水印、内嵌缩略图（较慢）',
  'a manifest store (.c2pa) kept elsewhere, for exactly one file':
    '存放在别处的清单库（.c2pa），只能用于一个文件',
  'only the manifest store of exactly one file, in crJSON (WASM engine)':
    '只输出一个文件的清单库，格式为 crJSON（WASM 引擎）',
  'show personal data that is masked otherwise: location, serial, names, with commas between them':
    '显示默认遮蔽的个人数据：location（位置）、serial（序列号）、names（姓名），以逗号分隔',
  'show personal data that is masked otherwise: location, serial, names':
    '显示默认遮蔽的个人数据：location（位置）、serial（序列号）、names（姓名）',
  'language of the report: en, zh-Hans (default: what the system speaks, else en; with --json: en)':
    '报告的语言：en、zh-Hans（默认：系统语言，否则为 en；使用 --json 时为 en）',
  'language of the words: en, zh-Hans (default: what the system speaks, else en)':
    '文字的语言：en、zh-Hans（默认：系统语言，否则为 en）',
  'files read at the same time (default: one a core)': '同时读取的文件数（默认：每个核心一个）',
  'files read at the same time (default: one more than cores)': '同时读取的文件数（默认：比核心数多一个）',
  'exit with 1 when a file meets one of these': '有文件符合其中之一时，以 1 退出',
  'colours in the text report': '文本报告中的颜色',
  'files, in the order to report on them': '文件，按报告的顺序',
  'serve the form and the API': '提供网页表单和 API',
  'address to listen on (default: ASSAY_HOST, else 127.0.0.1)':
    '监听地址（默认：ASSAY_HOST，否则 127.0.0.1）',
  'port to listen on (default: ASSAY_PORT, else 8080)': '监听端口（默认：ASSAY_PORT，否则 8080）',
  'report on every file of folders, one record a file': '报告文件夹中的每个文件，一个文件一条记录',
  'write the records there (default: stdout); needed to resume':
    '将记录写入该文件（默认：标准输出）；续扫时必须给出',
  'keep the records in the database (DATABASE_URL, or SQLite in ASSAY_DATA_DIR)':
    '将记录保存在数据库中（DATABASE_URL，或 ASSAY_DATA_DIR 中的 SQLite）',
  'hand the files out to `assay worker`s on the same PostgreSQL (DATABASE_URL)':
    '将文件分派给同一 PostgreSQL（DATABASE_URL）上的 `assay worker`',
  'with --store or --distributed: go on with that scan': '与 --store 或 --distributed 同用：继续该次扫描',
  'with --distributed: files of one job': '与 --distributed 同用：一个任务的文件数',
  'with --distributed: until the last file has its record': '与 --distributed 同用：等到最后一个文件有了记录',
  'records as lines, a table, or one document': '记录的形式：逐行、表格或单个文档',
  'also the files named in a list, - for standard input': '另加清单中列出的文件，- 表示标准输入',
  'names in the list end with NUL instead of a line end': '清单中的名称以 NUL 而非换行结尾',
  'only files that match; may be given again': '只要匹配的文件；可多次给出',
  'no file or folder that matches; may be given again': '不要匹配的文件或文件夹；可多次给出',
  'only files at least so large, as 10k, 2M, 1G': '只要不小于此大小的文件，如 10k、2M、1G',
  'only files at most so large': '只要不大于此大小的文件',
  'only files changed since a day, a time, or within 36h, 7d, 2w':
    '只要某日、某时以后改动的文件，或 36h、7d、2w 之内改动的文件',
  'also files and folders whose name begins with a dot': '也包括名称以点开头的文件和文件夹',
  'also what symbolic links lead to': '也包括符号链接所指的内容',
  'also files inside of archives: zip, tar (.tar.gz too)': '也包括压缩包内的文件：zip、tar（含 .tar.gz）',
  'the whole Report in every record': '每条记录都含完整报告',
  'records in the order the files are found': '记录按找到文件的顺序',
  'go on with --out where it ended, finished or not': '从 --out 结束之处继续，无论是否已完成',
  'begin --out anew': '重新开始写 --out',
  'with --resume: a file with a new date and the same bytes is done':
    '与 --resume 同用：日期变了而内容未变的文件视为已完成',
  'with --resume: again what a changed part touches: engine, trust, rulebooks, failed':
    '与 --resume 同用：重查受变化影响的部分：engine（引擎）、trust（信任列表）、rulebooks（规则集）、failed（失败的）',
  'ask these rulebooks, with commas between them; `all` (default: none)':
    '用这些规则集，以逗号分隔；`all` 为全部（默认：不用）',
  'ask the rulebooks of these, as CN,EU,US-CA': '用这些法域的规则集，如 CN,EU,US-CA',
  'also look at the pixels (slower)': '同时查看像素（较慢）',
  'begin at most so many files a second': '每秒最多开始这么多个文件',
  'run at a lower priority, 1 to 19': '以较低优先级运行，1 至 19',
  'read at most so many files': '最多读取这么多个文件',
  'only count what would be read': '只统计将读取的内容',
  'exit with 1 when a file raises a signal, meets an outcome or a condition':
    '有文件出现某个标记、某种结果或符合某个条件时，以 1 退出',
  'progress on stderr': '在标准错误上显示进度',
  'files, folders, patterns in quotes, or s3://bucket/prefix':
    '文件、文件夹、引号中的匹配式，或 s3://bucket/prefix',
  'scans that the database keeps, and how far one of them is': '数据库中保存的扫描，以及某次扫描的进度',
  'as JSON, one scan a line': '以 JSON 输出，每行一次扫描',
  'of a scan': '扫描的编号',
  'no file of the scan is read any more; records that are there stay':
    '不再读取该次扫描的文件；已有的记录保留',
  'the records of a kept scan, as assay scan would have written them':
    '已保存扫描的记录，与 assay scan 所写的相同',
  'write there (default: stdout)': '写入该文件（默认：标准输出）',
  'replace --out': '替换 --out',
  'only these': '只要这些',
  'only with this signer': '只要此签发者的',
  'only files that could not be inspected': '只要无法检查的文件',
  'inspect what servers and scans have put into the queue (DATABASE_URL, ASSAY_DATA_DIR)':
    '检查服务器和扫描放入队列的文件（DATABASE_URL、ASSAY_DATA_DIR）',
  'only files that assay scan --distributed hands out (DATABASE_URL)':
    '只处理 assay scan --distributed 分派的文件（DATABASE_URL）',
  'show the results of scans: a summary with charts (HTML), or a table (CSV)':
    '展示扫描结果：带图表的概要（HTML）或表格（CSV）',
  'what to make': '生成何种形式',
  'files that assay scan --out has written': 'assay scan --out 写出的文件',
  'the lists that say who is vouched for': '说明谁受信任的列表',
  'what is installed, how old it is, what is wrong with it': '已安装的列表、其新旧和问题',
  'one JSON object on stdout': '在标准输出上给出一个 JSON 对象',
  'the trust folder (default: ASSAY_TRUST_DIR, else trust in ASSAY_DATA_DIR)':
    '信任列表文件夹（默认：ASSAY_TRUST_DIR，否则为 ASSAY_DATA_DIR 中的 trust）',
  'fetch the published lists and install those that are sound': '获取已发布的列表并安装其中完好的',
  'install published lists from a folder, without network': '从文件夹安装已发布的列表，不使用网络',
  'folder that holds them under their publishers’ names': '含有这些列表的文件夹，文件名与发布者所用相同',
  'the laws and standards whose clauses are looked at, as data': '所核查的法律和标准条款，以数据形式给出',
  'every rulebook, its edition and dates': '每个规则集及其文本日期和施行日期',
  'only these, with commas between them (CN, EU, US, US-CA, …)':
    '只要这些，以逗号分隔（CN、EU、US、US-CA……）',
  'one rulebook, clause by clause': '一个规则集，逐条列出',
  'its id': '其编号',
  'what changes from one day to another': '从一天到另一天有何变化',
  'the first day, as YYYY-MM-DD': '第一天，写作 YYYY-MM-DD',
  'the other day': '另一天',
  'a Report (JSON): also what it means for that file': '一份报告（JSON）：同时说明对该文件的影响',
  'which parts this machine has, and what is lost without the others':
    '本机具备哪些部分，缺少其他部分会失去什么',
  'also put files whose answer is known through each engine': '同时用每个引擎检查答案已知的文件',
  'who may use the service, and for what': '谁可以使用服务、用于什么',
  'make a key; it is shown this once': '创建密钥；只显示这一次',
  'whose rows it reads and writes': '读写哪个租户的数据',
  'a day as YYYY-MM-DD, or so many days from now, as 90d': '某一天（YYYY-MM-DD），或从今天起的天数，如 90d',
  'what it asks for where nothing is named, as CN,EU': '未指明时所用的法域，如 CN,EU',
  'the same for rulebooks': '未指明时所用的规则集',
  'requests a minute': '每分钟请求数',
  'inspections a day (UTC)': '每天检查数（UTC）',
  'bytes of files a day (UTC)': '每天文件字节数（UTC）',
  'whose it is, as “photo desk”': '属于谁，如“photo desk”',
  'keys, newest first, with those that no longer hold': '密钥，最新的在前，包括已失效的',
  'only of this tenant': '只要此租户的',
  'from now on the key opens nothing': '从现在起该密钥无效',
  'its id, or the whole key': '其编号，或整个密钥',
  'copy reports, keys and waiting uploads into a new folder, while the service runs':
    '在服务运行时，将报告、密钥和等待中的上传复制到新文件夹',
  'it must not exist': '该文件夹必须尚不存在',
  'the key file too, under which secrets of webhooks are encrypted': '连同用于加密 webhook 密钥的密钥文件',
  'put a backup into an empty data directory (ASSAY_DATA_DIR) and, if so, an empty DATABASE_URL':
    '将备份放入空的数据文件夹（ASSAY_DATA_DIR），如有需要，并放入空的 DATABASE_URL',
  'what assay backup made': 'assay backup 生成的文件夹',
  // Conditions of --fail-on.
  'the file changed after it was signed': '文件在签发后被改动',
  'whether it changed after signing could not be told': '无法判断签发后是否改动',
  'the file declares that it was made or edited with AI': '文件声明由人工智能制作或编辑',
  'the file declares no origin, and all of it was looked into': '文件未声明来源，且已查看全部位置',
  'no declared origin was found, and not all of it was looked into': '未发现所声明的来源，但未能全部查看',
  'two of its statements do not go together': '其中两处声明不相容',
  'reading a part of it failed, or stopped at a limit': '有一部分读取失败，或达到上限而停止',
  // What keys allow.
  'send files, and delete or change what was made of them': '发送文件，删除或更改由此产生的内容',
  'read reports and lists of them': '读取报告及其列表',
  'ask for personal data that is masked otherwise, and read what was revealed':
    '要求显示默认遮蔽的个人数据，并读取已显示的内容',
  'keys, webhooks and the audit log of its tenant, and figures of the whole service':
    '本租户的密钥、webhook 和审计日志，以及整个服务的指标',
  'figures of the whole service (/metrics) and nothing else, for what collects them':
    '仅限整个服务的指标（/metrics），供采集程序使用',
};

/** A list of values follows. */
const LEADS: readonly (readonly [string, string])[] = [
  ['only clauses that bind: ', '只用约束这些角色的条款：'],
  ['of the table, any of: ', '表格的列，可选：'],
  ['only these: ', '只要这些：'],
  ['any of ', '可选：'],
  ['the same for roles: ', '未指明时所用的角色：'],
];

const HEADS: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Global Options:': '全局选项：',
  'Examples:': '示例：',
  'Scopes:': '权限范围：',
  'Conditions of --fail-on:': '--fail-on 的条件：',
};

/** Paragraphs, their lines put together. */
const PARAGRAPHS: Readonly<Record<string, string>> = {
  'Exit codes: 0 done; 1 a --fail-on condition was met; 2 usage or configuration; 3 some file could not be inspected (its record says why); 130 interrupted.':
    '退出码：0 完成；1 符合 --fail-on 的条件；2 用法或配置有误；3 有文件无法检查（其记录说明原因）；130 被中断。',
  'Exit codes: 0 done; 2 usage or configuration; 3 some list was refused or cannot be used (the others were installed); 130 interrupted, nothing installed.':
    '退出码：0 完成；2 用法或配置有误；3 有列表被拒绝或无法使用（其余已安装）；130 被中断，未安装任何列表。',
  'Exit codes: 0 Assay works here, whatever it has to do without; 2 usage or configuration; 3 something it needs or was told to use does not work, or a known file was answered wrongly.':
    '退出码：0 Assay 可在此工作（无论缺少什么）；2 用法或配置有误；3 它所需要或被要求使用的部分无法工作，或对已知文件的回答有误。',
  'Nothing is fetched unless update is asked for. ASSAY_TRUST_SOURCES names a JSON file with your own addresses (docs/trust.md).':
    '只有要求 update 时才会获取。ASSAY_TRUST_SOURCES 可指定含有自定地址的 JSON 文件（docs/trust.md）。',
  'SQLite is copied by SQLite itself. For PostgreSQL (DATABASE_URL) pg_dump is run; it must be installed and no older than the server.':
    'SQLite 由其自身复制。PostgreSQL（DATABASE_URL）使用 pg_dump；必须已安装，且不早于服务器版本。',
  'The first line of the results is a run header, the last a summary; between them stands one record a file, of 128 KiB at most; what was shortened for that stands in its "cut" (--full has all of it). While a scan runs they grow in OUT.partial, which takes the name OUT when all is scanned. --recheck rulebooks asks the records that are there and opens no file; but on another day (--as-of) files with Content Credentials are read again, since whether a certificate was in its time is asked of that day. --archives looks into ZIP and tar files as into folders; a file inside is named archive.zip!/inside.jpg. What a limit, a password or a way of packing keeps from being read is a record that says "not-checked". s3:// reads what the credentials of the environment may read (AWS_PROFILE, AWS_ACCESS_KEY_ID, …); AWS_ENDPOINT_URL names a server other than Amazon\'s. Objects are brought whole into the temporary folder (TMPDIR), one a job.':
    '结果的首行为本次扫描的信息，末行为概要；其间每个文件一条记录，最长 128 KiB；为此缩短的部分列在其 "cut" 中（--full 为完整内容）。扫描进行时写入 OUT.partial，全部完成后改名为 OUT。--recheck rulebooks 只用已有记录，不打开文件；但换了日期（--as-of）时，带有内容凭证的文件会重新读取，因为证书是否在有效期内取决于该日。--archives 像看文件夹一样查看 ZIP 和 tar 文件；其中的文件写作 archive.zip!/inside.jpg。因限制、密码或打包方式而无法读取的，记录为 "not-checked"。s3:// 可读取环境中的凭据所能读取的内容（AWS_PROFILE、AWS_ACCESS_KEY_ID……）；AWS_ENDPOINT_URL 可指定亚马逊以外的服务器。对象会整个取到临时文件夹（TMPDIR）中，每个任务一个。',
};

/** Of a command, an argument, an option or one of its values; undefined where no row has it. */
export function textInChinese(english: string): string | undefined {
  if (english === '') return '';
  if (Object.hasOwn(TEXTS, english)) return TEXTS[english];
  for (const [lead, chinese] of LEADS)
    if (english.startsWith(lead)) return chinese + english.slice(lead.length);
  return undefined;
}

export const headInChinese = (english: string): string => HEADS[english] ?? english;

/** What stands after the options, paragraph by paragraph: what is typed stays; undefined: a paragraph no row has. */
export function endInChinese(english: string): string | undefined {
  const paragraphs = english.trim().split(/\n\n+/).map(paragraph);
  return paragraphs.every((one) => one !== undefined) ? `\n${paragraphs.join('\n\n')}\n` : undefined;
}

function paragraph(english: string): string | undefined {
  const [head = '', ...lines] = english.split('\n');
  if (!Object.hasOwn(HEADS, head)) return PARAGRAPHS[english.replaceAll('\n', ' ')];
  const said = lines.map((line) => {
    const [, name, means] = /^( {2}[\w-]+ {2,})(.+)$/.exec(line) ?? [];
    if (name === undefined || means === undefined) return line;
    const chinese = textInChinese(means);
    return chinese === undefined ? undefined : name + chinese;
  });
  return said.every((line) => line !== undefined) ? [headInChinese(head), ...said].join('\n') : undefined;
}
