/**
 * Told about every point at which a rotation could be cut off: before and after each write of its journal or its job and
 * each request, by a stable name such as `journal create running before` or `request project.create after`. The fault tests
 * list these points from a real run and end the process at each of them; nothing else depends on them.
 */
export type Observe = (point: string) => void;

export const unobserved: Observe = () => {};
