import { message } from '../../i18n/message.js';
import { isTenantName } from '../../storage/access/keys.js';
import { InvalidValueError } from './command.js';

export function parseTenant(text: string): string {
  if (!isTenantName(text)) throw new InvalidValueError(message('cli.value.tenant'));
  return text;
}
