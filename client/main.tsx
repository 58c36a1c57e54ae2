import { StrictMode, Suspense, lazy } from 'react'
import { createRoot } from 'react-dom/client'
import { MantineProvider } from '@mantine/core'
import { notifications, Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import './ui/mantine.css'
import './ui/tokens.css'
import { App } from './app/App.tsx'
import { theme, variables } from './app/theme.ts'
import { Refusal } from './data/api.ts'
import { useLive } from './data/live.ts'
import { useSession } from './data/session.ts'
import { openUrl } from './data/url.ts'
import { Door } from './door/Door.tsx'
import { openWords } from './i18n/index.ts'

const Wall = lazy(() => import('./app/Wall.tsx'))

const client = new QueryClient({
  defaultOptions: {
    // The server may be this machine itself: whether a network is there is for the call to find out.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // A refusal stays one; an unanswered call may succeed the second time.
      retry: (count, error) => count < 2 && error instanceof Refusal && error.passing,
      refetchOnWindowFocus: false,
    },
  },
})

// What one person has read is gone before the next one comes in.
useSession.subscribe(({ standing }, before) => {
  if (before.standing !== 'inside' || standing === 'inside') return
  client.clear()
  useLive.setState(useLive.getInitialState())
  notifications.clean()
})

const isWall = location.pathname.replace(/\/$/, '') === '/wall'

await openWords()
if (!isWall) openUrl()

const root = document.querySelector('#root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        {...(isWall ? { forceColorScheme: 'dark' as const } : {})}
      >
        <Notifications position="bottom-center" limit={3} />
        <Door screen={isWall ? 'wall' : 'console'}>
          <Suspense>{isWall ? <Wall /> : <App />}</Suspense>
        </Door>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
)
