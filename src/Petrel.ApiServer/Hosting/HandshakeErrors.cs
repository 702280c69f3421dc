using Microsoft.AspNetCore.Connections;
using Petrel.Metrics;

namespace Petrel.ApiServer.Hosting;

/// <summary>Counts connections that end before their TLS handshake does.</summary>
internal sealed class HandshakeErrors(MetricRegistry registry)
{
    // A key that nobody else has.
    private static readonly object Succeeded = new();

    private readonly Counter _errors = registry.Counters<NoLabels>("apiserver_tls_handshake_errors_total", "Connections that ended before their TLS handshake did.").Of(default);

    /// <summary>Goes ahead of TLS.</summary>
    public void CountFailures(IConnectionBuilder connections) => connections.Use(next => async connection =>
    {
        await next(connection);
        if (!connection.Items.ContainsKey(Succeeded))
        {
            _errors.Increment();
        }
    });

    /// <summary>Goes behind TLS.</summary>
    public static void NoteSuccess(IConnectionBuilder connections) => connections.Use(next => connection =>
    {
        connection.Items[Succeeded] = true;
        return next(connection);
    });
}
