/**
 * Carriers of dates that a file states itself; `file` stands for all others. In a module of their own, because the
 * schema library takes long to load.
 */
export const FILE_DATE_CARRIERS = ['c2pa', 'exif', 'xmp', 'bmffMeta', 'documentProperties', 'file'] as const;
