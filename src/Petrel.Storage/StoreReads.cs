namespace Petrel.Storage;

/// <summary>Short forms of common reads.</summary>
public static class StoreReads
{
    /// <summary>The latest version of one key, or null.</summary>
    public static async ValueTask<KeyValue?> FindAsync(this IStore store, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var result = await store.RangeAsync(new RangeRequest(KeyRange.Single(key)), cancellationToken).ConfigureAwait(false);
        return result.Items.FirstOrDefault();
    }
}
