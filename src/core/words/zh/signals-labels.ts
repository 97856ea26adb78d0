import type { GB45438_SIGNALS } from '../../signals-gb45438.js';
import type { LABEL_SIGNALS } from '../../signals-labels.js';

/** Chinese for standard labels, in the terms of GB 45438-2025. */
export const labelSignals = {
  'gb45438.label.present': '发现 GB 45438 隐式标识（AIGC），其中至少有一个已知字段。',
  'gb45438.label.generated': 'GB 45438 Label 为“1”：内容属于人工智能生成合成。',
  'gb45438.label.possible': 'GB 45438 Label 为“2”：内容可能为人工智能生成合成。',
  'gb45438.label.suspected': 'GB 45438 Label 为“3”：内容疑似为人工智能生成合成。',
  'gb45438.label.unrecognised': 'GB 45438 Label 的值不是 1、2、3；照原文显示。',
  'gb45438.label.shell': '有 AIGC 键名，但未能从中读取任何已知字段。',
  'gb45438.element.label': '标识含有要素 Label。',
  'gb45438.element.contentProducer': '标识含有要素 ContentProducer。',
  'gb45438.element.produceId': '标识含有要素 ProduceID。',
  'gb45438.element.contentPropagator': '标识含有要素 ContentPropagator。',
  'gb45438.element.propagateId': '标识含有要素 PropagateID。',
  'gb45438.element.absent': '6.1 a) 所要求的某个要素缺失或为空；值中写明是哪一个。',
  'gb45438.form.wrapped': '标识为附录 E b) 的字符串 {"AIGC":{…}}。',
  'gb45438.form.bare': '标识为 TC260 实践指南的七字段对象，没有 AIGC 外层。',
  'gb45438.value.notString': '标识的某个字段不是字符串（附录 E 要求为字符串）。',
  'gb45438.value.labelNotString': 'Label 本身不是字符串（附录 E c)）；按其文本读取。',
  'gb45438.key.withoutAigc': '标识所在字段的名称不含 AIGC（附录 E a)）。',
  'gb45438.keys.duplicate': '同一标识中某个字段名出现两次；读取的是后一个，其他读取方可能取前一个。',
  'gb45438.charset.outside': '某个字段使用了附录 E j) 所列之外的字符。',
  'gb45438.propagation.sameAsProduction': '传播要素与生产要素相同，如附录 E 注 1 所述的首次写入。',
  'gb45438.propagation.differs': '传播要素与生产要素不同，如平台写入自身信息之后的情形。',
  'gb45438.copies.several': '文件中有不止一份标识（6.1 c) 要求一份）。',
  'gb45438.copies.disagree': '文件中的几份标识不一致；值中写明字段。',
  'gb45438.provider.code': '27 位服务提供者编码，已拆分为各部分；它指明提供服务的组织，而不是模型。',
  'gb45438.provider.codeMalformed': '某个值以服务提供者编码的形式开头，但不合编码规则；已写明问题所在。',
  'gb45438.provider.listed': '服务提供者编码中的组织代码见于 Assay 的对照表；名称由查表得来，不在文件中。',
  'gb45438.security.present': '标识的预留字段含有 SecurityData（TC260-PG-202511A）。',
  'gb45438.security.signatureHolds':
    '标识中的签名与其所涵盖的字段相符。密钥就在旁边：这说明这些字段未变，但不说明由谁写入，也不说明内容如何。',
  'gb45438.security.signatureBroken':
    '标识中的签名与现有的 Label、ContentProducer、ProduceID 不符；已知的各种签名文本形式都试过。',
  'gb45438.security.notCheckable': '标识中的签名无法核查；已写明原因。',
  'iptc.ai.systemUsed':
    'XMP（Iptc4xmpExt:AISystemUsed）写有人工智能系统的名称；按 IPTC 的定义，该字段指生成图像所用的系统。',
  'iptc.ai.systemVersionUsed': 'XMP（Iptc4xmpExt:AISystemVersionUsed）写有人工智能系统的版本。',
  'iptc.ai.promptInformation': 'XMP（Iptc4xmpExt:AIPromptInformation）写有提交给生成式人工智能服务的提示词。',
  'iptc.ai.promptWriterName': 'XMP（Iptc4xmpExt:AIPromptWriterName）写有提示词作者的姓名。',
  'iptc.credit.googleMade': '署名行称内容由 Google 的人工智能制作。',
  'iptc.credit.googleEdited': '署名行称内容经 Google 的人工智能编辑。',
  'iptc.credit.appleCleanUp': '署名行写有“清理”（Clean Up），即 Apple 照片用人工智能抹除物体的工具。',
  'iptc.credit.appleImagePlayground': '署名行写有 Apple Image Playground；该生成工具会这样写仅为他人所称。',
  'iptc.dataMining':
    'XMP（plus:DataMining）说明内容可否用于数据挖掘或人工智能训练。它不说明内容是如何制作的。',
} as const satisfies Record<keyof typeof GB45438_SIGNALS | keyof typeof LABEL_SIGNALS, string>;
