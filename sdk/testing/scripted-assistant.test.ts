import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AssistantAction, AssistantEvent } from '../assistant/assistant.ts';
import { JamzError } from '../protocol/errors.ts';
import { type ScriptedStep, scriptedAssistant } from './scripted-assistant.ts';

const source = { id: 's1', kind: 'track', title: 'Road Song' } as const;
const summary = 'Add “Road Song”';

describe('a scripted assistant', () => {
  it('says a text in pieces that are the text again', () => {
    const { events, run } = asking([{ text: 'Two  words,\n\nand more. ' }]);
    run();
    equal(textOf(events), 'Two  words,\n\nand more. ');
    equal(events.length > 3, true);
  });

  it('gives sources and actions where the script has them, and completes', () => {
    const { events, run, ended } = asking([
      { text: 'Here.' },
      { source },
      { action: { id: 'a', summary } },
    ]);
    run();
    deepEqual(
      events.map(({ kind }) => kind),
      ['text', 'source', 'action'],
    );
    deepEqual(ended, ['complete']);
  });

  it('fails where the script fails, after what was said', () => {
    const { events, run, ended } = asking([
      { text: 'Half an' },
      { fail: 'unavailable', message: 'The link broke.' },
      { text: 'answer' },
    ]);
    run();
    equal(textOf(events), 'Half an');
    deepEqual(ended, ['unavailable']);
  });

  it('says no more to who has unsubscribed, and leaves no timer', () => {
    const { events, step, stop, timers } = asking([{ text: 'One two three' }]);
    step();
    stop();
    equal(timers(), 0);
    equal(textOf(events), 'One');
  });

  it('tells what becomes of an action, and offers to undo only what the script undoes', async () => {
    const { events, run, acted } = asking([
      { action: { id: 'a', summary }, undo: true },
      { action: { id: 'b', summary } },
    ]);
    run();
    const [first, second] = events.flatMap((event): AssistantAction[] =>
      event.kind === 'action' ? [event.action] : [],
    );
    await first?.confirm();
    await first?.undo?.();
    second?.decline();
    equal(second?.undo, undefined);
    deepEqual(acted, ['confirm a', 'undo a', 'decline b']);
  });
});

/** Asks with timers that run when they are told to. */
function asking(steps: readonly ScriptedStep[]) {
  const waiting = new Set<() => void>();
  const events: AssistantEvent[] = [];
  const ended: string[] = [];
  const acted: string[] = [];
  const assistant = scriptedAssistant({
    answer: () => steps,
    in: (_delayMs, task) => {
      waiting.add(task);
      return () => waiting.delete(task);
    },
    onAction: (what, id) => acted.push(`${what} ${id}`),
  });
  const subscription = assistant.ask('?').subscribe({
    next: (event) => events.push(event),
    error: (error: unknown) => ended.push(error instanceof JamzError ? error.code : 'bug'),
    complete: () => ended.push('complete'),
  });
  const step = (): void => {
    const [task] = waiting;
    if (!task) return;
    waiting.delete(task);
    task();
  };
  const run = (): void => {
    while (waiting.size > 0) step();
  };
  return {
    events,
    ended,
    acted,
    step,
    run,
    stop: () => subscription.unsubscribe(),
    timers: () => waiting.size,
  };
}

function textOf(events: readonly AssistantEvent[]): string {
  return events.map((event) => (event.kind === 'text' ? event.delta : '')).join('');
}
