/** Whether a window can be shown: X11 and Wayland say so in the environment, the other systems always have one. @param {NodeJS.ProcessEnv} env */
export function hasDisplay(env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
