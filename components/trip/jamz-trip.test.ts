import { expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import '../define/jamz-trip.ts';
import { audited } from '../shared/testing/audited.ts';
import type { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzTrip } from './jamz-trip.ts';
import { harbourTrip, link, minuteMs, startMs } from './trip-fixture.ts';
import { all, find, seek, shown, tripClient, words } from './trip-page-fixture.ts';

describe('<jamz-trip>', () => {
  let jamz: FakeJamz;

  beforeEach(() => {
    jamz = tripClient();
  });

  const open = async (theme = 'light'): Promise<JamzTrip> =>
    shown(
      await fixture<JamzTrip>(
        html`<jamz-trip
          theme=${theme}
          from=${new Date(harbourTrip.fromMs).toISOString()}
          until=${harbourTrip.untilMs}
          .group=${jamz.group('crew')}
          style="width: 390px"
        ></jamz-trip>`,
      ),
    );

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}, with the panel to share it open`, async () => {
      jamz.group('crew').trips.links = [link()];
      const element = await open(theme);
      find(element, '.share').click();
      await waitUntil(() => element.shadowRoot?.querySelector('.link'), 'the links are there');
      await audited(element);
    });
  }

  it('asks its group for the time that it was given, in ms or as an ISO time', async () => {
    const element = await open();
    const { fromMs, untilMs } = harbourTrip;
    expect(jamz.group('crew').calls).to.include(`trip ${fromMs} ${untilMs}`);
    expect(find(element, 'h2').textContent).to.equal('Down to the beach');
  });

  it('asks once more, for the drive alone, where a long time has few points of it', async () => {
    const { trips, calls } = jamz.group('crew');
    trips.answer = { ...harbourTrip, everyMs: 30_000 };
    const element = await fixture<JamzTrip>(
      html`<jamz-trip
        .from=${startMs - 600 * minuteMs}
        .until=${startMs + 60 * minuteMs}
        .group=${jamz.group('crew')}
      ></jamz-trip>`,
    );
    await shown(element);
    // Five seconds around what happened, and as far as the next point may be.
    const until = startMs + 10 * minuteMs + 30_000;
    expect(calls.filter((call) => call.startsWith('trip '))).to.deep.equal([
      `trip ${startMs - 600 * minuteMs} ${startMs + 60 * minuteMs}`,
      `trip ${startMs - 30_000} ${until}`,
    ]);
  });

  it('asks again when it is given another time', async () => {
    const element = await open();
    element.until = harbourTrip.untilMs - minuteMs;
    const asked = `trip ${harbourTrip.fromMs} ${harbourTrip.untilMs - minuteMs}`;
    await waitUntil(() => jamz.group('crew').calls.includes(asked), 'it asks');
  });

  it('draws a line for each, dashed through the tunnel, discs for who was rough', async () => {
    const element = await open();
    const [ana, bo, chi] = all(element, '.way');
    expect(ana?.querySelectorAll('.unseen').length).to.equal(1);
    expect(bo?.querySelectorAll('.unseen').length).to.equal(0);
    expect(chi?.querySelectorAll('circle').length).to.equal(3);
    expect(chi?.querySelector('.whole')?.getAttribute('d')).to.equal('');
  });

  it('puts everybody where they were, and says who had no signal', async () => {
    const element = await open();
    await seek(element, 'Home', 'PageUp', 'PageUp', 'PageUp', 'PageUp', 'PageUp');
    const ana = find(element, '.marker[data-id=ana]');
    expect([...ana.classList]).to.include.members(['placed', 'stale']);
    expect(words(ana)).to.contain('No signal');
    expect(words(find(element, '.marker[data-id=chi]'))).to.contain('About here');
    const there = ana.style.translate;
    await seek(element, 'End');
    expect(ana.style.translate).to.not.equal(there);
  });

  it('has not on the map who had not come yet', async () => {
    const element = await open();
    await seek(element, 'Home');
    expect(find(element, '.marker[data-id=bo]').classList.contains('placed')).to.equal(false);
    expect(find(element, '.marker[data-id=ana]').classList.contains('placed')).to.equal(true);
  });

  it('shows what was said beside who said it, for a while', async () => {
    const element = await open();
    await seek(element, 'Home', 'PageUp', 'PageUp');
    expect(words(find(element, '.marker[data-id=ana] .saying'))).to.equal('Yes, then up the hill');
    await seek(element, 'PageUp');
    expect(all(element, '.saying')).to.have.length(0);
  });

  it('is a slider that tells the time and the song', async () => {
    const element = await open();
    await seek(element, 'Home', 'PageUp');
    const line = find(element, '.line');
    expect(line.getAttribute('role')).to.equal('slider');
    expect(line.getAttribute('aria-valuetext')).to.contain('Coast Road');
    await seek(element, 'End');
    expect(line.getAttribute('aria-valuenow')).to.equal(line.getAttribute('aria-valuemax'));
    expect(line.getAttribute('aria-valuetext')).to.contain('Eleven Lanes');
  });

  it('tells its page where the person went', async () => {
    const element = await open();
    const told = oneEvent(element, 'jamz-trip-seek');
    await seek(element, 'End');
    const { detail } = (await told) as CustomEvent;
    expect(detail.atMs).to.equal(startMs + 10 * minuteMs);
  });

  it('goes to a moment of the list, which says where it is', async () => {
    const element = await open();
    const moment = all(element, '.moment').find((one) => words(one).includes('I see you both!'));
    moment?.click();
    await element.updateComplete;
    expect(moment?.getAttribute('aria-current')).to.equal('step');
    expect(all(element, '.moment[aria-current]')).to.have.length(1);
    expect(words(find(element, '.playing'))).to.contain('Low Sun');
  });

  it('lists songs, messages and likes with their people, and who is not shown', async () => {
    const element = await open();
    const said = words(find(element, '.moments'));
    for (const part of [
      'Song: Coast Road',
      'Bo Lind Left at the harbour?',
      'Ana Novak liked “Night Ferry”',
      '1 more was there and is not shown',
    ]) {
      expect(said).to.contain(part);
    }
  });

  it('plays, and pauses where it is', async () => {
    const element = await open();
    const heard: string[] = [];
    for (const type of ['jamz-trip-play', 'jamz-trip-pause'] as const) {
      element.addEventListener(type, () => heard.push(type));
    }
    const gone = (): number =>
      Number.parseFloat(find(element, '.needle').style.getPropertyValue('--_gone'));
    find(element, '.play').click();
    await waitUntil(() => gone() > 0.2, 'it moves');
    expect(find(element, '.play').getAttribute('aria-label')).to.equal('Pause');
    find(element, '.play').click();
    const stood = gone();
    await nextFrame();
    await nextFrame();
    expect(gone()).to.be.closeTo(stood, 0.5);
    expect(heard).to.deep.equal(['jamz-trip-play', 'jamz-trip-pause']);
  });

  it('stops at its end', async () => {
    const element = await open();
    await seek(element, 'End', 'ArrowLeft');
    const select = find(element, 'select') as HTMLSelectElement;
    select.value = '120';
    select.dispatchEvent(new Event('change'));
    find(element, '.play').click();
    await oneEvent(element, 'jamz-trip-pause');
    await element.updateComplete;
    expect(find(element, '.play').getAttribute('aria-label')).to.equal('Play the trip');
  });

  it('takes the space bar on its line and its map, and leaves it to its buttons', async () => {
    const element = await open();
    const label = (): string | null => find(element, '.play').getAttribute('aria-label');
    const space = async (selector: string): Promise<void> => {
      const key = { key: ' ', bubbles: true, composed: true, cancelable: true };
      find(element, selector).dispatchEvent(new KeyboardEvent('keydown', key));
      await element.updateComplete;
    };
    await space('.line');
    expect(label()).to.equal('Pause');
    await space('.grounds');
    expect(label()).to.equal('Play the trip');
    await space('.moment');
    expect(label()).to.equal('Play the trip');
  });

  it('keeps the one in the middle whom the person follows', async () => {
    const element = await open();
    await seek(element, 'Home', 'PageUp', 'PageUp', 'PageUp');
    const chips = all(element, '.who');
    chips.find((chip) => words(chip).includes('Bo'))?.click();
    await waitUntil(() => {
      const stage = find(element, '.stage').getBoundingClientRect();
      const bo = find(element, '.marker[data-id=bo] .avatar').getBoundingClientRect();
      const offX = bo.left + bo.width / 2 - (stage.left + stage.width / 2);
      const offY = bo.top + bo.height / 2 - (stage.top + stage.height / 2);
      return Math.hypot(offX, offY) < 4;
    }, 'Bo is in the middle');
    expect(find(element, '.way[data-id=ana]').classList.contains('aside')).to.equal(true);
  });
});
