import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Token } from '../../../shared/contract/token.ts';
import { matchesSearch } from '../../../shared/token-list.ts';
import { StandingMark } from '../../parts/badges.tsx';
import type { Command, CommandGroup } from '../../parts/command-list.tsx';
import { urgencyOf } from '../../state/list-filter.ts';
import { openRotationOf } from '../../state/rotation.ts';
import { isPast, standingOf } from '../../state/standing.ts';
import type { RondoState } from '../../state/store.ts';
import { paletteText } from '../../text/acts.ts';
import { placeNames } from '../../text/frame.ts';
import { incidentText } from '../../text/job.ts';
import { type ProjectName, projectNames } from '../../text/project-names.ts';

/** More than this nobody reads: another letter narrows it faster. */
const mostTokens = 7;
const mostProjects = 4;

const { enters } = paletteText;

/** What there is to find. */
export interface PaletteWorld {
  readonly inventory: Inventory;
  readonly rotations: RondoState['rotations'];
  readonly nowMs: number;
}

/** Verbs first, then tokens, then projects. A verb before the name (`rot dep`) offers that act on each token found. */
export function commandsFor(
  query: string,
  { inventory, rotations, nowMs }: PaletteWorld,
  state: RondoState,
): readonly CommandGroup[] {
  const words = query.trim().toLocaleLowerCase();
  const [first = '', ...others] = words.split(/\s+/);
  const projectName = projectNames(inventory.projects);
  const about = (token: Token) => aboutToken(token, projectName, nowMs);
  const verb = verbs(state, rotations).find(
    ({ name }) => first.length > 1 && name.toLocaleLowerCase().startsWith(first),
  );
  const acted =
    verb === undefined ? [] : tokensFor(others.join(' '), { inventory, projectName, nowMs }).filter(verb.fits);
  const groups: CommandGroup[] = [];
  if (verb !== undefined && acted.length > 0) {
    groups.push({
      name: verb.name,
      items: acted.map((token) => ({
        ...about(token),
        key: `${verb.name} ${token.id}`,
        icon: verb.icon,
        name: `${verb.name} ${token.label}`,
        enter: verb.enter(token),
        run: () => verb.run(token),
      })),
    });
  }
  const doing = jobs(state).filter(({ name }) => matchesWords(name, words));
  const sought = verb === undefined ? words : others.join(' ');
  const found = sought === '' ? [] : tokensFor(sought, { inventory, projectName, nowMs });
  const projects = words === '' ? [] : projectCommands(words, { inventory, projectName, state });
  groups.push(
    { name: paletteText.groups.do, items: doing },
    { name: paletteText.groups.show, items: found.map((token) => ({ ...about(token), ...showCommand(token, state) })) },
    { name: paletteText.groups.projects, items: projects },
  );
  return groups.filter(({ items }) => items.length > 0);
}

interface TokensWorld {
  readonly inventory: Inventory;
  readonly projectName: ProjectName;
  readonly nowMs: number;
}

function tokensFor(words: string, { inventory, projectName, nowMs }: TokensWorld): Token[] {
  const isSought = (token: Token) => words === '' || matchesSearch(token, words, projectName(token.project));
  return inventory.tokens
    .filter((token) => !isPast(token) && isSought(token))
    .toSorted((left, right) => urgencyOf(left, nowMs) - urgencyOf(right, nowMs))
    .slice(0, mostTokens);
}

function verbs(state: RondoState, rotations: RondoState['rotations']) {
  return [
    {
      name: paletteText.rotate,
      icon: 'rotate',
      enter: ({ id }: Token) => (openRotationOf(rotations, id) === undefined ? enters.rotate : enters.rotation),
      fits: () => true,
      run: ({ id }: Token) => state.rotatePressed([id]),
    },
    {
      name: paletteText.delete,
      icon: 'remove',
      enter: () => enters.delete,
      fits: () => true,
      run: ({ id }: Token) => state.opened({ open: 'delete', ids: [id] }),
    },
    {
      name: paletteText.take,
      icon: 'copy',
      enter: () => enters.take,
      fits: ({ hasValue }: Token) => hasValue !== 'none',
      run: ({ id }: Token) => state.opened({ open: 'take', token: id }),
    },
  ] as const;
}

