namespace Petrel.Dns.Chain;

/// <summary>
/// One link of a chain. A plugin answers by itself, or calls <c>next</c> and returns, changes or merely watches its response.
/// It feels everything below it and must not care what is above. It must be safe for concurrent calls, and should complete
/// synchronously when it need not wait.
/// </summary>
public interface IDnsPlugin
{
    /// <summary>The plugin's directive in a Corefile.</summary>
    string Name { get; }

    /// <summary>
    /// Answers a query. Expected failures are responses with <see cref="DnsResponse.Failure"/>; an exception means a bug, and
    /// the client gets SERVFAIL.
    /// </summary>
    ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken);
}
