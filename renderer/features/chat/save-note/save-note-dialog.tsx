import type { ChatSummary } from '../../../../core/contract/chats.ts'
import { Dialog } from '../../../components/dialog.tsx'
import { SaveNoteForm } from './save-note-form.tsx'

interface SaveNoteDialogProps {
  chat: ChatSummary
  /** One answer with its question; null: the whole chat as it is shown. */
  messageId: string | null
  open: boolean
  onClose: () => void
}

/** Writes an answer or a chat as a new note into one of the sources. */
export function SaveNoteDialog({ chat, messageId, open, onClose }: SaveNoteDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={messageId === null ? 'Save this chat as a note' : 'Save this answer as a note'}
    >
      <SaveNoteForm chat={chat} messageId={messageId} onDone={onClose} />
    </Dialog>
  )
}
