using Petrel.Api.Features;
using Petrel.Api.Validation;

namespace Petrel.Api.Resources;

/// <summary>What is fixed about a resource: its names, scope, verbs and columns. Declared in the kind's own file.</summary>
public sealed record ResourceInfo(string Group, string Version, string Kind, string Resource)
{
    public bool Namespaced { get; init; } = true;

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    /// <summary>Kind of lists of the resource.</summary>
    public string ListKind { get; init; } = Kind + "List";

    /// <summary>Finalizers need no domain.</summary>
    public bool AllowsAnyFinalizer { get; init; }

    /// <summary>The resource is about to go: nothing is created any more.</summary>
    public bool IsEnding { get; init; }

    /// <summary>What every request to the version is told; null for versions that are here to stay.</summary>
    public string? DeprecationWarning { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public Verbs Verbs { get; init; } = Verbs.All;

    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    /// <summary>Columns of the table form; a kind without its own shows name and creation time.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>Element of the storage key after /registry, where upstream's is not the resource (e.g. services/specs).</summary>
    public string? StorageKey { get; init; }

    /// <summary>What names must look like.</summary>
    public NameRule NameRule { get; init; } = NameRules.DnsSubdomain;

    /// <summary>The feature that has to be on for the kind to be served; null for none.</summary>
    public Feature? Feature { get; init; }

    /// <summary>Kubernetes v1.33 has it no more: it is served only when it is named itself, or by api/legacy.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>Set for a version that is on its way out.</summary>
    public Deprecation? Deprecation { get; init; }

    /// <summary>How long an object lives after its last write; null for ever (events: an hour).</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>PUT of an object that does not exist creates it.</summary>
    public bool CreateOnUpdate { get; init; }

    /// <summary>PUT without a resourceVersion overwrites whatever is there.</summary>
    public bool UnconditionalUpdate { get; init; } = true;

    /// <summary>DELETE answers with the deleted object instead of a Status.</summary>
    public bool DeleteReturnsObject { get; init; }

    /// <summary>What a DELETE without a propagation policy does with dependents (Job of batch/v1 orphans them).</summary>
    public bool OrphansByDefault { get; init; }

    /// <summary>Fields that writes to the object itself do not change, and so give to nobody.</summary>
    public IReadOnlyList<string> ResetFields { get; init; } = ["status"];

    public GroupVersionKind GroupVersionKind => new(Group, Version, Kind);

    public GroupResource GroupResource => new(Group, Resource);

    public string ApiVersion => GroupVersionKind.ApiVersion;
}
