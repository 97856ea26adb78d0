import { describe, expect, it } from 'vitest';
import { onePart, sharedApp, testApp, upload } from './harness.js';

/** The field `deep`: the pixels are examined only on request. */
describe('deep', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it.each([
    ['true', true],
    ['on', true],
    ['false', false],
    ['', undefined],
  ])('“%s” is handed on as %s', async (content, asked) => {
    const { app, inspector } = await testApp();
    expect((await upload(app, [{ name: 'deep', content }, onePart()])).statusCode).toBe(201);
    expect(inspector.requests[0]?.deep).toBe(asked);
  });

  it('is not asked for where it is left out', async () => {
    const { app, inspector } = await testApp();
    await upload(app);
    expect(inspector.requests[0]).not.toHaveProperty('deep');
  });

  it.each([['yes'], ['1'], ['true,false']])('refuses “%s”', async (content) => {
    const { app } = refusing();
    const answer = await upload(app, [{ name: 'deep', content }, onePart()]);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/deep' }] });
  });

  it('is offered by the form', async () => {
    const { app } = await testApp();
    expect((await app.inject('/')).body).toContain('name="deep" type="checkbox" value="true"');
  });
});

/** The field `visible`: words in the corners are read on request, or always where the operator says so. */
describe('visible', () => {
  it.each([
    [{}, undefined, undefined],
    [{}, 'true', true],
    [{ ASSAY_VISIBLE: '1' }, undefined, true],
    [{ ASSAY_VISIBLE: '1' }, 'false', false],
  ])('of %j and the field “%s” becomes %s', async (env, content, asked) => {
    const { app, inspector } = await testApp({ env });
    await upload(app, [...(content === undefined ? [] : [{ name: 'visible', content }]), onePart()]);
    expect(inspector.requests[0]?.visible).toBe(asked);
  });

  it('is no choice of the form where the operator made it', async () => {
    const boxes = async (env: Record<string, string>) =>
      (await (await testApp({ env })).app.inject('/?visible=on')).body.split('name="visible"').length - 1;
    expect([await boxes({}), await boxes({ ASSAY_VISIBLE: '1' })]).toEqual([1, 0]);
  });
});
