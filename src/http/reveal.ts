import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Config } from '../config.js';
import { PERSONAL, type Personal } from '../core/signals/personal.js';
import { said } from '../say/said.js';
import { badField, Problem } from './problem.js';
import { mayReveal } from './shown.js';

/** For OpenAPI; checked by `revealOf`, before anything of the body is read. */
export const RevealSchema = Type.Object({
  reveal: Type.Optional(
    Type.String({
      description: `Kinds of personal data to show, separated by commas: ${PERSONAL.join(', ')}. Left out: all are masked. Only with a key that has the scope “reveal”; without keys where the operator allows it.`,
      examples: [PERSONAL[0]],
    }),
  ),
});

/** What the address asks to be shown; undefined where it asks for nothing. The key decides; without keys the operator. */
export function revealOf(request: FastifyRequest, config: Config): Personal[] | undefined {
  const { url } = request;
  const asked = new URL(url, 'http://local').searchParams.getAll('reveal').join(',');
  const words = asked.split(',').map((word) => word.trim());
  const wanted = words.filter((word) => word !== '');
  if (wanted.length === 0) return undefined;
  const kinds = PERSONAL.filter((kind) => wanted.includes(kind));
  if (wanted.some((word) => !PERSONAL.some((kind) => kind === word)))
    throw badField('reveal', said('problem.field.some', { names: PERSONAL }));
  if (!mayReveal(request, { config })) throw new Problem('reveal-not-allowed');
  return kinds;
}
