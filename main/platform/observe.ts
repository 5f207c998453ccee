/**
 * Told about every point at which an act could be cut off: before and after each request and each write of a rotation's
 * journal, of its job, and of how an account is signed in to, by a stable name such as `journal create running before` or
 * `request project.create after`. The fault tests list these points from a real run and end the process at each of them;
 * nothing else depends on them.
 */
export type Observe = (point: string) => void;

export const unobserved: Observe = () => {};
