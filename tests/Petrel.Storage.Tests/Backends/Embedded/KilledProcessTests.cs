using System.Globalization;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Tests.Backends.Embedded;

public class KilledProcessTests
{
    [Fact]
    public async Task After_every_kill_each_acknowledged_change_is_there_and_watches_continue_without_a_gap()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(1);
        var acknowledged = new SortedDictionary<long, (bool Put, string Key, int Number)>();
        var triedDeletions = new Dictionary<string, int>();
        var start = 1;
        for (var life = 0; life < 10; life++)
        {
            var lines = await KillWriterAsync(directory.Path, start, random.Next(50, 2_500));
            foreach (var line in lines)
            {
                var parts = line.Split(' ');
                var number = int.Parse(parts[^1], CultureInfo.InvariantCulture);
                if (parts[0] == "?")
                {
                    triedDeletions[parts[1]] = number;
                    continue;
                }

                acknowledged.Add(long.Parse(parts[0], CultureInfo.InvariantCulture), (parts[1] == "+", parts[2], number));
                start = Math.Max(start, number + 1);
            }

            await CheckAsync(directory.Path, acknowledged, triedDeletions);
        }

        Assert.True(acknowledged.Count > 2_000);
    }

    private static async Task<IReadOnlyList<string>> KillWriterAsync(string directory, int start, int killAfter)
    {
        using var process = WriterProcess.Start("write", directory, start.ToString(CultureInfo.InvariantCulture));
        var lines = new List<string>();
        while (lines.Count < killAfter && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        process.Kill();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(lines.Count > 0, await process.StandardError.ReadToEndAsync());
        lines.AddRange(rest.Split('\n')[..^1]);
        Assert.StartsWith("open ", lines[0], StringComparison.Ordinal);
        return lines[1..];
    }

    /// <summary>Follows a watch over the retained history and compares it, and what it leads to, with what was acknowledged.</summary>
    private static async Task CheckAsync(
        string directory, SortedDictionary<long, (bool Put, string Key, int Number)> acknowledged, Dictionary<string, int> triedDeletions)
    {
        await using var store = EmbeddedStore.Open(directory, WriterProcess.Options);
        var status = await store.GetStatusAsync();
        Assert.True(status.Revision >= acknowledged.Keys.Last());
        var from = Math.Max(status.CompactedRevision, 1);
        var state = (await store.RangeAsync(new RangeRequest(KeyRange.All, from))).Items.ToDictionary(item => item.Key, item => item.Text());
        var expectedRevision = from;
        using var watch = store.Watch(new WatchRequest(KeyRange.All, from + 1));
        while (expectedRevision < status.Revision)
        {
            var batch = await watch.ReadBatchAsync();
            Assert.Equal(WatchBatchKind.Events, batch.Kind);
            foreach (var change in batch.Events.ToArray())
            {
                Assert.Equal(++expectedRevision, change.Revision);
                if (acknowledged.TryGetValue(change.Revision, out var expected))
                {
                    Assert.Equal((expected.Put, expected.Key), (!change.IsDelete, change.Key));
                    Assert.Equal(expected.Put ? WriterProcess.Value(expected.Number) : "", change.Current.Text());
                }

                state.Remove(change.Key);
                if (!change.IsDelete)
                {
                    state[change.Key] = change.Current.Text();
                }
            }
        }

        var latest = (await store.RangeAsync(new RangeRequest(KeyRange.All))).Items.ToDictionary(item => item.Key, item => item.Text());
        Assert.Equal(latest.OrderBy(entry => entry.Key), state.OrderBy(entry => entry.Key));
        foreach (var group in acknowledged.GroupBy(change => change.Value.Key))
        {
            // The last acknowledged change of a key stands, unless one that was not acknowledged came after it.
            var (revision, last) = group.Last();
            var item = await store.FindAsync(group.Key);
            if (item is null)
            {
                Assert.True(!last.Put || triedDeletions.GetValueOrDefault(group.Key) > last.Number);
            }
            else if (item.ModRevision <= revision)
            {
                Assert.Equal((true, revision, WriterProcess.Value(last.Number)), (last.Put, item.ModRevision, item.Text()));
            }
        }
    }
}
