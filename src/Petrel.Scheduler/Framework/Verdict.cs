namespace Petrel.Scheduler.Framework;

/// <summary>What a plugin says about a pod, or about a pod on a node. Rejections are values: most are made once and shared.</summary>
internal sealed class Verdict
{
    private Verdict(VerdictCode code, string plugin, IReadOnlyList<string> reasons, Exception? exception = null)
    {
        Code = code;
        Plugin = plugin;
        Reasons = reasons;
        Exception = exception;
    }

    public static Verdict Success { get; } = new(VerdictCode.Success, "", []);

    /// <summary>The plugin has nothing to say about this pod: its filter, or its score, is left out for the cycle.</summary>
    public static Verdict Skip { get; } = new(VerdictCode.Skip, "", []);

    /// <summary>From Permit: the binding waits until it is allowed, rejected or its time is over.</summary>
    public static Verdict Wait { get; } = new(VerdictCode.Wait, "", []);

    public VerdictCode Code { get; }

    /// <summary>Who says so; empty where it does not matter.</summary>
    public string Plugin { get; }

    /// <summary>For people; become part of the pod's condition.</summary>
    public IReadOnlyList<string> Reasons { get; }

    public Exception? Exception { get; }

    public bool IsSuccess => Code == VerdictCode.Success;

    public bool IsRejected => Code is VerdictCode.Unschedulable or VerdictCode.UnschedulableAndUnresolvable;

    public string Message => string.Join(", ", Reasons);

    /// <summary>The pod does not fit, but might if other pods went away.</summary>
    public static Verdict Unschedulable(string plugin, params IReadOnlyList<string> reasons) => new(VerdictCode.Unschedulable, plugin, reasons);

    /// <summary>The pod does not fit, and would not if other pods went away.</summary>
    public static Verdict Unresolvable(string plugin, params IReadOnlyList<string> reasons) => new(VerdictCode.UnschedulableAndUnresolvable, plugin, reasons);

    /// <summary>Something went wrong that has nothing to do with where the pod fits.</summary>
    public static Verdict Error(string plugin, string message, Exception? exception = null) => new(VerdictCode.Error, plugin, [message], exception);

    public override string ToString() => Plugin.Length == 0 ? Code.ToString() : $"{Code} by {Plugin}: {Message}";
}

/// <summary>The kinds of verdicts.</summary>
internal enum VerdictCode
{
    Success,
    Skip,
    Wait,
    Unschedulable,
    UnschedulableAndUnresolvable,
    Error,
}
