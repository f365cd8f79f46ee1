import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { JamzError } from '../../sdk/index.ts';
import { define } from '../shared/define.ts';
import { audited } from '../shared/testing/audited.ts';
import { entry, type FakeGroup, silence } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { FakeSoundDevice } from '../shared/testing/fake-sound-device.ts';
import { JamzPlayer } from './jamz-player.ts';

define('jamz-player', JamzPlayer);

describe('the sheet for this device’s sound', () => {
  let group: FakeGroup;
  let device: FakeSoundDevice;
  let element: JamzPlayer;

  const find = <E extends HTMLElement>(selector: string): E | null =>
    element.shadowRoot?.querySelector<E>(selector) ?? null;
  const wait = async <E extends HTMLElement>(selector: string): Promise<E> => {
    await waitUntil(() => find(selector), `no ${selector}`);
    const found = find<E>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  const says = (text: string): Promise<void> =>
    waitUntil(() => find('dialog')?.textContent?.includes(text), `nothing says ${text}`);
  const button = (text: string): HTMLButtonElement => {
    const buttons = element.shadowRoot?.querySelectorAll<HTMLButtonElement>('dialog button') ?? [];
    const found = [...buttons].find(
      (one) => one.textContent?.trim() === text || one.ariaLabel === text,
    );
    if (!found) throw new Error(`no button ${text}`);
    return found;
  };
  const open = async (): Promise<void> => {
    (await wait('[part~=settings]')).click();
    await wait('dialog[open]');
  };

  beforeEach(async () => {
    const jamz = new FakeJamz();
    group = jamz.group('crew');
    const road = entry('road', { title: 'Road Song' });
    group.playlist$.next([road]);
    group.nowPlaying$.next({
      ...silence,
      item: road,
      playing: true,
      atServerMs: jamz.nowMs,
      durationMs: 180_000,
      by: 'bo',
    });
    device = new FakeSoundDevice();
    group.listener.deviceParts = device;
    element = await fixture<JamzPlayer>(html`<jamz-player .group=${group}></jamz-player>`);
    (await wait('[part~=listen]')).click();
    group.listener.state$.next({ kind: 'playing' });
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`passes its accessibility audit in ${theme}`, async () => {
      element.theme = theme;
      device.known = [
        { deviceId: 's1', label: 'Speaker', latencyMs: 0 },
        { deviceId: 'b1', label: 'Buds', latencyMs: 180 },
      ];
      await open();
      await wait('select');
      await audited(element);
    });
  }

  it('nudges how late this device is heard, by button and by hand', async () => {
    await open();
    button('5 ms more').click();
    button('5 ms more').click();
    button('5 ms less').click();
    expect(group.listener.latencyMs).to.equal(5);
    const field = await wait<HTMLInputElement>('#settings-latency');
    expect(field.value).to.equal('5');
    field.value = '180';
    field.dispatchEvent(new Event('change'));
    expect(group.listener.latencyMs).to.equal(180);
    field.value = '';
    field.dispatchEvent(new Event('change'));
    expect(group.listener.latencyMs).to.equal(180);
    expect(field.value).to.equal('180');
  });

  it('[SD2] measures, and keeps what it found only when asked to', async () => {
    await open();
    await waitUntil(() => !button('Measure with the microphone').disabled);
    button('Measure with the microphone').click();
    device.progress(0.5);
    expect((await wait<HTMLProgressElement>('progress')).value).to.equal(0.5);
    device.settle.resolve({ latencyMs: 132.4, spreadMs: 0.4, heard: 10, of: 10 });
    await says('It is heard 132 ms late, ± 0.4');
    expect(group.listener.latencyMs).to.equal(0);
    button('Use it').click();
    expect(group.listener.latencyMs).to.equal(132.4);
    await says('Kept for this loudspeaker');
  });

  it('[SD2] says what to do where it cannot be measured', async () => {
    await open();
    await waitUntil(() => !button('Measure with the microphone').disabled);
    button('Measure with the microphone').click();
    device.settle.reject(new JamzError('forbidden', 'Allow the microphone.'));
    await says('Allow the microphone.');
    expect(group.listener.latencyMs).to.equal(0);
    button('Measure with the microphone').click();
    button('Cancel').click();
    await waitUntil(() => !find('progress'));
    expect(find('dialog [role=alert]')).to.equal(null);
  });

  it('chooses the loudspeaker where the browser lets it', async () => {
    device.known = [
      { deviceId: 's1', label: 'Speaker', latencyMs: 0 },
      { deviceId: 'b1', label: null, latencyMs: 180 },
    ];
    await open();
    const select = await wait<HTMLSelectElement>('select');
    expect([...select.options].map(({ text }) => text.trim())).to.deep.equal([
      'As the system has it',
      'Speaker',
      'Loudspeaker 2',
    ]);
    select.value = 'b1';
    select.dispatchEvent(new Event('change'));
    expect(device.calls).to.deep.equal(['choose b1']);
  });

  it('names the loudspeaker where it is the system that chooses', async () => {
    device.output$.next({ deviceId: '', label: 'Built-in', latencyMs: 0 });
    await open();
    await says('Built-in');
  });

  it('keeps the screen on where the person wants it', async () => {
    await open();
    const box = await wait<HTMLInputElement>('dialog input[type=checkbox]');
    box.click();
    expect(group.listener.keepAwake).to.equal(true);
  });

  it('speaks the language of the page', async () => {
    element.lang = 'de';
    await waitUntil(
      () => find('[part~=settings]')?.ariaLabel === 'Ton auf diesem Gerät',
      'still English',
    );
    await open();
    await says('Mit dem Mikrofon messen');
  });
});
