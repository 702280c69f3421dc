using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.ApiServer.Tests;

/// <summary>A whole API server over a store in memory: in process, and over TLS on a port of its own when asked for.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    // Keys are the slow part of a start, so all tests have the same.
    private static readonly Lazy<PkiFolder> SharedPki = new(static () => PkiFolder.Open(Path.Combine(Directory.CreateTempSubdirectory("petrel-pki-").FullName, "pki"), TimeProvider.System));

    // The certificate is a file, which servers that start together would write over each other's.
    private static readonly Lazy<ServingCertificate> SharedServing = new(static () => Pki.Serving(CertificateNames.ForApiServer("cluster.local", System.Net.IPAddress.Parse("10.96.0.1"), [], [])));

    private readonly EmbeddedStore _store;
    private readonly bool _ownsStore;
    private readonly ServerSecurity _security;
    private readonly CancellationTokenSource _stop = new();
    private HttpsHost? _listener;
    private Task _running = Task.CompletedTask;

    private TestServer(SecurityOptions options, ApiServerOptions serverOptions, EmbeddedStore? store, TimeProvider time)
    {
        _ownsStore = store is null;
        _store = store ?? EmbeddedStore.OpenInMemory();
        _security = new ServerSecurity(Pki, _store, options, time, NullLogger<ServerSecurity>.Instance);
        Server = new ApiServer(serverOptions, _store, _security, time, NullLoggerFactory.Instance);
        Admin = Server.As(Administrator, "test");
    }

    public static UserInfo Administrator { get; } = new("admin") { Groups = [SystemIdentities.Masters, SystemIdentities.AuthenticatedGroup] };

    public static PkiFolder Pki => SharedPki.Value;

    public ApiServer Server { get; }

    /// <summary>The API for one who may do everything.</summary>
    public IApi Admin { get; }

    /// <param name="servicesIn">Service address ranges; the usual one when null.</param>
    /// <param name="serverOptions">All other settings.</param>
    /// <param name="store">A store that outlives the server; one of its own when null.</param>
    /// <param name="admission">Which plugins run; those on by default when null.</param>
    public static async Task<TestServer> StartAsync(
        SecurityOptions? options = null, string? servicesIn = null, EmbeddedStore? store = null, TimeProvider? time = null, AdmissionOptions? admission = null, ApiServerOptions? serverOptions = null)
    {
        serverOptions ??= new ApiServerOptions();
        serverOptions = admission is null ? serverOptions : serverOptions with { Admission = admission };
        serverOptions = servicesIn is null ? serverOptions : serverOptions with { ServiceClusterIpRange = servicesIn };
        var server = new TestServer(options ?? new SecurityOptions(), serverOptions, store, time ?? TimeProvider.System);
        await server._security.StartAsync(CancellationToken.None);
        await server.Server.StartAsync(CancellationToken.None);
        server._running = server.Server.FollowDefinitionsAsync(server._stop.Token);
        await new SystemNamespaces().RunAsync(server.Admin, CancellationToken.None);
        return server;
    }

    /// <summary>Opens a TLS port on the loopback address and says where.</summary>
    public async Task<Uri> ListenAsync()
    {
        var tls = new ServerTls(SharedServing.Value, Pki.Authority);
        _listener = await HttpsHost.StartAsync(
            Server, new ApiServerOptions { BindAddress = "127.0.0.1", SecurePort = 0 }, tls, NullLoggerFactory.Instance, CancellationToken.None);
        return new Uri($"https://127.0.0.1:{_listener.Port}");
    }

    /// <summary>Stops the listener as the program does when it is told to.</summary>
    public Task StopListeningAsync() => _listener!.StopAsync(TimeProvider.System);

    /// <summary>A client that trusts the server, without credentials or with a certificate.</summary>
    public static HttpClient Client(Uri address, IssuedCertificate? credentials = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Pki.Authority.Roots);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = policy } };
        if (credentials is not null)
        {
            handler.SslOptions.ClientCertificates = [credentials.Load()];
        }

        return new HttpClient(handler) { BaseAddress = address, DefaultRequestVersion = System.Net.HttpVersion.Version20 };
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        await Server.DisposeAsync();
        await _security.DisposeAsync();
        if (_ownsStore)
        {
            await _store.DisposeAsync();
        }
    }
}
