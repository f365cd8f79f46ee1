import { html, nothing, type TemplateResult } from 'lit';
import type { Injection } from '../../simulator/stage/injection.ts';
import type { LogView, PhoneView, ServerView } from '../../simulator/stage/view.ts';
import { colourOf, deedOf, nameOf } from './people.ts';

type Do = (injection: Injection) => void;

/** Long enough that it stays down until the visitor starts it. */
const untilStartedMs = 24 * 3_600_000;
const opsShown = 48;

/** One server process: whether it is up, and what can be done to it. */
export function serverCard(server: ServerView, act: Do): TemplateResult {
  const { index, up } = server;
  const words = [
    up ? 'Running' : 'Down',
    server.failing ? 'answers 500' : '',
    server.busy ? 'asks to wait' : '',
    server.disk.slowestWriteMs > 20 ? 'slow disk' : '',
    server.disk.full ? 'disk full' : '',
  ].filter((word) => word !== '');
  const button = (text: string, injection: Injection, kind = ''): TemplateResult =>
    html`<button type="button" class="sim-tool ${kind}" @click=${() => act(injection)}>${text}</button>`;
  return html`<article class="sim-server" data-server=${index} data-up=${up} aria-label=${`Server ${index + 1}`}>
    <span class="sim-lamp" aria-hidden="true"></span>
    <div><b>Server ${index + 1}</b><span class="sim-quiet">${words.join(', ')}</span></div>
    <div class="sim-tools">
      ${
        up
          ? html`${button('Kill', { kind: 'server-crash', server: index, durationMs: untilStartedMs }, 'danger')}
            ${button('Answer 500', { kind: 'server-failing', server: index, durationMs: 30_000 })}`
          : nothing
      }
      ${up && words.length === 1 ? nothing : button(up ? 'Put right' : 'Start', { kind: 'calm', server: index })}
    </div>
  </article>`;
}

/** The group's log: a block for each op in the colour of who made it, and under it how far each phone has read. */
export function logTape(log: LogView, phones: readonly PhoneView[]): TemplateResult {
  const tail = log.tail.slice(-opsShown);
  const head = log.head?.seq ?? 0;
  return html`<section class="sim-log" aria-label="The group’s log">
    <div class="sim-log-head">
      <h2>The log</h2>
      <span class="sim-quiet">${head} changes, in one order for everybody${log.head ? html` · <code>${log.head.hash.slice(0, 8)}</code>` : nothing}</span>
    </div>
    <div class="sim-tape" role="img" aria-label=${`The last ${tail.length} of ${head} changes`}>
      ${tail.map(({ seq, type, authorId }) => html`<i class="sim-block ${colourOf(authorId)}" title=${`${seq}: ${nameOf(authorId)} ${deedOf(type)}`}></i>`)}
    </div>
    <ul class="sim-readers">
      ${phones.map((phone) => reader(phone, head))}
    </ul>
  </section>`;
}

function reader({ userId, cursor }: PhoneView, head: number): TemplateResult {
  const behind = cursor ? head - cursor.seq : head;
  return html`<li class=${colourOf(userId)} data-met=${behind === 0}>
    <b>${nameOf(userId)}</b> ${cursor === null ? 'has nothing yet' : behind === 0 ? 'has all of it' : `is ${behind} behind`}
  </li>`;
}
