namespace Petrel.ApiServer.Audit;

/// <summary>Settings of the audit log, named after upstream's flags. Without a policy nothing is recorded.</summary>
public sealed record AuditOptions
{
    private static readonly string[] Formats = ["legacy", "json"];

    /// <summary>File with the policy (--audit-policy-file); empty for none.</summary>
    public string PolicyFile { get; init; } = "";

    public AuditLogOptions Log { get; init; } = new();

    /// <summary>Kubeconfig of the server that events are sent to (--audit-webhook-config-file); empty for none.</summary>
    public string WebhookConfigFile { get; init; } = "";

    /// <summary>The wait before the first repetition of a failed call (--audit-webhook-initial-backoff); each further one is half as long again.</summary>
    public TimeSpan WebhookInitialBackoff { get; init; } = TimeSpan.FromSeconds(10);

    public AuditBatchOptions WebhookBatch { get; init; } = new();

    public AuditTruncateOptions WebhookTruncate { get; init; } = new();

    /// <summary>What is wrong with the settings, in upstream's words.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (WebhookConfigFile.Length > 0)
        {
            problems.AddRange(WebhookBatch.Problems("webhook"));
            problems.AddRange(WebhookTruncate.Problems());
        }

        if (Log.Path.Length > 0)
        {
            problems.AddRange(Log.Batch.Problems("log"));
            problems.AddRange(Log.Truncate.Problems());
            problems.AddRange(Log.Problems(Formats));
        }

        return problems;
    }
}

/// <summary>Where and how events are written down (--audit-log-…).</summary>
public sealed record AuditLogOptions
{
    /// <summary>The file; - for the standard output; empty for none.</summary>
    public string Path { get; init; } = "";

    /// <summary>Days that old files are kept; 0 for ever.</summary>
    public int MaxAge { get; init; }

    /// <summary>Old files that are kept; 0 for all.</summary>
    public int MaxBackup { get; init; }

    /// <summary>Megabytes after which a new file is begun; 0 for 100.</summary>
    public int MaxSize { get; init; }

    /// <summary>Old files are packed.</summary>
    public bool Compress { get; init; }

    /// <summary>json, one event in a line; or legacy, a line of text.</summary>
    public string Format { get; init; } = "json";

    public AuditBatchOptions Batch { get; init; } = new() { Mode = AuditBatchOptions.Blocking, MaxBatchSize = 1, ThrottleEnable = false };

    public AuditTruncateOptions Truncate { get; init; } = new();

    internal IEnumerable<string> Problems(string[] formats)
    {
        foreach (var (name, value) in new[] { ("maxage", MaxAge), ("maxbackup", MaxBackup), ("maxsize", MaxSize) })
        {
            if (value < 0)
            {
                yield return FormattableString.Invariant($"--audit-log-{name} {value} can't be a negative number");
            }
        }

        if (!formats.Contains(Format))
        {
            yield return $"invalid audit log format {Format}, allowed formats are \"{string.Join(',', formats)}\"";
        }
    }
}
