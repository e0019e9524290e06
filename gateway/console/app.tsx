import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ActionBar, ActionDialog } from './action';
import { api, whenLoggedOut } from './api';
import { EventPage } from './event';
import { EventsPage } from './events';
import { Login } from './login';
import { OverviewPage } from './overview';
import { RoutesPage } from './routes';
import { useAction } from './use-action';
import { useSearch } from './use-search';

/** The part of the address behind #, which never has more than an ID of ours. */
function useAddress(): string {
  const read = () => location.hash.replace(/^#\/?/, '');
  const [address, setAddress] = useState(read);
  useEffect(() => {
    const update = () => setAddress(read());
    addEventListener('hashchange', update);
    return () => removeEventListener('hashchange', update);
  }, []);
  return address;
}

const LINKS = [
  ['', 'Overview'],
  ['events', 'Events'],
  ['routes', 'Routes'],
] as const;

function App() {
  const [isIn, setIn] = useState<boolean>();
  useEffect(() => {
    whenLoggedOut(() => setIn(false));
    api.session().then(
      ({ isOpen }) => setIn(isOpen),
      () => setIn(false),
    );
  }, []);
  if (isIn === undefined) return <p class="alone">Loading…</p>;
  if (!isIn) return <Login onDone={() => setIn(true)} />;
  return <Console onLogOut={() => setIn(false)} />;
}

function Console({ onLogOut }: { onLogOut: () => void }) {
  const address = useAddress();
  const [page = '', id = ''] = address.split('/');
  const search = useSearch(page === 'events');
  const [changes, setChanges] = useState(0);
  const action = useAction(() => {
    setChanges(before => before + 1);
    search.run(search.filter);
  });

  return (
    <>
      <Header page={page} onLogOut={onLogOut} />
      <main id="main">
        {page === 'events' && id !== '' ? (
          <EventPage key={id} id={id} changes={changes} action={action} />
        ) : page === 'events' ? (
          <EventsPage search={search} action={action} />
        ) : page === 'routes' ? (
          <RoutesPage />
        ) : (
          <OverviewPage onShow={search.run} />
        )}
      </main>
      <ActionDialog action={action} />
      <ActionBar action={action} />
    </>
  );
}

function Header({ page, onLogOut }: { page: string; onLogOut: () => void }) {
  const skip = (event: Event) => {
    event.preventDefault();
    document.querySelector('h1')?.focus();
  };
  const logOut = () => void api.logOut().finally(onLogOut);
  return (
    <header>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <p class="brand">WhatsApp gateway</p>
      <nav aria-label="Pages">
        {LINKS.map(([address, name]) => (
          <a
            key={address}
            href={`#/${address}`}
            aria-current={page === address ? 'page' : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <button type="button" class="quiet" onClick={logOut}>
        Log out
      </button>
    </header>
  );
}

const root = document.getElementById('app');
if (root !== null) {
  root.textContent = '';
  render(<App />, root);
}
