/** What a row on its way looks like, column by column. */
export const ROW_WIDTHS = ['w-3.5', 'w-3', 'w-64 flex-1', 'w-16', 'w-16', 'w-24', 'w-24'] as const;
