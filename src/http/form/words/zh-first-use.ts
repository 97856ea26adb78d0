import type { FirstUseWords } from './first-use-words.js';

export const zhFirstUse: FirstUseWords = {
  heading: '第一次使用？',
  steps: [
    '在上方选择文件，尽量使用最接近原始的版本。',
    '先读概述：文件声明了什么、由谁作出、此后文件是否改变。',
    '再看哪些未能核查。未发现任何内容，并不说明内容是如何制作的。',
  ],
  samples: '三个可供试用的文件',
  samplesTerms: '它们随 Assay 提供，不会发送到任何地方。',
  sample: {
    'signed-picture': {
      button: '已签名的人工智能图片',
      shows:
        '内容凭证声明其由生成式人工智能制作。本项目用自己的证书签名，该证书不在任何列表中；报告会说明这一点。',
    },
    'labelled-video': {
      button: '带标识的视频',
      shows: '带有人工智能生成合成内容标识（GB 45438-2025），未经任何人签名。',
    },
    'plain-picture': {
      button: '普通图片',
      shows: '没有上述内容：可看到什么都未发现时的报告。',
    },
  },
  lacking: '此服务器缺少的部分',
  doctor: '命令行中的 `assay doctor` 提供更多说明。',
};
