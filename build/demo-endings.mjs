/**
 * How the walk through the window ended, as its process tells whoever started it. With `no-window` one may come another way;
 * with `no-browser` there is nothing to open one with. `stopped` is what a shell gives for Ctrl+C.
 */
export const endings = /** @type {const} */ ({ done: 0, failed: 1, 'no-window': 3, 'no-browser': 4, stopped: 130 });
