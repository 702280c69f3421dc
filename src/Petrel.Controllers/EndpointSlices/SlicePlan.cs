using Petrel.Api;
using Petrel.Api.Discovery;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>The slices to write so that an owner's slices hold exactly the endpoints wanted.</summary>
internal sealed record SlicePlan(IReadOnlyList<EndpointSlice> Create, IReadOnlyList<EndpointSlice> Update, IReadOnlyList<EndpointSlice> Delete)
{
    /// <summary>Plans one address type.</summary>
    /// <param name="present">Slices of this owner and address type that exist.</param>
    /// <param name="wanted">Endpoints by their ports.</param>
    public static SlicePlan For(
        SliceTemplate template, string addressType, IReadOnlyList<EndpointSlice> present, IReadOnlyDictionary<ApiList<Api.Discovery.EndpointPort>, List<Endpoint>> wanted)
    {
        var (create, update, delete) = (new List<EndpointSlice>(), new List<EndpointSlice>(), new List<EndpointSlice>());
        var byPorts = present.ToLookup(static slice => slice.Ports);
        foreach (var (ports, endpoints) in wanted)
        {
            new PortGroup(template, addressType, ports, create, update, delete).Fill([.. byPorts[ports]], endpoints);
        }

        delete.AddRange(present.Where(slice => !wanted.ContainsKey(slice.Ports)));
        if (template.NeverNone && create.Count == 0 && delete.Count == present.Count)
        {
            KeepEmpty(template, addressType, create, update, delete);
        }

        return new SlicePlan(create, update, delete);
    }

    private static void KeepEmpty(SliceTemplate template, string addressType, List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete)
    {
        if (delete.Find(static slice => slice.Ports.IsEmpty) is not { } reusable)
        {
            create.Add(template.Make(addressType, default, default));
            return;
        }

        delete.Remove(reusable);
        var kept = template.Renew(reusable, default);
        if (kept != reusable)
        {
            update.Add(kept);
        }
    }

    /// <summary>The slices with the same ports.</summary>
    private sealed class PortGroup(
        SliceTemplate template, string addressType, ApiList<Api.Discovery.EndpointPort> ports, List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete)
    {
        public void Fill(IReadOnlyList<EndpointSlice> slices, List<Endpoint> wanted)
        {
            // 1. Endpoints that are there stay where they are, as they look now; the rest of each slice goes.
            var rest = new Dictionary<(string, ApiList<string>), Endpoint>();
            foreach (var endpoint in wanted)
            {
                rest[EndpointBuilder.Identity(endpoint)] = endpoint;
            }

            var kept = slices.Select(slice => (Slice: slice, Endpoints: Keep(slice, rest))).ToList();

            // 2. New ones go first into slices that are written anyway: every write of a slice reaches every node.
            foreach (var (slice, endpoints) in kept.Where(static item => IsChanged(item.Slice, item.Endpoints) && item.Endpoints.Count > 0))
            {
                Take(rest, endpoints, template.EndpointsMax - endpoints.Count);
            }

            // 3. What does not fill whole new slices goes into the fullest slice that has room for all of it.
            var remainder = rest.Count % template.EndpointsMax;
            var roomy = kept.Where(item => item.Endpoints.Count > 0 && template.EndpointsMax - item.Endpoints.Count >= remainder).OrderByDescending(static item => item.Endpoints.Count);
            foreach (var (_, endpoints) in roomy.Take(remainder > 0 ? 1 : 0))
            {
                Take(rest, endpoints, remainder);
            }

            // 4. Everything else is written to new slices.
            while (rest.Count > 0)
            {
                var endpoints = new List<Endpoint>();
                Take(rest, endpoints, template.EndpointsMax);
                create.Add(template.Make(addressType, ports, endpoints.ToApiList()));
            }

            kept.ForEach(item => Write(item.Slice, item.Endpoints));
        }

        private static List<Endpoint> Keep(EndpointSlice slice, Dictionary<(string, ApiList<string>), Endpoint> rest)
        {
            var kept = new List<Endpoint>();
            foreach (var endpoint in slice.Endpoints)
            {
                if (rest.Remove(EndpointBuilder.Identity(endpoint), out var current))
                {
                    kept.Add(current);
                }
            }

            return kept;
        }

        private static void Take(Dictionary<(string, ApiList<string>), Endpoint> rest, List<Endpoint> target, int count)
        {
            foreach (var (identity, endpoint) in rest.Take(count).ToList())
            {
                target.Add(endpoint);
                rest.Remove(identity);
            }
        }

        private static bool IsChanged(EndpointSlice slice, List<Endpoint> endpoints) => slice.Endpoints != endpoints.ToApiList();

        private void Write(EndpointSlice slice, List<Endpoint> endpoints)
        {
            if (endpoints.Count == 0)
            {
                delete.Add(slice);
                return;
            }

            var changed = template.Renew(slice, endpoints.ToApiList());
            if (changed != slice)
            {
                update.Add(changed);
            }
        }
    }
}
