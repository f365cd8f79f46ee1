import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { JamzError, type UploadedFile } from '../../sdk/index.ts';
import { define } from '../shared/define.ts';
import { audited } from '../shared/testing/audited.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { FakeUpload } from '../shared/testing/fake-upload.ts';
import { JamzUpload } from './jamz-upload.ts';

define('jamz-upload', JamzUpload);

const road: UploadedFile = {
  fileId: 'f1',
  mediaType: 'audio/mpeg',
  bytes: 1_000_000,
  title: 'Road Song',
  artist: 'Ana',
  durationMs: 200_000,
  hasArtwork: false,
  duplicate: false,
};

describe('<jamz-upload>', () => {
  let jamz: FakeJamz;
  let group: FakeGroup;

  const uploader = (noAdd = false): Promise<JamzUpload> =>
    fixture<JamzUpload>(html`<jamz-upload .group=${group} ?no-add=${noAdd}></jamz-upload>`);
  const file = (name: string, type: string): File =>
    new File([new Uint8Array(1_000_000)], name, { type });
  const drop = async (element: JamzUpload, ...files: readonly File[]): Promise<void> => {
    const dataTransfer = new DataTransfer();
    for (const each of files) dataTransfer.items.add(each);
    element.shadowRoot
      ?.querySelector('.zone')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true }));
    await element.updateComplete;
  };
  const text = (element: JamzUpload): string =>
    element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
  const press = async (element: JamzUpload, label: string): Promise<void> => {
    const button = element.shadowRoot?.querySelector<HTMLElement>(`[aria-label='${label}']`);
    if (!button) throw new Error(`No button ${label}`);
    button.click();
    await element.updateComplete;
  };

  beforeEach(() => {
    jamz = new FakeJamz();
    group = jamz.group('crew');
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`passes its accessibility audit in ${theme}`, async () => {
      const element = await uploader();
      element.theme = theme;
      await drop(element, file('road.mp3', 'audio/mpeg'), file('cat.jpg', 'image/jpeg'));
      jamz.started[0]?.send(0.4);
      await element.updateComplete;
      await audited(element);
    });
  }

  it('uploads what is dropped and adds it to the playlist', async () => {
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'));
    expect(group.calls).to.deep.equal(['addTracks road']);
    jamz.started[0]?.finish(road);
    await nextFrame();
    expect(group.calls).to.have.length(1);
    expect(text(element)).to.contain('Road Song In the playlist');
  });

  it('uploads without adding where the page says no to that', async () => {
    const element = await uploader();
    element.addEventListener('jamz-request-add-tracks', (event) => event.preventDefault());
    await drop(element, file('road.mp3', 'audio/mpeg'));
    expect(jamz.started).to.have.length(1);
    expect(group.calls).to.deep.equal([]);
  });

  it('leaves the playlist alone where it should', async () => {
    const element = await uploader(true);
    await drop(element, file('road.mp3', 'audio/mpeg'));
    jamz.started[0]?.finish(road);
    await nextFrame();
    expect(group.calls).to.deep.equal([]);
    expect(text(element)).to.contain('Uploaded');
  });

  it('uploads nothing where the page says no', async () => {
    const element = await uploader();
    element.addEventListener('jamz-request-upload', (event) => event.preventDefault());
    await drop(element, file('road.mp3', 'audio/mpeg'));
    expect(jamz.started).to.have.length(0);
  });

  it('shows how far each of several files is', async () => {
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'), file('rain.flac', ''));
    jamz.started[0]?.send(0.4);
    await element.updateComplete;
    const bars = [...(element.shadowRoot?.querySelectorAll('[role=progressbar]') ?? [])];
    expect(bars.map((bar) => bar.getAttribute('aria-valuenow'))).to.have.members(['40', '0']);
    expect(text(element)).to.contain('400 kB of 1 MB');
  });

  it('pauses, goes on and cancels', async () => {
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'));
    await press(element, 'Pause road.mp3');
    expect(text(element)).to.contain('Paused at 500 kB of 1 MB');
    await press(element, 'Go on with road.mp3');
    await press(element, 'Cancel road.mp3');
    expect(jamz.started[0]?.calls).to.deep.equal(['pause', 'resume', 'cancel']);
    await press(element, 'Take road.mp3 off this list');
    expect(text(element)).not.to.contain('road.mp3 ');
  });

  it('shows what an earlier visit or another tab began, and nothing of other groups', async () => {
    const begin = (name: string, groupId: string): FakeUpload => {
      jamz.uploads.add(file(name, ''), { groupId, name });
      return jamz.started.at(-1) as FakeUpload;
    };
    begin('paused.mp3', 'crew').pause();
    begin('failed.mp3', 'crew').fail(new JamzError('gone', 'Gone'));
    begin('done.mp3', 'crew').finish(road);
    begin('elsewhere.mp3', 'other');
    const element = await uploader();
    await element.updateComplete;
    const names = [...(element.shadowRoot?.querySelectorAll('.name') ?? [])];
    expect(names.map((name) => name.textContent)).to.deep.equal(['failed.mp3', 'paused.mp3']);
    expect(text(element)).to.contain('The file is no longer on this device');
    await press(element, 'Go on with paused.mp3');
    await press(element, 'Try failed.mp3 again');
    expect(jamz.started.map(({ calls }) => calls.at(-1))).to.deep.equal([
      'resume',
      'resume',
      undefined,
      undefined,
    ]);
    await press(element, 'Cancel failed.mp3');
    await press(element, 'Take failed.mp3 off this list');
    jamz.uploads$.next([...jamz.uploads$.value]);
    await element.updateComplete;
    expect(text(element)).not.to.contain('failed.mp3');
  });

  it('says that the page must stay open where the device could not keep the file', async () => {
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'));
    expect(text(element)).not.to.contain('leave this page open');
    const [upload] = jamz.started;
    if (upload) upload.keptOn = 'page';
    upload?.send(0.4);
    await element.updateComplete;
    expect(text(element)).to.contain('leave this page open');
    upload?.finish(road);
    await element.updateComplete;
    expect(text(element)).not.to.contain('leave this page open');
  });

  it('turns away what is no sound, and uploads the rest', async () => {
    const element = await uploader();
    await drop(element, file('cat.jpg', 'image/jpeg'), file('road.mp3', 'audio/mpeg'));
    expect(jamz.started.map(({ name }) => name)).to.deep.equal(['road.mp3']);
    expect(text(element)).to.contain('Not a sound file we can play');
  });

  for (const [code, said, again] of [
    ['too-large', 'Too big', false],
    ['quota-exceeded', 'room is used up', true],
    ['unsupported-type', 'Not a sound file', false],
  ] as const) {
    it(`says what to do when the server answers ${code}`, async () => {
      const element = await uploader();
      await drop(element, file('road.mp3', 'audio/mpeg'));
      jamz.started[0]?.fail(new JamzError(code, 'no'));
      await element.updateComplete;
      expect(text(element)).to.contain(said);
      const retry = element.shadowRoot?.querySelector("[aria-label='Try road.mp3 again']");
      expect(retry !== null).to.equal(again);
    });
  }

  it('says that a file was here already', async () => {
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'));
    jamz.started[0]?.finish({ ...road, duplicate: true });
    await element.updateComplete;
    expect(text(element)).to.contain('Was here already');
  });

  it('says that it waits for a connection', async () => {
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'));
    jamz.status$.next({ ...jamz.status$.value, state: 'OFFLINE' });
    await element.updateComplete;
    expect(text(element)).to.contain('Uploads when there is a network');
  });

  it('goes on with what is under way after it was moved', async () => {
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'));
    const page = element.parentElement;
    element.remove();
    jamz.started[0]?.send(0.7);
    page?.append(element);
    await element.updateComplete;
    expect(text(element)).to.contain('700 kB of 1 MB');
  });

  it('takes no file from who may not upload', async () => {
    group.denied = new Set(['upload']);
    const element = await uploader();
    await drop(element, file('road.mp3', 'audio/mpeg'));
    expect(jamz.started).to.have.length(0);
    expect(text(element)).to.contain('You may not upload to this group');
    await audited(element);
  });
});
