/**
 * Chinese for what a fact of ours says, by its English: parts of a provider code, whom a table names for it, why a
 * signature beside a label was not checked.
 */
export const FACT_VALUES: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^yes$/, () => '是'],
  [/^no$/, () => '否'],
  [/^organisation \(1\)$/, () => '组织（1）'],
  [/^unified social credit code \(1\)$/, () => '统一社会信用代码（1）'],
  [/^matches$/, () => '相符'],
  [/^does not match$/, () => '不符'],
  [/^generation or synthesis \(1\)$/, () => '生成合成（1）'],
  [/^content propagation \(2\)$/, () => '内容传播（2）'],
  [/^none given \(0\)$/, () => '未给出（0）'],
  [/^other \((.)\)$/, (service) => `其他（${service}）`],
  [
    /^(\d+) characters, where the rule has (\d+)$/,
    (got, wanted) => `有 ${got} 个字符，而规则为 ${wanted} 个`,
  ],
  [/^small letters, where the rule has capital letters$/, () => '含小写字母，而规则为大写字母'],
  [
    /^the letter (.{1,4}), which GB 32100-2015 does not use$/u,
    (letter) => `含 GB 32100-2015 不使用的字符 ${letter}`,
  ],
  [/^the check digit of the USCC does not match$/, () => '统一社会信用代码的校验码不符'],
  // Whom a code stands for, and who says so.
  [/^Honor \((.+)\)$/, (product) => `荣耀（${product}）`],
  [/^ByteDance \(Doubao\)$/, () => '字节跳动（豆包）'],
  [/^Jimeng$/, () => '即梦'],
  [/^Kuaishou \(Kling\)$/, () => '快手（可灵）'],
  [/^Tencent \(Yuanbao\)$/, () => '腾讯（元宝）'],
  [/^Baidu$/, () => '百度'],
  [/^ShengShu \(Vidu\)$/, () => '生数科技（Vidu）'],
  [/^grade ([VSDOC]): (.+)$/, (grade, source) => `${sourceOf(source)}（把握等级 ${grade}）`],
  // Why a signature beside a label was not checked, and what one that holds is over.
  [/^its algorithm is not SM2 with SM3$/, () => '其算法不是 SM2 与 SM3'],
  [/^it is over something other than the label’s fields$/, () => '它所签的不是标识的字段'],
  [/^the signature itself is missing$/, () => '缺少签名本身'],
  [/^no public key stands beside it$/, () => '旁边没有公钥'],
  [
    /^it is over none of the texts that are known, and what its writer signs is not published$/,
    () => '它所签的不是任何一种已知文本，而其写入方未公布所签内容',
  ],
  [/^the signature is not in the form of an SM2 signature$/, () => '签名不是 SM2 签名的形式'],
  [/^the public key is not in a form of an SM2 key$/, () => '公钥不是 SM2 公钥的形式'],
  [/^it was not looked at$/, () => '未查看'],
  [
    /^more than (\d+) signatures of labels are in this file, and this one was not looked at$/,
    (most) => `本文件中的标识签名超过 ${most} 个，此签名未查看`,
  ],
  [/^the text of Annex A\.1$/, () => '附录 A.1 的文本'],
  [/^the SM3 digest of that text$/, () => '该文本的 SM3 摘要'],
];

function sourceOf(english = ''): string {
  return english
    .replace(
      'producer list in wiltodelta/remove-ai-watermarks, collected from labels in public samples (2026-09/10)',
      'wiltodelta/remove-ai-watermarks 中的生产者列表，收集自公开样本的标识（2026 年 9 至 10 月）',
    )
    .replace('; Doubao samples', '；豆包样本')
    .replace('; Jimeng samples', '；即梦样本')
    .replace(
      'one blog on labels in Qwen pictures; other sources give Qwen another code',
      '一篇关于 Qwen 图片标识的博客；其他来源给出的 Qwen 编码与此不同',
    );
}
