using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Petrel.Client.Http;

namespace Petrel.ApiServer.Bench;

/// <summary>Watches that see nothing happen: what each takes in memory, and all of them in processor time.</summary>
internal static class IdleWatchBench
{
    public const int Watches = 10_000;

    private const int WatchesPerConnection = 1000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    public static async Task<(double BytesEach, double ProcessorPercent)> RunAsync(Server server)
    {
        var before = server.ResidentMegabytes;
        var clients = new List<HttpClient>();
        var watches = new List<HttpResponseMessage>();
        for (var i = 0; i < Watches / WatchesPerConnection; i++)
        {
            var client = Connect(server.Administrator);
            clients.Add(client);
            watches.AddRange(await Task.WhenAll(Enumerable.Range(0, WatchesPerConnection).Select(_ =>
                client.GetAsync("/api/v1/namespaces/default/configmaps?watch=true&resourceVersion=0", HttpCompletionOption.ResponseHeadersRead))));
        }

        await Task.Delay(Quiet, TimeProvider.System, CancellationToken.None);
        var (processor, started) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Quiet, TimeProvider.System, CancellationToken.None);
        var used = (server.ProcessorTime - processor) / Stopwatch.GetElapsedTime(started) * 100;
        var bytesEach = (server.ResidentMegabytes - before) * 1024 * 1024 / Watches;
        watches.ForEach(static watch => watch.Dispose());
        clients.ForEach(static client => client.Dispose());
        return (bytesEach, used);
    }

    private static HttpClient Connect(HttpApiOptions options)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(options.CertificateAuthorityPem);
        var handler = new SocketsHttpHandler
        {
            SslOptions = { CertificateChainPolicy = policy, ClientCertificates = [X509Certificate2.CreateFromPem(options.ClientCertificatePem, options.ClientKeyPem)] },
        };
        return new HttpClient(handler) { BaseAddress = options.Server, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact, Timeout = Timeout.InfiniteTimeSpan };
    }
}
