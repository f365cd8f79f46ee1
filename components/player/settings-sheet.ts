import { html, nothing, render, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Calibration, Listener, SoundDevice, SoundOutput } from '../../sdk/index.ts';
import { coreWords } from '../shared/core-words.ts';
import { closeIcon } from '../shared/icons.ts';
import { wordsFor } from '../shared/words.ts';
import { type SettingsWords, settingsWords } from './settings-words.ts';
import { volumeWords } from './volume-words.ts';

const stepMs = 5;

/** How measuring stands. */
type Measuring =
  | { readonly kind: 'idle'; readonly note?: string; readonly error?: string }
  | { readonly kind: 'running'; readonly fraction: number; readonly abort: AbortController }
  | { readonly kind: 'asking'; readonly found: Calibration };

/** Opens the sheet in which this device's sound is set, over the page. */
export function openSettings(place: HTMLElement, listener: Listener): void {
  const words = wordsFor(place, settingsWords);
  let device: SoundDevice | undefined;
  let outputs: readonly SoundOutput[] = [];
  let measuring: Measuring = { kind: 'idle' };
  let watching: { unsubscribe(): void } | undefined;
  let isClosed = false;

  const update = (): void => {
    if (!isClosed) render(view(), place);
  };
  const show = (next: Measuring): void => {
    measuring = next;
    update();
  };
  const fail = (error: unknown): void => show({ kind: 'idle', error: reasonOf(error, words) });

  async function load(): Promise<void> {
    device = await listener.device();
    if (!device || isClosed) return;
    // What is plugged in now may be another one than when the list was asked for.
    watching = device.output$.subscribe(() => void refresh());
  }

  async function refresh(): Promise<void> {
    outputs = (await device?.outputs().catch(() => [])) ?? [];
    update();
  }

  async function choose(deviceId?: string): Promise<void> {
    try {
      await device?.chooseOutput(deviceId);
      await refresh();
    } catch (error) {
      fail(error);
    }
  }

  async function measure(): Promise<void> {
    const abort = new AbortController();
    show({ kind: 'running', fraction: 0, abort });
    try {
      const onProgress = (fraction: number): void => show({ kind: 'running', fraction, abort });
      const found = await device?.calibrate({ signal: abort.signal, onProgress });
      show(found ? { kind: 'asking', found } : { kind: 'idle', error: words.failed });
    } catch (error) {
      if (abort.signal.aborted) show({ kind: 'idle' });
      else fail(error);
    }
    await refresh();
  }

  function setLatency(ms: number): void {
    if (Number.isFinite(ms)) listener.latencyMs = ms;
    update();
  }

  function view(): TemplateResult {
    const { latencyMs } = listener;
    return html`
      <dialog class="sheet settings-sheet" part="settings-sheet" aria-labelledby="settings-title" @close=${close}>
        <header>
          <h2 id="settings-title">${wordsFor(place, volumeWords).settings}</h2>
          <form method="dialog">
            <button class="icon-button" aria-label=${wordsFor(place, coreWords).close}>${closeIcon()}</button>
          </form>
        </header>
        <div class="settings-body">
          <div class="setting">
            <label for="settings-output">${words.output}</label>
            ${outputView()}
          </div>
          <div class="setting">
            <label for="settings-latency">${words.latency}</label>
            <div class="stepper">
              <button class="button" aria-label=${words.earlier} @click=${() => setLatency(latencyMs - stepMs)}>−</button>
              <input id="settings-latency" type="number" min="-500" max="2000" step="1" inputmode="numeric"
                aria-describedby="settings-hint" .value=${live(String(Math.round(latencyMs)))}
                @change=${({ target }: Event) => target instanceof HTMLInputElement && setLatency(target.valueAsNumber)} />
              <button class="button" aria-label=${words.later} @click=${() => setLatency(latencyMs + stepMs)}>+</button>
            </div>
            <p class="hint" id="settings-hint">${words.latencyHint}</p>
          </div>
          <div class="setting" role="status">${measureView()}</div>
          ${
            'wakeLock' in navigator
              ? html`<label class="check"><input type="checkbox" .checked=${live(listener.keepAwake)}
                  @change=${({ target }: Event) => {
                    if (target instanceof HTMLInputElement) listener.keepAwake = target.checked;
                    update();
                  }} /><span>${words.awake}</span></label>`
              : nothing
          }
        </div>
      </dialog>
    `;
  }

  function outputView(): TemplateResult {
    const { deviceId, label } = device?.output$.value ?? { deviceId: '', label: null };
    const canPick = 'selectAudioOutput' in (navigator.mediaDevices ?? {});
    if (outputs.length === 0) {
      return html`<p id="settings-output" class="named">${label ?? words.systemChoice}</p>
        ${
          canPick
            ? html`<button class="button" @click=${() => void choose()}>${words.choose}</button>`
            : nothing
        }`;
    }
    return html`<select id="settings-output"
      @change=${({ target }: Event) => target instanceof HTMLSelectElement && void choose(target.value)}>
      <option value="">${words.systemChoice}</option>
      ${outputs.map(
        (one, index) => html`<option value=${one.deviceId} ?selected=${one.deviceId === deviceId}>
          ${one.label ?? `${words.output} ${index + 1}`}
        </option>`,
      )}
    </select>`;
  }

  function measureView(): TemplateResult {
    const now = measuring;
    if (now.kind === 'running') {
      return html`<p>${words.measuring}</p>
        <progress max="1" .value=${now.fraction} aria-label=${words.measuring}></progress>
        <button class="button" @click=${() => now.abort.abort()}>${words.cancel}</button>`;
    }
    if (now.kind === 'asking') {
      const { latencyMs, spreadMs } = now.found;
      const use = (): void => {
        setLatency(latencyMs);
        show({ kind: 'idle', note: words.used });
      };
      return html`<p>${words.measured(latencyMs.toFixed(0), spreadMs.toFixed(1))}</p>
        <div class="choices">
          <button class="button primary" @click=${use}>${words.use}</button>
          <button class="button" @click=${() => show({ kind: 'idle' })}>${words.leave}</button>
        </div>`;
    }
    return html`<button class="button" ?disabled=${!device} @click=${() => void measure()}>${words.measure}</button>
      ${now.error === undefined ? nothing : html`<p class="wrong" role="alert">${now.error}</p>`}
      <p class="hint">${now.note ?? words.measureHint}</p>`;
  }

  function close(): void {
    isClosed = true;
    watching?.unsubscribe();
    if (measuring.kind === 'running') measuring.abort.abort();
    render(nothing, place);
  }

  update();
  place.querySelector('dialog')?.showModal();
  void load().then(update, fail);
}

function reasonOf(error: unknown, { failed, why }: SettingsWords): string {
  if (!(error instanceof Error && 'code' in error)) return failed;
  if (!why) return error.message;
  return (why as Readonly<Record<string, string>>)[String(error.code)] ?? failed;
}
