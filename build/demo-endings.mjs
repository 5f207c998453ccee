/**
 * How the walk through the window ended, as its process tells whoever started it. With `no-window` one may come another way;
 * with `no-browser` there is nothing to open one with.
 */
export const endings = /** @type {const} */ ({ done: 0, failed: 1, 'no-window': 3, 'no-browser': 4 });
