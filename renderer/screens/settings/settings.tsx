import { type ReactNode, useRef, useState } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { exposedText } from '../../../shared/exposed-text.ts';
import type { Id } from '../../../shared/ids.ts';
import { openRotationsOf } from '../../../shared/open-rotations.ts';
import { Button } from '../../parts/button.tsx';
import { SelectField } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { useRondo } from '../../state/use-rondo.tsx';
import { settingsText } from '../../text/acts.ts';
import { dayWithYear } from '../../text/dates.ts';
import { nameAndIds, wholeProjectName } from '../../text/project-names.ts';
import { Backups } from './backups.tsx';
import { KeychainPart } from './keychain.tsx';
import { Part } from './part.tsx';
import { Recovery } from './recovery.tsx';

export function SettingsScreen({ inventory }: { inventory: Inventory }) {
  return (
    <div className="page scrolls settings">
      <h1>{settingsText.title}</h1>
      <Look />
      <KeychainPart />
      <Recovery />
      <Backups />
      <Accounts inventory={inventory} />
      <Projects inventory={inventory} />
      <About />
    </div>
  );
}

function Look() {
  const settings = useRondo((state) => state.settings);
  const runtime = useRondo((state) => state.door?.runtime ?? '');
  const settingsChanged = useRondo((state) => state.settingsChanged);
  const opened = useRondo((state) => state.opened);
  return (
    <>
      <Part title={settingsText.look}>
        <SelectField
          label={settingsText.theme}
          value={settings.theme}
          onChange={(theme) => void settingsChanged({ theme })}
          choices={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: settingsText.themes[value],
          }))}
        />
      </Part>
      <Part
        title={settingsText.lock}
        about={settingsText.lockAbout[/Chromium/.test(runtime) ? 'chromium' : 'electron']}
      >
        <SelectField
          label={settingsText.idle}
          value={String(settings.idleMs / 60_000)}
          onChange={(minutes) => void settingsChanged({ idleMs: Number(minutes) * 60_000 })}
          choices={settingsText.idles.map(([minutes, label]) => ({ value: String(minutes), label }))}
        />
      </Part>
      <Part title={settingsText.password}>
        <div>
          <Button icon="lock" onClick={() => opened({ open: 'password' })}>
            {settingsText.changePassword}
          </Button>
        </div>
      </Part>
    </>
  );
}

function Accounts({ inventory }: { inventory: Inventory }) {
  const opened = useRondo((state) => state.opened);
  const signInPressed = useRondo((state) => state.signInPressed);
  const accountRemoved = useRondo((state) => state.accountRemoved);
  const rotations = useRondo((state) => state.rotations);
  const openOf = (account: Id) => openRotationsOf(account, inventory.tokens, rotations.values());
  return (
    <Part title={settingsText.accounts} state={inventory.accounts.map(({ id }) => id).join()}>
      {inventory.accounts.length === 0 ? <p className="t2">{settingsText.accountsNone}</p> : null}
      <ul className="boxed">
        {inventory.accounts.map(({ id, name, login, host, browserSignIn }) => (
          <Removable
            key={id}
            icon="account"
            name={name}
            about={settingsText.as(login, host)}
            {...(browserSignIn?.expiresAt === undefined
              ? {}
              : { more: settingsText.until(dayWithYear(browserSignIn.expiresAt)) })}
            other={
              <Button
                look="quiet"
                aria-label={settingsText.signInAgainTo(name)}
                onClick={() => signInPressed({ host, again: { account: id, name } })}
              >
                {settingsText.signInAgain}
              </Button>
            }
            act={settingsText.remove}
            label={settingsText.removeAccount(name)}
            question={settingsText.removeAccountSure(name, openOf(id))}
            onRemove={() => accountRemoved(id)}
          />
        ))}
      </ul>
      <div>
        <Button icon="add" onClick={() => opened({ open: 'connect' })}>
          {settingsText.addAccount}
        </Button>
      </div>
    </Part>
  );
}

