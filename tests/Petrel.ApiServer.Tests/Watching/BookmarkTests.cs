using System.Text.Json.Nodes;
using Petrel.Client.Api;
using Petrel.Client.Tests;
using Xunit;

namespace Petrel.ApiServer.Tests.Watching;

/// <summary>When watches say how far they are.</summary>
public sealed class BookmarkTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time);
        await _server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"a"}}""");
    }

    public async Task DisposeAsync()
    {
        _patience.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task They_say_so_every_minute_and_shortly_before_the_end()
    {
        await using var events = Watch("&timeoutSeconds=100&allowWatchBookmarks=true");
        Assert.Equal("ADDED", await NextAsync(events));
        var pending = NextAsync(events);
        foreach (var (seconds, isDue) in new[] { (59, false), (1, true), (37, false), (1, true) })
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            if (!isDue)
            {
                Assert.False(pending.IsCompleted);
                continue;
            }

            Assert.Equal("BOOKMARK", await pending);
            pending = NextAsync(events);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("", await pending);
    }

    [Fact]
    public async Task They_say_nothing_unless_they_are_asked_to()
    {
        await using var events = Watch("&timeoutSeconds=100");
        Assert.Equal("ADDED", await NextAsync(events));
        var pending = NextAsync(events);
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal("", await pending);
    }

    private IAsyncEnumerator<RawWatchEvent> Watch(string query) =>
        _server.Admin.WatchAsync(new ApiRequest("GET", Requests.ConfigMaps + "?watch=1" + query), _patience.Token).GetAsyncEnumerator(_patience.Token);

    private static async Task<string> NextAsync(IAsyncEnumerator<RawWatchEvent> events)
    {
        if (!await events.MoveNextAsync())
        {
            return "";
        }

        Assert.NotEqual("", JsonNode.Parse(events.Current.Object.Span)!.Text("metadata", "resourceVersion"));
        return events.Current.Type;
    }
}
