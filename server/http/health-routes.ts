import { JamzError } from '../../sdk/protocol/errors.ts';
import { healthAnswer } from './answers.ts';
import { type Route, route } from './route.ts';

/** `/healthz`: the process lives. `/readyz`: it can do its work. */
export function healthRoutes(storeAnswers: () => Promise<unknown>): Route[] {
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
      answer: healthAnswer,
      async run() {
        try {
          await storeAnswers();
        } catch (cause) {
          throw new JamzError('unavailable', 'The store does not answer: look at the log', {
            cause,
          });
        }
        return { status: 'ok' };
      },
    }),
  ];
}
