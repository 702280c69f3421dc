using System.Globalization;
using Petrel.ApiServer.Admission.Matching;
using Petrel.Metrics;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>What is counted about webhooks, under upstream's names.</summary>
internal sealed class WebhookMetrics
{
    /// <summary>The webhook said no.</summary>
    public const string NoError = "no_error";

    /// <summary>The webhook could not be asked.</summary>
    public const string CallingError = "calling_webhook_error";

    /// <summary>The server could not do what the webhook said.</summary>
    public const string ServerError = "apiserver_internal_error";

    private const string Kind = "webhook";

    /// <summary>Upstream shows all codes that no HTTP server gives as this one.</summary>
    private const int CodeMax = 600;

    // Upstream's buckets, in seconds.
    private static readonly double[] DurationBounds = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 25];

    private readonly MetricFamily<WebhookDurationLabels, Histogram> _durations;
    private readonly MetricFamily<WebhookRequestLabels, Counter> _requests;
    private readonly MetricFamily<WebhookRejectionLabels, Counter> _rejections;
    private readonly MetricFamily<WebhookFailOpenLabels, Counter> _failedOpen;
    private readonly MetricFamily<MatchConditionLabels, Counter> _excluded;
    private readonly MetricFamily<MatchConditionLabels, Counter> _conditionErrors;

    public WebhookMetrics(MetricRegistry registry)
    {
        _durations = registry.Histograms<WebhookDurationLabels>("apiserver_admission_webhook_admission_duration_seconds", "Time to ask a webhook, in seconds.", DurationBounds);
        _requests = registry.Counters<WebhookRequestLabels>("apiserver_admission_webhook_request_total", "Questions to webhooks, by the code of the answer.");
        _rejections = registry.Counters<WebhookRejectionLabels>("apiserver_admission_webhook_rejection_count", "Requests refused by webhooks or because of them.");
        _failedOpen = registry.Counters<WebhookFailOpenLabels>("apiserver_admission_webhook_fail_open_count", "Requests that passed because a webhook could not be asked and does not insist.");
        _excluded = registry.Counters<MatchConditionLabels>("apiserver_admission_match_condition_exclusions_total", "Requests about which somebody was not asked because of a match condition.");
        _conditionErrors = registry.Counters<MatchConditionLabels>("apiserver_admission_match_condition_evaluation_errors_total", "Match conditions that could not be evaluated.");
    }

    /// <param name="type">admit or validating.</param>
    public void Asked(string webhook, string type, AdmissionOperation operation, bool isRejected, int code, TimeSpan duration)
    {
        var (name, rejected) = (RuleMatch.OperationName(operation), isRejected ? "true" : "false");
        _durations.Of(new(webhook, type, name, rejected)).Observe(duration.TotalSeconds);
        _requests.Of(new(webhook, type, name, Text(code), rejected)).Increment();
    }

    public void Rejected(string webhook, string type, AdmissionOperation operation, string error, int code) =>
        _rejections.Of(new(webhook, type, RuleMatch.OperationName(operation), error, Text(code))).Increment();

    public void FailedOpen(string webhook, string type) => _failedOpen.Of(new(webhook, type)).Increment();

    public void ConditionExcluded(string webhook, string type, AdmissionOperation operation) =>
        _excluded.Of(new(webhook, Kind, type, RuleMatch.OperationName(operation))).Increment();

    public void ConditionFailed(string webhook, string type, AdmissionOperation operation) =>
        _conditionErrors.Of(new(webhook, Kind, type, RuleMatch.OperationName(operation))).Increment();

    private static string Text(int code) => Math.Min(code, CodeMax).ToString(CultureInfo.InvariantCulture);
}
