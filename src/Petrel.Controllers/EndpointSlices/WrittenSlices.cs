using System.Globalization;
using Petrel.Api.Discovery;
using Petrel.Client.Api;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>
/// The slices last written for each Service. As long as the cache shows older ones, or lacks some, planning from it would
/// write endpoints twice. One entry per slice.
/// </summary>
internal sealed class WrittenSlices
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Dictionary<string, long>> _versions = [];

    public void Written(ObjectKey service, EndpointSlice slice)
    {
        lock (_lock)
        {
            if (!_versions.TryGetValue(service, out var slices))
            {
                _versions.Add(service, slices = new(StringComparer.Ordinal));
            }

            slices[slice.Metadata.Uid] = Version(slice);
        }
    }

    /// <summary>The slice is gone, by whoever's hand: it is not waited for.</summary>
    public void Removed(ObjectKey service, EndpointSlice slice)
    {
        lock (_lock)
        {
            if (_versions.TryGetValue(service, out var slices))
            {
                slices.Remove(slice.Metadata.Uid);
            }
        }
    }

    public bool AreVisible(ObjectKey service, IReadOnlyList<EndpointSlice> present)
    {
        lock (_lock)
        {
            return !_versions.TryGetValue(service, out var slices)
                || slices.All(written => present.Any(slice => slice.Metadata.Uid == written.Key && Version(slice) >= written.Value));
        }
    }

    public void Forget(ObjectKey service)
    {
        lock (_lock)
        {
            _versions.Remove(service);
        }
    }

    // Resource versions of one kind are numbers that grow (KEP-5504).
    private static long Version(EndpointSlice slice) => long.Parse(slice.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture);
}
