using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Scheduling;

/// <summary>A name for how important pods are.</summary>
[ApiType("io.k8s.api.scheduling.v1.PriorityClass")]
public sealed partial record PriorityClass : ApiObject, IResource<PriorityClass>, IHasDefaults, IHasGeneration, IPrintable, IProtected, IValidated, IValidatedUpdate
{
    public const string PreemptLowerPriority = "PreemptLowerPriority";

    private const string SystemPrefix = "system-";

    private const int UserMax = 1_000_000_000;

    /// <summary>The classes that every cluster has, for what it cannot do without. Their prefix is kept for them.</summary>
    public static IReadOnlyList<PriorityClass> SystemClasses { get; } =
    [
        new()
        {
            Metadata = new() { Name = "system-node-critical" },
            Value = 2_000_001_000,
            Description = "Used for system critical pods that must not be moved from their current node.",
            PreemptionPolicy = PreemptLowerPriority,
        },
        new()
        {
            Metadata = new() { Name = "system-cluster-critical" },
            Value = 2_000_000_000,
            Description = "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
            PreemptionPolicy = PreemptLowerPriority,
        },
    ];

    public static ResourceInfo Info { get; } = new("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses")
    {
        Namespaced = false,
        Columns = PriorityClassTable.Columns,
        ShortNames = ["pc"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>How important pods of the class are; more is more important. Cannot be changed.</summary>
    [Field(2, Required = true, Always = true)]
    public int Value { get; init; }

    /// <summary>Pods that name no class get this one.</summary>
    [Field(3)]
    public bool GlobalDefault { get; init; }

    /// <summary>When to use the class, for people.</summary>
    [Field(4)]
    public string Description { get; init; } = "";

    /// <summary>Whether less important pods may be ended to make room: PreemptLowerPriority (when left out) or Never. Cannot be changed.</summary>
    [Field(5, Enum = ["Never", "PreemptLowerPriority"])]
    public string? PreemptionPolicy { get; init; }

    /// <inheritdoc/>
    public string? DeletionRefusal => SystemClasses.Any(known => known.Metadata.Name == Metadata.Name) ? "this is a system priority class and cannot be deleted" : null;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => PreemptionPolicy is null ? this with { PreemptionPolicy = PreemptLowerPriority } : this;

    /// <summary>The generation is set once and never raised.</summary>
    public bool SpecEquals(ApiObject other) => true;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PriorityClassTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        if (Metadata.Name.StartsWith(SystemPrefix, StringComparison.Ordinal))
        {
            if (SystemProblem() is { } problem)
            {
                errors.Forbidden(FieldPath.Root.Child("metadata", "name"), $"priority class names with '{SystemPrefix}' prefix are reserved for system use only. error: {problem}");
            }
        }
        else if (Value > UserMax)
        {
            errors.Forbidden(FieldPath.Root.Child("value"), $"maximum allowed value of a user defined priority is {UserMax}");
        }

        if (PreemptionPolicy is not null && errors.NotEmpty(FieldPath.Root.Child("preemptionPolicy"), PreemptionPolicy))
        {
            errors.OneOf(FieldPath.Root.Child("preemptionPolicy"), PreemptionPolicy, PreemptLowerPriority, "Never");
        }
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        var before = (PriorityClass)old;
        if (Value != before.Value)
        {
            errors.Forbidden(FieldPath.Root.Child("value"), "may not be changed in an update.");
        }

        errors.Immutable(FieldPath.Root.Child("preemptionPolicy"), PreemptionPolicy, before.PreemptionPolicy);
    }

    private string? SystemProblem()
    {
        if (SystemClasses.FirstOrDefault(known => known.Metadata.Name == Metadata.Name) is not { } known)
        {
            return $"{Metadata.Name} is not a known system priority class";
        }

        return known.Value != Value ? $"value of {Metadata.Name} PriorityClass must be {known.Value}"
            : GlobalDefault ? $"globalDefault of {Metadata.Name} PriorityClass must be false"
            : null;
    }
}
