using System.Collections.Concurrent;
using System.Text.Json;

namespace Petrel.Program.Tests;

/// <summary>
/// The server is killed again and again while several clients write: what was acknowledged is there, and a watch that goes on
/// from the last revision it saw misses nothing and repeats nothing.
/// </summary>
public sealed class KillUnderLoadTests : IAsyncLifetime
{
    private const int Rounds = 50;
    private const int Writers = 4;
    private const int WritesPerRound = 40;
    private const string Path = "/api/v1/namespaces/default/configmaps";

    // A start under load takes a second or two of a quiet machine, and there are fifty.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly ControlPlane _cluster = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly ConcurrentQueue<string> _watched = new();
    private long _watchedRevision;

    public Task InitializeAsync() => _cluster.InitializeAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync();

    [KubectlFact]
    public async Task Nothing_acknowledged_is_lost_and_watches_go_on_without_a_gap()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        using (var client = new AdminClient(_cluster.KubeconfigPath))
        {
            _watchedRevision = RevisionOf(await client.GetAsync(Path, limit.Token));
        }

        var watching = WatchAsync(limit.Token);
        var writing = Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, stop.Token)).ToList();
        for (var round = 1; round <= Rounds; round++)
        {
            await UntilAsync(() => _acknowledged.Count >= round * WritesPerRound, watching, limit.Token);
            _cluster.Kill();
            await _cluster.StartAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writing);

        using var reader = new AdminClient(_cluster.KubeconfigPath);
        var list = await reader.GetAsync(Path, limit.Token);
        var names = NamesOf(list).Where(IsWritten).ToHashSet();
        Assert.Empty(_acknowledged.Keys.Except(names));

        // Watches see nothing after the last write, so they are there when they have seen all names.
        await UntilAsync(() => _watched.Count >= names.Count, watching, limit.Token);
        await limit.CancelAsync();
        await watching;
        Assert.Equal(names.Order(StringComparer.Ordinal), _watched.Order(StringComparer.Ordinal));
    }

    /// <summary>Creates one object after the other. What is not acknowledged may be there or not, and its name is not used again.</summary>
    private async Task WriteAsync(int writer, CancellationToken cancellationToken)
    {
        var number = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = new AdminClient(_cluster.KubeconfigPath);
                while (true)
                {
                    var name = $"w{writer}-{number++}";
                    if (await client.CreateAsync(Path, $$$"""{"metadata":{"name":"{{{name}}}"},"data":{"k":"v"}}""", cancellationToken))
                    {
                        _acknowledged[name] = true;
                    }
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // Killed, or told to stop.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = new AdminClient(_cluster.KubeconfigPath);
                await foreach (var line in client.WatchAsync($"{Path}?watch=1&resourceVersion={_watchedRevision}", cancellationToken))
                {
                    Take(line);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException)
            {
                // The last line of a killed server may be cut; it comes again whole.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Take(string line)
    {
        using var change = JsonDocument.Parse(line);
        var metadata = change.RootElement.GetProperty("object").GetProperty("metadata");
        var revision = long.Parse(metadata.GetProperty("resourceVersion").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(revision > _watchedRevision, $"revision {revision} came after {_watchedRevision}");
        _watchedRevision = revision;
        var name = metadata.GetProperty("name").GetString()!;
        if (IsWritten(name))
        {
            Assert.Equal("ADDED", change.RootElement.GetProperty("type").GetString());
            _watched.Enqueue(name);
        }
    }

    /// <summary>Controllers write to the namespace, too.</summary>
    private static bool IsWritten(string name) => name.StartsWith('w');

    private static long RevisionOf(string list)
    {
        using var document = JsonDocument.Parse(list);
        return long.Parse(document.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static List<string> NamesOf(string list)
    {
        using var document = JsonDocument.Parse(list);
        return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("metadata").GetProperty("name").GetString()!)];
    }

    /// <summary>Waits; a watch that found a fault ends the waiting with it.</summary>
    private static async Task UntilAsync(Func<bool> holds, Task watching, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            if (watching.IsFaulted)
            {
                await watching;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }
}
