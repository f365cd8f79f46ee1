import 'trafficjamz/components/define';
import type { Group } from 'trafficjamz';
import type { JamzTrip } from 'trafficjamz/components';
import { byId } from '../by-id.ts';
import { readRoutes } from '../drive/route.ts';
import { connectTheme } from '../panel/theme.ts';
import { openReplica } from '../phone/replica.ts';
import { demoTrip } from '../trip/demo-trip.ts';
import { demoPlace } from '../visitor.ts';

/** A Saturday in June, towards evening. */
const demoStartMs = Date.UTC(2026, 5, 13, 17, 12);

const place = byId('place');
const code = new URLSearchParams(location.search).get('code') ?? '';
/** Of the first of the two phones; opened once, as one person. */
let own: Promise<Group> | undefined;

connectTheme(byId('theme'), localStorage);
if (code) {
  for (const id of ['shared-title', 'shared-hint']) byId(id).hidden = false;
  show({ server: '/', site: 'pk_demo', code });
} else {
  for (const id of ['intro', 'which']) byId(id).hidden = false;
  byId('which').addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) void choose(target.value);
  });
  await showDemo();
}

/** Another trip is another element: nothing of the one before stays. */
function show(patch: Partial<JamzTrip>): void {
  const element = document.createElement('jamz-trip');
  element.setAttribute('theme', document.documentElement.dataset['theme'] ?? 'auto');
  element.setAttribute('tiles', '/assets/monaco.pmtiles');
  Object.assign(element, patch);
  place.replaceChildren(element);
}

async function choose(which: string): Promise<void> {
  if (which === 'own') await showOwn();
  else await showDemo();
}

async function showDemo(): Promise<void> {
  say('');
  const answer = await fetch('/assets/drives.geojson');
  show({ trip: demoTrip(readRoutes(await answer.json()), demoStartMs) });
}

/** What the first of the two phones has recorded, as its owner sees it. */
async function showOwn(): Promise<void> {
  say('Opening …');
  own ??= openOwn();
  try {
    show({ group: await own });
    say('Drive with the two phones first, then come back: it is shared from here.');
  } catch (error) {
    own = undefined;
    say(error instanceof Error ? error.message : String(error));
  }
}

function openOwn(): Promise<Group> {
  const visitor = demoPlace(localStorage);
  const phone = { namespace: 'phone-a', name: 'Ana', place: visitor };
  return openReplica(phone, localStorage).openGroup();
}

function say(text: string): void {
  byId('which-note').textContent = text;
}
