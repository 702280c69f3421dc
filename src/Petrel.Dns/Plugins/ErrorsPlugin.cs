using Microsoft.Extensions.Logging;
using Petrel.Dns.Chain;

namespace Petrel.Dns.Plugins;

/// <summary>Logs why queries failed; the other plugins only say so in their response.</summary>
public sealed partial class ErrorsPlugin(ILogger<ErrorsPlugin> logger) : IDnsPlugin
{
    public string Name => "errors";

    public async ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        DnsResponse response = await next(query, cancellationToken).ConfigureAwait(false);
        if (response.Failure is { } failure)
        {
            Log.QueryFailed(logger, query.Question, response.Code, failure);
        }

        return response;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Question} got {Code}: {Failure}")]
        public static partial void QueryFailed(ILogger logger, Wire.DnsQuestion question, Wire.ResponseCode code, string failure);
    }
}
