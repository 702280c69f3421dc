using System.CommandLine;
using Petrel.ApiServer.Audit;

namespace Petrel.Program.Commands;

/// <summary>The options of the audit log, under upstream's names.</summary>
internal sealed class AuditArguments
{
    private static readonly AuditOptions Defaults = new();

    private readonly Option<string> _policy = Text("--audit-policy-file", "File with the policy that says what is recorded of requests (kind Policy of audit.k8s.io/v1)", "");
    private readonly Option<string> _path = Text("--audit-log-path", "File to record requests in; - for the standard output", "");
    private readonly Option<int> _age = Number("--audit-log-maxage", "Days to keep old audit logs; 0 for ever", Defaults.Log.MaxAge);
    private readonly Option<int> _backups = Number("--audit-log-maxbackup", "Old audit logs to keep; 0 for all", Defaults.Log.MaxBackup);
    private readonly Option<int> _size = Number("--audit-log-maxsize", "Megabytes after which a new audit log is begun; 0 for 100", Defaults.Log.MaxSize);
    private readonly Option<bool> _compress = Flag("--audit-log-compress", "Pack old audit logs", Defaults.Log.Compress);
    private readonly Option<string> _format = Text("--audit-log-format", "json, or legacy for lines of text", Defaults.Log.Format);
    private readonly BatchArguments _log = new("log", Defaults.Log.Batch, Defaults.Log.Truncate);
    private readonly Option<string> _webhook = Text("--audit-webhook-config-file", "Kubeconfig of a server to send audit events to", "");
    private readonly Option<TimeSpan> _backoff = LimitArguments.GoTime("--audit-webhook-initial-backoff", "Time before the first repetition of a failed call", Defaults.WebhookInitialBackoff);
    private readonly BatchArguments _batch = new("webhook", Defaults.WebhookBatch, Defaults.WebhookTruncate);

    public IReadOnlyList<Option> All => [_policy, _path, _age, _backups, _size, _compress, _format, .. _log.All, _webhook, _backoff, .. _batch.All];

    public AuditOptions Of(ParseResult parsed) => new()
    {
        PolicyFile = parsed.GetValue(_policy)!,
        Log = new AuditLogOptions
        {
            Path = parsed.GetValue(_path)!,
            MaxAge = parsed.GetValue(_age),
            MaxBackup = parsed.GetValue(_backups),
            MaxSize = parsed.GetValue(_size),
            Compress = parsed.GetValue(_compress),
            Format = parsed.GetValue(_format)!,
            Batch = _log.BatchOf(parsed),
            Truncate = _log.TruncateOf(parsed),
        },
        WebhookConfigFile = parsed.GetValue(_webhook)!,
        WebhookInitialBackoff = parsed.GetValue(_backoff),
        WebhookBatch = _batch.BatchOf(parsed),
        WebhookTruncate = _batch.TruncateOf(parsed),
    };

    private static Option<string> Text(string name, string description, string standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static Option<int> Number(string name, string description, int standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static Option<bool> Flag(string name, string description, bool standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };

    /// <summary>How one backend takes events.</summary>
    private sealed class BatchArguments(string plugin, AuditBatchOptions batch, AuditTruncateOptions truncate)
    {
        private readonly Option<string> _mode = Text($"--audit-{plugin}-mode", "batch, blocking or blocking-strict", batch.Mode);
        private readonly Option<int> _buffer = Number($"--audit-{plugin}-batch-buffer-size", "Events that may wait", batch.BufferSize);
        private readonly Option<int> _size = Number($"--audit-{plugin}-batch-max-size", "Events of a batch", batch.MaxBatchSize);
        private readonly Option<TimeSpan> _wait = LimitArguments.GoTime($"--audit-{plugin}-batch-max-wait", "Time after which a batch goes out that is not full", batch.MaxBatchWait);
        private readonly Option<bool> _throttle = Flag($"--audit-{plugin}-batch-throttle-enable", "Limit the rate of batches", batch.ThrottleEnable);
        private readonly Option<double> _rate = new($"--audit-{plugin}-batch-throttle-qps") { Description = "Batches per second in the long run", DefaultValueFactory = _ => batch.ThrottleQps };
        private readonly Option<int> _burst = Number($"--audit-{plugin}-batch-throttle-burst", "Batches at once", batch.ThrottleBurst);
        private readonly Option<bool> _truncate = Flag($"--audit-{plugin}-truncate-enabled", "Take the objects out of events that are too large, and divide batches that are", truncate.Enabled);
        private readonly Option<long> _batchBytes = new($"--audit-{plugin}-truncate-max-batch-size") { Description = "Bytes of a batch", DefaultValueFactory = _ => truncate.MaxBatchSize };
        private readonly Option<long> _eventBytes = new($"--audit-{plugin}-truncate-max-event-size") { Description = "Bytes of an event", DefaultValueFactory = _ => truncate.MaxEventSize };

        public IReadOnlyList<Option> All => [_mode, _buffer, _size, _wait, _throttle, _rate, _burst, _truncate, _batchBytes, _eventBytes];

        public AuditBatchOptions BatchOf(ParseResult parsed) => new()
        {
            Mode = parsed.GetValue(_mode)!,
            BufferSize = parsed.GetValue(_buffer),
            MaxBatchSize = parsed.GetValue(_size),
            MaxBatchWait = parsed.GetValue(_wait),
            ThrottleEnable = parsed.GetValue(_throttle),
            ThrottleQps = parsed.GetValue(_rate),
            ThrottleBurst = parsed.GetValue(_burst),
        };

        public AuditTruncateOptions TruncateOf(ParseResult parsed) => new()
        {
            Enabled = parsed.GetValue(_truncate),
            MaxBatchSize = parsed.GetValue(_batchBytes),
            MaxEventSize = parsed.GetValue(_eventBytes),
        };
    }
}
