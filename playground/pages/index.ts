import 'trafficjamz/components/define';
import { connectApp } from '../app/install-app.ts';
import { byId } from '../by-id.ts';
import { readRoutes } from '../drive/route.ts';
import { connectDrive } from '../panel/drive-panel.ts';
import { connectInspector } from '../panel/inspector-panel.ts';
import { connectInvite } from '../panel/invite-dialog.ts';
import { connectTheme } from '../panel/theme.ts';
import { TripCard } from '../panel/trip-card.ts';
import { Phone } from '../phone/phone.ts';
import { connectCarousel } from '../phone/phone-carousel.ts';
import { EventLog } from '../story/event-log.ts';
import { followGroup } from '../story/group-story.ts';
import { createSyncStory } from '../story/sync-story.ts';
import { demoPlace } from '../visitor.ts';

const inviteCode = new URLSearchParams(location.search).get('join') ?? undefined;
const log = new EventLog(byId('log'));
document.documentElement.dataset['page'] = inviteCode ? 'guest' : 'demo';

if (inviteCode) welcomeGuest(inviteCode);
else await showTwoPhones();
connectTheme(byId('theme'), localStorage);
connectApp(byId('install'), byId('install-hint'));

/** Who came by an invitation has one phone: the real one in the hand. */
function welcomeGuest(code: string): void {
  const form = byId<HTMLFormElement>('join');
  const nameField = byId<HTMLInputElement>('join-name');
  const enter = (name: string): void => {
    localStorage.setItem('playground name', name);
    form.hidden = true;
    const phone = addPhone({ namespace: 'phone-guest', name, place: '', inviteCode: code });
    void phone.start().then((group) => group && followGroup(group, (line) => log.add(line)));
  };
  form.hidden = false;
  nameField.value = localStorage.getItem('playground name') ?? '';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (nameField.value.trim()) enter(nameField.value.trim());
  });
}

/** Two phones of the visitor's own group, and the road they drive on. */
async function showTwoPhones(): Promise<void> {
  const place = demoPlace(localStorage);
  const ana = addPhone({ namespace: 'phone-a', name: 'Ana', place });
  const bo = addPhone({ namespace: 'phone-b', name: 'Bo', place });
  connectCarousel(byId('phone-tabs'), byId('phones'));
  byId('pan').addEventListener('change', ({ target }) => {
    const apart = target instanceof HTMLInputElement && target.checked;
    for (const [phone, side] of [
      [ana, -1],
      [bo, 1],
    ] as const) {
      phone.part<HTMLElement & { pan: number }>('jamz-player').pan = apart ? side : 0;
    }
  });

  const routes = readRoutes(await (await fetch('/assets/drives.geojson')).json());
  const cards = [ana, bo].map((phone, index) => {
    const card = new TripCard(byId<HTMLTemplateElement>('trip-template'), {
      phone,
      routes,
      // Ana drives in the open; Bo meets his first tunnel after ten seconds.
      routeIndex: index === 0 ? 1 : 0,
    });
    byId('trips').append(card.element);
    return card;
  });
  connectDrive(byId('drive-panel'), cards);
  connectInspector(byId<HTMLDetailsElement>('inspector'), [ana, bo]);

  const groups = await Promise.all([ana.start(), bo.start()]);
  for (const [index, group] of groups.entries()) {
    const card = cards[index];
    if (group && card) card.group = group;
  }
  const [first] = groups;
  if (!first) return;
  followGroup(first, (line) => log.add(line));
  connectInvite(byId<HTMLDialogElement>('invite'), byId('invite-open'), first);
  byId<HTMLButtonElement>('invite-open').disabled = false;
}

function addPhone(options: {
  namespace: string;
  name: string;
  place: string;
  inviteCode?: string;
}): Phone {
  const story = createSyncStory(options.name);
  const phone = new Phone(byId<HTMLTemplateElement>('phone-template'), {
    ...options,
    driven: options.inviteCode === undefined,
    onCoverage: (coverage) =>
      log.add(story.coverage(coverage, performance.now()), options.namespace),
  });
  byId('phones').append(phone.element);
  phone.part('.phone-retry').addEventListener('click', () => location.reload());
  phone.replica.jamz.status$.subscribe((status) => {
    log.add(story.status(status, performance.now()), options.namespace);
  });
  return phone;
}
