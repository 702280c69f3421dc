using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Rbac;
using Petrel.Api.Resources;
using Petrel.ApiServer.Authorization.Feeds;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Registry;
using Petrel.Storage;
using Petrel.Storage.Backends.Embedded;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization.Feeds;

/// <summary>What is committed to a real store counts for the next questions.</summary>
public sealed class StoredObjectFeedTests : IAsyncLifetime
{
    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();
    private readonly ResourceStore _roles;
    private readonly ResourceStore _bindings;
    private readonly RbacIndex _index = new();
    private readonly List<IFeed> _feeds = [];

    public StoredObjectFeedTests()
    {
        _roles = new ResourceStore(_store, ResourceType.Of<Role>(), TimeProvider.System);
        _bindings = new ResourceStore(_store, ResourceType.Of<RoleBinding>(), TimeProvider.System);
    }

    public async Task InitializeAsync()
    {
        await PutAsync(_roles, Role("ns", "r", Rule("get", "core", "pods")));
        await PutAsync(_bindings, Bind("ns", "b", "Role", "r", ToUser("u")));
        _feeds.Add(new StoredObjectFeed<Role>(_roles, _index, TimeProvider.System, NullLogger.Instance));
        _feeds.Add(new StoredObjectFeed<RoleBinding>(_bindings, _index, TimeProvider.System, NullLogger.Instance));
        foreach (var feed in _feeds)
        {
            await feed.StartAsync(default);
        }
    }

    [Fact]
    public async Task What_is_stored_at_the_start_counts_at_once() => Assert.True(await MayAsync("get"));

    [Fact]
    public async Task A_change_counts_as_soon_as_the_watch_has_brought_it()
    {
        Assert.False(await MayAsync("list"));
        await PutAsync(_roles, Role("ns", "r", Rule("get list", "core", "pods")));
        await UntilAsync("list", allowed: true);
        await _store.CommitAsync(Transaction.Delete(_bindings.KeyOf("ns", "b")));
        await UntilAsync("list", allowed: false);
    }

    [Fact]
    public async Task Who_waits_for_a_revision_finds_that_it_counts()
    {
        for (var round = 0; round < 200; round++)
        {
            await PutAsync(_roles, Role("ns", "r", Rule(round % 2 == 0 ? "get list" : "get", "core", "pods")));
            var now = (await _store.GetStatusAsync()).Revision;
            foreach (var feed in _feeds)
            {
                await feed.ReachAsync(now, default).WaitAsync(TimeSpan.FromSeconds(60));
            }

            Assert.Equal(round % 2 == 0, await MayAsync("list"));
        }
    }

    [Fact]
    public async Task Feeds_end_with_the_store()
    {
        await _store.DisposeAsync();
        foreach (var feed in _feeds)
        {
            await feed.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var feed in _feeds)
        {
            await feed.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    private async Task<bool> MayAsync(string verb) => (await _index.DecideAsync(Ask(User("u"), verb, "pods", "ns"))).IsAllowed;

    private async Task UntilAsync(string verb, bool allowed)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await MayAsync(verb) != allowed)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task PutAsync(ResourceStore store, ApiObject value) =>
        await _store.CommitAsync(Transaction.Put(store.KeyOf(value.Metadata.Namespace, value.Metadata.Name), JsonEncoding.Encode(value)));
}
