import { said } from '../say/said.js';
import type { Header } from '../scan/header.js';
import { parseLine } from '../scan/parse.js';
import type { KeptScan } from '../store/scans.js';
import { UsageError } from './exit-codes.js';

export function headerOf({ id, header }: KeptScan): Header {
  const line = parseLine(header);
  if (line?.is !== 'header') throw new UsageError(said('cli.scan.otherVersion', { scan: id }));
  return line.header;
}
