import type { Group, Upload } from '../../sdk/index.ts';
import { request, tell } from './events.ts';

/** For the `accept` of file inputs: by media type, and by ending where the system knows no type. */
export const audioTypes = 'audio/*,.mp3,.m4a,.aac,.ogg,.opus,.flac,.wav,.weba';

/**
 * Uploads files to a group and adds each to the playlist at once: the others get it when its file is on the server.
 *
 * @returns one upload a file, in their order; none where the page said no
 */
export function uploadToPlaylist(
  element: EventTarget,
  group: Group,
  files: readonly File[],
  options: { readonly add: boolean } = { add: true },
): readonly Upload[] {
  if (files.length === 0 || !request(element, 'jamz-request-upload', { files })) return [];
  return files.map((file) => {
    const upload = group.jamz.uploads.add(file, { groupId: group.id, name: file.name });
    if (options.add) addUpload(element, group, upload);
    upload.result.then(
      ({ fileId, title }) => tell(element, 'jamz-upload-done', { fileId, title }),
      () => {
        // What went wrong shows in the upload's own progress.
      },
    );
    return upload;
  });
}

/** Under the file's name, until the server has read what the file says of itself. */
function addUpload(element: EventTarget, group: Group, upload: Upload): void {
  const title = upload.name.replace(/\.[^.]+$/, '') || upload.name;
  if (!request(element, 'jamz-request-add-tracks', { titles: [title] })) return;
  group.addTracks([{ upload, title }]);
}