function Projects({ inventory }: { inventory: Inventory }) {
  const opened = useRondo((state) => state.opened);
  const projectRemoved = useRondo((state) => state.projectRemoved);
  const projects = inventory.projects.filter(({ watched }) => watched !== 'no');
  return (
    <Part
      title={settingsText.projects}
      about={settingsText.projectsAbout}
      state={projects.map(({ slug, account }) => `${account} ${slug}`).join()}
    >
      {projects.length === 0 ? <p className="t2">{settingsText.projectsNone}</p> : null}
      <ul className="boxed">
        {projects.map(({ slug, account, watched }) => {
          const { name, ids } = nameAndIds(slug, projects);
          return (
            <Removable
              key={`${account} ${slug}`}
              icon="project"
              name={name}
              about={settingsText.watched[watched]}
              {...(ids === undefined ? {} : { more: ids })}
              act={settingsText.stop}
              label={settingsText.unwatch(wholeProjectName(slug, projects))}
              onRemove={() => projectRemoved(slug, account)}
            />
          );
        })}
      </ul>
      <div>
        <Button icon="add" onClick={() => opened({ open: 'watch' })} disabled={inventory.accounts.length === 0}>
          {settingsText.addProject}
        </Button>
      </div>
    </Part>
  );
}

interface RemovableProps {
  readonly icon: 'account' | 'project';
  readonly name: string;
  readonly about: string;
  /** A second line. */
  readonly more?: string;
  /** Another act, before the one that removes. */
  readonly other?: ReactNode;
  readonly act: string;
  readonly label: string;
  /** Asked before it is done, where it cannot simply be done again. */
  readonly question?: string;
  readonly onRemove: () => Promise<Failure | undefined>;
}

function Removable({ icon, name, about, more, other, act, label, question, onRemove }: RemovableProps) {
  const [isAsked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const remove = async () => setFailure(await onRemove());
  const button = useRef<HTMLButtonElement>(null);
  useFocusKept(button, isAsked ? 'asked' : 'offered');
  return (
    <li className="removable">
      <Icon name={icon} />
      <span className="wrap">
        <b className="strong">{name}</b> <span className="t3">{about}</span>
        {more === undefined ? null : <span className="t3 line">{more}</span>}
      </span>
      {isAsked ? null : (
        <span className="row-acts">
          {other}
          <Button
            ref={button}
            look="quiet"
            aria-label={label}
            onClick={() => {
              if (question === undefined) void remove();
              else setAsked(true);
            }}
          >
            {act}
          </Button>
        </span>
      )}
      {isAsked ? (
        <div className="asked">
          <span>{question}</span>
          <Button autoFocus onClick={() => setAsked(false)}>
            {settingsText.keepIt}
          </Button>
          <Button look="danger" onClick={() => void remove()}>
            {settingsText.sure}
          </Button>
        </div>
      ) : null}
      {failure === undefined ? null : (
        <div className="asked">
          <FailureNote failure={failure} />
        </div>
      )}
    </li>
  );
}

function About() {
  const door = useRondo((state) => state.door);
  const path = useRondo((state) => (state.vault.is === 'open' ? state.vault.path : ''));
  const exposed = useRondo((state) => (state.vault.is === 'open' ? state.vault.exposed : undefined));
  return (
    <Part title={settingsText.about} about={settingsText.aboutLine}>
      <dl className="facts">
        <dt>{settingsText.version}</dt>
        <dd className="num">{door?.version}</dd>
        <dt>{settingsText.runtime}</dt>
        <dd>{door?.runtime}</dd>
        <dt>{settingsText.vault}</dt>
        <dd className="mono wrap">{path}</dd>
      </dl>
      {exposed === undefined ? null : <Exposed paths={exposed} />}
    </Part>
  );
}

function Exposed({ paths }: { paths: readonly string[] }) {
  const { what, next } = exposedText(paths);
  return (
    <Note tone="warn" title={what}>
      {next}
    </Note>
  );
}
