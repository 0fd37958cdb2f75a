import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles/base.css'
import { daemon } from '../client/daemon.ts'
import { QuickPrompt } from '../features/quick-prompt/quick-prompt.tsx'
import { initTheme, useTheme } from './theme.ts'

initTheme()
void daemon.run(new AbortController().signal)

function QuickWindow() {
  useTheme()
  return (
    <CSPProvider disableStyleElements>
      <QuickPrompt />
    </CSPProvider>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('quick.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QuickWindow />
  </StrictMode>
)
