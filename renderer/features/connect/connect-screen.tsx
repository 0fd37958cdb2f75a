import { Code, MessageCircle, NotebookPen, SquarePen, Terminal } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { formatRoute } from '../../client/route.ts'
import { moveFocusByArrows } from '../../components/arrow-keys.ts'
import { classNames } from '../../components/class-names.ts'
import { Content, ListPane } from '../../components/screen-layout.tsx'
import type { ConnectTool } from './connect-tool.ts'
import { noSecrets } from './made-keys.ts'
import { ToolPage } from './tool-page.tsx'
import { tools } from './tools.ts'

const icons: Record<ConnectTool['group'], ReactNode> = {
  'Coding agents': <Terminal />,
  Editors: <SquarePen />,
  Chat: <MessageCircle />,
  Notes: <NotebookPen />,
  'Your own code': <Code />
}
const groups = [...new Set(tools.map((tool) => tool.group))]

/** How other programs reach the gateway, one page a program. Keys made here are known until the screen is left. */
export function ConnectScreen({ id, footer }: { id: string | null; footer: ReactNode }) {
  const shown = tools.find((tool) => tool.id === id) ?? tools[0]
  const [secrets, setSecrets] = useState(noSecrets)
  return (
    <>
      <ListPane title="Connect" footer={footer}>
        <nav
          aria-label="Programs"
          className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
          onKeyDown={moveFocusByArrows}
        >
          {groups.map((group) => (
            <section key={group} aria-label={group} className="not-first:pt-3">
              <h2 className="px-2 pb-1 text-xs font-medium text-text-3">{group}</h2>
              {tools
                .filter((tool) => tool.group === group)
                .map((tool) => (
                  <a
                    key={tool.id}
                    data-row
                    href={formatRoute({ screen: 'connect', id: tool.id })}
                    aria-current={tool === shown ? 'page' : undefined}
                    className={classNames(
                      'flex h-(--row) cursor-default items-center gap-2.5 rounded-md px-2 hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-3',
                      tool === shown && 'bg-press font-medium hover:bg-press'
                    )}
                  >
                    {icons[group]}
                    <span className="truncate">{tool.name}</span>
                  </a>
                ))}
            </section>
          ))}
        </nav>
      </ListPane>
      <Content label="Set-up">
        <ToolPage
          key={shown.id}
          tool={shown}
          secrets={secrets}
          onMade={(keyId, secret) => setSecrets({ ...secrets, [keyId]: { secret, toolId: shown.id } })}
        />
      </Content>
    </>
  )
}
