/** Where the days stand that a file gives itself; `file`: elsewhere in it. Apart from the schemas, whose library takes long to load. */
export const FILE_DATE_CARRIERS = ['c2pa', 'exif', 'xmp', 'bmffMeta', 'documentProperties', 'file'] as const;
