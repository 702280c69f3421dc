using Microsoft.Extensions.Logging;
using Petrel.ApiServer.Audit.Backends;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Requests;
using Petrel.Metrics;

namespace Petrel.ApiServer.Audit;

/// <summary>The audit log: decides by the policy what is recorded of a request, and hands it to the backends.</summary>
internal sealed class Auditor : IAsyncDisposable
{
    private const int UserAgentMax = 1024;

    private readonly AuditPolicy _policy;
    private readonly IReadOnlyList<IAuditBackend> _backends;
    private readonly AuditMetrics _metrics;
    private readonly TimeProvider _time;

    public Auditor(AuditPolicy policy, IReadOnlyList<IAuditBackend> backends, AuditMetrics metrics, TimeProvider time) =>
        (_policy, _backends, _metrics, _time) = (policy, backends, metrics, time);

    /// <summary>The audit log that the settings describe; null when they describe none.</summary>
    /// <exception cref="FormatException">A file is not what it should be.</exception>
    public static Auditor? Make(AuditOptions options, MetricRegistry registry, TimeProvider time, ILogger logger)
    {
        if (options.PolicyFile.Length == 0)
        {
            return null;
        }

        var policy = AuditPolicy.Load(options.PolicyFile);
        var metrics = new AuditMetrics(registry);
        var backends = new List<IAuditBackend>();
        if (options.Log.Path.Length > 0)
        {
            backends.Add(Deliver(LogBackend.Open(options.Log, metrics, time, logger), options.Log.Batch, options.Log.Truncate, isAsync: false));
        }

        if (options.WebhookConfigFile.Length > 0)
        {
            backends.Add(Deliver(WebhookBackend.Open(options, metrics, time, logger), options.WebhookBatch, options.WebhookTruncate, isAsync: true));
        }

        return new Auditor(policy, backends, metrics, time);

        IAuditBackend Deliver(IAuditBackend backend, AuditBatchOptions batch, AuditTruncateOptions truncate, bool isAsync)
        {
            var delivered = batch.Mode == AuditBatchOptions.BatchMode ? new BatchBackend(backend, batch, metrics, time, isAsync)
                : batch.Mode == AuditBatchOptions.Blocking ? new LenientBackend(backend)
                : backend;
            return truncate.Enabled ? new TruncatingBackend(delivered, truncate, metrics) : delivered;
        }
    }

    /// <summary>The event of a request; null when the policy wants none.</summary>
    public AuditEvent? Begin(Microsoft.AspNetCore.Http.HttpContext context, RequestContext request, UserInfo? user)
    {
        var attributes = RequestAttributes.Of(user ?? new UserInfo(""), request.Info, context.Request.Query);
        var decision = _policy.Decide(attributes);
        _metrics.Decided(decision.Level);
        if (decision.Level == AuditLevel.None)
        {
            return null;
        }

        var agent = context.Request.Headers.UserAgent.ToString();
        return new AuditEvent(decision, request.AuditId, request, _time.GetUtcNow())
        {
            User = user,
            RequestUri = context.Request.PathBase.ToUriComponent() + context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent(),
            UserAgent = agent.Length > UserAgentMax ? agent[..UserAgentMax] + "...TRUNCATED" : agent,
            SourceAddresses = AuditSource.AddressesOf(context),
        };
    }

    /// <summary>Records the event at a stage; false when it could not be and must be.</summary>
    public async ValueTask<bool> RecordAsync(AuditEvent change, AuditStage stage)
    {
        if (change.Decision.OmitStages.Contains(stage))
        {
            return true;
        }

        _metrics.Events.Increment();
        var record = AuditRecord.Of(change, stage, _time.GetUtcNow());
        var isRecorded = true;
        foreach (var backend in _backends)
        {
            isRecorded &= await backend.WriteAsync([record]);
        }

        return isRecorded;
    }

    /// <summary>The request goes no further, because it could not be recorded.</summary>
    public void Reject() => _metrics.Rejected.Increment();

    public async ValueTask DisposeAsync()
    {
        foreach (var backend in _backends)
        {
            await backend.DisposeAsync();
        }
    }
}
