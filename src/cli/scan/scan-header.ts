import { message } from '../../i18n/message.js';
import { parseLine } from '../../scan/lines/parse.js';
import type { Header } from '../../scan/records/header.js';
import type { DatabaseScan } from '../../storage/scans/scans.js';
import { UsageError } from '../shared/exit-codes.js';

export function headerOf({ id, header }: DatabaseScan): Header {
  const line = parseLine(header);
  if (line?.is !== 'header') throw new UsageError(message('cli.scan.otherVersion', { scan: id }));
  return line.header;
}
