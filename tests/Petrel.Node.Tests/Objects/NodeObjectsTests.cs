using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Node.Objects;
using Xunit;

namespace Petrel.Node.Tests.Objects;

public sealed class NodeObjectsTests : IAsyncLifetime
{
    private readonly ServerFixture _server = new();
    private readonly CountingApi _api;
    private readonly NodeObjects _objects;
    private readonly ConcurrentQueue<string> _changed = new();

    public NodeObjectsTests()
    {
        _api = new CountingApi(_server.AsNode("n1"));
        _objects = new NodeObjects(_api, TimeProvider.System, NullLoggerFactory.Instance);
        _objects.Changed += _changed.Enqueue;
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        await _server.Api.CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _objects.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_node_sees_what_its_pods_refer_to_and_every_change_of_it()
    {
        await CreateAsync("settings", "blue");
        var pod = await BindAsync("web", Referring("settings"));
        _objects.Register(pod);

        Assert.Equal("blue", (await ReadAsync("settings"))!.Data["colour"]);
        Assert.Empty(_changed);

        await UpdateAsync("settings", "red");
        await Conditions.UntilAsync(() => Task.FromResult(_changed.Contains(pod.Metadata.Uid)));
        Assert.Equal("red", (await ReadAsync("settings"))!.Data["colour"]);
        // From the cache: the server was asked once, by the list that began the watch.
        Assert.Equal(0, _api.Gets);
    }

    [Fact]
    public async Task What_is_missing_is_null_and_its_coming_is_told()
    {
        var pod = await BindAsync("web", Referring("later"));
        _objects.Register(pod);
        Assert.Null(await ReadAsync("later"));

        await CreateAsync("later", "blue");

        await Conditions.UntilAsync(() => Task.FromResult(_changed.Contains(pod.Metadata.Uid)));
        Assert.Equal("blue", (await ReadAsync("later"))!.Data["colour"]);
        await _server.Api.DeleteAsync<ConfigMap>("default", "later", null, CancellationToken.None);
        await Conditions.UntilAsync(async () => await ReadAsync("later") is null);
    }

    [Fact]
    public async Task One_watch_serves_all_pods_and_ends_with_the_last()
    {
        await CreateAsync("settings", "blue");
        var (one, two) = (await BindAsync("one", Referring("settings")), await BindAsync("two", Referring("settings")));
        _objects.Register(one);
        _objects.Register(two);
        _objects.Register(two);
        await ReadAsync("settings");
        await Conditions.UntilAsync(() => Task.FromResult(_api.Watches == 1));

        _objects.Unregister(one.Metadata.Uid);
        await UpdateAsync("settings", "red");
        await Conditions.UntilAsync(() => Task.FromResult(_changed.Contains(two.Metadata.Uid)));
        Assert.DoesNotContain(one.Metadata.Uid, _changed);
        Assert.Equal(1, _api.Watches);

        _objects.Unregister(two.Metadata.Uid);
        await Conditions.UntilAsync(() => Task.FromResult(_api.Watches == 0));
    }

    [Fact]
    public async Task A_pod_that_refers_to_other_things_than_before_gives_the_old_ones_up()
    {
        await CreateAsync("old", "blue");
        await CreateAsync("new", "blue");
        var pod = await BindAsync("web", Referring("old"));
        _objects.Register(pod);
        await ReadAsync("old");
        await Conditions.UntilAsync(() => Task.FromResult(_api.Watches == 1));

        var both = await BindAsync("both", Referring("new"));
        _objects.Register(both with { Metadata = both.Metadata with { Uid = pod.Metadata.Uid } });

        await Conditions.UntilAsync(() => Task.FromResult(_api.Watches == 1 && _api.Watched.Last().Contains("metadata.name%3Dnew", StringComparison.Ordinal)));
        Assert.NotNull(await ReadAsync("new"));
    }

    [Fact]
    public async Task Immutable_objects_are_kept_without_a_watch()
    {
        await _server.Api.CreateAsync(
            new ConfigMap { Metadata = new() { Name = "fixed", Namespace = "default" }, Data = ApiMap.FromPairs(("colour", "blue")), Immutable = true }, CancellationToken.None);
        _objects.Register(await BindAsync("web", Referring("fixed")));

        Assert.Equal("blue", (await ReadAsync("fixed"))!.Data["colour"]);
        await Conditions.UntilAsync(() => Task.FromResult(_api.Watches == 0));
        Assert.Equal("blue", (await ReadAsync("fixed"))!.Data["colour"]);
        Assert.Equal(0, _api.Gets);
    }

    [Fact]
    public async Task What_belongs_to_pods_of_other_nodes_is_refused()
    {
        await CreateAsync("settings", "blue");

        Assert.Equal(403, (await Assert.ThrowsAsync<ApiException>(() => ReadAsync("settings"))).Code);
        // Also when somebody registers a pod that is not this node's: the watch gets no answer, and the question says why.
        _objects.Register(new Pod { Metadata = new() { Name = "x", Namespace = "default", Uid = "u" }, Spec = Referring("settings") });
        Assert.Equal(403, (await Assert.ThrowsAsync<ApiException>(() => ReadAsync("settings"))).Code);
    }

    [Fact]
    public void Every_way_to_refer_to_an_object_counts()
    {
        var container = new Container
        {
            Name = "c",
            Image = "i",
            EnvFrom = [new() { ConfigMapRef = new() { Name = "m1" } }, new() { SecretRef = new() { Name = "s1" } }],
            Env = [new() { Name = "A", ValueFrom = new() { ConfigMapKeyRef = new() { Name = "m2", Key = "k" } } }, new() { Name = "B", ValueFrom = new() { SecretKeyRef = new() { Name = "s2", Key = "k" } } }],
        };
        var pod = new Pod
        {
            Metadata = new() { Name = "all", Namespace = "default", Uid = "u" },
            Spec = new PodSpec
            {
                InitContainers = [container],
                Containers = [container with { EnvFrom = [new() { ConfigMapRef = new() { Name = "m3" } }] }],
                Volumes =
                [
                    new() { Name = "a", ConfigMap = new() { Name = "m4" } },
                    new() { Name = "b", Secret = new() { SecretName = "s3" } },
                    new() { Name = "c", Projected = new() { Sources = [new() { ConfigMap = new() { Name = "m5" } }, new() { Secret = new() { Name = "s4" } }] } },
                ],
                ImagePullSecrets = [new() { Name = "s5" }],
            },
        };

        Assert.Equal(["m1", "m2", "m3", "m4", "m5"], PodReferences.ConfigMaps(pod).Select(key => key.Name).Order());
        Assert.Equal(["s1", "s2", "s3", "s4", "s5"], PodReferences.Secrets(pod).Select(key => key.Name).Order());
    }

    [Fact]
    public async Task A_token_is_given_for_a_pod_of_this_node()
    {
        // A node is given the tokens that its pods ask for, and no others.
        var pod = await BindAsync("web", Referring("settings") with { Volumes = [new() { Name = "token", Projected = new() { Sources = [new() { ServiceAccountToken = new() { Path = "token" } }] } }] });

        var answer = await _objects.RequestTokenAsync(
            "default",
            "default",
            new TokenRequest { Spec = new() { ExpirationSeconds = 3600, BoundObjectRef = new() { ApiVersion = "v1", Kind = "Pod", Name = "web", Uid = pod.Metadata.Uid } } },
            CancellationToken.None);

        Assert.Equal(3, answer.Status.Token.Split('.').Length);
        Assert.True(answer.Status.ExpirationTimestamp > TimeProvider.System.GetUtcNow());
    }

    private static PodSpec Referring(string configMap) => new()
    {
        ServiceAccountName = "default",
        AutomountServiceAccountToken = false,
        Containers = [new() { Name = "c", Image = "i", EnvFrom = [new() { ConfigMapRef = new() { Name = configMap } }] }],
        NodeName = "n1",
    };

    private Task<ConfigMap?> ReadAsync(string name) => _objects.ConfigMapAsync("default", name, CancellationToken.None);

    private Task<ConfigMap> CreateAsync(string name, string colour) =>
        _server.Api.CreateAsync(new ConfigMap { Metadata = new() { Name = name, Namespace = "default" }, Data = ApiMap.FromPairs(("colour", colour)) }, CancellationToken.None);

    private async Task UpdateAsync(string name, string colour)
    {
        var present = await _server.Api.GetAsync<ConfigMap>("default", name, CancellationToken.None);
        await _server.Api.UpdateAsync(present with { Data = ApiMap.FromPairs(("colour", colour)) }, CancellationToken.None);
    }

    /// <summary>Returns when the authorizer knows of it.</summary>
    private async Task<Pod> BindAsync(string name, PodSpec spec)
    {
        var pod = await _server.Api.CreateAsync(new Pod { Metadata = new() { Name = name, Namespace = "default" }, Spec = spec }, CancellationToken.None);
        await Conditions.UntilAsync(async () => (await _server.AsNode("n1").SendAsync(new ApiRequest("GET", $"/api/v1/namespaces/default/pods/{name}"), CancellationToken.None)).IsSuccess);
        return pod;
    }
}
