using System.Buffers;
using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Http;
using Petrel.Client.Kubeconfig;

namespace Petrel.ApiServer.Audit.Backends;

/// <summary>Sends records to another server, as EventList of audit.k8s.io/v1. A call that fails for a reason that may pass is repeated.</summary>
internal sealed partial class WebhookBackend : IAuditBackend
{
    public const string Name = "webhook";

    private const int Attempts = 5;
    private const double BackoffFactor = 1.5;
    private const double BackoffJitter = 0.2;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ending = new();
    private readonly HttpApi _server;
    private readonly TimeSpan _backoff;
    private readonly AuditMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private WebhookBackend(HttpApi server, TimeSpan backoff, AuditMetrics metrics, TimeProvider time, ILogger logger) =>
        (_server, _backoff, _metrics, _time, _logger) = (server, backoff, metrics, time, logger);

    /// <exception cref="FormatException">The file is no kubeconfig that names a server.</exception>
    public static WebhookBackend Open(AuditOptions options, AuditMetrics metrics, TimeProvider time, ILogger logger)
    {
        try
        {
            var connection = KubeconfigFile.Load(options.WebhookConfigFile).Connection();
            return new WebhookBackend(new HttpApi(connection, time), options.WebhookInitialBackoff, metrics, time, logger);
        }
        catch (KubeconfigException wrong)
        {
            throw new FormatException($"initializing audit webhook: {wrong.Message}", wrong);
        }
    }

    public async ValueTask<bool> WriteAsync(IReadOnlyList<AuditRecord> records)
    {
        var request = new ApiRequest("POST", "") { Body = ListOf(records), ContentType = "application/json", Accept = "application/json, */*" };
        var delay = _backoff;
        for (var attempt = 1; ; attempt++)
        {
            var (problem, isPassing) = await SendAsync(request);
            if (problem.Length == 0)
            {
                return true;
            }

            if (!isPassing || attempt == Attempts || !await WaitAsync(delay * (1 + (Random.Shared.NextDouble() * BackoffJitter))))
            {
                _metrics.Lost(Name, records.Count);
                Log.Failed(_logger, records.Count, problem);
                return false;
            }

            delay *= BackoffFactor;
        }
    }

    public void End() => _ending.Cancel();

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        _ending.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>False when the server ends meanwhile.</summary>
    private async Task<bool> WaitAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _time, _ending.Token);
            return true;
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> ListOf(IReadOnlyList<AuditRecord> records)
    {
        var list = new ArrayBufferWriter<byte>();
        list.Write("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["u8);
        for (var i = 0; i < records.Count; i++)
        {
            list.Write(i == 0 ? ""u8 : ","u8);
            list.Write(records[i].Json.Span);
        }

        list.Write("]}"u8);
        return list.WrittenMemory;
    }

    /// <summary>What went wrong, empty for nothing, and whether it may go right the next time.</summary>
    private async Task<(string Problem, bool IsPassing)> SendAsync(ApiRequest request)
    {
        using var deadline = new CancellationTokenSource(Timeout, _time);
        try
        {
            var answer = await _server.SendAsync(request, deadline.Token);
            return answer.StatusCode is >= 200 and < 300 ? ("", false) : (FormattableString.Invariant($"the server answered {answer.StatusCode}"), answer.StatusCode is 429 or >= 500);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException)
        {
            return (failed.Message, true);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} audit events could not be sent: {Problem}")]
        public static partial void Failed(ILogger logger, int count, string problem);
    }
}
