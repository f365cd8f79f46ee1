import type { Dictionary } from '../shared/words.ts';

/** What the talk with the assistant says. */
export interface AiChatWords {
  readonly title: string;
  readonly startTitle: string;
  readonly startText: string;
  /** To begin with, three of them. */
  readonly prompts: readonly [string, string, string];
  readonly ask: string;
  readonly hint: string;
  readonly send: string;
  readonly stop: string;
  readonly stopped: string;
  readonly interrupted: string;
  readonly refused: string;
  readonly tooFast: string;
  readonly again: string;
  readonly clear: string;
  readonly thinking: string;
  readonly you: string;
  readonly assistant: string;
  readonly sources: string;
  readonly sourceKind: Readonly<Record<'track' | 'message' | 'place' | 'member' | 'web', string>>;
  readonly confirm: string;
  readonly decline: string;
  readonly busy: string;
  readonly done: string;
  readonly undone: string;
  readonly declined: string;
  readonly private: string;
  readonly privateOn: string;
  readonly consentTitle: string;
  readonly consentText: string;
  readonly consentYes: string;
  readonly consentHow: string;
  readonly missingTitle: string;
  readonly missingText: string;
  readonly offline: string;
}

const en: AiChatWords = {
  title: 'Assistant',
  startTitle: 'Ask about the trip',
  startText: 'It knows this group’s music, messages and places.',
  prompts: [
    'What should we play next?',
    'What did I miss in the last hour?',
    'When do we all meet?',
  ],
  ask: 'Ask the assistant',
  hint: 'Enter sends, Shift and Enter starts a line, Escape stops an answer.',
  send: 'Send',
  stop: 'Stop',
  stopped: 'You stopped this answer.',
  interrupted: 'The connection broke before the answer was complete.',
  refused: 'The assistant may not answer this here.',
  tooFast: 'That was a lot of questions. Wait a moment.',
  again: 'Ask again',
  clear: 'Clear',
  thinking: 'One moment',
  you: 'You',
  assistant: 'Assistant',
  sources: 'Sources',
  sourceKind: {
    track: 'Track',
    message: 'Message',
    place: 'Place',
    member: 'Member',
    web: 'Web page',
  },
  confirm: 'Do it',
  decline: 'Not now',
  busy: 'One moment',
  done: 'Done',
  undone: 'Taken back',
  declined: 'Not done',
  private: 'Private',
  privateOn: 'Private: it reads nothing of the group, and nothing is kept.',
  consentTitle: 'May the assistant read along?',
  consentText:
    'To answer, it reads this group’s music, messages and places, as much as you may see of them. Nobody else sees what you ask.',
  consentYes: 'Allow it',
  consentHow: 'You can take this back in your profile at any time.',
  missingTitle: 'No assistant here',
  missingText: 'This site’s server has none. Everything else works.',
  offline: 'The assistant needs the network. What you write is kept until then.',
};

export const aiChatWords: Dictionary<AiChatWords> = { of: 'ai-chat/words', en };
