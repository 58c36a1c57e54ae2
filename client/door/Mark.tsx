/** The mark of the console: four grids of unequal size that fill a square. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="7" fill="#0b7285" />
      <path d="M7 7h8v6H7zM17 7h8v10h-8zM7 15h8v10H7zM17 19h8v6h-8z" fill="#fff" fillOpacity=".92" />
    </svg>
  )
}
