using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Chain;
using Petrel.Dns.Plugins;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Plugins;

public sealed class CachePluginTests
{
    private static readonly DnsName Example = DnsName.Parse("www.example.com");

    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly CachePlugin _cache;
    private readonly DnsStep _chain;
    private DnsResponse _upstream = Answer(300);
    private int _asked;

    public CachePluginTests()
    {
        _cache = new CachePlugin(new CachePluginOptions(), _time);
        _chain = new DnsChain([_cache, new Stub(this)]).Head;
    }

    [Fact]
    public async Task An_answer_is_kept_for_30_seconds_with_falling_ttl()
    {
        Assert.Equal(30u, Ttl(await AskAsync()));
        _time.Advance(TimeSpan.FromSeconds(20.5));
        Assert.Equal(10u, Ttl(await AskAsync()));
        Assert.Equal(1, _asked);
        Assert.Equal((1, 1), (_cache.Hits, _cache.Misses));

        _time.Advance(TimeSpan.FromSeconds(9.5));
        Assert.Equal(30u, Ttl(await AskAsync()));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_ttl_of_zero_is_kept_for_five_seconds()
    {
        _upstream = Answer(0);
        Assert.Equal(5u, Ttl(await AskAsync()));
        _time.Advance(TimeSpan.FromSeconds(5));
        await AskAsync();
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task The_questions_case_does_not_matter_but_its_type_does()
    {
        await AskAsync();
        await AskAsync(name: DnsName.Parse("WWW.example.COM"));
        Assert.Equal(1, _asked);
        await AskAsync(type: RecordType.Aaaa);
        Assert.Equal(2, _asked);
        await AskAsync(edns: new Edns(1232, DnssecOk: true));
        Assert.Equal(3, _asked);
    }

    [Theory]
    [InlineData(ResponseCode.NameError)]
    [InlineData(ResponseCode.NoError)]
    public async Task A_denial_is_kept_as_long_as_its_soa_record_says(ResponseCode code)
    {
        _upstream = new DnsResponse(code, new MessageSections { Authority = [Soa(ttl: 60, minimum: 12)] });
        Assert.Equal(12u, (await AskAsync()).Sections.Authority[0].TimeToLiveSeconds);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(code, (await AskAsync()).Code);
        Assert.Equal(1, _asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync();
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task An_upstreams_failure_is_kept_for_five_seconds()
    {
        _upstream = new DnsResponse(ResponseCode.ServerFailure, default);
        await AskAsync();
        await AskAsync();
        Assert.Equal(1, _asked);
        _time.Advance(TimeSpan.FromSeconds(5));
        await AskAsync();
        Assert.Equal(2, _asked);
    }

    public static TheoryData<string> Uncacheable => ["own failure", "truncated", "current", "refused", "nxdomain without soa"];

    [Theory]
    [MemberData(nameof(Uncacheable))]
    public async Task What_may_not_be_kept_is_asked_again(string response)
    {
        _upstream = response switch
        {
            "own failure" => DnsResponse.Failed(ResponseCode.ServerFailure, "no upstream answered"),
            "truncated" => Answer(300) with { Truncated = true },
            "current" => Answer(300) with { IsCurrent = true },
            "refused" => DnsResponse.Refused,
            _ => new DnsResponse(ResponseCode.NameError, default),
        };
        Assert.Equal(_upstream, await AskAsync());
        await AskAsync();
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task The_number_of_responses_is_bounded()
    {
        CachePlugin small = new(new CachePluginOptions { Capacity = 128 }, _time);
        DnsStep chain = new DnsChain([small, new Stub(this)]).Head;
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 1000; i++)
            {
                await chain(Query(DnsName.Parse($"n{i}.example")), CancellationToken.None);
            }
        }

        Assert.InRange(small.Hits, 0, 128);
    }

    private ValueTask<DnsResponse> AskAsync(DnsName? name = null, RecordType type = RecordType.A, Edns? edns = null) =>
        _chain(Query(name ?? Example, type, edns), CancellationToken.None);

    private DnsQuery Query(DnsName name, RecordType type = RecordType.A, Edns? edns = null) =>
        new(new DnsQuestion(name, type), default, edns, DnsTransport.Internal, Client: null, _chain);

    private static uint Ttl(DnsResponse response) => response.Sections.Answers[0].TimeToLiveSeconds;

    private static DnsResponse Answer(uint ttl)
    {
        ImmutableArray<ResourceRecord> answers = [RecordData.Address(Example, ttl, IPAddress.Loopback)];
        return new DnsResponse(ResponseCode.NoError, new MessageSections { Answers = answers });
    }

    private static ResourceRecord Soa(uint ttl, uint minimum) =>
        RecordData.Soa(DnsName.Parse("example.com"), ttl, new StartOfAuthority(Example, Example, 1, 2, 3, 4, minimum));

    private sealed class Stub(CachePluginTests test) : IDnsPlugin
    {
        public string Name => "stub";

        public ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
        {
            test._asked++;
            return ValueTask.FromResult(test._upstream);
        }
    }
}
