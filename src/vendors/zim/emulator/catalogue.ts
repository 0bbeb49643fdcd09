import { type Catalogue, type CatalogueParam, readCatalogue } from '../../../net/catalogue.ts';

/** Where the vendor takes less than its own tables say; by endpoint and parameter. */
const relaxed: Readonly<Record<string, Readonly<Record<string, Partial<CatalogueParam>>>>> = {
  // "absent, 0 or above 100 is read as 100 even though the schema marks it required"; Next may be empty at first.
  'zim.blocklist.list': { Limit: { required: false }, Next: { required: false } },
  'zim.relation.friend.list': { Limit: { required: false }, Next: { required: false } },
  // The vendor's older sample sends Limit as "2"; absent becomes the default, as in every paged call.
  'zim.user.groups.query': { Limit: { required: false, type: 'integer or text' } },
};

function relax(catalogue: Catalogue): Catalogue {
  const endpoints = catalogue.endpoints.map((endpoint) => ({
    ...endpoint,
    params: endpoint.params.map((param) => ({ ...param, ...relaxed[endpoint.id]?.[param.name] })),
  }));
  return { ...catalogue, endpoints };
}

/** The vendor's catalogue as its servers behave. */
export const catalogue = relax(readCatalogue(new URL('../catalogue.json', import.meta.url)));
