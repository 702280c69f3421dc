using Petrel.Api.Networking;
using Petrel.ApiServer.Registry;
using Petrel.Storage;
using NetworkAddress = System.Net.IPAddress;

namespace Petrel.ApiServer.Services;

/// <summary>The ranges that services get addresses from: those that the server was started with, and those of ServiceCIDR objects (KEP-1880).</summary>
internal sealed class ServiceRanges(ResourceStore store, IReadOnlyList<AddressRange> own) : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1);
    private volatile Known _known = new([], [.. own.Select(static range => new KnownRange(range, true))]);

    /// <summary>One for each IP family of the cluster.</summary>
    public IReadOnlyList<AddressRange> Own { get; } = own;

    /// <summary>Ranges of a family that give addresses, the server's own first.</summary>
    public IEnumerable<AddressRange> Giving(string family) => _known.Ranges.Where(known => known.IsReady && known.Range.Family == family).Select(static known => known.Range);

    /// <summary>All ranges, whether they give addresses or not.</summary>
    public IEnumerable<AddressRange> All => _known.Ranges.Select(static known => known.Range);

    /// <summary>All ranges that an address is from, and its number there.</summary>
    public IEnumerable<(AddressRange Range, ulong Number)> Containing(NetworkAddress address) =>
        from known in _known.Ranges
        let number = known.Range.NumberOf(address)
        where number is not null
        select (known.Range, number.Value);

    /// <summary>Takes up what changed in the stored objects.</summary>
    /// <param name="fill">Tells a range that is new which of its addresses are taken.</param>
    public async ValueTask RefreshAsync(Func<AddressRange, CancellationToken, ValueTask> fill, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(cancellationToken);
        if (stored.Versions.SequenceEqual(_known.Versions))
        {
            return;
        }

        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            // Read anew: somebody else may have taken up a later state meanwhile.
            stored = await ReadAsync(cancellationToken);
            if (!stored.Versions.SequenceEqual(_known.Versions))
            {
                _known = new Known(stored.Versions, await RangesAsync(stored.Objects, fill, cancellationToken));
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private async ValueTask<(List<(string Key, long Revision)> Versions, List<ServiceCIDR> Objects)> ReadAsync(CancellationToken cancellationToken)
    {
        var found = await store.RangeAsync(new RangeRequest(store.RangeOf("")), cancellationToken);
        return ([.. found.Items.Select(static pair => (pair.Key, pair.ModRevision))], [.. found.Items.Select(pair => (ServiceCIDR)store.Wrap(pair).Decode())]);
    }

    private async ValueTask<List<KnownRange>> RangesAsync(List<ServiceCIDR> objects, Func<AddressRange, CancellationToken, ValueTask> fill, CancellationToken cancellationToken)
    {
        // A range gives addresses as long as one of the objects that name it is ready; the server's own also when none names it.
        var isReady = objects.SelectMany(static value => value.Spec.Cidrs.Select(text => (Text: text, IsReady: IsReady(value))))
            .GroupBy(static entry => entry.Text, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Any(static entry => entry.IsReady), StringComparer.Ordinal);
        var ranges = Own.Select(range => new KnownRange(range, isReady.GetValueOrDefault(range.Text, true))).ToList();
        foreach (var (text, ready) in isReady.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            if (Own.Any(range => range.Text == text))
            {
                continue;
            }

            var range = _known.Ranges.FirstOrDefault(known => known.Range.Text == text)?.Range;
            if (range is null && AddressRange.TryParse(text) is { } added)
            {
                await fill(added, cancellationToken);
                range = added;
            }

            if (range is not null)
            {
                ranges.Add(new KnownRange(range, ready));
            }
        }

        return ranges;
    }

    // One that no controller has looked at yet is good.
    private static bool IsReady(ServiceCIDR value) => value.Metadata.DeletionTimestamp is null
        && value.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Ready") is null or { Status: "True" };

    private sealed record Known(IReadOnlyList<(string Key, long Revision)> Versions, IReadOnlyList<KnownRange> Ranges);

    private sealed record KnownRange(AddressRange Range, bool IsReady);
}
