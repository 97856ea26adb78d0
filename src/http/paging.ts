import Type from 'typebox';

/** What asks for one page of a list, and leads to the next. */
export const USUAL_PAGE = 50;
export const PageProperties = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: `Left out: ${USUAL_PAGE}.` })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the page before.' })),
};
export const NEXT = { next: Type.Optional(Type.String({ description: '`cursor` of the next page.' })) };

export const pageIn = ({ limit = USUAL_PAGE, cursor }: { limit?: number; cursor?: string }) => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});
