import type { FastifyTypeProvider } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';

/** Lets a route's schema give its request types. */
export interface TypeBoxProvider extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

export const InspectionParamsSchema = Type.Object({
  id: Type.String({ description: 'As in the `Location` of the upload’s answer.' }),
});

export const IdParamsSchema = Type.Object({ id: Type.String() });

/** Answers that are problems, for OpenAPI. */
export function problemAnswers(answers: Readonly<Record<number, string>>): Record<string, unknown> {
  const schema = Type.Ref('Problem#');
  return Object.fromEntries(
    Object.entries(answers).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema } } },
    ]),
  );
}
