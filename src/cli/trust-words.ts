import type { Language } from '../say/languages.js';
import { trustInChinese } from '../trust-lists/words-zh.js';

/** What `assay trust` says around names of files and what servers answer. */
export interface TrustWords {
  folder: string;
  colon: string;
  comma: string;
  semicolon: string;
  nothing: readonly string[];
  notInstalled: string;
  held: Record<
    'signers' | 'authorities' | 'allowed' | 'products' | 'certificates',
    (count: number) => string
  >;
  expired(count: number): string;
  issued(day: string): string;
  fetched(day: string, ageDays: number): string;
  frozen(day: string): string;
  previous(file: string): string;
  outcomes: Record<'installed' | 'unchanged' | 'refused', string>;
  /** Columns of the longest of these. */
  outcomeColumns: number;
  /** A reason or warning of ours, or a title. */
  ours(english: string): string;
}

const counted = (one: string, many: string) => (count: number) => `${count} ${count === 1 ? one : many}`;

export const TRUST_WORDS: Record<Language, TrustWords> = {
  en: {
    folder: 'Trust folder: ',
    colon: ': ',
    comma: ', ',
    semicolon: '; ',
    nothing: [
      'No list is installed, so reports say of every signer that no list was checked.',
      '`assay trust update` fetches the published lists; `assay trust import DIR` takes them from a folder.',
    ],
    notInstalled: 'not installed',
    held: {
      signers: counted('issuer of signers', 'issuers of signers'),
      authorities: counted('issuer of timestamps', 'issuers of timestamps'),
      allowed: counted('certificate of a signer', 'certificates of signers'),
      products: counted('product', 'products'),
      certificates: counted('certificate', 'certificates'),
    },
    expired: (count) => `${count} expired`,
    issued: (day) => `issued ${day}`,
    fetched: (day, ageDays) => `fetched ${day} (${ageDays === 1 ? '1 day' : `${ageDays} days`} ago)`,
    frozen: (day) => `frozen by its publisher on ${day}: no newer one will come`,
    previous: (file) => `the one before is kept as ${file}`,
    outcomes: { installed: 'installed', unchanged: 'unchanged', refused: 'refused' },
    outcomeColumns: 10,
    ours: (english) => english,
  },
  'zh-Hans': {
    folder: '信任列表文件夹：',
    colon: '：',
    comma: '，',
    semicolon: '；',
    nothing: [
      '未安装任何列表，因此报告会对每个签发者注明未核查任何列表。',
      '`assay trust update` 获取已发布的列表；`assay trust import DIR` 从文件夹导入。',
    ],
    notInstalled: '未安装',
    held: {
      signers: (count) => `签发者的颁发机构 ${count} 个`,
      authorities: (count) => `时间戳的颁发机构 ${count} 个`,
      allowed: (count) => `签发者证书 ${count} 份`,
      products: (count) => `产品 ${count} 个`,
      certificates: (count) => `证书 ${count} 份`,
    },
    expired: (count) => `已过期 ${count} 份`,
    issued: (day) => `发布于 ${day}`,
    fetched: (day, ageDays) => `获取于 ${day}（${ageDays} 天前）`,
    frozen: (day) => `发布者已于 ${day} 冻结：不会再有更新`,
    previous: (file) => `之前的版本保存为 ${file}`,
    outcomes: { installed: '已安装', unchanged: '无变化', refused: '已拒绝' },
    outcomeColumns: 6,
    ours: trustInChinese,
  },
};
