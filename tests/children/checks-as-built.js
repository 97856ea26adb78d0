export { isObservation, isRulebook } from '../../src/core/schema-checks.ts';
