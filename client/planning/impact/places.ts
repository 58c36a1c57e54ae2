/** Parts of the sheet that a number leads to. */
export const PLACES = { grids: 'impact-grids', rules: 'impact-rules' } as const

export function goTo(place: (typeof PLACES)[keyof typeof PLACES]): void {
  document.querySelector(`#${place}`)?.scrollIntoView({ block: 'start' })
}
