import type { HabitText } from '../../signatures/platform-habits.js';

/** Chinese for what a path usually removes, keyed by the row's own English. A habit, never a verdict. */
export const habits: Readonly<Record<HabitText, string>> = {
  'Facebook and Instagram encode pictures anew and usually hand them out without EXIF, XMP and Content Credentials.':
    'Facebook 和 Instagram 会重新编码图片，提供的图片通常不再带有 EXIF、XMP 和内容凭证。',
  'Stack Overflow 31120222 and samples published by others; not reproduced by us':
    'Stack Overflow 31120222 及他人公布的样本；我们未复现',
  'WhatsApp encodes pictures and videos anew and usually removes what they say of themselves; sent as a document, a file stays as it was.':
    'WhatsApp 会重新编码图片和视频，通常会去除其元数据；以文档形式发送的文件保持原样。',
  'Descriptions by others, 2026; not reproduced by us': '他人的描述，2026 年；我们未复现',
  'Telegram encodes pictures anew and usually removes what they say of themselves; sent as a file, they stay as they were.':
    'Telegram 会重新编码图片，通常会去除其元数据；以文件形式发送的保持原样。',
  'X (Twitter) encodes pictures and videos anew and usually hands them out without EXIF, XMP and Content Credentials.':
    'X（Twitter）会重新编码图片和视频，提供的内容通常不再带有 EXIF、XMP 和内容凭证。',
  'WeChat usually encodes pictures anew; what they said of themselves may be gone. Chinese rules ask platforms to read AI labels and to write their own.':
    '微信通常会重新编码图片，其元数据可能已不在。标识办法要求传播平台核验隐式标识并写入自身的传播要素。',
  'Measures for Labelling AI-Generated Synthetic Content, Article 6 (in force 2025-09-01)':
    '《人工智能生成合成内容标识办法》第六条（2025-09-01 施行）',
  'YouTube encodes videos anew; public streams come without Content Credentials, and a disclosure of AI stands on the page rather than in the file.':
    'YouTube 会重新编码视频；公开的视频流不带内容凭证，有关人工智能的说明在页面上而不在文件中。',
  'IPTC, March 2026; test of public streams, 2026-09-24':
    'IPTC，2026 年 3 月；对公开视频流的测试，2026-09-24',
  'TikTok and Douyin encode videos anew; Content Credentials of the upload usually do not come with a download, and their own label is left out where nobody set it.':
    'TikTok 和抖音会重新编码视频；上传时的内容凭证通常不随下载保留，无人设置时也没有平台自身的标识。',
  'IPTC, March 2026; a downloaded video of a person without the key aigc_info':
    'IPTC，2026 年 3 月；一段下载的人物视频，没有 aigc_info 键',
  'Snapchat usually encodes pictures and videos anew; what they said of themselves may be gone.':
    'Snapchat 通常会重新编码图片和视频，其元数据可能已不在。',
  'Platforms that encode files anew usually remove Content Credentials and labels.':
    '会重新编码文件的平台通常会去除内容凭证和标识。',
  'Press test of eight platforms with a marked video, 2025: seven removed the marker':
    '媒体以一段带标记的视频测试八个平台，2025 年：七个去除了标记',
  'FFmpeg, which most tools and platforms use, writes no Content Credentials, drops the Chinese AI label when it writes MP4 or MOV without an extra option, and cannot write it into AVI or WAV.':
    '多数工具和平台使用的 FFmpeg 不写入内容凭证；写 MP4 或 MOV 时若不加选项会丢弃生成合成内容隐式标识，且无法将其写入 AVI 或 WAV。',
  'Measured with FFmpeg 7.1.5, 2026-11': '以 FFmpeg 7.1.5 实测，2026 年 11 月',
  'A screenshot is a new picture of what a screen showed: nothing that the picture on the screen said of itself is in it.':
    '截屏是屏幕所示内容的新图片：屏幕上那张图片的元数据都不在其中。',
  'How screenshots are made': '截屏的制作方式',
  'A progressive JPEG has often been encoded anew for the web, and what it said of itself may have been left out.':
    '渐进式 JPEG 多为网络重新编码而成，其元数据可能未保留。',
  'Common practice of web services; cameras write baseline JPEG': '网络服务的常见做法；相机写的是基线 JPEG',
};
