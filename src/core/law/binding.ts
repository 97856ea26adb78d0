import type { Role } from '../report/rule-terms.js';
import type { Rule } from './rulebook.js';

/** Returns whether a clause binds one of these roles; “no organisation or individual” binds all of them. */
export const bindsOneOf = ({ binds }: Pick<Rule, 'binds'>, roles: readonly Role[] | undefined): boolean =>
  roles === undefined || binds.some((role) => role === 'anyone' || roles.includes(role));
