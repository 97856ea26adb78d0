import type { INCEPTION_ROWS, TRANSFORMATION_ROWS } from '../../rubric-rows.js';
import { DIGITAL_SOURCE_TYPES, type DigitalSourceType } from '../../signals.js';
import type { DISCLOSURE_SIGNALS } from '../../signals-disclosure.js';
import type { Words } from '../words.js';
import { labelSignals } from './signals-labels.js';
import { originSignals } from './signals-origins.js';
import { traceSignals } from './signals-traces.js';

type TypeIds<P extends string> = `${P}.digitalSourceType.${DigitalSourceType | 'unrecognised'}`;

function typeRows<P extends string>(prefix: P, where: string): Record<TypeIds<P>, string> {
  const rows = [...DIGITAL_SOURCE_TYPES, 'unrecognised' as const].map((term) => [
    `${prefix}.digitalSourceType.${term}`,
    term === 'unrecognised'
      ? `${where}带有词表之外的 digitalSourceType；照原文显示。`
      : `${where}声明 digitalSourceType 为 ${term}。`,
  ]);
  return Object.fromEntries(rows) as Record<TypeIds<P>, string>;
}

const rubric = {
  'c2pa.inception.blankCanvas': 'C2PA 评定表：某份清单称其始于空白画布。',
  'c2pa.inception.capturedMedia': 'C2PA 评定表：某份清单称其始于拍摄或录制。',
  'c2pa.inception.capturedMediaStitched': 'C2PA 评定表：某份清单称其始于多次拍摄的拼合。',
  'c2pa.inception.compositionMayContainGenAI':
    'C2PA 评定表：某份清单称其始于合成作品，其中可能含有生成的部分。',
  'c2pa.inception.fullyGenAIMedia': 'C2PA 评定表：某份清单称其始于人工智能生成的内容。',
  'c2pa.inception.mediaUnknownProvenance': 'C2PA 评定表：某份清单含有一个没有自身内容凭证的素材。',
  'c2pa.inception.nonGenAIDigitalCreation': 'C2PA 评定表：某份清单称其始于未使用生成式人工智能的数字创作。',
  'c2pa.inception.partlyGenAICreation': 'C2PA 评定表：某份清单称其始于含有人工智能生成部分的合成作品。',
  'c2pa.inception.screenCaptureMayContainGenAI':
    'C2PA 评定表：某份清单称其始于屏幕截取，画面可能含有生成的内容。',
  'c2pa.transformation.ambiguousActions':
    'C2PA 评定表：某份清单的操作清单缺失、未写明完整，或含有未知或汇集而来的操作。',
  'c2pa.transformation.nonEditorial': 'C2PA 评定表：某份清单称做过非编辑性操作。',
  'c2pa.transformation.perceptibleGenAI': 'C2PA 评定表：某份清单称某项编辑性操作使用了生成式人工智能。',
  'c2pa.transformation.perceptibleNonGenAI':
    'C2PA 评定表：某份清单称某项编辑性操作的来源类型不是生成式人工智能。',
  'c2pa.transformation.perceptiblePossiblyGenAI':
    'C2PA 评定表：某份清单称某项编辑性操作的来源类型可能意味着生成式人工智能。',
} as const satisfies Record<keyof typeof INCEPTION_ROWS | keyof typeof TRANSFORMATION_ROWS, string>;

const disclosure = {
  'c2pa.ai.created': '某项 C2PA 操作称内容由生成式人工智能创建。',
  'c2pa.ai.altered': '某项 C2PA 操作称内容经生成式人工智能改动。',
  'c2pa.ai.systemNamed': '声明使用生成式人工智能的清单写明了所用系统的名称。',
  'c2pa.ai.systemVersion': '该系统的名称中含有数字，可能是其版本。',
  'c2pa.ai.when': '声明使用生成式人工智能的 C2PA 操作写有时间；此为签发者所述。',
  'c2pa.ai.inIngredient': '使用生成式人工智能的声明位于某个素材的清单中：内容被再次使用时，该声明得到保留。',
  'c2pa.identifier': '当前清单有自身的标识符。',
  'c2pa.capture.stated': '某项 C2PA 操作称内容由设备拍摄或录制。',
  'c2pa.capture.deviceNamed': '声明拍摄或录制的清单写明了设备或其软件的名称。',
  'c2pa.capture.when': '声明拍摄或录制的 C2PA 操作写有时间；此为签发者所述。',
} as const satisfies Record<keyof typeof DISCLOSURE_SIGNALS, string>;

