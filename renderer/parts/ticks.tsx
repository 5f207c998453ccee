/** One tick is one thing: 30 are 30 seconds on the clipboard, six are the six steps of a rotation. */
export type TickLook = 'past' | 'now' | 'waits' | 'failed' | 'attention';

const marks: Record<TickLook, string> = { past: 'd', now: 'n', waits: 'w', failed: 'x', attention: 'g' };

interface TicksProps {
  readonly looks: readonly TickLook[];
  readonly label: string;
  /** A few of them stand together as a group that is counted at a glance, and are not spread over the whole width. */
  readonly together?: boolean;
}

/** More than these would not fit a narrow window. */
const mostTogether = 30;

export function Ticks({ looks, label, together }: TicksProps) {
  const step = 100 / looks.length;
  const isGroup = together && looks.length <= mostTogether;
  return (
    <svg className="ticks" role="img" aria-label={label}>
      {looks.map((look, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place in the row
          key={index}
          className={marks[look]}
          x={isGroup ? index * 14 : `${index * step}%`}
          y={look === 'waits' ? '30%' : '0%'}
          width={isGroup ? 10 : together ? `${step * 0.7}%` : 2}
          height={look === 'waits' ? '40%' : '100%'}
        />
      ))}
    </svg>
  );
}

export function Pips({ looks, label }: { looks: readonly TickLook[]; label: string }) {
  return (
    <svg className="pips" role="img" aria-label={label}>
      {looks.map((look, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a pip is its place in the row
          key={index}
          className={marks[look]}
          x={index * 14}
          y={look === 'waits' ? 5 : 2}
          width="11"
          height={look === 'waits' ? 1 : 7}
        />
      ))}
    </svg>
  );
}