function jobs(state: RondoState): Command[] {
  const { opened, went, syncPressed, checkAllPressed, lockPressed, settingsChanged } = state;
  return [
    {
      key: 'new-project',
      icon: 'add',
      name: paletteText.newProject,
      enter: enters.new,
      run: () => opened({ open: 'create', kind: 'project' }),
    },
    {
      key: 'new-personal',
      icon: 'add',
      name: paletteText.newPersonal,
      enter: enters.new,
      run: () => opened({ open: 'create', kind: 'personal' }),
    },
    {
      key: 'sync',
      icon: 'rotate',
      name: paletteText.sync,
      enter: enters.sync,
      run: () => closing(state, () => void syncPressed()),
    },
    {
      key: 'check',
      icon: 'check',
      name: paletteText.checkAll,
      enter: enters.check,
      run: () => closing(state, () => void checkAllPressed()),
    },
    {
      key: 'incident',
      icon: 'leaked',
      name: incidentText.answer,
      enter: enters.incident,
      run: () => went({ at: 'incident' }),
    },
    { key: 'lock', icon: 'lock', name: paletteText.lock, enter: enters.lock, run: () => void lockPressed() },
    {
      key: 'connect',
      icon: 'account',
      name: paletteText.connect,
      enter: enters.connect,
      run: () => opened({ open: 'connect' }),
    },
    { key: 'keys', icon: 'info', name: paletteText.keys, enter: enters.keys, run: () => opened({ open: 'keys' }) },
    ...(['home', 'inventory', 'rotations', 'activity', 'settings'] as const).map(
      (at): Command => ({
        key: at,
        icon: 'right',
        name: paletteText.goTo(placeNames[at]),
        enter: enters.go,
        run: () => went({ at }),
      }),
    ),
    ...(['system', 'light', 'dark'] as const).map(
      (theme): Command => ({
        key: theme,
        icon: 'settings',
        name: paletteText.themes[theme],
        enter: enters.theme,
        run: () => closing(state, () => void settingsChanged({ theme })),
      }),
    ),
  ];
}

interface ProjectsWorld {
  readonly inventory: Inventory;
  readonly projectName: ProjectName;
  readonly state: RondoState;
}

function projectCommands(words: string, { inventory, projectName, state }: ProjectsWorld): Command[] {
  const watched = inventory.projects.filter((project) => project.watched !== 'no').map(({ slug }) => slug);
  // Two accounts may watch the same one.
  return [...new Set(watched)]
    .filter((slug) => matchesWords(`${projectName(slug)} ${slug}`, words))
    .slice(0, mostProjects)
    .flatMap((slug): Command[] => [
      {
        key: `list ${slug}`,
        icon: 'project',
        name: projectName(slug),
        more: slug,
        enter: enters.list,
        run: () => {
          state.went({ at: 'inventory' });
          state.searched(slug);
        },
      },
      {
        key: `new ${slug}`,
        icon: 'add',
        name: paletteText.newIn(projectName(slug)),
        enter: enters.new,
        run: () => state.opened({ open: 'create', kind: 'project', project: slug }),
      },
    ]);
}

function showCommand(token: Token, state: RondoState): Command {
  return {
    key: token.id,
    icon: token.kind,
    name: token.label,
    enter: enters.show,
    run: () => {
      state.tokenShown(token.id);
      state.went({ at: 'inventory' });
    },
  };
}

function aboutToken(token: Token, projectName: ProjectName, nowMs: number): Pick<Command, 'more' | 'end'> {
  const place = projectName(token.project);
  return {
    more: token.tail === undefined ? place : `${token.tail}  ${place}`,
    end: <StandingMark standing={standingOf(token, nowMs)} />,
  };
}

function closing(state: RondoState, act: () => void): void {
  state.closed();
  act();
}

function matchesWords(text: string, words: string): boolean {
  const lower = text.toLocaleLowerCase();
  return words.split(/\s+/).every((word) => lower.includes(word));
}
