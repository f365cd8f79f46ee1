import { html, type TemplateResult } from 'lit';
import type { Scene } from './director.ts';

export interface ControlDeeds {
  play(playing: boolean): void;
  step(): void;
  pace(speed: number): void;
  rest(): void;
  again(): void;
  anew(): void;
  share(): void;
}

const speeds = [1, 10, 60] as const;

/** Time, and the ways to begin again. */
export function controls(scene: Scene, deeds: ControlDeeds, shared: string): TemplateResult {
  const { playing, speed, resting, view, script } = scene;
  const over = view.violation !== null;
  return html`<div class="sim-controls" role="group" aria-label="Time">
    <button class="button primary" type="button" ?disabled=${resting || over} @click=${() => deeds.play(!playing)}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${playing ? 'M4 2.5h3v11H4zM9 2.5h3v11H9z' : 'M4 2.5v11l9-5.500z'} /></svg>
      ${playing ? 'Pause' : 'Go on'}
    </button>
    <button class="button" type="button" ?disabled=${resting || over} @click=${deeds.step}>One event</button>
    <fieldset class="segments"><legend class="unseen">Pace</legend>
      ${speeds.map((pace) => html`<label><input type="radio" name="pace" value=${pace} .checked=${speed === pace} @change=${() => deeds.pace(pace)} /><span>${pace}×</span></label>`)}
    </fieldset>
    <output class="sim-time" aria-label="Simulated time">${timeOf(view.nowMs)}</output>
    <span class="sim-spring"></span>
    <button class="button" type="button" ?disabled=${resting || over} @click=${deeds.rest}>Put right and compare</button>
    <button class="button" type="button" @click=${deeds.again}>Again</button>
    <button class="button" type="button" @click=${deeds.anew}>New seed</button>
    <button class="button" type="button" @click=${deeds.share}>${shared}</button>
    <p class="hint sim-seed">Seed <code>${script.seed}</code>. ${script.done.length === 0 ? 'You have not interfered yet.' : script.done.length === 1 ? 'You interfered once.' : `You interfered ${script.done.length} times.`} The link replays all of it, to the letter.</p>
  </div>`;
}

/** Hours, minutes and seconds since the world began. */
export function timeOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
