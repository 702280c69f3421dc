using Petrel.Api;
using Petrel.Api.Validation;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>What is to happen with pods of a namespace: which are refused, which noted and which warned of.</summary>
internal sealed record NamespacePolicy(LevelVersion Enforce, LevelVersion Audit, LevelVersion Warn)
{
    private const string Prefix = "pod-security.kubernetes.io/";

    public static NamespacePolicy Privileged { get; } = new(LevelVersion.Privileged, LevelVersion.Privileged, LevelVersion.Privileged);

    public bool IsPrivileged => Enforce.Level == SecurityLevel.Privileged && Audit.Level == SecurityLevel.Privileged && Warn.Level == SecurityLevel.Privileged;

    /// <summary>
    /// The policy of a namespace's labels. A level that cannot be read is the strictest one, but for warnings, and a version that cannot be
    /// is the latest.
    /// </summary>
    public static NamespacePolicy Of(ApiMap<string> labels, NamespacePolicy defaults, FieldErrors errors)
    {
        var enforce = Read("enforce", labels, defaults.Enforce, SecurityLevel.Restricted, errors);
        var audit = Read("audit", labels, defaults.Audit, SecurityLevel.Restricted, errors);
        var warn = Read("warn", labels, defaults.Warn, SecurityLevel.Privileged, errors);

        // What is refused is warned of, so that who makes a workload hears of it: its pods come later.
        if (labels.ContainsKey(Prefix + "enforce") && !labels.ContainsKey(Prefix + "warn") && enforce.Level > warn.Level)
        {
            warn = new LevelVersion(enforce.Level, labels.ContainsKey(Prefix + "warn-version") ? warn.Minor : enforce.Minor);
        }

        return new NamespacePolicy(enforce, audit, warn);
    }

    /// <summary>The modes that labels set to more than privileged, e.g. <c>enforce=baseline:latest, warn=restricted:latest</c>.</summary>
    public string LabelledText(ApiMap<string> labels)
    {
        var modes = new[] { ("enforce", Enforce), ("audit", Audit), ("warn", Warn) };
        return string.Join(", ", modes
            .Where(mode => mode.Item2.Level != SecurityLevel.Privileged && (labels.ContainsKey(Prefix + mode.Item1) || labels.ContainsKey(Prefix + mode.Item1 + "-version")))
            .Select(static mode => $"{mode.Item1}={mode.Item2}"));
    }

    private static LevelVersion Read(string mode, ApiMap<string> labels, LevelVersion standard, SecurityLevel unreadable, FieldErrors errors)
    {
        var (level, minor) = standard;
        var path = FieldPath.Root.Child("metadata", "labels");
        if (labels.TryGetValue(Prefix + mode, out var levelText) && !LevelVersion.TryParseLevel(levelText, out level))
        {
            level = unreadable;
            errors.Invalid(path.Key(Prefix + mode), levelText, "must be one of privileged, baseline, restricted");
        }

        if (labels.TryGetValue($"{Prefix}{mode}-version", out var versionText) && !LevelVersion.TryParseVersion(versionText, out minor))
        {
            errors.Invalid(path.Key($"{Prefix}{mode}-version"), versionText, "must be \"latest\" or \"v1.x\"");
        }

        return new LevelVersion(level, minor);
    }
}
