import { html, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { byId } from '../by-id.ts';
import { connectTheme } from '../panel/theme.ts';
import { readScript, type Script, writeScript } from '../simulator/address.ts';
import { controls } from '../simulator/controls.ts';
import { Director, type Scene } from '../simulator/director.ts';
import { dragCard } from '../simulator/dragging.ts';
import { moved, phoneCard } from '../simulator/phone-card.ts';
import { logTape, serverCard } from '../simulator/server-card.ts';
import { verdict, worldChoices } from '../simulator/verdict.ts';
import { Wires } from '../simulator/wires.ts';
import { zoneOf, zones } from '../simulator/zones.ts';

const freshSeed = (): string => String(crypto.getRandomValues(new Uint32Array(1))[0]);
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

const top = byId('scene');
const side = byId('side');
const bar = byId('controls');
const wires = new Wires(document.querySelector('svg.sim-wires') as SVGSVGElement);
connectTheme(byId('theme'), localStorage);

top.replaceChildren();
const director = new Director(readScript(location.hash, freshSeed), () => {
  dirty = true;
});
let dirty = true;
let lastMs = performance.now();
let shared = 'Copy the link';

const begin = (script: Script): void => {
  history.replaceState(null, '', `#${writeScript(script)}`);
  wires.clear();
  void director.begin(script);
};
const scriptNow = (): Script => director.scene?.script ?? readScript(location.hash, freshSeed);

const deeds = {
  do: director.do.bind(director),
  drag: (event: PointerEvent, phone: number) =>
    dragCard(event, (zone) => director.do(moved(phone, zone))),
  play: director.play.bind(director),
  step: director.step.bind(director),
  pace: director.pace.bind(director),
  rest: director.rest.bind(director),
  again: () => begin({ ...scriptNow(), done: [] }),
  anew: () => begin({ ...scriptNow(), seed: freshSeed(), done: [] }),
  share: () => void share(),
  change: (to: Partial<Pick<Script, 'life' | 'bug' | 'phones'>>) => {
    const { bug, ...script } = { ...scriptNow(), ...to, done: [] };
    begin(bug ? { ...script, bug } : script);
  },
};

async function share(): Promise<void> {
  history.replaceState(null, '', `#${writeScript(scriptNow())}`);
  try {
    await navigator.clipboard.writeText(location.href);
    shared = 'Copied';
  } catch {
    shared = 'It is in the address bar';
  }
  dirty = true;
}

function scene({ view }: Scene): TemplateResult {
  const headSeq = view.log.head?.seq ?? 0;
  return html`
    ${logTape(view.log, view.phones)}
    <div class="sim-servers">${view.servers.map((server) => serverCard(server, deeds.do))}</div>
    <div class="sim-gap" aria-hidden="true"></div>
    <div class="sim-zones">
      ${zones.map(
        ({ id, name, says }) => html`<section class="sim-zone" data-zone=${id} aria-label=${name}>
          <h2>${name}<small>${says}</small></h2>
          <div class="sim-parked">${repeat(
            view.phones.filter((phone) => zoneOf(phone) === id),
            ({ index }) => index,
            (phone) => phoneCard(phone, headSeq, deeds),
          )}</div>
        </section>`,
      )}
    </div>`;
}

function frame(nowMs: number): void {
  director.frame(nowMs - lastMs);
  lastMs = nowMs;
  const { scene: now } = director;
  if (now) {
    if (dirty) {
      dirty = false;
      render(scene(now), top);
      render(html`${verdict(now)}${worldChoices(now, deeds)}`, side);
      render(controls(now, deeds, shared), bar);
    }
    wires.draw(now.view, nowMs, now.speed, !stillness.matches);
  }
  requestAnimationFrame(frame);
}

addEventListener('hashchange', () => begin(readScript(location.hash, freshSeed)));
begin(readScript(location.hash, freshSeed));
requestAnimationFrame(frame);
