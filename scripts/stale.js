/** For what is written as ES modules. */
export { isStale, modified, STAMP } from './stale.cjs';
