using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Wire;

/// <summary>Hostile bytes, from a fixed seed so that a failure repeats.</summary>
public sealed class MessageFuzzTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Random_bytes_never_throw()
    {
        Random random = new(1035);
        int readable = 0;
        for (int i = 0; i < Rounds; i++)
        {
            byte[] bytes = new byte[random.Next(600)];
            random.NextBytes(bytes);
            readable += DnsMessage.TryParse(bytes, out _) ? 1 : 0;
        }

        Assert.InRange(readable, 0, Rounds / 100);
    }

    [Fact]
    public void Damaged_messages_never_throw_and_what_is_read_can_be_written()
    {
        Random random = new(2181);
        byte[] original = MessageCodecTests.Encode(Sample());
        byte[] buffer = new byte[WireLimits.MessageBytesMax];
        int readable = 0;
        for (int i = 0; i < Rounds; i++)
        {
            byte[] damaged = Damage(original, random);
            if (DnsMessage.TryParse(damaged, out DnsMessage? message))
            {
                readable++;
                int length = MessageEncoder.Encode(message!, buffer);
                Assert.True(DnsMessage.TryParse(buffer.AsSpan(0, length), out DnsMessage? again));
                Assert.Equal<ResourceRecord>(message!.Sections.Answers, again!.Sections.Answers);
            }
        }

        Assert.InRange(readable, Rounds / 100, Rounds);
    }

    [Fact]
    public void The_dearest_message_costs_bounded_memory()
    {
        // The question is a name of 255 bytes; every answer's owner and both names of its RP data point to it.
        string label = new('a', 63);
        DnsName longest = DnsName.Parse($"{label}.{label}.{label}.{new string('b', 61)}");
        byte[] head = [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. longest.Wire, 0, 1, 0, 1];
        byte[] record = [0xC0, 12, 0, 17, 0, 1, 0, 0, 0, 0, 0, 4, 0xC0, 12, 0xC0, 12];
        int records = (WireLimits.MessageBytesMax - head.Length) / record.Length;
        byte[] bytes = [.. head, .. Enumerable.Repeat(record, records).SelectMany(copy => copy)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)records);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(DnsMessage.TryParse(bytes, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    private static DnsMessage Sample()
    {
        DnsName web = DnsName.Parse("web.default.svc.cluster.local");
        ImmutableArray<ResourceRecord> answers =
        [
            RecordData.Cname(web, 5, DnsName.Parse("www.example.com")),
            RecordData.Address(web, 30, IPAddress.Loopback),
            RecordData.Srv(web, 30, 0, 100, 80, web),
            RecordData.Ptr(web, 30, web),
            new ResourceRecord(web, RecordType.Naptr, 5, new byte[] { 0, 1, 0, 1, 1, 65, 1, 66, 0, 0 }),
        ];
        ResourceRecord soa = RecordData.Soa(web, 30, new StartOfAuthority(web, web, 1, 2, 3, 4, 5));
        return MessageCodecTests.Message(answers, [soa], [RecordData.Address(web, 1, IPAddress.IPv6Loopback)], new Edns(1232));
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        byte[] damaged = original[..random.Next(random.Next(4) == 0 ? 0 : original.Length, original.Length + 1)];
        for (int hits = random.Next(1, 6); hits > 0 && damaged.Length > 0; hits--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return damaged;
    }
}
