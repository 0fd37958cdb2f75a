import { Copy, Ellipsis, MessageSquare, Settings2, Trash2, X } from 'lucide-react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { navigate } from '../../../client/route.ts'
import { IconButton } from '../../../components/button.tsx'
import { Menu, MenuItem } from '../../../components/menu.tsx'
import { copyText } from '../../../components/system/clipboard.ts'
import { showToast } from '../../../components/toasts.tsx'
import { placeId } from '../place.ts'
import { addressOf, askInChat } from './model-actions.ts'
import { isUsable, wayToRemove } from './model-words.ts'

interface ModelMenuProps {
  model: LocalModel
  /** Without the way to the page that is open already. */
  onPage?: boolean
  onRemove: () => void
}

export function ModelMenu({ model, onPage = false, onRemove }: ModelMenuProps) {
  const way = wayToRemove(model)
  const copy = (text: string, what: string): void =>
    void copyText(text).then(() => showToast(`${what} copied.`))
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${model.name}`}>
          <Ellipsis />
        </IconButton>
      }
    >
      {isUsable(model) && model.kind === 'chat' && (
        <MenuItem icon={<MessageSquare />} onSelect={() => void askInChat(model.id)}>
          Ask it in new chats
        </MenuItem>
      )}
      {!onPage && (
        <MenuItem
          icon={<Settings2 />}
          onSelect={() => navigate('models', placeId({ show: 'model', id: model.id }))}
        >
          Settings
        </MenuItem>
      )}
      <MenuItem icon={<Copy />} onSelect={() => copy(addressOf(model.id), 'Name')}>
        Copy its name for programs
      </MenuItem>
      <MenuItem icon={<Copy />} onSelect={() => copy(model.path, 'Path')}>
        Copy the file's path
      </MenuItem>
      {way === 'forget' && (
        <MenuItem icon={<X />} onSelect={onRemove}>
          Take off the list
        </MenuItem>
      )}
      {way === 'delete' && (
        <MenuItem icon={<Trash2 />} danger onSelect={onRemove}>
          Delete the file
        </MenuItem>
      )}
    </Menu>
  )
}
