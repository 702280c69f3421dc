using System.Net;
using System.Text;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Watching;
using Petrel.Client.Api;
using Petrel.Storage;
using Petrel.Storage.Backends.Embedded;
using Xunit;

namespace Petrel.ApiServer.Tests.Watching;

/// <summary>Many watches of the same events, whatever their format, and watches that do not read.</summary>
public sealed class WatchSharingTests
{
    private const int Watches = 20;

    private static readonly EventForm Json = new(MediaType.Json, Projection.None, "", "", HasColumns: false);
    private static readonly EventForm Protobuf = Json with { MediaType = MediaType.Protobuf };

    private static readonly ResourceStore Store = new(EmbeddedStore.OpenInMemory(), ResourceType.Of<ConfigMap>(), TimeProvider.System);

    [Fact]
    public void An_event_is_encoded_once_for_each_form_and_let_go_of_when_all_have_it()
    {
        var events = new SharedEvents(Store);
        var readers = Enumerable.Range(0, Watches).Select(_ => events.Join(Store.RangeOf("default"))).ToList();
        var encodings = 0;
        byte[] Encode(ApiObject value, EventForm form)
        {
            encodings++;
            return JsonEncoding.Encode(value);
        }

        for (var revision = 1; revision <= 3; revision++)
        {
            var change = Change(revision);
            foreach (var reader in readers)
            {
                var taken = reader.Take(change);
                Assert.Equal(taken.Encoded(Json, isLast: false, Encode), taken.Encoded(Protobuf, isLast: false, Encode));
                Assert.Equal(ReferenceEquals(reader, readers[^1]) ? 0 : 1, events.Held);
            }
        }

        Assert.Equal(6, encodings);
    }

    [Fact]
    public void Watches_of_one_namespace_and_of_all_share_what_somebody_holds()
    {
        var events = new SharedEvents(Store);
        using var one = events.Join(Store.RangeOf("default"));
        using var other = events.Join(Store.RangeOf("default"));
        using var all = events.Join(Store.RangeOf(""));
        Assert.Same(one.Take(Change(1)), all.Take(Change(1)));
        Assert.Equal(1, events.Held);
    }

    [Fact]
    public void A_watch_that_is_behind_holds_little_and_still_gets_everything()
    {
        var events = new SharedEvents(Store);
        using var behind = events.Join(Store.RangeOf(""));
        var ahead = events.Join(Store.RangeOf(""));
        const int Count = SharedEvents.KeptMax * 3;
        for (var revision = 1; revision <= Count; revision++)
        {
            Assert.Equal(revision, ahead.Take(Change(revision)).Revision);
        }

        Assert.Equal(SharedEvents.KeptMax, events.Held);
        ahead.Dispose();
        for (var revision = 1; revision <= Count; revision++)
        {
            Assert.Equal(revision, behind.Take(Change(revision)).Revision);
        }

        Assert.Equal(0, events.Held);
    }

    [Fact]
    public void A_watch_of_the_past_disturbs_nobody()
    {
        var events = new SharedEvents(Store);
        using var first = events.Join(Store.RangeOf(""));
        first.Take(Change(10));
        using var late = events.Join(Store.RangeOf(""));
        Assert.Equal([7L, 8, 10, 11], new[] { 7, 8, 10, 11 }.Select(revision => late.Take(Change(revision)).Revision));
        Assert.Equal(11, first.Take(Change(11)).Revision);
        Assert.Equal(0, events.Held);
    }

