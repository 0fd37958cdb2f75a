import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import { copyText } from './system/clipboard.ts'

/** Copies, and says so for a moment. */
export function useCopied(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  return [copied, (text) => void copyText(text).then(() => setCopied(true))]
}

interface CopyButtonProps {
  text: string
  label?: string
  /** With words beside the icon. */
  wide?: boolean
}

export function CopyButton({ text, label = 'Copy', wide = false }: CopyButtonProps) {
  const [copied, copy] = useCopied()
  const icon = copied ? <Check className="text-ok-text" /> : <Copy />
  if (wide) {
    return (
      <Button icon={icon} onClick={() => copy(text)}>
        {copied ? 'Copied' : label}
      </Button>
    )
  }
  return (
    <IconButton small label={copied ? 'Copied' : label} onClick={() => copy(text)}>
      {icon}
    </IconButton>
  )
}
