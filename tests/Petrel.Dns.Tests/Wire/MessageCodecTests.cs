using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Wire;

public sealed class MessageCodecTests
{
    private static readonly DnsName Web = DnsName.Parse("web.default.svc.cluster.local");
    private static readonly DnsName Zone = DnsName.Parse("cluster.local");

    [Fact]
    public void Every_section_and_built_type_survives_a_round_trip()
    {
        DnsMessage message = Message(
            answers:
            [
                RecordData.Address(Web, 30, IPAddress.Parse("10.96.0.20")),
                RecordData.Address(Web, 30, IPAddress.Parse("fd00::20")),
                RecordData.Srv(Web, 30, 1, 2, 443, DnsName.Parse("a.web.default.svc.cluster.local")),
                RecordData.Cname(Web, 5, DnsName.Parse("www.example.com")),
                RecordData.Ptr(DnsName.Parse("20.0.96.10.in-addr.arpa"), 30, Web),
                RecordData.Text(DnsName.Parse("dns-version.cluster.local"), 28800, "1.1.0"),
                RecordData.NameServer(Zone, 30, DnsName.Parse("ns.dns.cluster.local")),
            ],
            authority: [RecordData.Soa(Zone, 30, new StartOfAuthority(DnsName.Parse("ns.dns.cluster.local"), DnsName.Parse("hostmaster.cluster.local"), 7, 1, 2, 3, 4))],
            additional: [RecordData.Address(DnsName.Parse("a.web.default.svc.cluster.local"), 30, IPAddress.Loopback)],
            edns: new Edns(1232, DnssecOk: true, ResponseCodeHigh: 1));

        DnsMessage read = RoundTrip(message);

        Assert.Equal(message.Id, read.Id);
        Assert.Equal(message.Flags, read.Flags);
        Assert.Equal(message.Question, read.Question);
        Assert.Equal(message.Edns, read.Edns);
        Assert.Equal<ResourceRecord>(message.Sections.Answers, read.Sections.Answers);
        Assert.Equal<ResourceRecord>(message.Sections.Authority, read.Sections.Authority);
        Assert.Equal<ResourceRecord>(message.Sections.Additional, read.Sections.Additional);
    }

    [Fact]
    public void A_repeated_name_costs_two_bytes()
    {
        ImmutableArray<ResourceRecord> one = [RecordData.Address(Web, 30, IPAddress.Loopback)];
        int first = Encode(Message(one)).Length;
        int second = Encode(Message(one.Add(RecordData.Address(Web, 30, IPAddress.Any)))).Length;
        Assert.Equal(2 + 10 + 4, second - first);
    }

    [Fact]
    public void The_owner_echoes_the_question_in_the_clients_case()
    {
        DnsName asked = DnsName.Parse("WeB.DeFault.svc.cluster.local");
        DnsMessage message = Message([RecordData.Address(Web, 30, IPAddress.Loopback)]) with { Question = new DnsQuestion(asked, RecordType.A) };
        DnsMessage read = RoundTrip(message);
        Assert.Equal(asked.ToString(), read.Sections.Answers[0].Name.ToString());
    }

    [Fact]
    public void A_target_of_srv_is_not_compressed()
    {
        // RFC 2782: "name compression is not to be used for this field".
        byte[] bytes = Encode(Message([RecordData.Srv(Web, 30, 0, 100, 80, Web)]));
        Assert.True(bytes.AsSpan().EndsWith(Web.Wire));
    }

    [Fact]
    public void A_record_of_unknown_type_passes_through()
    {
        ResourceRecord unknown = new(Web, (RecordType)65280, 7, new byte[] { 0xC0, 0x0C, 1, 2, 3 }, (RecordClass)7);
        Assert.Equal(unknown, RoundTrip(Message([unknown])).Sections.Answers[0]);
    }

    [Theory]
    [InlineData(RecordType.MX, 2)]
    [InlineData(RecordType.Afsdb, 2)]
    [InlineData(RecordType.Srv, 6)]
    [InlineData(RecordType.NS, 0)]
    [InlineData(RecordType.Dname, 0)]
    [InlineData(RecordType.Rrsig, 18)]
    public void A_compressed_name_in_data_is_expanded(RecordType type, int prefixBytes)
    {
        byte[] pointer = [0xC0, WireLimits.HeaderBytes];
        ResourceRecord compressed = new(Web, RecordType.None, 7, new byte[prefixBytes].Concat(pointer).ToArray());
        byte[] bytes = Encode(Message([compressed]));
        SetTypeOfOnlyAnswer(bytes, type);

        Assert.True(DnsMessage.TryParse(bytes, out DnsMessage? read));
        byte[] expected = [.. new byte[prefixBytes], .. Web.Wire];
        Assert.Equal(expected, read!.Sections.Answers[0].Data.ToArray());
    }

    [Fact]
    public void A_naptr_record_has_strings_before_its_name()
    {
        byte[] data = [0, 1, 0, 2, 1, (byte)'u', 3, (byte)'s', (byte)'i', (byte)'p', 0, 0xC0, WireLimits.HeaderBytes];
        byte[] bytes = Encode(Message([new ResourceRecord(Web, RecordType.None, 7, data)]));
        SetTypeOfOnlyAnswer(bytes, RecordType.Naptr);

        Assert.True(DnsMessage.TryParse(bytes, out DnsMessage? read));
        byte[] expected = [.. data.AsSpan(0, 11), .. Web.Wire];
        Assert.Equal(expected, read!.Sections.Answers[0].Data.ToArray());
    }

