import { said } from '../say/said.js';
import { isTenantName } from '../store/keys.js';
import { BadValue } from './command.js';

export function parseTenant(text: string): string {
  if (!isTenantName(text)) throw new BadValue(said('cli.value.tenant'));
  return text;
}
