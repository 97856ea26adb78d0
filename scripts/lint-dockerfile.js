import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';

/** Lints the Dockerfile on machines without a container engine to build it. */
const file = new URL('../Dockerfile', import.meta.url);
const problems = validate(readFileSync(file, 'utf8'));
for (const { range, message } of problems) console.error(`Dockerfile:${range.start.line + 1}: ${message}`);
process.exitCode = problems.length > 0 ? 1 : 0;