    [Theory]
    [InlineData("application/json", "")]
    [InlineData("application/json", "labelSelector=app")]
    [InlineData("application/json;as=Table;g=meta.k8s.io;v=v1", "")]
    [InlineData("application/json;as=Table;g=meta.k8s.io;v=v1", "includeObject=Object")]
    [InlineData("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", "")]
    [InlineData("application/vnd.kubernetes.protobuf", "")]
    [InlineData("application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", "")]
    public async Task Every_watch_of_a_format_gets_the_same_bytes(string accept, string query)
    {
        await using var server = await TestServer.StartAsync();
        using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
        var version = (await server.Admin.SendAsync("GET", Requests.ConfigMaps)).Body.Text("metadata", "resourceVersion");
        var bodies = new List<Stream>();
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, (i == 0 ? "/api/v1/configmaps" : Requests.ConfigMaps) + "?watch=1&resourceVersion=" + version + "&" + query) { Version = HttpVersion.Version20 };
            request.Headers.TryAddWithoutValidation("Accept", accept);
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            bodies.Add(await answer.Content.ReadAsStreamAsync());
        }

        await server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"a","labels":{"app":"x"}},"data":{"k":"v"}}""");
        await server.Admin.SendAsync("PATCH", Requests.ConfigMaps + "/a", """{"data":{"k":"w"}}""", "application/merge-patch+json");
        await server.Admin.SendAsync("PATCH", Requests.ConfigMaps + "/a", """{"metadata":{"labels":{"app":null}}}""", "application/merge-patch+json");
        await server.Admin.SendAsync("DELETE", Requests.ConfigMaps + "/a");
        var isSelected = query.StartsWith("label", StringComparison.Ordinal);
        string[] expected = isSelected ? ["ADDED", "MODIFIED", "DELETED"] : ["ADDED", "MODIFIED", "MODIFIED", "DELETED"];
        var seen = new List<string>();
        foreach (var body in bodies)
        {
            seen.Add(await ReadAsync(body, expected));
        }

        Assert.Single(seen.Distinct());
        if (accept.Contains("Table", StringComparison.Ordinal))
        {
            // Only the first event describes the columns.
            Assert.Equal(1, seen[0].Split("\"columnDefinitions\":[").Length - 1);
        }

        if (accept.Contains("protobuf;as", StringComparison.Ordinal))
        {
            Assert.Contains("PartialObjectMetadata", seen[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_watch_that_never_reads_is_ended_when_it_is_too_far_behind()
    {
        await using var store = EmbeddedStore.OpenInMemory(new EmbeddedStoreOptions { WatchBacklogLimit = 20 });
        await using var server = await TestServer.StartAsync(store: store);
        using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
        using var request = new HttpRequestMessage(HttpMethod.Get, Requests.ConfigMaps + "?watch=1");
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.kubernetes.protobuf");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var filler = new string('x', 100_000);
        await server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"a"}}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var i = 0; await OpenWatchesAsync(server) > 0; i++)
        {
            Assert.False(patience.IsCancellationRequested, "the watch is still open");
            await server.Admin.SendAsync("PATCH", Requests.ConfigMaps + "/a", $$$"""{"data":{"k":"{{{i}}}{{{filler}}}"}}""", "application/merge-patch+json");
        }
    }

    private static async Task<long> OpenWatchesAsync(TestServer server)
    {
        var metrics = await server.Admin.SendAsync(new ApiRequest("GET", "/metrics"), default);
        return Encoding.UTF8.GetString(metrics.Body.Span).Split('\n')
            .Where(static line => line.StartsWith("apiserver_longrunning_requests{verb=\"WATCH\",group=\"\",version=\"v1\",resource=\"configmaps\"", StringComparison.Ordinal))
            .Sum(static line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<string> ReadAsync(Stream body, string[] types)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var text = "";
        var buffer = new byte[64 * 1024];
        int Found() => types.Distinct().Sum(type => text.Split(type).Length - 1);
        while (Found() < types.Length || text.Split("DELETED").Length < 2)
        {
            text += Encoding.Latin1.GetString(buffer.AsSpan(0, await body.ReadAsync(buffer, timeout.Token)));
        }

        return text;
    }

    private static StoreEvent Change(long revision)
    {
        var value = new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "a" } };
        return new StoreEvent(new KeyValue(Store.KeyOf("default", "a"), JsonEncoding.Encode(value), revision, revision, 1, 0), null);
    }
}
