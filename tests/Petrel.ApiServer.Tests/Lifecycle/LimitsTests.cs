using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Lifecycle;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.Client.Api;
using Petrel.Client.Tests;
using Xunit;

namespace Petrel.ApiServer.Tests.Lifecycle;

/// <summary>The limits of docs/limits.md that no other test is about.</summary>
public sealed class LimitsTests
{
    private readonly ManualTime _time = new();

    public static TheoryData<ApiServerOptions, string> Impossible() => new()
    {
        { new ApiServerOptions { MaxRequestsInFlight = -1 }, "--max-requests-inflight can not be negative value" },
        { new ApiServerOptions { MaxMutatingRequestsInFlight = -1 }, "--max-mutating-requests-inflight can not be negative value" },
        { new ApiServerOptions { MaxRequestsInFlight = 0, MaxMutatingRequestsInFlight = 0 }, "sum of --max-requests-inflight and --max-mutating-requests-inflight must be positive if --enable-priority-and-fairness is set to true" },
        { new ApiServerOptions { RequestTimeout = -TimeSpan.FromSeconds(1) }, "--request-timeout can not be negative value" },
        { new ApiServerOptions { MinRequestTimeout = -TimeSpan.FromSeconds(1) }, "--min-request-timeout can not be negative value" },
        { new ApiServerOptions { ShutdownDelayDuration = -TimeSpan.FromSeconds(1) }, "--shutdown-delay-duration can not be negative value" },
        { new ApiServerOptions { GoAwayChance = 0.03 }, "--goaway-chance can not be less than 0 or greater than 0.02" },
        { new ApiServerOptions { GoAwayChance = double.NaN }, "--goaway-chance can not be less than 0 or greater than 0.02" },
        { new ApiServerOptions { Http2MaxStreamsPerConnection = 0 }, "--http2-max-streams-per-connection must be positive" },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public async Task A_limit_that_cannot_be_is_refused_at_the_start(ApiServerOptions options, string problem)
    {
        Assert.Equal([problem], options.Problems());
        Assert.Equal(problem, (await Assert.ThrowsAsync<FormatException>(() => TestServer.StartAsync(serverOptions: options))).Message);
    }

    [Fact]
    public void The_default_limits_are_possible() => Assert.Empty(new ApiServerOptions().Problems());

    [Theory]
    [InlineData("", 60)]
    [InlineData("?timeout=5s", 5)]
    [InlineData("?timeout=0", 60)]
    [InlineData("?timeout=10m", 60)]
    public async Task A_request_ends_after_its_own_timeout_or_the_servers(string query, int seconds)
    {
        var context = Context("get", query);
        var answering = Deadline().InvokeAsync(context, inner => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, inner.RequestAborted));
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(answering.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var status = (await Assert.ThrowsAsync<StatusException>(() => answering.WaitAsync(TimeSpan.FromSeconds(60)))).Status;
        Assert.Equal((504, "Timeout", "Timeout: request did not complete within the allotted timeout"), (status.Code, status.Reason, status.Message));
        Assert.True(RequestContext.Of(context).WasTerminated);
    }

    [Fact]
    public async Task A_timeout_that_is_no_duration_is_refused()
    {
        var status = (await Assert.ThrowsAsync<StatusException>(() => Deadline().InvokeAsync(Context("get", "?timeout=soon"), static _ => Task.CompletedTask))).Status;
        Assert.Equal((400, "invalid timeout specified in the request URL - time: invalid duration \"soon\""), (status.Code, status.Message));
    }

    [Theory]
    [InlineData("log", "get")]
    [InlineData("exec", "create")]
    [InlineData("", "watch")]
    public async Task What_is_meant_to_last_has_no_deadline(string subresource, string verb)
    {
        var context = Context(verb, "?timeout=1s", subresource);
        await Deadline().InvokeAsync(context, inner =>
        {
            Assert.False(inner.RequestAborted.CanBeCanceled);
            return Task.CompletedTask;
        });
        Assert.Null(RequestContext.Of(context).Timeout);
    }

    [Fact]
    public async Task A_watch_without_a_timeout_ends_after_one_to_two_times_the_minimum()
    {
        await using var server = await TestServer.StartAsync(time: _time, serverOptions: new ApiServerOptions { MinRequestTimeout = TimeSpan.FromMinutes(10) });
        await using var changes = server.Admin.WatchAsync<Namespace>(null, new ListOptions(), default).GetAsyncEnumerator();
        for (var i = 0; i < 4; i++)
        {
            Assert.True(await changes.MoveNextAsync());
        }

        var next = changes.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(next.IsCompleted);

        // The watch sets its alarm after it has sent its initial state, which may be now.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!next.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMinutes(10));
            await Task.Yield();
        }

        Assert.False(await next);
    }

    [Theory]
    [InlineData("HTTP/2", 1.0, true)]
    [InlineData("HTTP/2", 0.0, false)]
    [InlineData("HTTP/1.1", 1.0, false)]
    public async Task Some_clients_of_http2_are_told_to_connect_anew(string protocol, double chance, bool isTold)
    {
        var context = Context("get", "");
        var connection = new Connection();
        context.Request.Protocol = protocol;
        context.Features.Set<IConnectionLifetimeNotificationFeature>(connection);
        var wasServed = false;
        await new GoAwayFilter(chance, new Random(1)).InvokeAsync(context, _ =>
        {
            wasServed = true;
            return Task.CompletedTask;
        });
        Assert.Equal((isTold, true), (connection.IsToldToClose, wasServed));
    }

    [Fact]
    public async Task Long_urls_and_many_headers_are_read_up_to_a_mebibyte()
    {
        await using var server = await TestServer.StartAsync();
        using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            Assert.Equal(HttpStatusCode.OK, await SendAsync(client, version, 60_000));
        }

        Assert.Equal(HttpStatusCode.RequestUriTooLong, await SendAsync(client, HttpVersion.Version11, 1024 * 1024));
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, Version version, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version?x=" + new string('a', length)) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        for (var i = 0; i < 200; i++)
        {
            request.Headers.Add("X-Many", $"{i}");
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private DeadlineFilter Deadline() => new(TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(30), _time);

    private static DefaultHttpContext Context(string verb, string query, string subresource = "")
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        context.Features.Set(new RequestContext { Info = new RequestInfo { Verb = verb, Path = "/api/v1/pods", IsResource = true, Version = "v1", Resource = "pods", Subresource = subresource } });
        return context;
    }

    private sealed class Connection : IConnectionLifetimeNotificationFeature
    {
        public CancellationToken ConnectionClosedRequested { get; set; }

        public bool IsToldToClose { get; private set; }

        public void RequestClose() => IsToldToClose = true;
    }
}
