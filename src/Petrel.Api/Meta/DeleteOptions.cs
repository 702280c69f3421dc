using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions", Kind = "DeleteOptions", ApiVersion = "v1", InEveryVersion = true)]
public sealed partial record DeleteOptions
{
    /// <summary>Seconds that the object has to end by itself; 0 removes it at once. The kind's or object's own period when left out.</summary>
    [Field(1)]
    public long? GracePeriodSeconds { get; init; }

    /// <summary>What must be so, or else nothing is deleted (409).</summary>
    [Field(2)]
    public Preconditions? Preconditions { get; init; }

    /// <summary>Deprecated form of propagationPolicy.</summary>
    [Field(3)]
    public bool? OrphanDependents { get; init; }

    /// <summary>What becomes of objects that this one owns: Orphan leaves them, Background deletes them afterwards, Foreground before.</summary>
    [Field(4)]
    public string? PropagationPolicy { get; init; }

    /// <summary>All: check and answer as usual, but delete nothing.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<string> DryRun { get; init; }

    /// <summary>Remove an object that cannot be read from the store, without regard to finalizers and preconditions.</summary>
    [Field(6)]
    public bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions")]
public sealed partial record Preconditions
{
    /// <summary>Identity that the object must have.</summary>
    [Field(1)]
    public string? Uid { get; init; }

    /// <summary>Revision that the object must have.</summary>
    [Field(2)]
    public string? ResourceVersion { get; init; }
}
