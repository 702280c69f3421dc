using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests;

/// <summary>The typed client against a whole API server in the same process.</summary>
public sealed class InProcessApiTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private IApi _api = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _api = _server.Admin;
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task An_object_is_created_read_changed_and_deleted()
    {
        var created = await _api.CreateAsync(Map("a", ("k", "v")), CancellationToken.None);
        Assert.NotEqual("", created.Metadata.Uid);
        Assert.NotEqual("", created.Metadata.ResourceVersion);

        var changed = await _api.UpdateAsync(created with { Data = created.Data.With("k", "w") }, CancellationToken.None);
        Assert.Equal("w", (await _api.GetAsync<ConfigMap>("default", "a", CancellationToken.None)).Data["k"]);
        Assert.NotEqual(created.Metadata.ResourceVersion, changed.Metadata.ResourceVersion);

        var conflict = await Assert.ThrowsAsync<ApiException>(() => _api.UpdateAsync(created, CancellationToken.None));
        Assert.True(conflict.IsConflict);

        Assert.True(await _api.DeleteAsync<ConfigMap>("default", "a", null, CancellationToken.None));
        Assert.Null(await _api.FindAsync<ConfigMap>("default", "a", CancellationToken.None));
    }

    [Fact]
    public async Task A_watch_from_a_list_sees_every_later_change_once()
    {
        await _api.CreateAsync(Map("before"), CancellationToken.None);
        var list = await _api.ListAsync<ConfigMap>("default", new ListOptions(), CancellationToken.None);
        Assert.Equal(["before"], list.Items.Select(item => item.Metadata.Name));

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<string>();
        var first = await _api.CreateAsync(Map("after"), timeout.Token);
        await foreach (var change in _api.WatchAsync<ConfigMap>("default", new ListOptions { ResourceVersion = list.ResourceVersion }, timeout.Token))
        {
            seen.Add(change.Type + " " + change.Object.Metadata.Name);
            if (seen.Count == 1)
            {
                await _api.UpdateAsync(first with { Data = ApiMap.FromPairs(("x", "y")) }, timeout.Token);
                await _api.DeleteAsync<ConfigMap>("default", "after", null, timeout.Token);
            }

            if (seen.Count == 3)
            {
                break;
            }
        }

        Assert.Equal(["ADDED after", "MODIFIED after", "DELETED after"], seen);
    }

    [Fact]
    public async Task A_list_is_read_in_pages_of_one_revision()
    {
        for (var i = 0; i < 5; i++)
        {
            await _api.CreateAsync(Map("m" + i), CancellationToken.None);
        }

        var page = await _api.ListAsync<ConfigMap>("default", new ListOptions { Limit = 2 }, CancellationToken.None);
        await _api.DeleteAsync<ConfigMap>("default", "m4", null, CancellationToken.None);
        var names = page.Items.Select(item => item.Metadata.Name).ToList();
        while (page.Continue.Length > 0)
        {
            page = await _api.ListAsync<ConfigMap>("default", new ListOptions { Limit = 2, Continue = page.Continue }, CancellationToken.None);
            names.AddRange(page.Items.Select(item => item.Metadata.Name));
        }

        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], names);
    }

    private static ConfigMap Map(string name, params (string, string)[] data) =>
        new() { Metadata = new ObjectMeta { Name = name, Namespace = "default" }, Data = ApiMap.FromPairs(data) };
}
