import { Compile } from 'typebox/compile';
import { REFERRED_TO } from '../core/ground/told.js';
import { type Report, ReportSchema } from '../core/report/report.js';

/** Compiled when the first is read: a worker that reads none need not wait for it. */
let stored: ReturnType<typeof compiled> | undefined;
const compiled = () => Compile(REFERRED_TO, ReportSchema);

/** A kept Report; undefined where it is none of ours any more. Checked where it comes back: the disk is not ours alone. */
export function storedReport(text: string): Report | undefined {
  stored ??= compiled();
  try {
    const value: unknown = JSON.parse(text);
    return stored.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
