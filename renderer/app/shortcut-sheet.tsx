import { Dialog } from '../components/dialog.tsx'
import { Kbd } from '../components/kbd.tsx'
import { shortcutText } from '../components/platform.ts'

const groups = [
  {
    label: 'Anywhere',
    keys: [
      [shortcutText('K'), 'Find anything'],
      [shortcutText('N'), 'New chat'],
      [`${shortcutText('1')} … 7`, 'Go to a screen'],
      [shortcutText(','), 'Settings'],
      ['?', 'These shortcuts']
    ]
  },
  {
    label: 'Chat',
    keys: [
      ['Enter', 'Send'],
      ['Shift Enter', 'New line'],
      ['@', 'Look up in notes and files'],
      ['Esc', 'Stop the answer']
    ]
  },
  {
    label: 'Lists',
    keys: [
      ['↑ ↓', 'Previous and next'],
      ['Enter', 'Open'],
      [shortcutText('Enter'), 'Open a found note in Obsidian']
    ]
  }
]

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Shortcuts" width={420}>
      <div className="flex flex-col gap-5">
        {groups.map((group) => (
          <section key={group.label}>
            <h3 className="mb-1 text-xs font-medium text-text-3">{group.label}</h3>
            <dl>
              {group.keys.map(([keys = '', what]) => (
                <div key={keys} className="flex h-8 items-center justify-between">
                  <dt>{what}</dt>
                  <dd>
                    <Kbd>{keys}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
