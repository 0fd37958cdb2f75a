export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded-[4px] border border-line px-[5px] font-sans text-[11px] leading-4 text-text-3">
      {children}
    </kbd>
  )
}
