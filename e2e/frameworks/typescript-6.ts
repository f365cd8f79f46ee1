import { registerHooks } from 'node:module';

/** `node --import` this: a checker that needs TypeScript's older compiler API gets version 6 where it asks for any. */
registerHooks({
  resolve: (name, context, next) =>
    next(name.replace(/^typescript(?=$|\/)/, 'typescript-6'), context),
});
