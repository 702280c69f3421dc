using Petrel.Api.Validation;

namespace Petrel.Api.Resources;

/// <summary>What is fixed about a resource: its names, scope, verbs and columns. Declared in the kind's own file.</summary>
public sealed record ResourceInfo(string Group, string Version, string Kind, string Resource)
{
    public bool Namespaced { get; init; } = true;

    public string Singular { get; init; } = Kind.ToLowerInvariant();

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
