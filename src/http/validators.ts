import AjvCompiler from '@fastify/ajv-compiler';

type Factory = AjvCompiler.BuildCompilerFromPool;
type Compile = ReturnType<Factory>;

let compile: Compile | undefined;
const validators = new Map<string, ReturnType<Compile>>();

/**
 * What makes the checks of requests. Fastify would make one for each scope of routes, hold all published schemas against
 * those of the others each time, and compile what many routes have in common once for each. Here there is one a process,
 * and each schema is compiled once, however many routes and servers have it.
 */
export const oneValidator: Factory = (schemas, options) => {
  compile ??= AjvCompiler()(schemas, options);
  const compiler = compile;
  return (route) => {
    const { schema } = Object(route) as { schema?: unknown };
    const text = JSON.stringify(schema);
    const validator = validators.get(text) ?? compiler(route);
    validators.set(text, validator);
    return validator;
  };
};
