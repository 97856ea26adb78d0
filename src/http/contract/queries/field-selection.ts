import type { FastifyRequest } from 'fastify';
import {
  type OptionNameAt,
  type OptionNameOfType,
  optionSpec,
  optionsAt,
} from '../../../inspect/options/members.js';

export type FormOption = OptionNameAt<'page'>;
/** Fields of the form that can be filled in again; a browser allows that for no file field. */
export type RefillableField = Exclude<FormOption, OptionNameOfType<'file'>>;
const REFILLABLE_FIELDS = optionsAt('page').filter(
  (name): name is RefillableField => optionSpec(name).type !== 'file',
);

const MAX_VALUE_CHARACTERS = 200;
const links = new WeakMap<FastifyRequest, string>();
const values = new WeakMap<FastifyRequest, Map<RefillableField, string>>();

/** Records the raw value of a field, before it is validated. */
export function recordFormValue(request: FastifyRequest, name: string, value: unknown): void {
  const kept = REFILLABLE_FIELDS.find((one) => one === name);
  if (kept === undefined || typeof value !== 'string' || value.length > MAX_VALUE_CHARACTERS) return;
  const all = values.get(request) ?? new Map<RefillableField, string>();
  const before = optionSpec(kept).type === 'words' ? all.get(kept) : undefined;
  values.set(request, all.set(kept, before ? `${before},${value}` : value));
}

/** Records the link that came in place of a file, to fill it in again. */
export function recordFormLink(request: FastifyRequest, url: string): void {
  links.set(request, url);
}
export const recordedFormLink = (request: FastifyRequest): string | undefined => links.get(request);

export const recordedFormValues = (request: FastifyRequest): ReadonlyMap<RefillableField, string> =>
  values.get(request) ?? new Map();