    [Fact]
    public void A_ttl_with_the_top_bit_counts_as_zero() =>
        Assert.Equal(0u, RoundTrip(Message([RecordData.Address(Web, 0x8000_0001, IPAddress.Loopback)])).Sections.Answers[0].TimeToLiveSeconds);

    [Fact]
    public void Answers_that_do_not_fit_set_the_truncated_flag()
    {
        ImmutableArray<ResourceRecord> answers = [.. Enumerable.Range(1, 100).Select(i => RecordData.Address(Web, 30, new IPAddress([10, 0, 0, (byte)i])))];
        byte[] buffer = new byte[WireLimits.UdpBytesDefault];
        int length = MessageEncoder.Encode(Message(answers, edns: new Edns(1232)), buffer);

        Assert.True(DnsMessage.TryParse(buffer.AsSpan(0, length), out DnsMessage? read));
        Assert.True(read!.Flags.Truncated);
        Assert.InRange(read.Sections.Answers.Length, 20, 99);
        Assert.NotNull(read.Edns);
    }

    [Fact]
    public void Additional_records_that_do_not_fit_are_left_out_silently()
    {
        ImmutableArray<ResourceRecord> many = [.. Enumerable.Range(1, 100).Select(i => RecordData.Address(Web, 30, new IPAddress([10, 0, 0, (byte)i])))];
        byte[] buffer = new byte[WireLimits.UdpBytesDefault];
        int length = MessageEncoder.Encode(Message(many[..1], additional: many), buffer);

        Assert.True(DnsMessage.TryParse(buffer.AsSpan(0, length), out DnsMessage? read));
        Assert.False(read!.Flags.Truncated);
        Assert.InRange(read.Sections.Additional.Length, 20, 99);
    }

    [Fact]
    public void A_message_beyond_the_reach_of_pointers_stays_readable()
    {
        ImmutableArray<ResourceRecord> answers =
            [.. Enumerable.Range(0, 1500).Select(i => RecordData.Ptr(DnsName.Parse($"p{i}.example"), 30, DnsName.Parse($"t{i}.other.example")))];
        byte[] bytes = Encode(Message(answers));
        Assert.True(bytes.Length > WireLimits.CompressionOffsetEnd);
        Assert.True(DnsMessage.TryParse(bytes, out DnsMessage? read));
        Assert.Equal<ResourceRecord>(answers, read!.Sections.Answers);
    }

    [Fact]
    public void Two_opt_records_are_malformed()
    {
        byte[] bytes = Encode(Message([], edns: new Edns(1232)));
        byte[] twice = [.. bytes, .. bytes.AsSpan(^WireLimits.OptRecordBytes..)];
        twice[11] = 2;
        Assert.True(DnsMessage.TryParse(bytes, out _));
        Assert.False(DnsMessage.TryParse(twice, out _));
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x0C })]
    [InlineData(new byte[] { 0xC0, 0x0E })]
    [InlineData(new byte[] { 1, (byte)'a', 0xC0, 0x0C })]
    [InlineData(new byte[] { 0x40, 0 })]
    [InlineData(new byte[] { 0x80, 0 })]
    [InlineData(new byte[] { 5, (byte)'a' })]
    [InlineData(new byte[] { 0xC0 })]
    public void A_name_that_never_ends_or_leaves_the_message_is_malformed(byte[] name)
    {
        byte[] bytes = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name, 0, 1, 0, 1];
        Assert.False(DnsMessage.TryParse(bytes, out _));
    }

    [Fact]
    public void Pointers_cannot_make_a_name_longer_than_255_bytes()
    {
        // Each answer's owner is one more label in front of the one before.
        List<byte> bytes = [0, 1, 0x80, 0, 0, 1, 0, 40, 0, 0, 0, 0, 7, .. "aaaaaaa"u8, 0, 0, 1, 0, 1];
        int previous = WireLimits.HeaderBytes;
        for (int i = 0; i < 40; i++)
        {
            int start = bytes.Count;
            bytes.AddRange([7, .. "aaaaaaa"u8, (byte)(0xC0 | (previous >> 8)), (byte)previous, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
            previous = start;
        }

        Assert.False(DnsMessage.TryParse([.. bytes], out _));
    }

    [Fact]
    public void A_claimed_count_costs_nothing_when_the_records_are_missing()
    {
        byte[] bytes = [0, 1, 0x80, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 1, 0, 1];
        Assert.False(DnsMessage.TryParse(bytes, out _));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(DnsMessage.TryParse(bytes, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    internal static DnsMessage Message(
        ImmutableArray<ResourceRecord> answers,
        ImmutableArray<ResourceRecord> authority = default,
        ImmutableArray<ResourceRecord> additional = default,
        Edns? edns = null) => new(
            4711,
            new MessageFlags { IsResponse = true, RecursionDesired = true, Authoritative = true },
            new DnsQuestion(Web, RecordType.A),
            new MessageSections { Answers = answers, Authority = authority, Additional = additional },
            edns);

    internal static byte[] Encode(DnsMessage message)
    {
        byte[] buffer = new byte[WireLimits.MessageBytesMax];
        return buffer[..MessageEncoder.Encode(message, buffer)];
    }

    private static DnsMessage RoundTrip(DnsMessage message)
    {
        Assert.True(DnsMessage.TryParse(Encode(message), out DnsMessage? read));
        return read!;
    }

    /// <summary>Lets a test write data as it stands, and then call it a type whose names the reader expands.</summary>
    private static void SetTypeOfOnlyAnswer(byte[] bytes, RecordType type) =>
        bytes[WireLimits.HeaderBytes + Web.Wire.Length + 4 + 2 + 1] = (byte)type;
}
