using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Registration;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Aggregation;

/// <summary>A server, an extension server, and the controller that looks whether it can be reached.</summary>
internal sealed class AggregationCase : IAsyncDisposable
{
    public const string Name = "v1.ext.example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _availability;

    private AggregationCase(TestServer server, ExtensionServer extension, HttpClient client)
    {
        (Server, Extension, Client) = (server, extension, client);
        _availability = server.Server.Availability(server.Admin).RunAsync(_stop.Token);
    }

    public TestServer Server { get; }

    public ExtensionServer Extension { get; }

    /// <summary>The administrator over TLS.</summary>
    public HttpClient Client { get; }

    public static async Task<AggregationCase> StartAsync(string serverName = "ext.default.svc", ApiServerOptions? serverOptions = null)
    {
        var server = await TestServer.StartAsync(serverOptions: serverOptions);
        var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
        return new AggregationCase(server, await ExtensionServer.StartAsync(serverName), client);
    }

    /// <summary>Registers the extension server behind a service that names this machine.</summary>
    public async Task RegisterAsync(bool trusted = true)
    {
        await Server.Admin.CreateAsync(
            new Service { Metadata = new ObjectMeta { Namespace = "default", Name = "ext" }, Spec = new ServiceSpec { Type = "ExternalName", ExternalName = "localhost" } }, default);
        await Server.Admin.CreateAsync(Registration(trusted), default);
    }

    public APIService Registration(bool trusted = true) => new()
    {
        Metadata = new ObjectMeta { Name = Name },
        Spec = new APIServiceSpec
        {
            Group = "ext.example.com",
            Version = "v1",
            GroupPriorityMinimum = 100,
            VersionPriority = 10,
            CaBundle = trusted ? Binary.FromUtf8(Extension.AuthorityPem) : default,
            Service = new ServiceReference { Namespace = "default", Name = "ext", Port = Extension.Port },
        },
    };

    /// <summary>The condition once it has the reason.</summary>
    public async Task<APIServiceCondition> AvailabilityAsync(string reason)
    {
        using var timeout = new CancellationTokenSource(Patience);
        APIServiceCondition? last = null;
        try
        {
            await foreach (var change in Server.Admin.WatchAsync<APIService>(null, new ListOptions { FieldSelector = "metadata.name=" + Name }, timeout.Token))
            {
                last = change.Object.Status.Availability;
                if (last?.Reason == reason)
                {
                    return last;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What there is instead says more.
        }

        throw new InvalidOperationException($"the condition is {last}");
    }

    /// <summary>Sends a GET until the answer is as it should be: readers follow what is stored a moment later.</summary>
    public async Task<string> UntilAsync(string path, string accept, Func<string, bool> holds)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await Client.SendAsync(request, timeout.Token);
            var text = await answer.Content.ReadAsStringAsync(timeout.Token);
            if (holds(text))
            {
                return text;
            }

            Assert.False(timeout.IsCancellationRequested, text);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _availability;
        Client.Dispose();
        await Extension.DisposeAsync();
        await Server.DisposeAsync();
        _stop.Dispose();
    }
}
