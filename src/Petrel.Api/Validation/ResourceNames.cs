namespace Petrel.Api.Validation;

/// <summary>
/// Names of resources: Kubernetes' own have no domain, extended ones that devices offer have one and come in whole numbers.
/// </summary>
public static class ResourceNames
{
    public const string HugePagesPrefix = "hugepages-";

    private static readonly string[] Standard =
    [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
        "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
        "storage", "requests.storage", "services.nodeports", "services.loadbalancers",
    ];

    private static readonly string[] Counted =
    [
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports",
        "services.loadbalancers",
    ];

    public static bool IsHugePages(string name) => name.StartsWith(HugePagesPrefix, StringComparison.Ordinal);

    /// <summary>Kubernetes' own: without a domain or with one of kubernetes.io.</summary>
    public static bool IsNative(string name) => !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    public static bool IsExtended(string name) => !IsNative(name) && !name.StartsWith("requests.", StringComparison.Ordinal)
        && !NameFormats.QualifiedName("requests." + name).Any();

    /// <summary>Whether limits may be higher than requests.</summary>
    public static bool IsOvercommitAllowed(string name) => IsNative(name) && !IsHugePages(name);

    public static bool IsWhole(string name) => Counted.Contains(name) || IsExtended(name);

    /// <summary>A name of Kubernetes' own, or a qualified one.</summary>
    public static void Validate(string name, FieldPath path, FieldErrors errors)
    {
        var value = new Verbatim(name);
        var problems = NameFormats.QualifiedName(name).ToArray();
        errors.InvalidAll(path, value, problems);
        if (problems.Length == 0 && !name.Contains('/', StringComparison.Ordinal) && !Standard.Contains(name) && !IsAnyHugePages(name))
        {
            errors.Invalid(path, value, "must be a standard resource type or fully qualified");
        }
    }

    /// <summary>A name that quotas can count.</summary>
    public static void ValidateForQuota(string name, FieldPath path, FieldErrors errors)
    {
        Validate(name, path, errors);
        if (!name.Contains('/', StringComparison.Ordinal) && !IsStandardForQuota(name))
        {
            errors.Invalid(path, new Verbatim(name), "must be a standard resource for quota");
        }
    }

    /// <summary>One of the names without a domain that quotas can count.</summary>
    public static bool IsStandardForQuota(string name) => (name != "storage" && Standard.Contains(name)) || IsAnyHugePages(name);

    private static bool IsAnyHugePages(string name) => IsHugePages(name) || name.StartsWith("requests." + HugePagesPrefix, StringComparison.Ordinal);

    /// <summary>A name that containers can ask for.</summary>
    public static void ValidateForContainer(string name, FieldPath path, FieldErrors errors)
    {
        Validate(name, path, errors);
        var value = new Verbatim(name);
        var isQualified = name.Contains('/', StringComparison.Ordinal);
        if (!isQualified && name is not ("cpu" or "memory" or "ephemeral-storage") && !IsHugePages(name))
        {
            errors.Invalid(path, value, "must be a standard resource for containers");
        }
        else if (isQualified && !IsNative(name) && !IsExtended(name))
        {
            errors.Invalid(path, value, "doesn't follow extended resource name standard");
        }
    }

    /// <summary>A whole number of the unit that is not negative.</summary>
    public static void ValidateNotNegative(Quantity amount, FieldPath path, FieldErrors errors)
    {
        if (amount.Value < 0)
        {
            errors.Invalid(path, amount.Value, "must be a valid resource quantity");
        }
    }

    public static void ValidatePositive(Quantity amount, FieldPath path, FieldErrors errors)
    {
        if (amount.Sign <= 0)
        {
            errors.Invalid(path, amount.ToString(), "must be greater than zero");
        }
    }

    /// <summary>An amount of the resource: not negative, whole where the resource is.</summary>
    public static void ValidateAmount(string name, Quantity amount, FieldPath path, FieldErrors errors)
    {
        if (amount.Sign < 0)
        {
            errors.Invalid(path, amount.ToString(), "must be greater than or equal to 0");
        }

        if (IsWhole(name) && !amount.IsInt64)
        {
            errors.Invalid(path, GoSyntax.Quantity(amount), "must be an integer");
        }
    }
}
