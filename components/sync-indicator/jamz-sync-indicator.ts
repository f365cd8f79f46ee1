import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import type { SyncStatus } from '../../sdk/index.ts';
import { buttons } from '../shared/buttons.ts';
import { request, tell } from '../shared/events.ts';
import { GroupController } from '../shared/group-controller.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { tokens } from '../shared/tokens.ts';
import { wordsFor } from '../shared/words.ts';
import { Announcer } from './announcer.ts';
import { glyph } from './glyph.ts';
import { indicatorStyles } from './indicator-styles.ts';
import type { PanelView } from './panel.ts';
import { badgeOf, figureText, stateWord } from './sync-text.ts';
import { syncWords } from './words.ts';

/**
 * Whether what is shown here is what everybody has: a pill that opens to the figures behind it.
 *
 * @fires jamz-status-change - the state, or how many changes wait, is another
 * @fires jamz-request-sync - the person wants to sync now; `preventDefault()` keeps it from happening
 * @fires jamz-request-conflicts - the person pressed the badge of open questions
 * @csspart pill - the button
 * @csspart panel - what it opens to
 */
export class JamzSyncIndicator extends JamzElement {
  static override readonly styles: CSSResult[] = [tokens, buttons, indicatorStyles];

  /** This device's clock, ms since 1970. */
  declare now: () => number;

  #tick: ReturnType<typeof setInterval> | undefined;
  readonly #access = new GroupController(this, { connectionOnly: true });
  readonly #announcer = new Announcer(this);
  readonly #status = new StreamController(
    this,
    () => this.#access.jamz?.status$,
    (status) => this.#changed(status),
  );
  readonly #setAside = new StreamController(this, () => this.#access.jamz?.setAside$);
  readonly #notices = new StreamController(this, () => this.#access.jamz?.notices$);
  #lastTold = '';
  #panelView: PanelView | undefined;

  constructor() {
    super();
    // A page may have set it before this module came.
    this.now ??= Date.now;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Countdown and age move while nothing else does.
    this.#tick = setInterval(() => this.requestUpdate(), 1000);
  }

  protected override firstUpdated(): void {
    void this.#loadPanel();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  override render(): TemplateResult {
    const words = wordsFor(this, syncWords);
    const status = this.#status.value;
    const conflicts = status?.conflicts ?? 0;
    const figure = figureText(status, this.now(), words);
    const setAside = this.#setAside.value ?? [];
    const notices = this.#notices.value ?? [];
    const badge = badgeOf(conflicts, setAside.length, notices, words);
    return html`<div class="frame ${status?.state.toLowerCase() ?? 'connecting'}">
      <button
        id="pill"
        part="pill"
        popovertarget="panel"
        aria-haspopup="dialog"
        ?disabled=${!status}
      >
        ${glyph(status?.state)}
        <span class="word">${stateWord(status, words)}</span>
        ${figure ? html`<span class="figure tabular">${figure}</span>` : nothing}
        ${
          badge
            ? html`<span class="badge tabular" title=${badge.text}
                >${badge.count}<span class="hidden-visually"> ${badge.text}</span></span
              >`
            : nothing
        }
      </button>
      <div id="panel" part="panel" popover role="dialog" aria-labelledby="pill" @toggle=${this.#placePanel}>
        ${
          status
            ? this.#panelView?.({
                host: this,
                status,
                words,
                nowMs: this.now(),
                setAside,
                notices,
                uploads: this.#access.jamz?.uploads.list$.value ?? [],
                openConflicts: this.#openConflicts,
                syncNow: this.#syncNow,
              })
            : nothing
        }
      </div>
      <p class="hidden-visually" role="status">${this.#announcer.text}</p>
    </div>`;
  }

  /** Not shown before it is opened: it comes behind the pill, while there is still a network. */
  async #loadPanel(): Promise<void> {
    try {
      this.#panelView = (await import('./panel.ts')).panelView;
      this.requestUpdate();
    } catch {
      // The pill says what matters; opening it tries again.
    }
  }

  #changed(status: SyncStatus): void {
    const words = wordsFor(this, syncWords);
    const word = stateWord(status, words);
    this.#announcer.state(
      status.state,
      status.pending > 0 ? `${word}, ${words.waiting(status.pending)}` : word,
    );
    const told = `${status.state} ${status.pending}`;
    if (told === this.#lastTold) return;
    this.#lastTold = told;
    tell(this, 'jamz-status-change', { state: status.state, pending: status.pending });
  }

  readonly #syncNow = (): void => {
    if (!request(this, 'jamz-request-sync', {})) return;
    // What stands in the way is told by the status itself.
    this.#access.jamz?.syncNow().catch(() => {});
  };

  readonly #openConflicts = (): void => {
    request(this, 'jamz-request-conflicts', { client: this.#access.jamz });
  };

  /** Beside the pill, inside the window: not every browser anchors by itself. */
  readonly #placePanel = (event: ToggleEvent): void => {
    if (!this.#panelView) void this.#loadPanel();
    const panel = event.target;
    const pill = this.renderRoot.querySelector('#pill')?.getBoundingClientRect();
    if (event.newState !== 'open' || !pill || !(panel instanceof HTMLElement)) return;
    const { innerWidth, innerHeight } = this.ownerDocument.defaultView ?? window;
    const { offsetWidth, offsetHeight, style } = panel;
    const below = pill.bottom + 8 + offsetHeight <= innerHeight || pill.top < offsetHeight;
    const top = below ? pill.bottom + 8 : pill.top - 8 - offsetHeight;
    style.left = `${Math.max(8, Math.min(pill.left, innerWidth - offsetWidth - 8))}px`;
    style.top = `${Math.max(8, Math.min(top, innerHeight - offsetHeight - 8))}px`;
  };
}
