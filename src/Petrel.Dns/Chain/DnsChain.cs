namespace Petrel.Dns.Chain;

/// <summary>Plugins in the order a query meets them.</summary>
public sealed class DnsChain
{
    /// <param name="plugins">First to last.</param>
    public DnsChain(IReadOnlyList<IDnsPlugin> plugins)
    {
        Plugins = plugins;
        DnsStep step = RefuseAsync;
        foreach (IDnsPlugin plugin in plugins.Reverse())
        {
            DnsStep next = step;
            step = (query, cancellationToken) => plugin.AnswerAsync(query, next, cancellationToken);
        }

        Head = step;
    }

    public IReadOnlyList<IDnsPlugin> Plugins { get; }

    /// <summary>Answers through the whole chain. A query that no plugin answers is refused.</summary>
    public DnsStep Head { get; }

    private static ValueTask<DnsResponse> RefuseAsync(DnsQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(DnsResponse.Refused);
}
