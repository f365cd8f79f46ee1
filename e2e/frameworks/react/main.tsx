import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { JamzProvider } from 'trafficjamz/react';
import { App } from './app';

const server = new URLSearchParams(location.search).get('server') ?? '';
const app = document.querySelector('#app');
if (app) {
  createRoot(app).render(
    <StrictMode>
      <JamzProvider server={server} site="pk_demo" guestName="Rea">
        <App />
      </JamzProvider>
    </StrictMode>,
  );
}
