import { html, nothing, render, type TemplateResult } from 'lit';
import { byId } from '../by-id.ts';
import { connectInvite } from '../panel/invite-dialog.ts';
import { connectTheme } from '../panel/theme.ts';
import { type Lane, signed, spreadOf, verdictOf } from '../prove/lanes.ts';
import { drawPicture, type Palette, pictureFile, pictureHeight } from '../prove/picture.ts';
import { Proof } from '../prove/proof.ts';
import { demoPlace } from '../visitor.ts';

const nameKey = 'playground prove name';
const stage = byId('stage');
const palette = byId('palette');
const inviteCode = new URLSearchParams(location.search).get('join') ?? undefined;
const place = demoPlace(localStorage);
const proof = new Proof({
  inviteCode,
  place: `${place}-prove`,
  memory: localStorage,
  onChange: () => show(),
});
let said = '';
let hasInvite = false;

connectTheme(byId('theme'), localStorage);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => show());
byId('theme').addEventListener('change', () => show());
new ResizeObserver(() => draw()).observe(stage);
show();

function show(): void {
  render(view(), stage);
  draw();
  const { group } = proof;
  if (!group || hasInvite) return;
  hasInvite = true;
  connectInvite(byId<HTMLDialogElement>('invite'), byId('invite-open'), group, '/prove');
  byId<HTMLButtonElement>('invite-open').disabled = false;
}

function view(): TemplateResult {
  const { state } = proof;
  if (state.kind === 'opening') {
    return html`<section class="card"><p role="status">Opening the group…</p></section>`;
  }
  if (state.kind === 'failed') {
    return html`<section class="card" role="alert">
      <h2>That did not work</h2>
      <p class="hint">${state.message}</p>
      <button class="button" @click=${() => location.reload()}>Try again</button>
    </section>`;
  }
  if (state.kind === 'asking') return askName();
  const { lanes } = proof;
  return html`
    <section class="card" aria-labelledby="hear-title">
      <h2 id="hear-title">${state.hearing === 'yes' ? 'This phone hears' : 'Every phone here chirps'}</h2>
      <p class="hint">${hintFor(state.hearing, lanes)}</p>
      ${proof.leftOut === undefined ? nothing : html`<p class="hint" role="status">${proof.leftOut}</p>`}
      ${state.trouble === undefined ? nothing : html`<p class="trouble" role="alert">${state.trouble}</p>`}
      <div class="prove-deeds">
        ${
          state.hearing === 'yes'
            ? html`<button class="button" @click=${() => proof.stopHearing()}>Stop listening</button>`
            : html`<button class="button primary" ?disabled=${state.hearing === 'opening'} @click=${() => void proof.hear()}>
                Listen with this phone
              </button>`
        }
        <button class="button" id="invite-open" ?disabled=${!hasInvite}>Add a phone</button>
      </div>
    </section>
    <section class="card prove-result" aria-labelledby="result-title">
      <h2 class="unseen" id="result-title">What was heard</h2>
      <canvas id="picture" role="img" aria-label=${verdictOf(lanes)}></canvas>
      <p class="unseen" role="status">${spreadOf(lanes) === undefined ? '' : verdictOf(lanes)}</p>
      <table class="prove-table">
        <thead><tr><th scope="col">Phone</th><th scope="col">Offset</th><th scope="col">Spread</th><th scope="col">Heard</th></tr></thead>
        <tbody>${lanes.map(row)}</tbody>
      </table>
      <button class="button" id="share" ?disabled=${spreadOf(lanes) === undefined} @click=${() => void share()}>
        Share the picture
      </button>
      <p class="hint" role="status">${said}</p>
    </section>
  `;
}

function askName(): TemplateResult {
  const begin = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = new FormData(event.currentTarget as HTMLFormElement).get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    localStorage.setItem(nameKey, name.trim());
    void proof.begin(name.trim());
  };
  return html`<form class="card prove-name" @submit=${begin}>
    <label for="prove-name">What this phone is called</label>
    <input id="prove-name" name="name" maxlength="40" required autocomplete="off"
      .value=${localStorage.getItem(nameKey) ?? ''} />
    <button class="button primary">${inviteCode ? 'Join with this phone' : 'Start'}</button>
    <p class="hint">Turn its sound up: it will chirp softly, once every four seconds.</p>
  </form>`;
}

function hintFor(hearing: 'no' | 'opening' | 'yes', lanes: readonly Lane[]): string {
  if (lanes.length < 2) return 'Add a second phone: open this page there by the link or the code.';
  if (hearing === 'opening') return 'The browser asks whether this page may use the microphone.';
  if (hearing === 'no') {
    return 'Lay the phones side by side, speakers together: sound takes a millisecond for each 34 cm. Then listen with one of them.';
  }
  return 'Each phone has its turn once in four seconds. The longer you wait, the surer the figures.';
}

function row({ name, isMine, offset }: Lane): TemplateResult {
  return html`<tr>
    <th scope="row">${name}${isMine ? html` <span class="hint">this phone</span>` : nothing}</th>
    <td>${offset ? `${signed(offset.offsetMs)} ms` : '–'}</td>
    <td>${offset ? `± ${offset.spreadMs.toFixed(1)}` : '–'}</td>
    <td>${offset?.heard ?? 0}×</td>
  </tr>`;
}

function draw(): void {
  const canvas = document.querySelector<HTMLCanvasElement>('#picture');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const { lanes } = proof;
  const width = canvas.clientWidth;
  const height = pictureHeight(lanes);
  const scale = devicePixelRatio;
  canvas.style.blockSize = `${height}px`;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  drawPicture(context, lanes, width, colours(), saying());
}

async function share(): Promise<void> {
  try {
    const file = await pictureFile(proof.lanes, colours(), saying());
    if (navigator.canShare?.({ files: [file] })) {
      await navigator.share({ files: [file], title: verdictOf(proof.lanes) });
      said = '';
    } else {
      download(file);
      said = 'The picture is among your downloads.';
    }
  } catch (error) {
    // Who closes the system's own sheet has changed their mind.
    const isTheirs = error instanceof DOMException && error.name === 'AbortError';
    said = isTheirs ? '' : 'The picture could not be shared. Try again.';
  }
  show();
}

function download(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(url);
}

function saying(): string {
  return `Heard by a microphone on ${new Date().toLocaleDateString()}`;
}

/** The page's colours as they are now: a canvas knows no style sheet. */
function colours(): Palette {
  const of = (name: string): string => {
    palette.style.color = `var(--${name})`;
    return getComputedStyle(palette).color;
  };
  return {
    ground: of('ground'),
    surface: of('surface'),
    text: of('text'),
    quiet: of('quiet'),
    line: of('line'),
    accent: of('accent'),
    warm: of('warm'),
  };
}
