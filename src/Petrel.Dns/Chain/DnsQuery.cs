using System.Net;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Chain;

/// <summary>One question on its way down a chain.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Flags">The header flags as the client set them.</param>
/// <param name="Edns">The client's EDNS; null when it sent none.</param>
/// <param name="Transport">How the question came.</param>
/// <param name="Client">The asker's socket address, valid until the query is answered; null for internal queries.</param>
/// <param name="Chain">The head of the chain, for a plugin that has to ask a further question.</param>
public sealed record DnsQuery(
    DnsQuestion Question, MessageFlags Flags, Edns? Edns, DnsTransport Transport, SocketAddress? Client, DnsStep Chain)
{
    /// <summary>How many aliases one answer may follow; longer chains end without an address, as in CoreDNS.</summary>
    public const int DepthMax = 8;

    /// <summary>How many questions led to this one.</summary>
    public int Depth { get; private init; }

    /// <summary>Asks the same of another name, through the whole chain. The caller keeps within <see cref="DepthMax"/>.</summary>
    public ValueTask<DnsResponse> AskAboutAsync(DnsName target, CancellationToken cancellationToken)
    {
        DnsQuery query = this with
        {
            Question = Question with { Name = target },
            Transport = DnsTransport.Internal,
            Depth = Depth + 1,
        };
        return Chain(query, cancellationToken);
    }
}
