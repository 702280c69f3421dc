using Petrel.Dns.Wire;

namespace Petrel.Dns.Forwarding;

/// <summary>Whether a message is the reply to a request: same id, same question (RFC 5452 section 9.1).</summary>
internal static class ReplyMatch
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, DnsMessage request, out DnsMessage? reply) =>
        DnsMessage.TryParse(bytes, out reply)
        && reply!.Flags.IsResponse
        && reply.Id == request.Id
        && reply.Question == request.Question;
}
