import type { Words } from '../words.js';

/** Chinese for the terms of C2PA and IPTC. Source types go on after “其” or “画面”. */

export const sourceTypes = {
  trainedAlgorithmicMedia: '由生成式人工智能制作',
  compositeWithTrainedAlgorithmicMedia: '经生成式人工智能编辑',
  compositeSynthetic: '为合成作品，其中部分由生成式人工智能制作',
  trainedAlgorithmicData: '为经训练的人工智能模型生成的数据',
  virtualRecording: '为虚拟事件的录制，可能含有人工智能生成的元素',
  composite: '为合成作品，可能含有人工智能生成的元素',
  digitalArt: '为数字艺术作品，可能含有人工智能生成的元素',
  algorithmicMedia: '由算法制作，未使用经训练的人工智能',
  algorithmicallyEnhanced: '经算法修正',
  dataDrivenMedia: '为数据的呈现',
  digitalCreation: '由人使用非生成式数字工具制作',
  humanEdits: '由人使用非生成式工具编辑',
  minorHumanEdits: '由人做过少量编辑',
  softwareImage: '由软件制作',
  digitalCapture: '由相机或录制设备采集',
  computationalCapture: '由相机采集，并合并或处理了多帧',
  compositeCapture: '由多次采集拼合而成',
  screenCapture: '为屏幕截取，画面可能含有人工智能生成的内容',
  negativeFilm: '由底片数字化而来',
  positiveFilm: '由正片数字化而来',
  print: '由印刷品或照片数字化而来',
  empty: '始于空白画布',
} as const satisfies Words['sourceTypes'];

export const relationships = {
  parentOf: '早先版本',
  componentOf: '置入其中的部分',
  inputTo: '制作时的输入',
} as const satisfies Words['relationships'];

export const actions = {
  'c2pa.addedText': '添加文字',
  'c2pa.adjustedColor': '调整颜色',
  'c2pa.changedSpeed': '改变播放速度',
  'c2pa.color_adjustments': '调整颜色',
  'c2pa.converted': '转换为其他格式',
  'c2pa.created': '创建',
  'c2pa.cropped': '裁剪',
  'c2pa.deleted': '删去部分内容',
  'c2pa.drawing': '绘制',
  'c2pa.dubbed': '配音',
  'c2pa.edited': '编辑',
  'c2pa.edited.metadata': '编辑元数据',
  'c2pa.enhanced': '增强',
  'c2pa.filtered': '使用滤镜',
  'c2pa.opened': '打开',
  'c2pa.orientation': '旋转或镜像',
  'c2pa.placed': '置入内容',
  'c2pa.published': '发布',
  'c2pa.redacted': '移除早先凭证的部分内容',
  'c2pa.removed': '移除置入的部分',
  'c2pa.repackaged': '重新封装，内容未变',
  'c2pa.resized': '调整尺寸',
  'c2pa.resized.proportional': '按比例调整尺寸',
  'c2pa.transcoded': '重新编码',
  'c2pa.translated': '翻译',
  'c2pa.trimmed': '剪去片段',
  'c2pa.unknown': '签发者不了解的操作',
  'c2pa.watermarked': '嵌入不可见水印',
  'c2pa.watermarked.bound': '嵌入与本凭证绑定的不可见水印',
  'c2pa.watermarked.unbound': '嵌入未与本凭证绑定的不可见水印',
} as const satisfies Words['actions'];

export const removable = {
  'stds.exif': '相机数据（EXIF）',
  'stds.iptc': 'IPTC 元数据',
  'stds.schema-org.CreativeWork': '作者信息',
  'c2pa.metadata': '元数据',
  'cawg.metadata': '元数据',
  'cawg.identity': '身份信息',
  'c2pa.location': '位置',
  'c2pa.thumbnail': '预览图',
  'c2pa.ingredient': '素材',
  'c2pa.actions': '操作清单',
} as const satisfies Words['removable'];

export const ingredientStates = {
  intact: '其凭证成立',
  altered: '与其自身的凭证不符',
  undetermined: '无法确定其与自身的凭证是否相符',
} as const satisfies Words['ingredientStates'];

export const through = {
  anchor: '该证书的颁发机构在该列表中',
  allowed: '该证书本身在该列表中',
} as const satisfies Words['through'];
