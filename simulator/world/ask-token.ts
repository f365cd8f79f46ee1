import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Authority } from './authority.ts';
import type { Lifetime } from './lifetime.ts';
import type { ServerMachine } from './server-process.ts';
import type { Wire } from './wire.ts';

export interface AskTokenDeps {
  readonly userId: UserId;
  readonly wire: Wire;
  readonly servers: readonly ServerMachine[];
  readonly authority: Authority;
}

const timeoutMs = 10_000;

/**
 * Asks for a fresh token over HTTP, as the identity does.
 *
 * @throws {JamzError} `unavailable` when none comes in time
 */
export function askToken(
  { userId, wire, servers, authority }: AskTokenDeps,
  lifetime: Lifetime,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let isOpen = true;
    const settle = (run: () => void): void => {
      if (isOpen) run();
      isOpen = false;
    };
    const fail = (message: string): void =>
      settle(() => reject(new JamzError('unavailable', message)));
    const stop = lifetime.after(timeoutMs, () => fail('No answer in time.'));
    wire.carry('up', 'refresh', () => {
      const server = servers.find(({ up, failing }) => up && !failing);
      const { captive } = wire.condition;
      const token = server && !captive ? authority.issue(userId, server.nowMs()) : undefined;
      wire.carry('down', 'answer refresh', () =>
        lifetime.enter(() => {
          stop();
          if (token === undefined) fail('The server cannot be reached.');
          else settle(() => resolve(token));
        }),
      );
    });
  });
}
