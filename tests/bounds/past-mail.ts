import { compoundFile, outlookMail, type Tree } from '../../fixtures/build/formats/compound-file.js';
import { mail, multipart, text } from '../../fixtures/build/formats/mail.js';
import { word } from '../../fixtures/build/formats/office.js';
import { limits } from '../../src/base/limits.js';
import { label, type Past, times } from './past.js';

/** One file for each limit on mails, and on compound files, which some mails are. */

const nestedParts = (depth: number) => {
  let part = text();
  for (let level = 0; level < depth; level++) part = multipart('mixed', `level${level}`, [part]);
  return mail(part);
};

const nestedStorages = (depth: number) => {
  let tree: Tree = {};
  for (let level = 0; level < depth; level++) tree = { storage: tree };
  return compoundFile(outlookMail([], tree));
};

const EMPTY = Buffer.alloc(0);

export const PAST_MAIL: readonly Past[] = [
  {
    bound: 'mailBytes',
    name: 'a.eml',
    make: () => Buffer.concat([mail(text()), Buffer.alloc(limits.mailBytes, ' ')]),
    carrier: 'parts',
    code: 'bound.bytes',
  },
  {
    bound: 'mailParts',
    name: 'a.eml',
    make: () =>
      mail(
        multipart(
          'mixed',
          'a',
          times(limits.mailParts, () => text()),
        ),
      ),
    carrier: 'parts',
    code: 'bound.entries',
  },
  {
    bound: 'mailDepth',
    name: 'a.eml',
    make: () => nestedParts(limits.mailDepth + 1),
    carrier: 'parts',
    code: 'bound.depth',
  },
  {
    bound: 'mailHeadersBytes',
    name: 'a.eml',
    make: () =>
      mail({ headers: times(limits.mailHeadersBytes / 1024, () => `A: ${'b'.repeat(1024)}`), body: '' }),
    carrier: 'parts',
    code: 'bound.bytes',
  },
  {
    bound: 'propertySetBytes',
    name: 'a.doc',
    make: () => word({ properties: { summary: { 6: 'a'.repeat(limits.propertySetBytes), 5: label() } } }),
    carrier: 'documentProperties',
    code: 'bound.bytes',
  },
  {
    bound: 'officeRecords',
    name: 'a.xls',
    make: () =>
      compoundFile({ Workbook: Buffer.alloc(4 * (limits.officeRecords + 1), Buffer.from([1, 0, 0, 0])) }),
    carrier: 'parts',
    code: 'bound.entries',
  },
  {
    bound: 'officeRecords',
    where: 'of PowerPoint',
    name: 'a.ppt',
    make: () => compoundFile({ 'PowerPoint Document': Buffer.alloc(8 * (limits.officeRecords + 1)) }),
    carrier: 'parts',
    code: 'bound.entries',
  },
  {
    bound: 'compoundEntries',
    name: 'a.msg',
    make: () =>
      compoundFile(
        outlookMail([], Object.fromEntries(times(limits.compoundEntries, (at) => [`stream ${at}`, EMPTY]))),
      ),
    carrier: 'parts',
    code: 'bound.entries',
  },
  {
    bound: 'compoundDepth',
    name: 'a.msg',
    make: () => nestedStorages(limits.compoundDepth + 1),
    carrier: 'parts',
    code: 'bound.depth',
  },
];
