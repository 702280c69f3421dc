using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Xunit;

namespace Petrel.Client.Tests.Informers;

public sealed class InformerTests : IAsyncLifetime, IDisposable
{
    private readonly MemoryApi<ConfigMap> _api = new();
    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Informer<ConfigMap> _informer;
    private Task _running = Task.CompletedTask;

    public InformerTests() => _informer = new Informer<ConfigMap>(
        ObjectSource.Of<ConfigMap>(_api), new InformerOptions { PageSize = 2 }, _time, NullLogger.Instance);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Lists_in_pages_then_follows_changes_in_order()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            _api.Put(Map(name, "1"));
        }

        await StartAsync();
        Assert.True(_informer.HasSynced);
        Assert.Equal(["+a=1", "+b=1", "+c=1"], _seen);
        Assert.Equal(2, _api.Requests.Count(static request => request.Contains("limit=2", StringComparison.Ordinal)));
        _api.Put(Map("b", "2"));
        _api.Remove(_informer.Cache.Find("default", "a")!);
        _api.Put(Map("d", "1"));
        await SeenAsync(6);
        Assert.Equal(["b:1>2", "-a=1", "+d=1"], _seen.Skip(3));
        Assert.Null(_informer.Cache.Find("default", "a"));
        Assert.Equal("2", Value(_informer.Cache.Find("default", "b")!));
        Assert.Equal(3, _informer.Cache.List("default").Count);
        Assert.Empty(_informer.Cache.List("other"));
    }

    [Fact]
    public async Task Objects_are_kept_without_managed_fields()
    {
        var map = Map("listed", "1");
        _api.Put(map with { Metadata = map.Metadata with { ManagedFields = [new() { Manager = "test" }] } });
        await StartAsync();
        map = Map("watched", "1");
        _api.Put(map with { Metadata = map.Metadata with { ManagedFields = [new() { Manager = "test" }] } });
        await SeenAsync(2);
        Assert.All(_informer.Cache.List(), static kept => Assert.True(kept.Metadata.ManagedFields.IsNil));
        Assert.Single((await _api.GetAsync<ConfigMap>("default", "listed", CancellationToken.None)).Metadata.ManagedFields);
    }

    [Fact]
    public async Task A_broken_watch_goes_on_where_it_was_without_listing_again()
    {
        await StartAsync();
        _api.Put(Map("a", "1"));
        await SeenAsync(1);
        _api.Intercept = static _ => throw new HttpRequestException("server is away");
        _api.Break();
        await Eventually.TrueAsync(() => _api.Watching == 0);
        _api.Put(Map("a", "2"));
        _api.Put(Map("a", "3"));
        _api.Intercept = static _ => null;
        await AdvanceUntilAsync(() => _seen.Count == 3);
        Assert.Equal(["+a=1", "a:1>2", "a:2>3"], _seen);
        Assert.Single(_api.Requests, static request => !request.Contains("watch=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expired_watch_lists_again_and_tells_only_the_difference()
    {
        foreach (var name in new[] { "kept", "changed", "gone" })
        {
            _api.Put(Map(name, "1"));
        }

        await StartAsync();
        _api.Intercept = static _ => throw new HttpRequestException("server is away");
        _api.Break();
        await Eventually.TrueAsync(() => _api.Watching == 0);
        _api.Put(Map("changed", "2"));
        _api.Remove(_informer.Cache.Find("default", "gone")!);
        _api.Put(Map("new", "1"));
        _api.Compact();
        _api.Intercept = static _ => null;
        await AdvanceUntilAsync(() => _seen.Count == 6);
        Assert.Equal(["-gone=1", "changed:1>2", "+new=1"], _seen.Skip(3));
        Assert.Null(_informer.Cache.Find("default", "gone"));
    }

    [Fact]
    public async Task A_bookmark_moves_the_place_to_resume_from()
    {
        await StartAsync();
        _api.Bookmark(Map("anything", ""));
        _api.Compact();
        await Eventually.TrueAsync(() => _api.Watching == 1);
        await Eventually.TrueAsync(() => Resumed("101") || Break());
        Assert.Empty(_seen);
        Assert.Empty(_informer.Cache.List());

        // The bookmark may still be on its way when the connection breaks: break until the informer resumes from it.
        bool Break()
        {
            _api.Break();
            _time.Advance(TimeSpan.FromMinutes(1));
            return false;
        }

        bool Resumed(string revision) => _api.Requests.Any(request => request.Contains("resourceVersion=" + revision, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_refuses_is_asked_again_after_a_pause()
    {
        var refusals = 3;
        _api.Intercept = _ => refusals-- > 0 ? MemoryApi<ConfigMap>.Error(500, "InternalError") : null;
        _api.Put(Map("a", "1"));
        Run();
        await AdvanceUntilAsync(() => _informer.HasSynced);
        Assert.Equal(["+a=1"], _seen);
    }

    [Fact]
    public async Task A_server_that_ends_watches_at_once_is_not_asked_in_a_loop()
    {
        _api.Intercept = static request => request.PathAndQuery.Contains("watch=", StringComparison.Ordinal) ? new ApiResponse(200, "application/json", default) : null;
        await StartAsync(watching: false);
        await Eventually.TrueAsync(() => Count() == 1);
        for (var i = 0; i < 20; i++)
        {
            await Task.Yield();
        }

        Assert.Equal(1, Count());
        await AdvanceUntilAsync(() => Count() > 1);

        int Count() => _api.Requests.Count(static request => request.Contains("watch=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_late_handler_gets_what_is_there_as_added_and_then_changes()
    {
        _api.Put(Map("a", "1"));
        await StartAsync();
        var late = new ConcurrentQueue<string>();
        _informer.Subscribe(added: value => late.Enqueue("+" + Value(value)), updated: (_, value) => late.Enqueue("~" + Value(value)), deleted: value => late.Enqueue("-" + Value(value)));
        Assert.Equal(["+1"], late);
        _api.Put(Map("a", "2"));
        await Eventually.TrueAsync(() => late.Count == 2);
        _api.Remove(Map("a", "2"));
        await Eventually.TrueAsync(() => late.Count == 3);
        Assert.Equal(["+1", "~2", "-2"], late);
    }

    [Fact]
    public async Task Indexes_follow_changes_and_can_be_added_late()
    {
        _api.Put(Map("a", "red"));
        _api.Put(Map("b", "red"));
        await StartAsync();
        _informer.AddIndex("color", static value => [Value(value)]);
        Assert.Equal(2, _informer.Cache.ByIndex("color", "red").Count);
        _api.Put(Map("b", "blue"));
        await SeenAsync(3);
        Assert.Equal("a", Assert.Single(_informer.Cache.ByIndex("color", "red")).Metadata.Name);
        Assert.Equal("b", Assert.Single(_informer.Cache.ByIndex("color", "blue")).Metadata.Name);
        _api.Remove(Map("a", "red"));
        await SeenAsync(4);
        Assert.Empty(_informer.Cache.ByIndex("color", "red"));
    }

    [Fact]
    public async Task A_factory_shares_informers_of_equal_kind_and_options()
    {
        await using var factory = new InformerFactory(_api, _time, NullLogger<InformerFactory>.Instance);
        var all = factory.For<ConfigMap>();
        Assert.Same(all, factory.For<ConfigMap>(new InformerOptions()));
        var labelled = factory.For<ConfigMap>(new InformerOptions { LabelSelector = "a=b" });
        Assert.NotSame(all, labelled);
        factory.Start();
        await factory.WaitForSyncAsync(CancellationToken.None);
        Assert.True(all.HasSynced && labelled.HasSynced);
        Assert.Contains(_api.Requests, static request => request.Contains("labelSelector=a%3Db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported()
    {
        await using var factory = new InformerFactory(_api, _time, NullLogger<InformerFactory>.Instance);
        factory.For<ConfigMap>().Subscribe(static _ => throw new InvalidOperationException("bug"));
        factory.Start();
        _api.Put(Map("a", "1"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => factory.Failure.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private static ConfigMap Map(string name, string value) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = "uid-" + name },
        Data = ApiMap.FromPairs(("value", value)),
    };

    private static string Value(ConfigMap map) => map.Data["value"];

    private async Task StartAsync(bool watching = true)
    {
        Run();
        await _informer.WaitForSyncAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => !watching || _api.Watching == 1);
    }

    private void Run()
    {
        _informer.Subscribe(change => _seen.Enqueue(change switch
        {
            { IsAdded: true } => $"+{change.Object.Metadata.Name}={Value(change.Object)}",
            { IsDeleted: true } => $"-{change.Object.Metadata.Name}={Value(change.Object)}",
            _ => $"{change.Object.Metadata.Name}:{Value(change.Old!)}>{Value(change.New!)}",
        }));
        _running = Task.Run(() => _informer.RunAsync(_stop.Token));
    }

    private Task SeenAsync(int count) => Eventually.TrueAsync(() => _seen.Count >= count, $"{count} changes");

    /// <summary>Lets time pass as often as it takes: a pause may begin after the clock was moved.</summary>
    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        return condition();
    });
}
