/**
 * What a path that a file seems to have taken usually leaves behind of labels and credentials. A habit, never a
 * verdict: it says why nothing might be there, not that something was. Paths change without notice, so each text has
 * its source and date. Matched against signal ids.
 */
export interface PlatformHabit {
  /** Of signal ids. */
  signal: RegExp;
  /** Of `whyMissing.…says` and `…source` in the catalogues. */
  says: string;
}

/** The first that fits a signal counts: the particular before the general. */
export const PLATFORM_HABITS = [
  {
    signal: /^platform\.(hint\.)?(facebook|instagram)/,
    says: 'facebook',
  },
  {
    signal: /^platform\.(hint\.)?whatsapp/,
    says: 'whatsapp',
  },
  {
    signal: /^platform\.(hint\.)?telegram/,
    says: 'telegram',
  },
  {
    signal: /^platform\.(hint\.)?(x|twitter)\b/,
    says: 'x',
  },
  {
    signal: /^platform\.(hint\.)?wechat/,
    says: 'wechat',
  },
  {
    signal: /^platform\.(hint\.)?youtube/,
    says: 'youtube',
  },
  {
    signal: /^platform\.(hint\.)?(tiktok|douyin|bytedance)/,
    says: 'bytedance',
  },
  {
    signal: /^platform\.(hint\.)?snapchat/,
    says: 'snapchat',
  },
  {
    signal: /^platform\./,
    says: 'platform',
  },
  {
    signal: /^editor\.(ffmpeg|x264|lavf|libx264)/,
    says: 'ffmpeg',
  },
  {
    signal: /\.screenshot$/,
    says: 'screenshot',
  },
  {
    signal: /^file\.jpeg\.progressive$/,
    says: 'progressive',
  },
] as const satisfies readonly PlatformHabit[];

export type Habit = (typeof PLATFORM_HABITS)[number];
