import { limits } from '../../../base/limits.js';
import type { Shape } from '../match-rows.js';
import { shapeOf } from './settings.js';

const JOB = / ?Job ID: ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\s{0,16}$/;

/** Parses `a cat --ar 3:2 --v 6.1 Job ID: 01234567-…`. */
export function midjourney(text: string): Shape | undefined {
  const tail = text.slice(-limits.patternCharacters);
  const job = JOB.exec(tail);
  if (!job) return undefined;
  const before = tail.slice(0, job.index);
  const options = before.search(/ --[a-z]/);
  return shapeOf({
    prompt: options < 0 ? before : before.slice(0, options),
    version: / --v(?:ersion)? ([\d.]{1,8})/.exec(before)?.[1],
    jobId: job[1],
  });
}
