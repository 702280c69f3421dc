using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Petrel.Dns.Wire;

/// <summary>A whole message with exactly one question, as it comes from or goes to the wire.</summary>
/// <param name="Id">Chosen by the asker, echoed by the answerer.</param>
/// <param name="Flags">The header's flags, with the low bits of the response code.</param>
/// <param name="Question">Null only in a reply to a request whose question could not be read.</param>
/// <param name="Sections">The records.</param>
/// <param name="Edns">The OPT record's fixed part; null when there is none.</param>
public sealed record DnsMessage(ushort Id, MessageFlags Flags, DnsQuestion? Question, MessageSections Sections, Edns? Edns)
{
    /// <summary>All twelve bits of the response code.</summary>
    public ResponseCode ResponseCode => (ResponseCode)(((Edns?.ResponseCodeHigh ?? 0) << 4) | Flags.ResponseCodeLow);

    /// <summary>The id in a message of at least header size.</summary>
    internal static ushort ReadId(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message);

    /// <summary>The flags in a message of at least header size.</summary>
    internal static MessageFlags ReadFlags(ReadOnlySpan<byte> message) => new(BinaryPrimitives.ReadUInt16BigEndian(message[2..]));

    /// <summary>
    /// Reads a message. False for anything malformed, for a question count other than one, and for more than one OPT record
    /// (RFC 6891 section 6.1.1). Bytes after the last record are ignored.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DnsMessage? message)
    {
        message = null;
        MessageReader reader = new(bytes);
        if (!reader.TryReadUInt16(out ushort id)
            || !reader.TryReadUInt16(out ushort flags)
            || !reader.TryReadUInt16(out ushort questions)
            || !reader.TryReadUInt16(out ushort answers)
            || !reader.TryReadUInt16(out ushort authorities)
            || !reader.TryReadUInt16(out ushort additionals)
            || questions != 1
            || !reader.TryReadQuestion(out DnsQuestion question))
        {
            return false;
        }

        Edns? edns = null;
        bool complete = TryReadSection(ref reader, answers, ref edns, isAdditional: false, out ImmutableArray<ResourceRecord> answer);
        complete &= TryReadSection(ref reader, complete ? authorities : 0, ref edns, isAdditional: false, out ImmutableArray<ResourceRecord> authority);
        complete &= TryReadSection(ref reader, complete ? additionals : 0, ref edns, isAdditional: true, out ImmutableArray<ResourceRecord> additional);
        if (!complete)
        {
            return false;
        }

        MessageSections sections = new() { Answers = answer, Authority = authority, Additional = additional };
        message = new DnsMessage(id, new MessageFlags(flags), question, sections, edns);
        return true;
    }

    private static bool TryReadSection(
        ref MessageReader reader, int count, ref Edns? edns, bool isAdditional, out ImmutableArray<ResourceRecord> records)
    {
        records = [];
        ImmutableArray<ResourceRecord>.Builder? builder = null;
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadRecord(out ResourceRecord? record))
            {
                return false;
            }

            if (record!.Type != RecordType.Opt)
            {
                // Grows with what was really read: the count is the sender's claim.
                builder ??= ImmutableArray.CreateBuilder<ResourceRecord>();
                builder.Add(record);
                continue;
            }

            if (!isAdditional || edns is not null || !record.Name.IsRoot)
            {
                return false;
            }

            edns = Wire.Edns.FromRecordFields((ushort)record.Class, record.TimeToLiveSeconds);
        }

        records = builder?.DrainToImmutable() ?? [];
        return true;
    }
}
