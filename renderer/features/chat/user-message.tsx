import { Pencil } from 'lucide-react'
import { memo, useState } from 'react'
import type { ChatMessage } from '../../../core/contract/chats.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { BranchSwitch } from './branch-switch.tsx'
import type { MessageActions } from './message-actions.ts'

interface UserMessageProps {
  message: ChatMessage
  branches: readonly string[]
  actions: MessageActions
}

export const UserMessage = memo(function UserMessage({ message, branches, actions }: UserMessageProps) {
  const [editing, setEditing] = useState(false)
  if (editing) {
    return (
      <EditForm
        text={message.text}
        onCancel={() => setEditing(false)}
        onSave={(text) => {
          setEditing(false)
          actions.edit(message, text)
        }}
      />
    )
  }
  return (
    <div className="group flex flex-col items-end pt-2 pb-1">
      <div className="max-w-[85%] rounded-lg bg-sunk px-4 py-2.5 text-l whitespace-pre-wrap [overflow-wrap:anywhere]">
        <span className="sr-only">You: </span>
        {message.text}
      </div>
      <div className="mt-1 flex h-6 items-center text-xs text-text-3">
        <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          <CopyButton text={message.text} label="Copy question" />
          <IconButton small label="Edit and ask again" onClick={() => setEditing(true)}>
            <Pencil />
          </IconButton>
        </span>
        <BranchSwitch branches={branches} id={message.id} onSwitch={actions.show} />
      </div>
    </div>
  )
})

interface EditFormProps {
  text: string
  onCancel: () => void
  onSave: (text: string) => void
}

function EditForm({ text, onCancel, onSave }: EditFormProps) {
  const [value, setValue] = useState(text)
  const unchanged = value.trim() === '' || value === text
  return (
    <div className="pt-2 pb-6">
      <div className="rounded-lg border border-line-strong bg-surface-2 p-2">
        <textarea
          // the person just chose to edit: the field is where they type next
          ref={(field) => {
            if (field && document.activeElement !== field) field.focus()
          }}
          aria-label="Edit your question"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.stopPropagation()
              onCancel()
            }
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault()
              if (!unchanged) onSave(value)
            }
          }}
          className="field-sizing-content max-h-[40vh] w-full resize-none bg-transparent px-2 py-1 text-l outline-none"
        />
        <div className="flex items-center justify-end gap-2">
          <span className="mr-auto pl-2 text-xs text-text-3">Adds a branch; the old one stays.</span>
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
          <Button look="primary" disabled={unchanged} onClick={() => onSave(value)}>
            Ask again
          </Button>
        </div>
      </div>
    </div>
  )
}
