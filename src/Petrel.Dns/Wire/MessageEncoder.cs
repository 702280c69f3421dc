using System.Collections.Immutable;

namespace Petrel.Dns.Wire;

/// <summary>Writes whole messages, leaving out what does not fit.</summary>
public static class MessageEncoder
{
    private const int FlagsOffset = 2;
    private const int FirstCountOffset = 4;

    /// <summary>
    /// Writes a message and returns its length. Records that do not fit are left out; the TC flag then tells the client to
    /// ask again over TCP, unless only additional records are missing, which nobody depends on (RFC 2181 section 9).
    /// </summary>
    /// <exception cref="ArgumentException">Not even header, question and OPT record fit: the buffer is below 512 bytes.</exception>
    public static int Encode(DnsMessage message, Span<byte> destination)
    {
        if (destination.Length < WireLimits.UdpBytesDefault)
        {
            throw new ArgumentException("Every transport of DNS carries at least 512 bytes.", nameof(destination));
        }

        int reserved = message.Edns is null ? 0 : WireLimits.OptRecordBytes;
        MessageWriter writer = new(destination[..Math.Min(destination.Length, WireLimits.MessageBytesMax)][..^reserved]);
        WriteHeader(ref writer, message);

        int answers = WriteRecords(ref writer, message.Sections.Answers);
        bool complete = answers == message.Sections.Answers.Length;
        int authority = complete ? WriteRecords(ref writer, message.Sections.Authority) : 0;
        complete &= authority == message.Sections.Authority.Length;
        int additional = complete ? WriteRecords(ref writer, message.Sections.Additional) : 0;

        int length = writer.Length;
        if (message.Edns is { } edns)
        {
            MessageWriter optWriter = new(destination.Slice(length, reserved));
            optWriter.TryWriteEdns(edns);
            length += reserved;
            additional++;
        }

        MessageFlags flags = complete ? message.Flags : message.Flags with { Truncated = true };
        writer.SetUInt16(FlagsOffset, flags.Bits);
        writer.SetUInt16(FirstCountOffset, message.Question is null ? 0 : 1);
        writer.SetUInt16(FirstCountOffset + 2, answers);
        writer.SetUInt16(FirstCountOffset + 4, authority);
        writer.SetUInt16(FirstCountOffset + 6, additional);
        return length;
    }

    private static void WriteHeader(ref MessageWriter writer, DnsMessage message)
    {
        writer.TryWriteUInt16(message.Id);
        for (int offset = FlagsOffset; offset < WireLimits.HeaderBytes; offset += sizeof(ushort))
        {
            writer.TryWriteUInt16(0);
        }

        if (message.Question is { } question)
        {
            writer.TryWriteQuestion(question);
        }
    }

    private static int WriteRecords(ref MessageWriter writer, ImmutableArray<ResourceRecord> records)
    {
        int written = 0;
        while (written < records.Length && writer.TryWriteRecord(records[written]))
        {
            written++;
        }

        return written;
    }
}
