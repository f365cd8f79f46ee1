import { JamzError } from '../../sdk/protocol/errors.ts';
import { maxPageMessages, type OlderMessages } from '../sync/older-messages.ts';
import { messagesAnswer } from './answers.ts';
import { type Route, route } from './route.ts';

const defaultLimit = 50;

/** `GET /v1/groups/:groupId/messages`: what replicas no longer hold. */
export function messageRoutes(messages: OlderMessages): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/groups/:groupId/messages',
      summary: 'Messages before the one that `before` names, oldest first; `limit` at most 200',
      answer: messagesAnswer,
      run: ({ actor, param, req: { query } }) => {
        const before = textIn(query['before'], 'before');
        const limit = Number(textIn(query['limit'], 'limit') ?? defaultLimit);
        if (!Number.isInteger(limit) || limit < 1 || limit > maxPageMessages) {
          throw new JamzError('invalid', `limit is a whole number from 1 to ${maxPageMessages}`);
        }
        return messages.page(actor(), param('groupId'), limit, before);
      },
    }),
  ];
}

function textIn(value: unknown, name: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new JamzError('invalid', `${name} is given once, or not at all`);
}