/** What each signal means. A signal without its line here does not compile. */
export const signals: Words['signals'] = {
  'c2pa.present': '文件带有 C2PA 清单库。',
  'c2pa.remote': '文件指向存放在别处的内容凭证；未获取。',
  'c2pa.unreadable': '有 C2PA 清单库，但无法读取。',
  'c2pa.integrity.intact': '当前清单的签名、每个有散列值的 URI 及其硬绑定均与本文件相符。',
  'c2pa.binding.leavesOutMore': '硬绑定未涵盖的字节多于清单库自身所占：这部分若有改动，不会留下痕迹。',
  'c2pa.integrity.altered': '当前清单所涵盖的字节在签发后有改动。',
  'c2pa.integrity.undetermined': '无法确定签发后文件是否改动。',
  'c2pa.ingredient.altered': '某个素材的清单与其所针对的内容不符。',
  'c2pa.engines.disagree': '两个 C2PA 引擎对凭证的有无或校验状态码给出不同结果；值中列出双方。',
  'c2pa.signer.named': '当前清单的证书写有签发者名称。',
  'c2pa.signer.official': '签发者的证书可链接至 C2PA 官方信任列表。',
  'c2pa.signer.interim': '签发者的证书在过渡信任列表中或可链接至该列表（2026-01-01 冻结）。',
  'c2pa.signer.private': '签发者的证书可链接至运营者安装的信任锚。',
  'c2pa.signer.unlisted': '签发者的证书不在任何已安装的列表中：任何人都可以制作这样的证书。',
  'c2pa.signer.revoked': '签名所附的应答称该证书已被吊销。',
  'c2pa.conformance.disallowedSignal': '按照符合性产品清单中的记录，签发者的产品不得声明此清单所声明的内容。',
  'c2pa.time.proven': '由列表中的机构签发的时间戳证明：签名的作出不晚于时间戳所载的时间。',
  'c2pa.time.stamped': '附有与签名相符的时间戳。',
  'c2pa.time.expiredWithoutTimestamp': '签发者的证书已过期，且没有受信任的时间戳证明其使用时间。',
  ...rubric,
  ...typeRows('c2pa', '某项 C2PA 操作'),
  ...typeRows('iptc', 'XMP（Iptc4xmpExt:DigitalSourceType）'),
  'c2pa.declaration.microsoftAiImage':
    '微软形式的 C2PA 操作：软件代理为“Image Creator from Designer”，说明为“AI Generated Image”。',
  'c2pa.declaration.blackForestLabs':
    'Black Forest Labs 形式的 C2PA 断言（c2pa.ai_generated_content）写有 ai_generated: true。',
  'c2pa.declaration.adobeFirefly':
    '由 Adobe Firefly 写入的清单中，Adobe 的 C2PA 断言（com.adobe.generative-ai）写有 Adobe Firefly。',
  'c2pa.declaration.aiDisclosure':
    'C2PA 断言（c2pa.ai-disclosure）写明有人工智能模型参与；未说明内容有多少出自该模型。',
  'c2pa.declaration.suno': '他人在音乐生成工具 Suno 的文件中观察到的 C2PA 断言（com.suno.provenance）。',
  'c2pa.declaration.dreamina': '声明生成工具自称 Dreamina（即梦）；他人曾在该生成工具的文件中观察到这一点。',
  'c2pa.trainingMining':
    'C2PA 或 CAWG 断言说明内容可否用于数据挖掘或人工智能训练。它不说明内容是如何制作的。',
  'c2pa.softBinding.fingerprint': 'C2PA 软绑定给出由内容计算的指纹，用于找回其清单。',
  'c2pa.softBinding.unrecognised': 'C2PA 软绑定写有表中没有的算法；照原文显示。',
  'watermark.declared': 'C2PA 软绑定称内容中含有不可见水印；未查找该水印。',
  'watermark.action': '某项 C2PA 操作称在内容中嵌入了水印；未查找该水印。这不意味着使用了人工智能。',
  'cawg.identity.present': '有 CAWG 身份断言：签发者之外的他人可能声明了其在内容中的角色。',
  'cawg.identity.wellFormed': 'CAWG 身份自身的签名和引用相符；其签发方是否可信未核查。',
  'cawg.identity.notCheckable': '此处无法核查 CAWG 身份：需要网络、CAWG 列表，或引擎所没有的方法。',
  'cawg.identity.malformed': 'CAWG 身份断言不符合其自身格式的规则；状态码已列出。这不是文件的问题。',
  'cawg.identity.outsideValidity': 'CAWG 身份的凭据已被吊销，或其日期、时间戳不合；状态码已列出。',
  'cawg.identity.invalid': 'CAWG 身份的签名不符，或其所针对的是另外的断言。',
  ...labelSignals,
  ...traceSignals,
  ...originSignals,
  ...disclosure,
};
