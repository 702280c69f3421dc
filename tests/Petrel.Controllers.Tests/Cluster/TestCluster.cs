using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Controllers.Hosting;
using Petrel.Storage.Backends.Embedded;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

/// <summary>
/// A real API server in this process with all controllers, each under its own service account with no more than upstream's
/// bootstrap roles allow. No nodes and no scheduler: tests play those.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly Lazy<PkiFolder> Pki = new(static () => PkiFolder.Open(Path.Combine(Directory.CreateTempSubdirectory("petrel-pki-").FullName, "pki"), TimeProvider.System));

    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();
    private readonly CancellationTokenSource _stop = new();
    private readonly ServerSecurity _security;
    private readonly ApiServer.ApiServer _server;
    private readonly FailureLog _failures = new();
    private Task _running = Task.CompletedTask;
    private Task _following = Task.CompletedTask;

    private TestCluster()
    {
        _security = new ServerSecurity(Pki.Value, _store, new SecurityOptions(), TimeProvider.System, NullLogger<ServerSecurity>.Instance);
        _server = new ApiServer.ApiServer(new ApiServerOptions(), _store, _security, TimeProvider.System, NullLoggerFactory.Instance);
        Api = _server.As(Components.ApiServer, "test");
    }

    /// <summary>The API for one who may do everything.</summary>
    public IApi Api { get; }

    public ApiServer.ApiServer Server => _server;

    public static async Task<TestCluster> StartAsync(ControllerOptions? options = null)
    {
        var cluster = new TestCluster();
        await cluster._security.StartAsync(CancellationToken.None);
        await cluster._server.StartAsync(CancellationToken.None);
        cluster._following = cluster._server.FollowDefinitionsAsync(cluster._stop.Token);
        await new SystemNamespaces().RunAsync(cluster.Api, CancellationToken.None);
        await new BootstrapPolicy().RunAsync(cluster.Api, CancellationToken.None);
        await cluster._security.CatchUpAsync(CancellationToken.None);

        var host = new ControllerHost((options ?? new ControllerOptions { RootCertificateAuthorityPem = "PEM" }) with { TokenSigner = cluster._security.IssueLegacyToken }, account => cluster._server.As(Components.Controller(account), "kube-controller-manager"), TimeProvider.System, cluster._failures);
        cluster._running = host.RunAsync(cluster._stop.Token);

        // As in any cluster, pods are refused until their namespace has its service account.
        await cluster.UntilAsync<ServiceAccount>("default", "default", static _ => true);
        return cluster;
    }

    /// <summary>Waits until the object exists and satisfies the condition, and returns it.</summary>
    public async Task<T> UntilAsync<T>(string? @namespace, string name, Func<T, bool> condition, string what = "") where T : ApiObject, IResource<T>, IApiType<T>
    {
        T? last = null;
        await UntilAsync(async () => (last = await Api.FindAsync<T>(@namespace, name, CancellationToken.None)) is not null && condition(last), () => $"{T.Info.Kind} {name}: {what} last seen as {last}");
        return last!;
    }

    /// <summary>Waits until the objects of a namespace satisfy the condition, and returns them.</summary>
    public async Task<IReadOnlyList<T>> UntilListAsync<T>(string? @namespace, Func<IReadOnlyList<T>, bool> condition) where T : ApiObject, IResource<T>, IApiType<T>
    {
        IReadOnlyList<T> last = [];
        await UntilAsync(
            async () => condition(last = (await Api.ListAsync<T>(@namespace, new ListOptions(), CancellationToken.None)).Items),
            () => $"list of {T.Info.Resource}: last seen as {string.Join('\n', last)}");
        return last;
    }

    public Task UntilGoneAsync<T>(string? @namespace, string name) where T : ApiObject, IResource<T>, IApiType<T> =>
        UntilAsync(async () => await Api.FindAsync<T>(@namespace, name, CancellationToken.None) is null, () => $"{T.Info.Kind} {name} is still there");

    public async Task UntilAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.False(_running.IsCompleted, $"the controllers ended: {_running.Exception}");
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), $"{what()}\n{string.Join('\n', _failures.Lines)}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    public Task<T> PatchAsync<T>(string? @namespace, string name, string json, string? subresource = null) where T : ApiObject, IResource<T>, IApiType<T> =>
        Api.PatchAsync<T>(@namespace, name, PatchBody.Strategic(json), subresource, CancellationToken.None);

    /// <summary>Does what a node would: the pod runs and is ready.</summary>
    public Task MakeReadyAsync(Pod pod, string ip = "10.244.0.7") => PatchAsync<Pod>(
        pod.Metadata.Namespace,
        pod.Metadata.Name,
        $$$"""{"status":{"phase":"Running","podIP":"{{{ip}}}","podIPs":[{"ip":"{{{ip}}}"}],"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2024-01-01T00:00:00Z"}]}}""",
        "status");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _following;
        _stop.Dispose();
        await _security.DisposeAsync();
        await _store.DisposeAsync();
    }
}
