type Form = readonly [RegExp, (...found: string[]) => string];

const FORMS: readonly Form[] = [
  [/^C2PA Trust List$/, () => 'C2PA 官方信任列表'],
  [/^C2PA TSA Trust List$/, () => 'C2PA 官方时间戳机构列表'],
  [/^Interim Trust List, anchors$/, () => '过渡信任列表（信任锚）'],
  [/^Interim Trust List, allowed certificates$/, () => '过渡信任列表（允许的证书）'],
  [/^C2PA Conforming Products List$/, () => 'C2PA 合格产品列表'],
  [/^private anchors$/, () => '自有信任锚'],
  [/^private timestamp anchors$/, () => '自有时间戳信任锚'],
  [/^It is not known when this list was fetched\.$/, () => '不知此列表获取于何时。'],
  [
    /^This list was fetched (\d+) days ago\. .+$/s,
    (days) => `此列表获取于 ${days} 天前。可能缺少较新的签发者，已移除的也可能仍在其中。`,
  ],
  [
    /^(\d+) of its (\d+) anchors (?:is|are) past the last day of validity\.$/,
    (expired, all) => `其 ${all} 个信任锚中有 ${expired} 个已过有效期。`,
  ],
  [/^The folder could not be read\.$/, () => '无法读取该文件夹。'],
  [/^The file could not be read\.$/, () => '无法读取该文件。'],
  [/^The file holds no certificates\.$/, () => '文件中没有证书。'],
  [/^(?:The file|The answer) is larger than (\d+) bytes\.$/, (most) => `超过 ${most} 字节。`],
  [/^More than (\d+) files; later ones were not read\.$/, (most) => `文件超过 ${most} 个；其后的未读取。`],
  [
    /^The file is not the one that sources\.json describes, so its date is not known\.$/,
    () => '该文件不是 sources.json 所描述的文件，因此日期未知。',
  ],
  [
    /^The file is not the one that sources\.json beside it describes \(another SHA-256\)\.$/,
    () => '该文件不是其旁 sources.json 所描述的文件（SHA-256 不同）。',
  ],
  [
    /^Every certificate of the file is an issuer; .+$/s,
    () => '文件中的每份证书都是颁发机构；此列表应含签发者自己的证书。',
  ],
  [/^No certificate of the file is an issuer\.$/, () => '文件中没有颁发机构的证书。'],
  [
    /^The file holds issuers that are for timestamps alone; .+$/s,
    () => '文件中含有仅用于时间戳的颁发机构；它不是签发者列表。',
  ],
  [
    /^The file holds issuers that are not for timestamps; .+$/s,
    () => '文件中含有不用于时间戳的颁发机构；它不是时间戳机构列表。',
  ],
  [/^The list has no address\.$/, () => '该列表没有地址。'],
  [/^It was interrupted\.$/, () => '已中断。'],
  [/^It took longer than (\d+) ms\.$/, (millis) => `超过 ${millis} 毫秒。`],
  [/^The connection failed(.*)\.$/s, (code) => `连接失败${code}。`],
  [/^The server answered (\d+)\.$/, (status) => `服务器应答 ${status}。`],
  [/^It leads to an address without https\.$/, () => '它指向没有 https 的地址。'],
  [/^It leads to (.+), which is no configured host\.$/s, (host) => `它指向 ${host}，该主机未配置。`],
  [
    /^The host is inside a private network and nobody configured it\.$/,
    () => '该主机位于私有网络中，且未经配置。',
  ],
  [
    /^The date of issue is not known: (.+) would tell it, but (.+)\.$/s,
    (file) => `发布日期未知：应由 ${file} 说明，但未能使用。`,
  ],
];

/** Chinese for titles, reasons and warnings of trust lists, by their English; what has no form here stays as it is. */
export function trustInChinese(english: string): string {
  for (const [pattern, chinese] of FORMS) {
    const found = pattern.exec(english);
    if (found) return chinese(...found.slice(1));
  }
  return english;
}
