using System.Text;

namespace Petrel.Storage.Tests;

/// <summary>Values as text, for readable tests.</summary>
internal static class StoreText
{
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(this KeyValue item) => Encoding.UTF8.GetString(item.Value.Span);

    public static async Task<long> PutAsync(this IStore store, string key, string value, long lease = 0)
    {
        var result = await store.CommitAsync(Transaction.Put(key, Bytes(value), lease: lease));
        Assert.Equal(TransactionOutcome.Committed, result.Outcome);
        return result.Revision;
    }

    public static async Task<long> DeleteAsync(this IStore store, string key)
    {
        var result = await store.CommitAsync(Transaction.Delete(key));
        Assert.Equal(TransactionOutcome.Committed, result.Outcome);
        return result.Revision;
    }

    /// <summary>The keys and values of a range in order: "a=1 b=2".</summary>
    public static async Task<string> ListAsync(this IStore store, KeyRange range, long revision = 0, int limit = 0)
    {
        var result = await store.RangeAsync(new RangeRequest(range, revision, limit));
        Assert.Equal(RangeOutcome.Found, result.Outcome);
        return string.Join(' ', result.Items.Select(item => $"{item.Key}={item.Text()}"));
    }

    /// <summary>"a=1@2" for a put, "a-@3" for a deletion.</summary>
    public static string Text(this StoreEvent change) =>
        change.IsDelete ? $"{change.Key}-@{change.Revision}" : $"{change.Key}={change.Current.Text()}@{change.Revision}";

    /// <summary>Reads events until there are at least as many as asked for.</summary>
    public static async Task<string> ReadEventsAsync(this IWatch watch, int count)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var events = new List<string>();
        while (events.Count < count)
        {
            var batch = await watch.ReadAsync(timeout.Token);
            Assert.Equal(WatchBatchKind.Events, batch.Kind);
            events.AddRange(batch.Events.ToArray().Select(Text));
        }

        return string.Join(' ', events);
    }

    public static async Task<WatchBatch> ReadBatchAsync(this IWatch watch)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await watch.ReadAsync(timeout.Token);
    }
}
