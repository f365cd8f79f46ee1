import { match, throws } from 'node:assert/strict';
import { it } from 'node:test';
import { readConfig } from './read-config.ts';

/** One test for each of these environments: the server says what is wrong with it, and does not start. */
export function refuses(
  wrong: readonly (readonly [env: Readonly<Record<string, string>>, problem: RegExp])[],
): void {
  for (const [env, problem] of wrong) {
    it(`says ${problem.source}`, () => {
      throws(
        () => readConfig(env),
        ({ message }: Error) => {
          match(message, problem);
          return true;
        },
      );
    });
  }
}
