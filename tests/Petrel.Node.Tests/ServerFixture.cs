using Microsoft.Extensions.Logging.Abstractions;
using Petrel.ApiServer;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Node.Tests;

/// <summary>A whole API server over a store in memory.</summary>
public sealed class ServerFixture : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-pki-").FullName;
    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();
    private readonly PkiFolder _pki;
    private readonly ServerSecurity _security;
    private readonly ApiServer.ApiServer _server;

    public ServerFixture()
    {
        _pki = PkiFolder.Open(Path.Combine(_directory, "pki"), TimeProvider.System);
        _security = new ServerSecurity(_pki, _store, new SecurityOptions(), TimeProvider.System, NullLogger<ServerSecurity>.Instance);
        _server = new ApiServer.ApiServer(new ApiServerOptions(), _store, _security, TimeProvider.System, NullLoggerFactory.Instance);
        Api = _server.As(new UserInfo("admin") { Groups = ["system:masters", "system:authenticated"] }, "test");
    }

    public IApi Api { get; }

    /// <summary>What a node's agent may do.</summary>
    public IApi AsNode(string name) => _server.As(new UserInfo("system:node:" + name) { Groups = ["system:nodes", "system:authenticated"] }, "test");

    public async Task StartAsync()
    {
        await _security.StartAsync(CancellationToken.None);
        await new SystemNamespaces().RunAsync(Api, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _security.DisposeAsync();
        await _store.DisposeAsync();
        _pki.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
