/**
 * Imported first by a script that runs the sources: loads TypeScript directly, and rebuilds the processes and threads
 * that they start if these are stale.
 */
import 'tsx/esm';
import { build, isStale } from './build.js';

if (isStale()) await build();
