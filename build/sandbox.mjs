/**
 * Chromium, and so Electron, refuses its sandbox to root. Said wherever it is said what the window runs on.
 * @param {number | undefined} uid
 */
export function sandboxNote(uid) {
  return uid === 0 ? ', as root and so without its sandbox: better start it as an ordinary user' : '';
}
