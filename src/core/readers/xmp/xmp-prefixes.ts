import { lookupTable } from '../../../base/table.js';
/** Namespaces of XMP and their customary prefixes. */

export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const XMLNS = 'http://www.w3.org/2000/xmlns/';
export const XML = 'http://www.w3.org/XML/1998/namespace';

/** The namespace decides, because files may bind any prefix to it. */
export const PREFIXES: Readonly<Record<string, string>> = lookupTable({
  'http://iptc.org/std/Iptc4xmpExt/2008-02-29/': 'Iptc4xmpExt',
  'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/': 'Iptc4xmpCore',
  'http://www.tc260.org.cn/ns/AIGC/1.0/': 'TC260',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://ns.adobe.com/xap/1.0/mm/': 'xmpMM',
  'http://ns.adobe.com/xap/1.0/rights/': 'xmpRights',
  'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#': 'stEvt',
  'http://ns.adobe.com/xap/1.0/sType/ResourceRef#': 'stRef',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://ns.adobe.com/camera-raw-settings/1.0/': 'crs',
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://ns.adobe.com/tiff/1.0/': 'tiff',
  'http://ns.google.com/photos/1.0/camera/': 'GCamera',
  'http://ns.google.com/photos/1.0/container/': 'Container',
  'http://ns.google.com/photos/1.0/container/item/': 'Item',
  'http://ns.useplus.org/ldf/xmp/1.0/': 'plus',
  'http://ns.adobe.com/xmp/1.0/DynamicMedia/': 'xmpDM',
});

/** Returns the customary namespace of an undeclared prefix; `undefined` if the prefix is unknown. */
export function findCustomaryNamespace(prefix: string): string | undefined {
  return NAMESPACES.get(prefix);
}

const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['rdf', RDF],
  ['x', 'adobe:ns:meta/'],
  ...Object.entries(PREFIXES).map(([namespace, prefix]) => [prefix, namespace] as const),
]);
