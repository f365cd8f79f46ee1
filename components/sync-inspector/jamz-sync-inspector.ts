import { type CSSResult, html, type TemplateResult } from 'lit';
import { buttons } from '../shared/buttons.ts';
import { GroupController } from '../shared/group-controller.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { tokens } from '../shared/tokens.ts';
import { wordsFor } from '../shared/words.ts';
import { faultControls } from './fault-controls.ts';
import { figureList } from './figures.ts';
import { InspectorHold } from './inspector-hold.ts';
import { inspectorStyles } from './inspector-styles.ts';
import { logTable, outboxTable, setAsideList } from './tables.ts';
import { timeline } from './timeline.ts';
import { inspectorWords } from './words.ts';

const lookEveryMs = 500;

/**
 * A look inside one connection, for people who build: its states, its outbox, where each log ends, the figures that it
 * counts, and faults to put it to the test with. Faults end when the element leaves the page.
 *
 * @csspart timeline - the states of the last two minutes
 * @csspart figures - clock, link and metrics
 * @csspart logs - the cursor of each log
 * @csspart outbox - what waits
 * @csspart set-aside - what was refused
 * @csspart faults - what can be made to go wrong
 */
export class JamzSyncInspector extends JamzElement {
  static override readonly styles: CSSResult[] = [tokens, buttons, inspectorStyles];

  #tick: ReturnType<typeof setInterval> | undefined;
  readonly #access = new GroupController(this, { connectionOnly: true });
  readonly #status = new StreamController(this, () => this.#access.jamz?.status$);
  readonly #hold = new InspectorHold(this, () => this.#access.jamz);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.requestUpdate(), lookEveryMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  override render(): TemplateResult {
    const words = wordsFor(this, inspectorWords);
    const status = this.#status.value;
    const { inspector, hasFailed } = this.#hold;
    if (!status || !inspector) {
      return html`<div class="frame">
        <h2>${words.title}</h2>
        <p class="quiet" role="status">${hasFailed ? words.failed : words.nobody}</p>
      </div>`;
    }
    const inside = inspector.read();
    return html`<div class="frame">
      <header>
        <h2>${words.title}</h2>
        <p class="state ${status.state.toLowerCase()}">
          <span class="mark ${status.state.toLowerCase()}"></span>${words.states[status.state]}
        </p>
        <p class="quiet">
          ${inside.term === null ? words.follows : words.leads(inside.term)} · <span class="mono">${inside.replicaId}</span>
        </p>
      </header>
      ${timeline(inspector.transitions, inside.atMs, words)}
      <div class="columns">
        ${figureList(inside, words)}
        ${faultControls(
          inspector.faults,
          (faults) => {
            inspector.inject(faults);
            this.requestUpdate();
          },
          () => {
            inspector.inject({
              offline: false,
              latencyMs: 0,
              loss: 0,
              silence: false,
              serverError: false,
              tokenExpired: false,
              captivePortal: false,
              clockShiftMs: 0,
            });
            this.requestUpdate();
          },
          words,
        )}
      </div>
      ${outboxTable(inside, words)} ${setAsideList(inside.setAside, words)}
      ${logTable(inside.scopes, words)}
    </div>`;
  }
}
