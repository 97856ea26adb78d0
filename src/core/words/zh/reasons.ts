import { date } from './numbers.js';
import { partsNamed } from './parts.js';
import { BOUND_REASONS } from './reasons-bounds.js';

/**
 * Chinese for why something was not read or checked, by the form of the English that stands in the Report; what is
 * in brackets there (places, sizes, an engine's words) is carried over. Long, since it is one table.
 */
export const REASONS: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  ...BOUND_REASONS,
  // How far reading reaches.
  [
    /^The file’s format was not recognised(?: \((.{1,200})\))?, so nothing in it was read\.$/,
    () => '未能识别文件格式，因此没有读取其中任何内容。',
  ],
  [/^Not read in (.{1,60}) files by this version\.$/, (format) => `本版本不读取 ${format} 文件中的此项。`],
  [/^(.{1,60}) files have no such carrier\.$/, (format) => `${format} 文件没有此种载体。`],
  [
    /^(.{1,60}) files have no standard place for Content Credentials\.$/,
    (format) => `${format} 文件没有存放内容凭证的标准位置。`,
  ],
  [
    /^EXIF in (.{1,40}) was found and is not read by this version\.$/,
    (place) => `在 ${place} 中发现 EXIF，本版本不读取。`,
  ],
  [/^The PSD ends before its image resources\.$/, () => 'PSD 在图像资源之前即告结束。'],
  [/^The image resources hold bytes that are no resource\.$/, () => '图像资源中有不属于任何资源的字节。'],
  [/^An image resource gives a length that does not fit the file\.$/, () => '图像资源给出的长度与文件不符。'],
  [
    /^The head of a track holds no comments where its codec has them\.$/,
    () => '轨道头部中没有其编码应有的注释。',
  ],
  [/^The JPEG 2000 codestream’s header breaks off\.$/, () => 'JPEG 2000 码流的头部中断。'],
  [
    /^Content Credentials in (.{1,60}) files are not read by the C2PA engines\.$/,
    (format) => `C2PA 引擎不读取 ${format} 文件中的内容凭证。`,
  ],
  [
    /^Manifest stores in (.{1,60}) files are not read by this version\.$/,
    (format) => `本版本不读取 ${format} 文件中的清单库。`,
  ],
  [/^The pixels are looked at only when asked \(--deep\)\.$/, () => '只有要求时才查看像素（--deep）。'],
  [
    /^The pixels of (.{1,60}) files are not read by this version\.$/,
    (format) => `本版本不读取 ${format} 文件的像素。`,
  ],
  [
    /^Decoding this picture needs ffmpeg, which is not installed here\.$/,
    () => '解码此图片需要 ffmpeg，此处未安装。',
  ],
  [
    /^The ffmpeg installed here yields only a part of this picture \(it may be kept in tiles\)\.$/,
    () => '此处安装的 ffmpeg 只能得到图片的一部分（图片可能分块存放）。',
  ],
  [
    /^This file holds (.{1,400}?)( behind its end)?, which (?:was|were) not looked into\.$/,
    (parts, behind) => `该文件${behind === '' ? '内' : '末尾之后'}有${partsNamed(parts)}，没有查看。`,
  ],
  [
    /^Pictures in this file that have no metadata of their own were not looked into\.$/,
    () => '文件内没有自带元数据的图片没有查看。',
  ],
  [
    /^The PDF is too large to be searched for files and pictures in it\.$/,
    () => 'PDF 过大，没有查找其中的文件和图片。',
  ],
  [/^More than (\d+) assets in one file\.$/, (count) => `一个文件中有超过 ${count} 项内容。`],
  // What was stopped.
  [
    /^Reading had not ended after (.{1,30}) and was stopped\.$/,
    (time) => `读取在 ${seconds(time)} 后仍未结束，已停止。`,
  ],
  [
    /^The time for this file, (.{1,30}), was used up\.$/,
    (time) => `此文件的可用时间（${seconds(time)}）已用尽。`,
  ],
  [
    /^Reading needed more memory than the (.{1,30}) it may have\.$/,
    (size) => `读取所需内存超过允许的 ${size}。`,
  ],
  [/^Reading ended with an error that was not foreseen\.$/, () => '读取因未预料的错误而结束。'],
  [
    /^The reading process answered with (?:something that is not a report|more than a report may hold)\.$/,
    () => '读取进程的应答不是可用的报告。',
  ],
  [/^The reading process crashed \((.{1,60})\)\.$/, (how) => `读取进程崩溃（${how}）。`],
  [/^The reader failed \((.{0,200})\)\.$/, (words) => `读取程序出错（${words}）。`],
  [/^Decoding hit its bound of time or size\.$/, () => '解码达到时间或大小上限。'],
  [/^Decoding the picture needed more memory\.$/, () => '解码图片所需内存不足。'],
  [
    /^The picture has more than ([\d,]+) pixels and was not decoded\.$/,
    (count) => `图片超过 ${count} 像素，未解码。`,
  ],
  [/^The picture could not be decoded\.$/, () => '图片无法解码。'],
  [/^The picture’s header could not be read \((.{0,200})\)\.$/, (words) => `图片头无法读取（${words}）。`],
  [/^Length and codecs could not be read \((.{0,200})\)\.$/, (words) => `时长和编码无法读取（${words}）。`],
  [
    /^More than ([\d,]+) (.{1,40}); later ones were not read\.$/,
    (count) => `超过 ${count} 项；其后的未读取。`,
  ],
  [
    /^The tags hold more than ([\d,]+) characters; later ones were not read\.$/,
    (count) => `标签超过 ${count} 个字符；其后的未读取。`,
  ],
  [
    /^Values longer than ([\d,]+) bytes were read up to there \((\d+)\)\.$/,
    (most, count) => `超过 ${most} 字节的值只读到此处（${count} 个）。`,
  ],
  // Content Credentials: engines and sidecars.
  [/^The C2PA engine broke off on this file\.$/, () => 'C2PA 引擎在读取此文件时中断。'],
  [
    /^The C2PA engine could not read this file: it ends too early\.$/,
    () => 'C2PA 引擎无法读取此文件：文件过早结束。',
  ],
  [/^(Native|WASM)(?: C2PA)? engine: (.+)$/, (name, why) => `C2PA ${engine(name)}引擎：${onward(why)}`],
  [/^The WASM engine has no call for sidecars\.$/, () => 'WASM 引擎没有核验外部凭证文件的接口。'],
  [/^The other engine gave no second opinion\.$/, () => '另一引擎未给出第二意见。'],
  [/^The other engine was not asked, since one was named\.$/, () => '因指定了一个引擎，未询问另一引擎。'],
  [
    /^The WASM engine did not reach the manifest store of this PDF\.$/,
    () => 'WASM 引擎未能读到此 PDF 的清单库。',
  ],
  [/^The other engine was used\.$/, () => '已改用另一引擎。'],
  [/^There is no second opinion\.$/, () => '没有第二意见。'],
  [/^The (native|wasm) engine gave no second opinion\.$/, (name) => `${engine(name)}引擎未给出第二意见。`],
  [
    /^The (native|wasm) engine found the manifest store (\w+)\.$/,
    (name, state) => `${engine(name)}引擎对清单库的结果：${state}。`,
  ],
  [
    /^This is an initialisation segment; its fragments are not in this file and were not validated\.$/,
    () => '这是初始化片段；其后续片段不在本文件中，未校验。',
  ],
  [
    /^The file points to Content Credentials kept elsewhere; they were not fetched\.$/,
    () => '文件指向存放在别处的内容凭证；未获取。',
  ],
  [
    /^The file is cut off: Content Credentials may have stood in what is missing\.$/,
    () => '文件不完整：缺失的部分中可能存有内容凭证。',
  ],
  [/^The sidecar holds no manifest store\.$/, () => '附带文件中没有清单库。'],
  [/^With the sidecar: (.+)$/, (why) => `使用附带文件：${onward(why)}`],
  [/^The sidecar was not read: (.+)\.$/, (why) => `附带文件未读取：${why}。`],
  [
    /^The sidecar is larger than the ([\d,]+) bytes that are read\.$/,
    (most) => `附带文件大于可读取的 ${most} 字节。`,
  ],
  [
    /^A sidecar can be validated by the native C2PA engine only; the WASM one has no call for it\.(.*)$/,
    () => '附带文件只能由 C2PA 本地引擎校验；WASM 引擎没有此功能。',
  ],
  // Content Credentials: the file's own bytes.
  [/^The manifest store was not found in the file’s own bytes\.$/, () => '未在文件自身的字节中找到清单库。'],
  [/^The file holds several manifest stores\.$/, () => '文件含有多个清单库。'],
  [
    /^The manifest store is (empty|cut off)\.$/,
    (how) => (how === 'empty' ? '清单库为空。' : '清单库不完整。'),
  ],
  [/^The manifest is compressed and could not be unpacked\.$/, () => '清单经过压缩，无法解压。'],
  [
    /^The compressed manifest does not hold one manifest of its own label\.$/,
    () => '压缩清单中没有唯一的同名清单。',
  ],
  [
    /^The compressed manifests of the store take more than (\d+) bytes; the rest was not read\.$/,
    (most) => `清单库中的压缩清单解压后超过 ${most} 字节；其余未读取。`,
  ],
  [
    /^A timestamp for this signature may stand in another manifest \(c2pa\.time-stamp\), and could not be read there\.$/,
    () => '另一清单中可能存有此签名的时间戳（c2pa.time-stamp），但未能读取。',
  ],
  [
    /^More timestamps for this signature stand in other manifests \(c2pa\.time-stamp\) than are read\.$/,
    () => '其他清单中此签名的时间戳（c2pa.time-stamp）多于所读取的数量。',
  ],
  [
    /^The timestamp kept in another manifest is from after the certificate had run out, so it does not prove that the certificate was used in time\.$/,
    () => '存于另一清单的时间戳晚于证书到期之时，因此不能证明证书是在有效期内使用的。',
  ],
  [
    /^The manifest holds (?:several claims or claim signatures|no claim signature)\.$/,
    () => '清单中没有唯一的声明签名。',
  ],
  [/^Several manifests in the store bear the same label\.$/, () => '清单库中有多份清单标签相同。'],
  [
    /^A (?:claim|manifest) (?:is not built as the standard has it, or is larger than the bound|holds no claim of a version that is read)\.$/,
    () => '声明不是可读取的形式或版本。',
  ],
  [
    /^An assertion (?:holds no CBOR|is not built as the standard has it, or is larger than the bound)\.$/,
    () => '断言不是标准规定的形式，或超过大小上限。',
  ],
  [
    /^The C2PA engine could not load the active manifest: what it states and who signed it is not known\.$/,
    () => 'C2PA 引擎无法载入当前清单：不知其声明了什么、由谁签名。',
  ],
  [/^The signer’s certificate could not be read\.$/, () => '签发者的证书无法读取。'],
  // Trust lists and chains.
  [/^No list of signers is installed\.$/, () => '未安装签发者列表。'],
  [/^No list of timestamp authorities is installed\.$/, () => '未安装时间戳签发机构列表。'],
  [
    /^The list file (.{1,200}) could not be used, and no other list has this certificate\.$/,
    (file) => `列表文件 ${file} 无法使用，其他列表中没有此证书。`,
  ],
  [/^There is no time at which the certificate was valid\.$/, () => '没有证书有效的时间。'],
  [/^No certificate of this list issued it\.$/, () => '该列表中没有证书是其颁发者。'],
  [/^The certificate could not be read\.$/, () => '证书无法读取。'],
  [/^The certificate is that of an issuer, not of a signer\.$/, () => '该证书属于颁发机构，而不是签发者。'],
  [/^The certificate does not allow signatures\.$/, () => '该证书不允许用于签名。'],
  [/^The certificate was not valid at that time\.$/, () => '该证书在那时不在有效期内。'],
  [/^An issuer’s certificate was not valid at that time\.$/, () => '颁发机构的证书在那时不在有效期内。'],
  [
    /^An issuer’s (?:certificate could not be read|certificate does not allow issuing|certificate is limited to other purposes|key is too short to prove anything|signature does not hold)\.$/,
    () => '颁发机构的证书、密钥或签名不合要求。',
  ],
  [/^An issuer’s key is of a kind that is not checked\.$/, () => '颁发机构的密钥类型不在核查之列。'],
  [
    /^A critical certificate extension \((.{1,80})\) is not understood\.$/,
    (oid) => `无法识别证书的关键扩展（${oid}）。`,
  ],
  [/^A chain longer than (\d+) is not followed\.$/, (most) => `不跟踪长于 ${most} 级的证书链。`],
  [
    /^Certificates signed with algorithm (.{1,80}) are not checked\.$/,
    (name) => `不核查以 ${name} 算法签名的证书。`,
  ],
  // Timestamps.
  [/^The authority’s signature over the timestamp does not hold\.$/, () => '时间戳签发机构的签名不成立。'],
  [/^The timestamp is for other bytes than this signature\.$/, () => '时间戳针对的不是此签名的字节。'],
  [/^The timestamp’s signature or imprint could not be checked\.$/, () => '时间戳的签名或摘要无法核查。'],
  [
    /^The C2PA engine could not read the manifest store \((.{0,240})\)\.$/,
    (words) => `C2PA 引擎无法读取清单库（${words}）。`,
  ],
  [
    /^A compressed (\w{4}) chunk grows past ([\d,]+) bytes\.$/,
    (type, most) => `压缩的 ${type} 块解压后超过 ${most} 字节。`,
  ],
  [
    /^The XMP packet in (.{1,300}) is nested deeper than (\d+) elements\.$/,
    (place, most) => `${place} 中的 XMP 嵌套超过 ${most} 层。`,
  ],
  [
    /^Metadata in text chunks “Raw profile type …” are written there in hexadecimal digits\.$/,
    () => '文本块“Raw profile type …”中的元数据以十六进制数字写成。',
  ],
  [/^Hidden text is announced, and its length does not fit\.$/, () => '标明藏有文字，但其长度不合。'],
  [/^Hidden text is announced as gzip and does not unpack\.$/, () => '标明藏有 gzip 文字，但无法解压。'],
  // Damage in the file.
  [/^The file ends within an APE tag\.$/, () => '文件在 APE 标签中间结束。'],
  [/^The APE tag gives a size that does not fit the file\.$/, () => 'APE 标签所写大小与文件不合。'],
  [
    /^The box for an ID3 tag holds none, or one that is larger than the box\.$/,
    () => '用于 ID3 标签的盒中没有 ID3 标签，或标签大于该盒。',
  ],
  [
    /^Only the XMP of the document was read; pictures and files inside the PDF were not looked into\.$/,
    () => '只读取了文档本身的 XMP；未查看 PDF 中的图片和文件。',
  ],
  [
    /^The PDF is encrypted, so what stands in its metadata could not be read\.$/,
    () => 'PDF 已加密，无法读取其元数据的内容。',
  ],
  [/^An item of the APE tag runs past the tag\.$/, () => 'APE 标签中有一项超出该标签。'],
  [
    /^The (\w+) (?:ends (?:before|inside) .{1,60}|header is cut off|metadata are cut off)\.$/,
    (format) => `${format} 数据过早结束。`,
  ],
  [
    /^The (\w{4}|last|Exif) (?:chunk|element|segment)(?: “.{0,200}”)? (?:is cut off|runs past the end of the file|is too short)\.$/,
    (name) => `数据块（${name}）不完整，超出文件末尾。`,
  ],
  [
    /^The box at byte (\d+) gives a size that does not fit the file\.$/,
    (at) => `第 ${at} 字节处的盒所写大小与文件不合。`,
  ],
  [/^The (.{1,4}) box runs past the end of the file\.$/, (type) => `${type} 盒超出文件末尾。`],
  [/^The form runs past the end of the file\.$/, () => '文件头所写的长度超出文件末尾。'],
  [
    /^The file ends before its (moov box|media data)\.$/,
    (what) => `文件过早结束，缺少${what === 'moov box' ? ' moov 盒' : '媒体数据'}。`,
  ],
  [/^Bytes from (\d+) on are no box\.$/, (at) => `自第 ${at} 字节起不是盒结构。`],
  [
    /^The element at byte (\d+) runs past the one it stands in\.$/,
    (at) => `第 ${at} 字节处的元素超出其所在元素。`,
  ],
  [
    /^The XMP packet in (.{1,300}) is not well-formed XML: it uses names whose prefix it does not declare \((.{1,3000})\)\.$/,
    (place, prefixes) =>
      `${place} 中的 XMP 不是格式良好的 XML：所用名称的前缀（${prefixes.replaceAll(', ', '、')}）未经声明。`,
  ],
  [/^They were read by the usual meaning of the prefix\.$/, () => '已按这些前缀的通常含义读取。'],
  [
    /^The XMP packet in (.{1,300}) is not well-formed XML and was read up to where it breaks\.$/,
    (place) => `${place} 中的 XMP 不是格式良好的 XML，已读取到出错之处。`,
  ],
  [
    /^The XMP packet in (.{1,300}) is not well-formed XML\.$/,
    (place) => `${place} 中的 XMP 不是格式良好的 XML。`,
  ],
  [
    /^The XMP packet in (.{1,300}) has a DOCTYPE and was not read\.$/,
    (place) => `${place} 中的 XMP 含有 DOCTYPE，未读取。`,
  ],
  [
    /^The value of the EXIF tag (.{1,80}) runs past its block\.$/,
    (name) => `EXIF 标签 ${name} 的值超出其所在区块。`,
  ],
  [/^The directories of an EXIF block form a loop\.$/, () => 'EXIF 目录构成循环。'],
  [/^A TIFF directory (?:is cut off|lies past the end of its block)\.$/, () => 'TIFF 目录不完整。'],
  [
    /^The header of the BigTIFF names a width of offsets that it cannot have\.$/,
    () => 'BigTIFF 文件头标明的偏移宽度无效。',
  ],
  [/^The TIFF header (?:is cut off|has no byte order)\.$/, () => 'TIFF 文件头不完整。'],
  [/^The TIFF directories form a loop\.$/, () => 'TIFF 目录构成循环。'],
  [
    /^(An EXIF block|An XMP packet|An IPTC-IIM block) in (.{1,300}) is (?:cut off|larger than ([\d,]+) bytes(?: and was not read)?)\.$/,
    (_what, place) => `${place} 中的元数据区块不完整或超过大小上限。`,
  ],
  [/^A (\w{4}) chunk (?:does not inflate|has no keyword)\.$/, (type) => `${type} 块无法解压或没有关键字。`],
  [
    /^The stored thumbnail (?:could not be decoded|does not lie where EXIF says)\.$/,
    () => '内嵌缩略图无法读取。',
  ],
  // Why a picture was not made.
  [/^Even made small it takes more bytes than it may\.$/, () => '即使缩小后，其字节数仍超过上限。'],
  [
    /^Too many files waited for their pictures while this one was here\.$/,
    () => '该文件在此期间，等待生成图片的文件过多。',
  ],
  [
    /^What was made of it could not be decoded and encoded anew, and was left out\.$/,
    () => '由其生成的图片无法再次解码并重新编码，已略去。',
  ],
  [/^The file was gone\.$/, () => '文件已不在。'],
  // Notes on what was read.
  [
    /^The file holds further pictures; only the first one’s metadata were read\.$/,
    () => '文件还含有其他图片；只读取了第一张的元数据。',
  ],
  [
    /^A thumbnail is stored; the picture is too even for it to be compared\.$/,
    () => '有内嵌缩略图；图片过于单一，无法比较。',
  ],
  // Names of lists; a date may follow.
  [/^C2PA Trust List(.{0,40})$/, (rest) => `C2PA 官方信任列表${edition(rest)}`],
  [/^C2PA TSA Trust List(.{0,40})$/, (rest) => `C2PA 官方时间戳机构列表${edition(rest)}`],
  [/^Interim Trust List \(timestamping\)(.{0,40})$/, (rest) => `过渡信任列表（时间戳）${edition(rest)}`],
  [/^Interim Trust List(.{0,40})$/, (rest) => `过渡信任列表${edition(rest)}`],
  [/^private anchors(.{0,40})$/, (rest) => `自有信任锚${edition(rest)}`],
  [/^private timestamp anchors(.{0,40})$/, (rest) => `自有时间戳信任锚${edition(rest)}`],
];

/** A reason within a reason. */
function onward(english = ''): string {
  for (const [pattern, chinese] of REASONS) {
    const found = pattern.exec(english);
    if (found) return chinese(...found.slice(1).map((part = '') => part));
  }
  return english;
}

const engine = (name = '') => (/native/i.test(name) ? '本地' : 'WASM ');

const seconds = (time = '') => time.replace(/ ?s(?:econds?)?$/, ' 秒');

/** The day that a list is of, as it follows the list's name. */
const edition = (rest = '') => rest.replace(/^ of (\S+)$/, (_all, day: string) => `（${date(day)}版）`);
