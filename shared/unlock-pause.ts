/** No pause after a wrong password is longer: whoever finds more left looks at a clock that was turned back. */
export const longestPauseMs = 30_000;
