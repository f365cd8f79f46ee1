import { JamzError } from '../../sdk/protocol/errors.ts';
import type { BusHealth } from '../ports/bus.ts';
import { healthAnswer, readyAnswer } from './answers.ts';
import { type Route, route } from './route.ts';

/**
 * `/healthz`: the process lives. `/readyz`: it can do its work, for which it needs the store. It does without the other
 * processes, so that one Redis that is away does not take all of them off the net; the answer says so.
 */
export function healthRoutes(storeAnswers: () => Promise<unknown>, bus: () => BusHealth): Route[] {
  return [
    route({
      method: 'GET',
      path: '/healthz',
      summary: 'Whether the process lives',
      answer: healthAnswer,
      run: async () => ({ status: 'ok' }),
    }),
    route({
      method: 'GET',
      path: '/readyz',
      summary: 'Whether the store answers, so that requests may be sent here',
      answer: readyAnswer,
      async run() {
        try {
          await storeAnswers();
        } catch (cause) {
          throw new JamzError('unavailable', 'The store does not answer: look at the log', {
            cause,
          });
        }
        return { status: 'ok', bus: bus().isWhole ? 'ok' : 'away' };
      },
    }),
  ];
}
