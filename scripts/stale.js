/** Re-exports for ES modules. */
export { isStale, modified, STAMP } from './stale.cjs';
