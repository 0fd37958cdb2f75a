import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../components/button.tsx'
import { Field, SecretInput } from '../../components/field.tsx'

interface KeyFieldsProps {
  label: string
  hint: string
  /** One at least; empty ones are not sent. */
  keys: string[]
  onChange: (keys: string[]) => void
}

/** One key, and any number of further ones. */
export function KeyFields({ label, hint, keys, onChange }: KeyFieldsProps) {
  const put = (at: number, key: string): void =>
    onChange(keys.map((old, index) => (index === at ? key : old)))
  return (
    <div className="flex flex-col gap-3">
      {keys.map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: keys have no identity but their place
        <div key={index} className="flex items-end gap-1">
          <div className="min-w-0 flex-1">
            <Field
              label={index === 0 ? label : `Key ${index + 1}`}
              hint={index === keys.length - 1 ? hint : null}
            >
              {(control) => (
                <SecretInput {...control} value={key} onChange={(event) => put(index, event.target.value)} />
              )}
            </Field>
          </div>
          {index > 0 && (
            <IconButton
              label={`Leave out key ${index + 1}`}
              className={index === keys.length - 1 ? 'mb-[23px]' : undefined}
              onClick={() => onChange(keys.filter((_, at) => at !== index))}
            >
              <X />
            </IconButton>
          )}
        </div>
      ))}
      {keys.length < 20 && keys[0] !== '' && (
        <div>
          <Button look="quiet" className="-ml-3" icon={<Plus />} onClick={() => onChange([...keys, ''])}>
            Another key
          </Button>
        </div>
      )}
    </div>
  )
}

/** The keys as a request has them: the first, and the others. Empty fields are left out. */
export function splitKeys(keys: readonly string[]): { key?: string; moreKeys?: string[] } {
  const [key, ...moreKeys] = keys.map((text) => text.trim()).filter(Boolean)
  return { ...(key ? { key } : {}), ...(moreKeys.length > 0 ? { moreKeys } : {}) }
}
