/** Two lanes of one ring: the old token's arc runs out while the new one's has already begun inside it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" strokeWidth="2.4" aria-hidden="true" className={`mark ${className ?? ''}`}>
      <path className="outer" d="M14.62 2.87A9.5 9.5 0 1 1 4.31 6.42" />
      <path className="inner" d="M7.59 15.45A5.6 5.6 0 0 1 13.54 6.62" />
    </svg>
  );
}
