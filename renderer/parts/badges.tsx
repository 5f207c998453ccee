import type { Token } from '../../shared/contract/token.ts';
import { mayDo } from '../state/list-filter.ts';
import type { Standing } from '../state/standing.ts';
import { mayWords, standingWords, valueWords } from '../text/tokens.ts';
import { Icon, type IconName } from './icon.tsx';

const frames: Readonly<Record<string, string>> = { 'read-only': 'ro', write: 'ro', admin: 'admin' };

/** The more a token may do, the more of its frame is drawn. */
export function MayBadge({ token }: { token: Token }) {
  const may = mayDo(token);
  if (may === 'unknown') return <span className="t3">{mayWords(may)}</span>;
  return <span className={`badge ${frames[may] ?? ''}`}>{mayWords(may)}</span>;
}

const standings: Readonly<Record<Standing['is'], { readonly icon: IconName; readonly look: string }>> = {
  leaked: { icon: 'leaked', look: 'danger' },
  expired: { icon: 'expired', look: 'danger' },
  over: { icon: 'over', look: 'warn' },
  due: { icon: 'clock', look: 'warn' },
  'on-course': { icon: 'done', look: '' },
  endless: { icon: 'done', look: '' },
  unknown: { icon: 'pending', look: 'dim' },
  gone: { icon: 'gone', look: 'dim' },
  revoked: { icon: 'revoked', look: 'dim' },
};

/** Icon, word, colour, in that order of importance. */
export function StandingMark({ standing }: { standing: Standing }) {
  const { icon, look } = standings[standing.is];
  return (
    <span className={`state ${look}`}>
      <Icon name={icon} small />
      {standingWords(standing)}
    </span>
  );
}

export function ValueMark({ value }: { value: Token['hasValue'] }) {
  if (value === 'none') return <span className="t3">{valueWords.none}</span>;
  return (
    <span className={value === 'sealed' ? 'state live' : 'state'}>
      <Icon name={value === 'sealed' ? 'sealed' : 'key'} small />
      {valueWords[value]}
    </span>
  );
}

export function KindIcon({ kind }: { kind: Token['kind'] }) {
  return <Icon name={kind} />;
}
