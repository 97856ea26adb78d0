/**
 * What a path that a file seems to have taken usually leaves behind of labels and credentials. A habit, never a
 * verdict: it says why nothing might be there, not that something was. Paths change without notice, so each row has
 * its source and date. Matched against signal ids.
 */
export interface PlatformHabit {
  /** Of signal ids. */
  signal: RegExp;
  says: string;
  source: string;
}

/** The first that fits a signal counts: the particular before the general. */
export const PLATFORM_HABITS = [
  {
    signal: /^platform\.(hint\.)?(facebook|instagram)/,
    says: 'Facebook and Instagram encode pictures anew and usually hand them out without EXIF, XMP and Content Credentials.',
    source: 'Stack Overflow 31120222 and samples published by others; not reproduced by us',
  },
  {
    signal: /^platform\.(hint\.)?whatsapp/,
    says: 'WhatsApp encodes pictures and videos anew and usually removes what they say of themselves; sent as a document, a file stays as it was.',
    source: 'Descriptions by others, 2026; not reproduced by us',
  },
  {
    signal: /^platform\.(hint\.)?telegram/,
    says: 'Telegram encodes pictures anew and usually removes what they say of themselves; sent as a file, they stay as they were.',
    source: 'Descriptions by others, 2026; not reproduced by us',
  },
  {
    signal: /^platform\.(hint\.)?(x|twitter)\b/,
    says: 'X (Twitter) encodes pictures and videos anew and usually hands them out without EXIF, XMP and Content Credentials.',
    source: 'Descriptions by others, 2026; not reproduced by us',
  },
  {
    signal: /^platform\.(hint\.)?wechat/,
    says: 'WeChat usually encodes pictures anew; what they said of themselves may be gone. Chinese rules ask platforms to read AI labels and to write their own.',
    source: 'Measures for Labelling AI-Generated Synthetic Content, Article 6 (in force 2025-09-01)',
  },
  {
    signal: /^platform\.(hint\.)?youtube/,
    says: 'YouTube encodes videos anew; public streams come without Content Credentials, and a disclosure of AI stands on the page rather than in the file.',
    source: 'IPTC, March 2026; test of public streams, 2026-09-24',
  },
  {
    signal: /^platform\.(hint\.)?(tiktok|douyin|bytedance)/,
    says: 'TikTok and Douyin encode videos anew; Content Credentials of the upload usually do not come with a download, and their own label is left out where nobody set it.',
    source: 'IPTC, March 2026; a downloaded video of a person without the key aigc_info',
  },
  {
    signal: /^platform\.(hint\.)?snapchat/,
    says: 'Snapchat usually encodes pictures and videos anew; what they said of themselves may be gone.',
    source: 'Descriptions by others, 2026; not reproduced by us',
  },
  {
    signal: /^platform\./,
    says: 'Platforms that encode files anew usually remove Content Credentials and labels.',
    source: 'Press test of eight platforms with a marked video, 2025: seven removed the marker',
  },
  {
    signal: /^editor\.(ffmpeg|x264|lavf|libx264)/,
    says: 'FFmpeg, which most tools and platforms use, writes no Content Credentials, drops the Chinese AI label when it writes MP4 or MOV without an extra option, and cannot write it into AVI or WAV.',
    source: 'Measured with FFmpeg 7.1.5, 2026-11',
  },
  {
    signal: /\.screenshot$/,
    says: 'A screenshot is a new picture of what a screen showed: nothing that the picture on the screen said of itself is in it.',
    source: 'How screenshots are made',
  },
  {
    signal: /^file\.jpeg\.progressive$/,
    says: 'A progressive JPEG has often been encoded anew for the web, and what it said of itself may have been left out.',
    source: 'Common practice of web services; cameras write baseline JPEG',
  },
] as const satisfies readonly PlatformHabit[];

/** Every text of the rows: another language that lacks one does not compile. */
export type HabitText = (typeof PLATFORM_HABITS)[number]['says' | 'source'];
