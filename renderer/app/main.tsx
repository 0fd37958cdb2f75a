import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles/base.css'
import { daemon } from '../client/daemon.ts'
import { initRoute } from '../client/route.ts'
import { App } from './app.tsx'
import { initTheme } from './theme.ts'

initTheme()
initRoute()
void daemon.run(new AbortController().signal)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>
)
