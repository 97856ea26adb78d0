/**
 * Imported first by a script that runs the sources: they load as they are, TypeScript and all, and what they start as
 * processes and threads is built where it is stale.
 */
import 'tsx/esm';
import { build, isStale } from './build.js';

if (isStale()) await build();
