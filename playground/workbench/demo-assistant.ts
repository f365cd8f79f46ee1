import type { Assistant } from 'trafficjamz';
import { scriptedAssistant } from 'trafficjamz/testing';

/** Says what such an assistant might, so that the chat can be tried without one. */
export const demoAssistant: Assistant = scriptedAssistant({
  answer: (text, { private: isPrivate }) => [
    {
      text: isPrivate
        ? 'In private I know nothing of your group. Ask me about **music in general**.'
        : `You asked: *${text.replaceAll(/[*_[\]`]/gu, '')}*. I only follow a script here, but a real one would say:\n\n1. **Sunline** is next, two of you like it\n2. *Shoreline* has not been played today\n\n> It reads what you may read, and nothing else.`,
    },
    ...(isPrivate
      ? []
      : [
          { source: { id: 't', kind: 'track', title: 'Sunline' } } as const,
          {
            action: {
              id: 'add',
              summary: 'Add “Sunline” to the playlist',
              detail: 'For everybody in the group.',
            },
            undo: true,
          } as const,
        ]),
  ],
  in: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
});
