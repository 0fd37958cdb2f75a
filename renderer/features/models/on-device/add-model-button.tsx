import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { AddLocalModel } from './add-local-model.tsx'

/** Adds a file that is on this machine already. */
export function AddModelButton() {
  const [adding, setAdding] = useState(false)
  return (
    <>
      <Button icon={<Plus />} onClick={() => setAdding(true)}>
        Add a model file
      </Button>
      <Dialog open={adding} onClose={() => setAdding(false)} title="Add a model file">
        <AddLocalModel
          onAdded={(model) => {
            setAdding(false)
            showToast(`${model.name} is ready to be asked.`)
          }}
        />
      </Dialog>
    </>
  )
}
