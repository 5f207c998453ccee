import { createRoot } from 'react-dom/client';
import { createApi } from './bridge/api.ts';
import { Rondo } from './screens/rondo.tsx';
import { listen } from './state/events.ts';
import { tellWhereOneStands } from './state/stood.ts';
import { createRondoStore } from './state/store.ts';
import { StoreProvider } from './state/use-rondo.tsx';
import './styles/styles.css';

const api = createApi(window.rondo);
const store = createRondoStore(api, Date.now);
tellWhereOneStands(api, store);
listen({ api, now: Date.now, get: store.getState, set: store.setState });

// Asked before anything is drawn: the answers are on their way meanwhile.
void store.getState().windowOpened();

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StoreProvider store={store}>
    <Rondo />
  </StoreProvider>,
);
