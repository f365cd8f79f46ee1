import { JamzError, type UploadedFile } from '../../sdk/index.ts';
import { groupStates, status } from '../shared/testing/common-states.ts';
import type { ElementState, ElementStates, World } from '../shared/testing/element-state.ts';
import type { FakeUpload } from '../shared/testing/fake-upload.ts';

/** Everything that `<jamz-upload>` can look like. */
export const uploadStates: ElementStates = {
  tag: 'jamz-upload',
  of: 'group',
  states: [
    ...groupStates(() => {}),
    dropped('waiting', () => {}),
    dropped('sending', (upload) => upload.send(0.4)),
    dropped('paused', (upload) => upload.pause()),
    dropped('done', (upload) => upload.finish(file)),
    dropped('duplicate', (upload) => upload.finish({ ...file, duplicate: true })),
    dropped('too-big', (upload) => upload.fail(new JamzError('too-large', 'Too large.'))),
    dropped('quota', (upload) => upload.fail(new JamzError('quota-exceeded', 'No room.'))),
    dropped('wrong-type', () => {}, [new File(['x'], 'cat.jpg', { type: 'image/jpeg' })]),
    dropped('waiting-for-coverage', (upload, { jamz }) => {
      upload.send(0.4);
      jamz.status$.next(status.offline);
    }),
    dropped('only-in-this-page', (upload, { jamz }) => {
      upload.keptOn = 'page';
      upload.send(0.4);
      jamz.status$.next(status.offline);
    }),
    dropped('lost', (upload) => upload.fail(new JamzError('gone', 'Gone.'))),
    {
      name: 'after-a-reload',
      prepare({ jamz }) {
        for (const name of ['road.mp3', 'rain.flac']) {
          jamz.uploads.add(sound(name), { groupId: 'crew', name });
        }
        jamz.started[0]?.pause();
        jamz.status$.next(status.offline);
      },
    },
    dropped('several', (upload) => upload.send(0.7), [
      sound('road.mp3'),
      sound('rain.flac'),
      sound('exit-14.m4a'),
    ]),
  ],
};

const file: UploadedFile = {
  fileId: 'f1',
  mediaType: 'audio/mpeg',
  bytes: 4_000_000,
  title: 'Road Song',
  artist: 'The Tunnels',
  durationMs: 200_000,
  hasArtwork: false,
  duplicate: false,
};

function dropped(
  name: string,
  move: (upload: FakeUpload, world: World) => void,
  files: readonly File[] = [sound('road.mp3')],
): ElementState {
  return {
    name,
    async act(world, element) {
      const dataTransfer = new DataTransfer();
      for (const each of files) dataTransfer.items.add(each);
      element.renderRoot
        .querySelector('.zone')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true }));
      await element.updateComplete;
      const [first] = world.jamz.started;
      if (first) move(first, world);
      // An upload that is done tells so through a promise.
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

function sound(name: string): File {
  return new File([new Uint8Array(1_000_000)], name, { type: 'audio/mpeg' });
}
