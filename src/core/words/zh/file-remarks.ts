import type { FileRemarkWords, FormatSaidBy } from '../file-remarks.js';

const said = (by: FormatSaidBy, format: string) =>
  by === 'name' ? `文件名为 ${format}` : `文件发送时标为 ${format}`;

export const fileRemarks: FileRemarkWords = {
  otherFormat: (by, format, found) => `${said(by, format)}，内容却是 ${found}`,
  noSuchFormat: (by, format) => `${said(by, format)}，但内容不是 Assay 已知的图片、视频或音频`,
  unsetClock: (day, fields, count) => {
    const where = fields.length > 0 ? `（${fields.join('、')}）` : '';
    return `文件中有 ${count} 处日期为 ${day}${where}，通常表示未设时钟`;
  },
};
