import type { FileRemarkWords, FormatSaidBy } from '../file-remarks.js';

const said = (by: FormatSaidBy, format: string) =>
  by === 'name' ? `The name says ${format}` : `The file was sent as ${format}`;

export const fileRemarks: FileRemarkWords = {
  otherFormat: (by, format, found) => `${said(by, format)}; the bytes are ${found}`,
  noSuchFormat: (by, format) =>
    `${said(by, format)}, but the bytes are no picture, video or sound file that Assay knows`,
  unsetClock: (day, fields, count) => {
    const where = fields.length > 0 ? ` (${fields.join(', ')})` : '';
    const dates = count === 1 ? `One date in the file is ${day}` : `${count} dates in the file are ${day}`;
    return `${dates}${where}, which usually means that the clock was not set`;
  },
};
