/**
 * What can be wrong with the place an office lies in, before anything is opened there.
 * - `network`: on another computer, where the lock that keeps two programs apart cannot be trusted
 * - `synchronised`: a cloud program copies the folder while it is written
 * - `gone`: not there; its drive may not be connected
 * - `vanished`: an office was here, but its data are not
 * - `full`: no room for a new office (one that is there opens, to be read)
 */
export const placeTroubles = [
  'network',
  'synchronised',
  'readOnly',
  'gone',
  'vanished',
  'full',
  'tooLong',
  'notFolder',
  'noPermission',
] as const;
export type PlaceTroubleReason = (typeof placeTroubles)[number];

export const isPlaceTrouble = (reason: string): reason is PlaceTroubleReason =>
  (placeTroubles as readonly string[]).includes(reason);

type Sentence = (folder: string, detail: string) => string;

const sentences: { readonly [reason in PlaceTroubleReason]: Sentence } = {
  network: (folder) =>
    `${folder} lies on a network drive or on another computer, where Daybook cannot keep two programs from writing at once; move the folder to a drive of this computer and open it there.`,
  synchronised: (folder, program) =>
    `${folder} is synchronised by ${program || 'a cloud program'}, which copies files while they are written and damages the office; move the folder to a place that is not synchronised and open it there.`,
  readOnly: (folder) =>
    `Nothing can be written in ${folder}; make its drive writable, or copy the folder to another drive and open it there.`,
  gone: (folder) =>
    `${folder} cannot be found; connect the drive it lies on and try again. Nothing was changed.`,
  vanished: (folder) =>
    `There was an office in ${folder}, but its data are no longer there; bring its “data” folder back or open a backup. No new office is made in its place.`,
  full: (folder) =>
    `The drive of ${folder} has too little room for a new office; free at least 50 MB there and try again.`,
  tooLong: (folder) =>
    `The path of the folder is too long for this system; move it to a shorter one and open it there: ${folder}`,
  notFolder: (folder) => `${folder} is a file or lies inside one; choose a folder instead.`,
  noPermission: (folder) =>
    `You may not read and write in ${folder}; ask whoever looks after this computer for permission, or open the office as the person it belongs to.`,
};

/**
 * One sentence that names the folder and says what to do.
 * @param detail name of the cloud program, where one is known
 */
export const placeSentence = (reason: PlaceTroubleReason, folder: string, detail = ''): string =>
  sentences[reason](folder, detail);
