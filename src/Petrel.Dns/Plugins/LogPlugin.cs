using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Dns.Chain;

namespace Petrel.Dns.Plugins;

/// <summary>Logs every query with its client, outcome and time taken.</summary>
public sealed partial class LogPlugin(ILogger<LogPlugin> logger, TimeProvider time) : IDnsPlugin
{
    private static readonly IPEndPoint AnyFamily = new(IPAddress.IPv6Any, 0);

    public string Name => "log";

    public async ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return await next(query, cancellationToken).ConfigureAwait(false);
        }

        EndPoint? client = query.Client is null ? null : AnyFamily.Create(query.Client);
        long start = time.GetTimestamp();
        DnsResponse response = await next(query, cancellationToken).ConfigureAwait(false);
        double milliseconds = time.GetElapsedTime(start).TotalMilliseconds;
        Log.Answered(logger, client, query.Transport, query.Question, response.Code, response.Sections.Answers.Length, milliseconds);
        return response;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Client} over {Transport}: {Question} got {Code}, {Answers} answers, {Milliseconds} ms")]
        public static partial void Answered(
            ILogger logger,
            EndPoint? client,
            DnsTransport transport,
            Wire.DnsQuestion question,
            Wire.ResponseCode code,
            int answers,
            double milliseconds);
    }
}
