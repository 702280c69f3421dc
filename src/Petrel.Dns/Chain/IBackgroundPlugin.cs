namespace Petrel.Dns.Chain;

/// <summary>A plugin with something to do besides answering, such as probing upstreams.</summary>
public interface IBackgroundPlugin
{
    /// <summary>Runs from when the server listens until it stops, which cancels the token; may end earlier.</summary>
    Task RunAsync(DnsStep chain, CancellationToken stopping);
}
